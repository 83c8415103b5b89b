// The text editor: Tiptap over a plain textarea that holds the clean HTML and is what gets saved.
// Whatever the schema does not know (a note, a list of terms) is kept whole, as a block that cannot be edited.

function start(box, tiptap) {
  const textarea = box.querySelector("textarea");
  const mount = document.createElement("div");
  textarea.before(mount);
  const editor = new tiptap.Editor({
    element: mount,
    editable: !textarea.disabled,
    injectCSS: false, // our policy lets no script write a <style>
    extensions: extensions(tiptap, box.dataset.embedHosts.split(" ")),
    content: textarea.value,
    editorProps: {
      attributes: { role: "textbox", "aria-multiline": "true", "aria-label": labelOf(textarea), id: `${textarea.id}_editor`, spellcheck: "true" },
      transformPastedHTML: withoutStyles,
      handleDOMEvents: { paste: (view, event) => pastePicture(event), drop: (view, event) => pastePicture(event) },
    },
    onUpdate() {
      const html = editor.getHTML();
      textarea.value = html === "<p></p>" ? "" : html;
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  textarea.hidden = true;
  document.querySelector(`label[for="${textarea.id}"]`)?.addEventListener("click", () => editor.commands.focus());
  if (!textarea.disabled) tools(box, editor);
  count(box, editor);
  box.dispatchEvent(new CustomEvent("editor:ready", { bubbles: true, detail: { editor } }));

  function pastePicture(event) {
    const files = [...((event.clipboardData ?? event.dataTransfer)?.files ?? [])].filter((file) => file.type.startsWith("image/"));
    if (files.length === 0) return false;
    event.preventDefault();
    box.dispatchEvent(new CustomEvent("picture:upload", { bubbles: true, detail: { files, insert: (picture) => insertFigure(editor, picture) } }));
    return true;
  }
}

const labelOf = (field) => field.labels?.[0]?.textContent.replace(/:$/, "").trim() ?? "";

/** Word and the web bring inline styles along; the policy would complain of each. */
const withoutStyles = (html) => html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/\sstyle=("[^"]*"|'[^']*'|[^\s>]+)/gi, "");

function extensions(tiptap, hosts) {
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
    figure(Node), gallery(Node), kept(Node), ids(tiptap.Extension), embeds(tiptap, hosts),
  ];
}

/** A picture of the library with its caption; `data-media` ties it to the library. */
function figure(Node) {
  return Node.create({
    name: "figure",
    group: "block",
    content: "inline*",
    isolating: true,
    draggable: true,
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

/** Shows which lines readers see as a video or a post: a paragraph that is only a link to one of `hosts`. */
const embeds = ({ Extension, pm }, hosts) => Extension.create({
  name: "embeds",
  addProseMirrorPlugins: () => [new pm.state.Plugin({ props: { decorations: ({ doc }) => {
    const found = [];
    doc.forEach((node, at) => {
      const link = node.type.name === "paragraph" && node.childCount === 1 && node.firstChild.marks.find((mark) => mark.type.name === "link");
      if (link && hosts.includes(hostOf(link.attrs.href))) found.push(pm.view.Decoration.node(at, at + node.nodeSize, { class: "embedded" }));
    });
    return pm.view.DecorationSet.create(doc, found);
  } } })],
});

function hostOf(address) {
  try {
    return new URL(address).hostname.replace(/^www\.|^m\./, "");
  } catch {
    return "";
  }
}

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

function figureOf(picture) {
  const content = picture.caption ? [{ type: "text", text: picture.caption }] : [];
  const attrs = { src: picture.src, alt: picture.alt, width: picture.width, height: picture.height, "data-media": picture.media };
  return { type: "figure", attrs, content };
}

const insert = (editor, block) => editor.chain().focus().insertContent([block, { type: "paragraph" }]).run();
const insertFigure = (editor, picture) => insert(editor, figureOf(picture));
const insertGallery = (editor, pictures) => insert(editor, { type: "gallery", content: pictures.map(figureOf) });

/** A link on a line of its own: readers see a video, a player or a card in its place. */
function insertLine(editor, text, attrs) {
  insert(editor, { type: "paragraph", content: [{ type: "text", text, marks: [{ type: "link", attrs }] }] });
}

function commands(box, editor) {
  const chain = () => editor.chain().focus();
  const heading = (level) => () => chain().toggleHeading({ level }).run();
  const quote = (name) => () => {
    if (!editor.isActive("blockquote")) chain().toggleBlockquote().updateAttributes("blockquote", { class: name }).run();
    else if (editor.getAttributes("blockquote").class === name) chain().toggleBlockquote().run();
    else chain().updateAttributes("blockquote", { class: name }).run();
  };
  const pick = (kind, take) => () => box.dispatchEvent(new CustomEvent("media:pick", { bubbles: true, detail: { kind, take } }));
  return {
    undo: () => chain().undo().run(),
    redo: () => chain().redo().run(),
    heading2: heading(2), heading3: heading(3), heading4: heading(4),
    bold: () => chain().toggleBold().run(),
    italic: () => chain().toggleItalic().run(),
    strike: () => chain().toggleStrike().run(),
    link: () => askLink(box, editor),
    footnote: () => chain().toggleMark("footnote").run(),
    unlink: () => chain().extendMarkRange("link").unsetLink().run(),
    bulletList: () => chain().toggleBulletList().run(),
    orderedList: () => chain().toggleOrderedList().run(),
    blockquote: quote(null),
    pullQuote: quote("pull"),
    figure: pick("picture", (picture) => insertFigure(editor, picture)),
    gallery: pick("gallery", (pictures) => insertGallery(editor, pictures)),
    file: pick("file", (file) => insertLine(editor, file.caption, { href: file.src, "data-media": file.media })),
    embed: () => ask(box, editor, "embed", "", (address) => address && insertLine(editor, whole(address), { href: whole(address) })),
    caption: () => ask(box, editor, "caption", editor.getAttributes("table").caption ?? "", (words) => chain().updateAttributes("table", { caption: words || null }).run()),
    table: () => chain().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
    horizontalRule: () => chain().setHorizontalRule().run(),
    fullscreen: () => box.classList.toggle("whole"),
    ...Object.fromEntries(["addRowAfter", "addColumnAfter", "deleteRow", "deleteColumn", "toggleHeaderRow", "deleteTable"]
      .map((name) => [name, () => chain()[name]().run()])),
  };
}

function tools(box, editor) {
  const bar = box.querySelector(".editor-tools");
  const known = commands(box, editor);
  bar.hidden = false;
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-command]");
    if (button) known[button.dataset.command]();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") box.classList.remove("whole");
    if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); known.link(); }
  });
  const show = () => showState(box, bar, editor);
  editor.on("transaction", show);
  show();
}

