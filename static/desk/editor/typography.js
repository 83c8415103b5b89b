// «Typography»: the desk proposes quotes, dashes and no-break spaces; the editor sees each and takes what they like.

import { dialog, open, post } from "./dialogs.js";

const PLAIN = ["kicker", "title", "lead"];

export function typography(box, editor, tiptap) {
  const name = box.querySelector("textarea").name;
  const form = box.closest("form");
  let taken = null; // what Ctrl+Z takes back as a whole

  const fields = () => PLAIN.map((each) => form.elements[each]).filter(Boolean);
  document.addEventListener("keydown", (event) => {
    const undoes = event.code === "KeyZ" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
    if (!undoes || !taken || !stands(taken)) return;
    event.preventDefault();
    event.stopPropagation();
    const before = taken;
    taken = null;
    if (before.doc) editor.commands.undo();
    for (const [field, value] of before.values) write(field, value);
  }, true);

  const stands = ({ doc, after, values }) => (!doc || editor.state.doc.eq(after)) && values.every(([field, , now]) => field.value === now);

  function apply(proposed) {
    const values = [];
    const before = editor.state.doc;
    for (const { name: each, value } of proposed) {
      if (each === name) replace(editor, tiptap, value);
      else values.push([form.elements[each], form.elements[each].value, value]);
    }
    for (const [field, , value] of values) write(field, value);
    taken = { doc: !editor.state.doc.eq(before), after: editor.state.doc, values };
    editor.commands.focus();
  }

  return async () => {
    const window = dialog("typography");
    const data = new FormData();
    data.set("language", form.elements.language?.value ?? "");
    data.set("body", box.querySelector("textarea").value);
    for (const field of fields()) data.set(field.name, field.value);
    window.querySelector("[data-typography-fields]").innerHTML = "";
    window.querySelector("[data-typography-told]").textContent = "";
    const answer = await post(window.dataset.address, data);
    show(window, answer?.ok ? answer.fields : null);
    open("typography", { taken: () => { const chosen = choice(window, answer.fields); setTimeout(() => apply(chosen)); }, focus: window.querySelector("[type=submit]:not([hidden])") });
  };
}

function show(window, proposed) {
  const told = window.querySelector("[data-typography-told]");
  told.textContent = proposed === null ? window.dataset.failed : proposed.length ? "" : window.dataset.none;
  window.querySelector("[data-typography-legend]").hidden = window.querySelector("[type=submit]").hidden = !proposed?.length;
  window.querySelector("[data-typography-fields]").innerHTML = (proposed ?? []).map(({ html }) => html).join("");
}

function choice(window, proposed) {
  const ticked = new Set([...window.querySelectorAll("[data-typography-fields] input:checked")].map(({ value }) => value));
  return proposed.filter(({ name }) => ticked.has(name)).map((field) => ({ ...field, name: field.name }));
}

function write(field, value) {
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Replaces only what differs, in one step, so that one undo takes it back and the cursor stays. */
function replace(editor, { pm }, html) {
  const holder = document.createElement("div");
  holder.innerHTML = html;
  const made = pm.model.DOMParser.fromSchema(editor.schema).parse(holder);
  const { doc, tr } = editor.state;
  const start = doc.content.findDiffStart(made.content);
  if (start === null) return;
  let { a, b } = doc.content.findDiffEnd(made.content);
  const overlap = start - Math.min(a, b);
  if (overlap > 0) { a += overlap; b += overlap; }
  editor.view.dispatch(pm.history.closeHistory(tr.replace(start, a, made.slice(start, b))));
}
