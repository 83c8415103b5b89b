// Pictures that are pasted or dropped: each shows its progress where it will stand, and goes into the library first.

import { token } from "../asking.js";
import { described } from "./describe.js";
import { figureOf } from "./commands.js";
import { writeBelow } from "./schema.js";

let number = 0;

/** Keeps the places of pictures on their way while the text around them changes. */
export const arrivals = ({ Extension, pm }) => Extension.create({
  name: "arrivals",
  addStorage: () => ({ plugin: places(pm) }),
  addProseMirrorPlugins() { return [this.storage.plugin]; },
});

function places({ state, view }) {
  const plugin = new state.Plugin({
    state: {
      init: () => view.DecorationSet.empty,
      apply(change, before) {
        const { add, remove } = change.getMeta("arrival") ?? {};
        const set = before.map(change.mapping, change.doc);
        if (add) return set.add(change.doc, [view.Decoration.widget(add.at, add.element, { id: add.id })]);
        return remove ? set.remove(set.find(undefined, undefined, ({ id }) => id === remove)) : set;
      },
    },
    props: { decorations: (now) => plugin.getState(now) },
  });
  return plugin;
}

const placeOf = (editor, id) => editor.storage.arrivals.plugin.getState(editor.state).find(undefined, undefined, (spec) => spec.id === id)[0]?.from;
const tell = (editor, meta) => editor.view.dispatch(editor.state.tr.setMeta("arrival", meta).setMeta("addToHistory", false));

/** Listens to `paste` and `drop`; says whether there were pictures to take. */
export function takePictures(box, editor, event) {
  const files = picturesIn(event.clipboardData ?? event.dataTransfer);
  if (!files.length || !editor.isEditable) return false;
  event.preventDefault();
  takeFiles(box, editor, files, placeFor(editor, event));
  return true;
}

/** Word and spreadsheets paste a picture of the text beside the text: then the text is meant. */
function picturesIn(data) {
  const files = [...(data?.files ?? [])].filter((file) => file.type.startsWith("image/"));
  const html = data?.getData("text/html") ?? "";
  return /<(p|table|li|h\d)\b/i.test(html) ? [] : files;
}

/** Returns the place between two blocks that is nearest to a drop, or the one below the cursor. */
function placeFor(editor, event) {
  const { doc, selection } = editor.state;
  const found = event.type === "drop" ? editor.view.posAtCoords({ left: event.clientX, top: event.clientY }) : null;
  const at = doc.resolve(found?.pos ?? selection.from);
  if (at.depth === 0) return at.pos;
  const element = editor.view.nodeDOM(at.before(1))?.getBoundingClientRect?.();
  const isEmpty = at.node(1).type.name === "paragraph" && at.node(1).content.size === 0;
  const above = found && element ? event.clientY < element.top + element.height / 2 : isEmpty;
  return above ? at.before(1) : at.after(1);
}

async function takeFiles(box, editor, files, at) {
  const waiting = files.map((file) => {
    const id = `arrival-${++number}`;
    const element = sign(box, file);
    tell(editor, { add: { id, at, element } });
    return { id, file, element };
  });
  const sent = await Promise.all(waiting.map(async (one) => ({ ...one, ...(await send(box, one)) })));
  const arrived = sent.filter((one) => one.picture);
  for (const one of sent) if (!one.picture) refuse(editor, one);
  const pictures = arrived.length ? await described(arrived.map((one) => one.picture)) : [];
  const places = arrived.map((one, index) => settle(editor, one.id, pictures?.[index]));
  if (!pictures?.length) return;
  const below = places.at(-1);
  if (below === editor.state.doc.content.size) writeBelow(editor, below);
  else editor.commands.focus();
}

function sign(box, file) {
  const element = box.querySelector("template[data-arrival]").content.firstElementChild.cloneNode(true);
  element.querySelector("[data-arrival-name]").textContent = file.name;
  return element;
}

function send(box, { file, element }) {
  const { upload, failed } = box.dataset;
  const data = new FormData();
  data.append("file", file, file.name || "picture.png");
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const lost = () => resolve({ refused: failed });
    request.open("POST", upload);
    request.setRequestHeader("X-CSRFToken", token());
    request.responseType = "json";
    request.upload.onprogress = (event) => { element.querySelector("progress").value = event.loaded / event.total; };
    request.onload = () => (request.response?.picture || request.response?.refused ? resolve(request.response) : lost());
    request.onerror = lost;
    request.send(data);
  });
}

function refuse(editor, { id, element, file, refused }) {
  const close = element.querySelector("button");
  element.classList.add("refused");
  element.querySelector("progress").remove();
  element.querySelector("[data-arrival-name]").textContent = `${file.name}: ${refused}`;
  element.setAttribute("role", "alert");
  close.hidden = false;
  close.onclick = () => { tell(editor, { remove: id }); editor.commands.focus(); };
}

/** Puts a picture where its sign stands, and returns the place below it; without one only the sign goes. */
function settle(editor, id, picture) {
  const at = placeOf(editor, id);
  tell(editor, { remove: id });
  if (!picture || at === undefined) return undefined;
  const before = editor.state.doc.content.size;
  editor.commands.insertContentAt(at, figureOf(picture), { updateSelection: false });
  return at + editor.state.doc.content.size - before;
}
