// What a text is made of. Whatever the schema does not know (a note, a list of terms) is kept whole, as a block
// that cannot be edited.

export function extensions(tiptap) {
  const { Node, Mark } = tiptap;
  const mark = (name, tag) => Mark.create({
    name,
    parseHTML: () => [{ tag }],
    renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
  });
  return [
    tiptap.Document, tiptap.Paragraph, tiptap.Text, tiptap.HardBreak, tiptap.HorizontalRule,
    tiptap.History, tiptap.Dropcursor, tiptap.Gapcursor,
    tiptap.Heading.configure({ levels: [2, 3, 4] }),
    tiptap.Bold, tiptap.Italic, tiptap.Strike, tiptap.Underline, tiptap.Subscript, tiptap.Superscript,
    tiptap.Code, tiptap.CodeBlock, mark("mark", "mark"), mark("cite", "cite"), mark("quote", "q"), mark("abbreviation", "abbr").extend({
      addAttributes: () => ({ title: { default: null } }),
    }),
    tiptap.Link.extend({
      addKeyboardShortcuts: () => ({}),
      addAttributes() { return { ...this.parent(), "data-media": { default: null } }; }, // ties the link to a file of the library
    }).configure({ enableTarget: false, protocols: ["http", "https", "mailto", "tel"] }),
    tiptap.BulletList, tiptap.ListItem,
    tiptap.OrderedList.configure({ enableListAttributes: false }),
    tiptap.Blockquote.extend({
      addAttributes: () => ({
        class: { default: null, parseHTML: (element) => (element.classList.contains("pull") ? "pull" : null) },
        cite: { default: null },
      }),
    }),
    table(tiptap.Table), footnote(Mark),
    tiptap.TableRow, tiptap.TableHeader, tiptap.TableCell,
    figure(tiptap), gallery(Node), kept(Node), ids(tiptap.Extension),
  ];
}

const endOfBlock = ({ $from, to }) => ($from.depth ? $from.after(1) : to);

/** Goes on in the paragraph that begins at `at`, between two blocks; makes one unless an empty one stands there. */
export function writeBelow(editor, at) {
  const next = editor.state.doc.nodeAt(at);
  const chain = editor.chain();
  if (next?.type.name !== "paragraph" || next.content.size) chain.insertContentAt(at, { type: "paragraph" }, { updateSelection: false });
  return chain.setTextSelection(at + 1).focus().run();
}

/** A picture of the library with its caption; `data-media` ties it to the library. */
function figure({ Node, pm }) {
  return Node.create({
    name: "figure",
    group: "block",
    content: "inline*",
    isolating: true,
    draggable: true,
    addKeyboardShortcuts: () => ({ Enter: ({ editor }) => editor.isActive("figure") && writeBelow(editor, endOfBlock(editor.state.selection)) }),
    addProseMirrorPlugins: () => [new pm.state.Plugin({ props: { handleClickOn: (view, _at, node, place, event) => choose(pm, view, node, place, event) } })],
    addAttributes: () => Object.fromEntries(["src", "alt", "width", "height", "data-media"].map((name) => [name, {
      default: null,
      parseHTML: (element) => (element.matches("img") ? element : element.querySelector("img"))?.getAttribute(name) ?? null,
    }]).concat([["class", { default: null }]])),
    parseHTML: () => [
      {
        tag: "figure",
        getAttrs: (element) => (element.querySelectorAll("img").length === 1 && !element.querySelector("audio, video") ? null : false),
        contentElement: (element) => element.querySelector("figcaption") ?? document.createElement("figcaption"),
      },
      { tag: "img[src]", contentElement: () => document.createElement("figcaption") },
    ],
    renderHTML: ({ node }) => {
      const { class: name, ...image } = node.attrs;
      const picture = ["img", Object.fromEntries(Object.entries({ ...image, alt: image.alt ?? "" }).filter(([, value]) => value !== null))];
      return ["figure", name ? { class: name } : {}, picture, ["figcaption", {}, 0]];
    },
  });
}

/** A click on a picture chooses the whole of it: to be described anew, moved or deleted. One on its caption is for writing. */
function choose(pm, view, node, place, event) {
  if (node.type.name !== "figure" || !event.target.matches("img")) return false;
  view.dispatch(view.state.tr.setSelection(pm.state.NodeSelection.create(view.state.doc, place)));
  return true;
}

/** Several pictures, each with a caption of its own; readers open them large. One with a common caption is kept as it came. */
const gallery = (Node) => Node.create({
  name: "gallery",
  group: "block",
  content: "figure+",
  draggable: true,
  parseHTML: () => [{ tag: "figure.gallery", priority: 60, getAttrs: (element) => {
    const own = [...element.children];
    return own.length && own.every((child) => child.matches("img, figure") && (child.matches("img") || child.querySelectorAll("img").length === 1)) ? null : false;
  } }],
  renderHTML: () => ["figure", { class: "gallery" }, 0],
});

/** A table with its caption, which the schema of the library does not know. */
const table = (Table) => Table.extend({
  addNodeView: null,
  addAttributes() {
    const caption = (element) => element.querySelector(":scope > caption")?.textContent.trim() || null;
    return { ...this.parent?.(), caption: { default: null, parseHTML: caption, rendered: false } };
  },
  parseHTML: () => [{ tag: "table" }, { tag: "caption", ignore: true }],
  renderHTML: ({ node }) => ["table", {}, ...(node.attrs.caption ? [["caption", {}, node.attrs.caption]] : []), ["tbody", 0]],
}).configure({ resizable: false });

/** A footnote is written where it belongs; the page numbers it and shows it below the text. */
const footnote = (Mark) => Mark.create({
  name: "footnote",
  priority: 2000, // outermost: a link or bold words in a note must not cut it in pieces
  inclusive: false,
  parseHTML: () => [{ tag: "sup.footnote", priority: 60 }],
  renderHTML: () => ["sup", { class: "footnote" }, 0],
});

/** What the cleaner allows and the schema does not know: shown, movable, saved as it came. */
function kept(Node) {
  const tags = ["audio", "video", "details", "aside", "dl", "figure"];
  return Node.create({
    name: "kept",
    group: "block",
    atom: true,
    draggable: true,
    addAttributes: () => ({ html: { default: "", parseHTML: (element) => element.outerHTML, rendered: false } }),
    parseHTML: () => tags.map((tag) => ({ tag, priority: 20 })),
    renderHTML: ({ node }) => parsed(node.attrs.html),
    addNodeView: () => ({ node }) => {
      const dom = Object.assign(document.createElement("div"), { className: "kept", contentEditable: "false" });
      dom.append(parsed(node.attrs.html));
      return { dom };
    },
  });
}

const parsed = (html) => {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content.firstElementChild ?? document.createElement("p");
};

/** Anchors and languages of blocks stay. */
const ids = (Extension) => Extension.create({
  name: "ids",
  addGlobalAttributes: () => [{
    types: ["paragraph", "heading", "blockquote", "listItem"],
    attributes: { id: { default: null }, lang: { default: null } },
  }],
});
