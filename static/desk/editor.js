// The text editor: Tiptap over a plain textarea that holds the clean HTML and is what gets saved.
// Whatever the schema does not know (audio, a gallery, a note) is kept whole, as a block that cannot be edited.

function start(box, tiptap) {
  const textarea = box.querySelector("textarea");
  const mount = document.createElement("div");
  textarea.before(mount);
  const editor = new tiptap.Editor({
    element: mount,
    editable: !textarea.disabled,
    injectCSS: false, // our policy lets no script write a <style>
    extensions: extensions(tiptap),
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

function extensions(tiptap) {
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
    tiptap.Link.extend({ addKeyboardShortcuts: () => ({}) }).configure({ enableTarget: false, protocols: ["http", "https", "mailto", "tel"] }),
    tiptap.BulletList, tiptap.ListItem,
    tiptap.OrderedList.configure({ enableListAttributes: false }),
    tiptap.Blockquote.extend({
      addAttributes: () => ({
        class: { default: null, parseHTML: (element) => (element.classList.contains("pull") ? "pull" : null) },
        cite: { default: null },
      }),
    }),
    tiptap.Table.extend({ addNodeView: null }).configure({ resizable: false }),
    tiptap.TableRow, tiptap.TableHeader, tiptap.TableCell,
    figure(Node), kept(Node), ids(tiptap.Extension),
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

function insertFigure(editor, picture) {
  const caption = picture.caption ? [{ type: "text", text: picture.caption }] : [];
  const attrs = { src: picture.src, alt: picture.alt, width: picture.width, height: picture.height, "data-media": picture.media };
  editor.chain().focus().insertContent([{ type: "figure", attrs, content: caption }, { type: "paragraph" }]).run();
}

function commands(box, editor) {
  const chain = () => editor.chain().focus();
  const heading = (level) => () => chain().toggleHeading({ level }).run();
  const quote = (name) => () => {
    if (!editor.isActive("blockquote")) chain().toggleBlockquote().updateAttributes("blockquote", { class: name }).run();
    else if (editor.getAttributes("blockquote").class === name) chain().toggleBlockquote().run();
    else chain().updateAttributes("blockquote", { class: name }).run();
  };
  const pick = () => box.dispatchEvent(new CustomEvent("picture:pick", { bubbles: true, detail: { take: (picture) => insertFigure(editor, picture) } }));
  return {
    undo: () => chain().undo().run(),
    redo: () => chain().redo().run(),
    heading2: heading(2), heading3: heading(3), heading4: heading(4),
    bold: () => chain().toggleBold().run(),
    italic: () => chain().toggleItalic().run(),
    strike: () => chain().toggleStrike().run(),
    link: () => askLink(box, editor),
    unlink: () => chain().extendMarkRange("link").unsetLink().run(),
    bulletList: () => chain().toggleBulletList().run(),
    orderedList: () => chain().toggleOrderedList().run(),
    blockquote: quote(null),
    pullQuote: quote("pull"),
    figure: pick,
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
  for (const name of ["bold", "italic", "strike", "link", "bulletList", "orderedList"]) active[name] = editor.isActive(name);
  for (const button of bar.querySelectorAll("[data-command]")) {
    if (button.dataset.command in active) button.setAttribute("aria-pressed", String(active[button.dataset.command]));
  }
  bar.querySelector("[data-command=undo]").disabled = !editor.can().undo();
  bar.querySelector("[data-command=redo]").disabled = !editor.can().redo();
  bar.querySelector("[data-command=unlink]").disabled = !active.link;
  bar.querySelector("[data-table-tools]").hidden = !editor.isActive("table");
}

function askLink(box, editor) {
  const form = box.querySelector("[data-link-form]");
  const field = form.querySelector("[data-link-address]");
  const set = () => {
    const href = field.value.trim();
    form.hidden = true;
    const chain = editor.chain().focus().extendMarkRange("link");
    (href ? chain.setLink({ href: /^(https?:|mailto:|tel:|\/|#)/i.test(href) ? href : `https://${href}` }) : chain.unsetLink()).run();
  };
  form.hidden = false;
  field.value = editor.getAttributes("link").href ?? "";
  field.select();
  form.querySelector("[data-link-set]").onclick = set;
  field.onkeydown = (event) => {
    if (event.key === "Enter") { event.preventDefault(); set(); }
    if (event.key === "Escape") { event.stopPropagation(); form.hidden = true; editor.commands.focus(); }
  };
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