function showState(box, bar, editor) {
  const pull = editor.getAttributes("blockquote").class === "pull";
  const active = {
    heading2: editor.isActive("heading", { level: 2 }), heading3: editor.isActive("heading", { level: 3 }), heading4: editor.isActive("heading", { level: 4 }),
    blockquote: editor.isActive("blockquote") && !pull, pullQuote: editor.isActive("blockquote") && pull, fullscreen: box.classList.contains("whole"),
  };
  for (const name of ["bold", "italic", "strike", "link", "footnote", "bulletList", "orderedList"]) active[name] = editor.isActive(name);
  for (const button of bar.querySelectorAll("[data-command]")) {
    if (button.dataset.command in active) button.setAttribute("aria-pressed", String(active[button.dataset.command]));
  }
  bar.querySelector("[data-command=undo]").disabled = !editor.can().undo();
  bar.querySelector("[data-command=redo]").disabled = !editor.can().redo();
  bar.querySelector("[data-command=unlink]").disabled = !active.link;
  bar.querySelector("[data-table-tools]").hidden = !editor.isActive("table");
}

const whole = (address) => (/^(https?:|mailto:|tel:|\/|#)/i.test(address) ? address : `https://${address}`);

/** Asks for one line in the bar of tools; `what` names its label. */
function ask(box, editor, what, value, take) {
  const form = box.querySelector("[data-ask]");
  const field = form.querySelector("[data-ask-field]");
  const set = () => {
    form.hidden = true;
    take(field.value.trim());
  };
  for (const label of form.querySelectorAll("[data-ask-label]")) label.hidden = label.dataset.askLabel !== what;
  form.hidden = false;
  field.value = value;
  field.focus();
  field.select();
  form.querySelector("[data-ask-set]").onclick = set;
  field.onkeydown = (event) => {
    if (event.key === "Enter") { event.preventDefault(); set(); }
    if (event.key === "Escape") { event.stopPropagation(); form.hidden = true; editor.commands.focus(); }
  };
}

function askLink(box, editor) {
  ask(box, editor, "link", editor.getAttributes("link").href ?? "", (href) => {
    const chain = editor.chain().focus().extendMarkRange("link");
    (href ? chain.setLink({ href: whole(href) }) : chain.unsetLink()).run();
  });
}

function count(box, editor) {
  const line = box.querySelector("[data-count]");
  let waiting = 0;
  const tell = () => { line.textContent = `${editor.getText().split(/\s+/).filter(Boolean).length} ${line.dataset.count}`; };
  line.hidden = false;
  editor.on("update", () => { clearTimeout(waiting); waiting = setTimeout(tell, 400); });
  tell();
}

for (const box of document.querySelectorAll("[data-editor-box]")) {
  const tiptap = await import(box.dataset.module);
  start(box, tiptap);
}
