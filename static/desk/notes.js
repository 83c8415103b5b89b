// Notes beside the text are sent without leaving the sheet. Without this module they go along with the whole sheet.

import { token } from "./asking.js";

const FIELDS = ["note_text", "note_to", "note_field", "note_quote"];
let selected = ""; // the latest passage of the text

/** Says why a note was not sent: the server's own words where it gave any, else that there is no connection. */
async function tellWhy(line, answer) {
  const refused = answer && answer.headers.get("Content-Type")?.startsWith("text/plain");
  line.dataset.otherwise ??= line.textContent;
  line.textContent = (refused && await answer.text().catch(() => "")) || line.dataset.otherwise;
  line.hidden = false;
}

async function send(button, part) {
  const form = button.form;
  const sent = new FormData();
  for (const [name, value] of new FormData(form)) {
    if (FIELDS.includes(name) || name.startsWith("answer-")) sent.append(name, value);
  }
  sent.append("note", button.value);
  sent.append("csrfmiddlewaretoken", token());
  button.disabled = true;
  const answer = await fetch(part.dataset.notes, { method: "POST", body: sent, headers: { Accept: "text/x-part" } }).catch(() => null);
  const isThread = answer && (answer.ok || answer.status === 422) && !answer.redirected;
  const said = isThread ? await answer.text().catch(() => null) : null;
  if (said === null) {
    button.disabled = false;
    await tellWhy(part.querySelector("[data-notes-failed]"), answer);
    return;
  }
  const again = document.createElement("template");
  again.innerHTML = said.trim();
  const fresh = again.content.querySelector("[data-notes]");
  part.replaceWith(fresh);
  prepare(fresh);
  const heading = fresh.querySelector(answer.ok ? "h2" : "#id_note_text");
  heading.tabIndex = answer.ok ? -1 : 0;
  heading.focus();
}

function remember() {
  const selection = getSelection();
  const text = selection.toString().trim();
  if (text && selection.anchorNode?.parentElement?.closest(".ProseMirror")) selected = text.slice(0, 500);
}

function quote(part) {
  const tools = part.querySelector(".note-tools");
  if (!tools) return; // who may only read the notes has no field for a passage
  tools.hidden = false;
  part.querySelector("[data-quote]").addEventListener("click", () => {
    part.querySelector("#id_note_quote").value = selected;
    if (selected) part.querySelector("#id_note_field").value = "body";
  });
}

/** What is typed here is no part of the article: it makes no sheet unsaved, is not autosaved and takes no lock. */
function keepApart(part) {
  for (const kind of ["input", "change"]) part.addEventListener(kind, (event) => { event.stopPropagation(); });
}

function prepare(part) {
  part.querySelectorAll("[name=note]").forEach((button) => {
    button.addEventListener("click", (event) => { event.preventDefault(); send(button, part); });
  });
  keepApart(part);
  quote(part);
}

document.addEventListener("selectionchange", remember);
document.querySelectorAll("[data-notes]").forEach(prepare);
document.querySelectorAll(".sheet-reason-panel").forEach(keepApart);
