// What the tools do: a function for each `data-command` of the bar.

import { askLink, whole } from "./links.js";
import { open } from "./dialogs.js";
import { described } from "./describe.js";
import { hostOf } from "./embeds.js";

export function figureOf(picture) {
  const content = picture.caption ? [{ type: "text", text: picture.caption }] : [];
  const attrs = { src: picture.src, alt: picture.alt, width: picture.width, height: picture.height, "data-media": picture.media };
  return { type: "figure", attrs, content };
}

const insert = (editor, block) => editor.chain().focus().insertContent([block, { type: "paragraph" }]).run();

/** A link on a line of its own: readers see a video, a player or a card in its place. */
function insertLine(editor, text, attrs) {
  insert(editor, { type: "paragraph", content: [{ type: "text", text, marks: [{ type: "link", attrs }] }] });
}

export function commands(box, editor, { ask, fullscreen, typography }) {
  const chain = () => editor.chain().focus();
  const pick = (kind, take) => () => box.dispatchEvent(new CustomEvent("media:pick", { bubbles: true, detail: { kind, take } }));
  const plain = (name, ...values) => () => chain()[name](...values).run();
  const isKnown = (address) => !address || box.dataset.embedHosts.split(" ").includes(hostOf(whole(address)));
  return {
    ...marks(plain), ...blocks(editor, chain, plain), ...ofTables(editor, chain, plain, ask),
    undo: plain("undo"), redo: plain("redo"),
    link: () => askLink(editor),
    unlink: () => chain().extendMarkRange("link").unsetLink().run(),
    figure: pick("picture", (picture) => insert(editor, figureOf(picture))),
    gallery: pick("gallery", (pictures) => insert(editor, { type: "gallery", content: pictures.map(figureOf) })),
    describe: () => describe(editor),
    file: pick("file", (file) => insertLine(editor, file.caption, { href: file.src, "data-media": file.media })),
    embed: () => ask(editor, "embed", "", (address) => address && insertLine(editor, whole(address), { href: whole(address) }), isKnown),
    horizontalRule: plain("setHorizontalRule"),
    help: () => open("help"),
    fullscreen, typography,
  };
}

const marks = (plain) => ({
  bold: plain("toggleBold"), italic: plain("toggleItalic"), strike: plain("toggleStrike"),
  footnote: plain("toggleMark", "footnote"), clear: plain("unsetAllMarks"),
});

function blocks(editor, chain, plain) {
  const quote = (name) => () => {
    if (!editor.isActive("blockquote")) chain().toggleBlockquote().updateAttributes("blockquote", { class: name }).run();
    else if (editor.getAttributes("blockquote").class === name) chain().toggleBlockquote().run();
    else chain().updateAttributes("blockquote", { class: name }).run();
  };
  const heading = (level) => plain("toggleHeading", { level });
  return {
    heading2: heading(2), heading3: heading(3), heading4: heading(4),
    bulletList: plain("toggleBulletList"), orderedList: plain("toggleOrderedList"),
    blockquote: quote(null), pullQuote: quote("pull"),
  };
}

function ofTables(editor, chain, plain, ask) {
  const names = ["addRowBefore", "addRowAfter", "addColumnBefore", "addColumnAfter", "deleteRow", "deleteColumn", "toggleHeaderRow", "deleteTable"];
  const caption = (words) => chain().updateAttributes("table", { caption: words || null }).run();
  return {
    ...Object.fromEntries(names.map((name) => [name, plain(name)])),
    table: plain("insertTable", { rows: 3, cols: 3, withHeaderRow: true }),
    caption: () => ask(editor, "caption", editor.getAttributes("table").caption ?? "", caption),
  };
}

/** Asks anew for the description and the credit of the picture that is selected. */
async function describe(editor) {
  const { "data-media": media, ...image } = editor.getAttributes("figure");
  if (!media) return;
  const told = await described([{ ...image, media }], { anew: true });
  if (told) editor.chain().focus().updateAttributes("figure", { alt: told[0].alt }).run();
}
