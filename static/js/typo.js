// «Found a mistake?»: Ctrl+Enter on selected words, or the link, opens the form over the story. Without this script the link
// leads to a page with the form.

const link = document.querySelector("[data-typo]");
const story = link?.closest(".story");
const parts = "[data-typo-form], [data-typo-sent]";
const longest = 500;
let dialog = null;

function partOf(html) {
  return new DOMParser().parseFromString(html, "text/html").querySelector(parts);
}

/** What is selected in the story, if anything. */
function selected() {
  const selection = getSelection();
  const inside = selection.rangeCount && story.contains(selection.getRangeAt(0).commonAncestorContainer);
  return inside ? selection.toString().trim().slice(0, longest) : "";
}

function show(part) {
  if (!dialog) {
    dialog = document.createElement("dialog");
    dialog.className = "typo-dialog";
    dialog.setAttribute("aria-labelledby", "typo-title");
    document.body.append(dialog);
  }
  dialog.replaceChildren(part);
  if (!dialog.open) dialog.showModal();
}

function complain(form) {
  const box = form.querySelector("[data-typo-errors]");
  box.textContent = form.dataset.failed;
  box.hidden = false;
  box.focus();
}

/** Opens the form with ``words`` in it; where that fails, the link is followed. */
async function open(words) {
  const html = await fetch(link.href).then((response) => (response.ok ? response.text() : "")).catch(() => "");
  const form = partOf(html);
  if (!form) return location.assign(link.href);
  form.elements.fragment.value = words;
  show(form);
  (words ? form.elements.note : form.elements.fragment).focus();
}

async function send(form) {
  const button = form.querySelector("[type=submit]");
  if (button.getAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  const response = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
  const part = response && partOf(await response.text().catch(() => ""));
  button.removeAttribute("aria-busy");
  if (!part) return complain(form);
  show(part);
  (part.querySelector("[data-typo-errors]") || part).focus();
}

if (story) {
  if (/Mac|iP/.test(navigator.platform)) link.parentElement.querySelector("[data-typo-key]").textContent = "⌘";
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || dialog?.open) return;
    const words = selected();
    if (!words || event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    open(words);
  });
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(selected());
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".typo-dialog [data-typo-form]")) return;
    event.preventDefault();
    send(event.target);
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".typo-dialog [data-typo-close]")) return;
    event.preventDefault();
    dialog.close();
    link.focus();
  });
}
