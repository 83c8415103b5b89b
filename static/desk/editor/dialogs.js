// Windows over the page. Each stands in the page already (admin/desk/_editor_dialogs.html) and gives the focus back.

import { token } from "../asking.js";

export const dialog = (name) => document.querySelector(`dialog[data-dialog="${name}"]`);

/** Opens a dialog; `taken` hears of what is sent, `left` of being closed without it. */
export function open(name, { taken, left = () => {}, focus } = {}) {
  const box = dialog(name);
  const before = document.activeElement;
  let sent = false;
  const form = box.querySelector("form");
  form.onsubmit = async (event) => {
    event.preventDefault();
    if ((await taken?.(event.submitter)) === false) return;
    sent = true;
    box.close();
  };
  box.onclose = () => { before?.focus?.(); if (!sent) left(); };
  box.showModal();
  if (focus) { focus.focus(); focus.select?.(); }
  return box;
}

export function prepareDialogs() {
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-dialog-close]")) event.target.closest("dialog").close();
  });
  // What happens in a dialog is none of the page's business: Esc closes only the dialog.
  for (const box of document.querySelectorAll("dialog[data-dialog]")) box.addEventListener("keydown", (event) => { if (event.key === "Escape") event.stopPropagation(); });
}

/** Asks for one line; `what` names its label. What is not `right` is asked again, with the reason. */
export function ask(editor, what, value, take, right = () => true) {
  const box = dialog("ask");
  const field = box.querySelector("[data-ask-field]");
  const say = (refused) => {
    field.ariaInvalid = String(refused);
    for (const reason of box.querySelectorAll("[data-ask-refused]")) reason.hidden = !refused || reason.dataset.askRefused !== what;
    return !refused;
  };
  say(false);
  for (const label of box.querySelectorAll("[data-ask-label]")) label.hidden = label.dataset.askLabel !== what;
  field.value = value;
  open("ask", { focus: field, taken: () => {
    if (!say(!right(field.value.trim()))) { field.focus(); return false; }
    setTimeout(() => take(field.value.trim()));
    return true;
  } });
}

/** Sends a form to the desk and returns what it answers, or null if it did not. */
export async function post(address, data) {
  const answer = await fetch(address, { method: "POST", body: data, headers: { "X-CSRFToken": token() } }).catch(() => null);
  const said = await answer?.json().catch(() => null);
  return said ? { ok: answer.ok, ...said } : null;
}
