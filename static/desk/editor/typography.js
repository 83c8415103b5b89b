// «Typography»: the desk proposes quotes, dashes and no-break spaces; the editor sees each and takes what they like.

import { dialog, open, post } from "./dialogs.js";

const PLAIN = ["kicker", "title", "lead"];

export function typography(box, editor, tiptap) {
  const form = box.closest("form");
  const textarea = box.querySelector("textarea");
  const remember = takesBack(editor);

  /** Asks the desk what it proposes; null if it does not answer. */
  async function proposals(address) {
    const data = new FormData();
    data.set("language", form.elements.language?.value ?? "");
    data.set("body", textarea.value);
    for (const field of PLAIN.map((each) => form.elements[each]).filter(Boolean)) data.set(field.name, field.value);
    const answer = await post(address, data);
    return answer?.ok ? answer.fields : null;
  }

  function apply(taken) {
    const values = [];
    const before = editor.state.doc;
    for (const { name, value } of taken) {
      if (name === textarea.name) replace(editor, tiptap, value);
      else values.push([form.elements[name], form.elements[name].value, value]);
    }
    for (const [field, , value] of values) write(field, value);
    remember({ doc: !editor.state.doc.eq(before), after: editor.state.doc, values });
    editor.commands.focus();
  }

  return async () => {
    const window = dialog("typography");
    window.querySelector("[data-typography-fields]").replaceChildren();
    window.querySelector("[data-typography-told]").textContent = "";
    const proposed = await proposals(window.dataset.address);
    show(window, proposed);
    open("typography", { taken: () => { const taken = choice(window, proposed); setTimeout(() => apply(taken)); }, focus: window.querySelector("[type=submit]:not([hidden])") });
  };
}

/** Lets Ctrl+Z take back as a whole what it is given, as long as nothing of it was changed since. */
function takesBack(editor) {
  let taken = null;
  const stands = ({ doc, after, values }) => (!doc || editor.state.doc.eq(after)) && values.every(([field, , now]) => field.value === now);
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
  return (change) => { taken = change; };
}

function show(window, proposed) {
  const told = window.querySelector("[data-typography-told]");
  told.textContent = proposed === null ? window.dataset.failed : proposed.length ? "" : window.dataset.none;
  window.querySelector("[data-typography-legend]").hidden = window.querySelector("[type=submit]").hidden = !proposed?.length;
  window.querySelector("[data-typography-fields]").innerHTML = (proposed ?? []).map(({ html }) => html).join("");
}

function choice(window, proposed) {
  const ticked = new Set([...window.querySelectorAll("[data-typography-fields] input:checked")].map(({ value }) => value));
  return proposed.filter(({ name }) => ticked.has(name));
}

function write(field, value) {
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Replaces only what differs, in one step, so that one undo takes it back and the cursor stays. */
function replace(editor, { pm }, html) {
  const { body } = new DOMParser().parseFromString(html, "text/html"); // where no picture is fetched
  const made = pm.model.DOMParser.fromSchema(editor.schema).parse(body);
  const { doc, tr } = editor.state;
  const start = doc.content.findDiffStart(made.content);
  if (start === null) return;
  let { a, b } = doc.content.findDiffEnd(made.content);
  const overlap = start - Math.min(a, b);
  if (overlap > 0) { a += overlap; b += overlap; }
  editor.view.dispatch(pm.history.closeHistory(tr.replace(start, a, made.slice(start, b))));
}
