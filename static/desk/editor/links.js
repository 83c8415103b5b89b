// The link under the cursor: its address, or the words of a story, a page, a category or a tag to choose from.

import { dialog, open } from "./dialogs.js";

export const whole = (address) => (/^(https?:|mailto:|tel:|\/|#)/i.test(address) ? address : `https://${address}`);
const isAddress = (typed) => /^(https?:\/\/|mailto:|tel:|\/|#)/i.test(typed) || /^[\w-]+(\.[\w-]+)+([/?#]|$)/.test(typed);
let label = "";

export function askLink(editor) {
  const box = dialog("link");
  const field = box.querySelector("[data-link-field]");
  const before = editor.getAttributes("link").href ?? "";
  const leads = box.querySelector("[data-link-open]");
  label = "";
  field.value = before;
  box.querySelector("[data-link-remove]").hidden = leads.hidden = !before;
  leads.href = before || "#";
  clear(box);
  open("link", {
    focus: field,
    taken: (pressed) => { setTimeout(() => set(editor, pressed?.matches("[data-link-remove]") ? "" : field.value.trim())); },
  });
}

function set(editor, typed) {
  const chain = editor.chain().focus().extendMarkRange("link");
  if (!typed) return chain.unsetLink().run();
  const href = whole(typed);
  if (!editor.state.selection.empty || editor.isActive("link")) return chain.setLink({ href }).run();
  const words = { type: "text", text: label || href, marks: [{ type: "link", attrs: { href } }] };
  return editor.chain().focus().insertContent(words).unsetMark("link").run();
}

function clear(box) {
  box.querySelector("[data-link-found]").replaceChildren();
  box.querySelector("[data-link-told]").textContent = "";
  const field = box.querySelector("[data-link-field]");
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

const make = (tag, className, textContent) => Object.assign(document.createElement(tag), { className, textContent });

function show(box, found) {
  const list = box.querySelector("[data-link-found]");
  clear(box);
  list.append(...found.map((each, index) => {
    const option = Object.assign(make("li", "", ""), { role: "option", id: `link-found-${index}` });
    option.append(make("span", "", each.label), make("small", "", each.kind));
    if (each.warning) option.append(make("small", "warning", each.warning));
    Object.assign(option.dataset, { address: each.address, label: each.label, warning: each.warning ?? "" });
    return option;
  }));
  box.querySelector("[data-link-field]").setAttribute("aria-expanded", String(found.length > 0));
  if (!found.length) box.querySelector("[data-link-told]").textContent = box.dataset.none;
}

function take(box, option) {
  const { address, label: name, warning } = option.dataset;
  box.querySelector("[data-link-field]").value = address;
  clear(box);
  label = name;
  box.querySelector("[data-link-told]").textContent = warning ? `${name}. ${warning}` : name;
}

function step(box, by) {
  const options = [...box.querySelectorAll("[role=option]")];
  const next = (options.findIndex((option) => option.ariaSelected === "true") + by + options.length + (by < 0 && !box.querySelector("[aria-selected=true]"))) % options.length;
  options.forEach((option, index) => { option.ariaSelected = String(index === next); });
  options[next].scrollIntoView({ block: "nearest" });
  box.querySelector("[data-link-field]").setAttribute("aria-activedescendant", options[next].id);
}

function prepare(box) {
  const field = box.querySelector("[data-link-field]");
  let asked = 0;
  field.addEventListener("input", async () => {
    const number = ++asked;
    const words = field.value.trim();
    label = "";
    if (words.length < 2 || isAddress(words)) return clear(box);
    await new Promise((resolve) => { setTimeout(resolve, 150); });
    if (number !== asked) return;
    const language = document.querySelector("[name=language]")?.value ?? "";
    const answer = await fetch(`${box.dataset.address}?${new URLSearchParams({ q: words, language })}`).catch(() => null);
    const said = answer?.ok ? await answer.json().catch(() => null) : null;
    if (number === asked) said ? show(box, said.found) : (box.querySelector("[data-link-told]").textContent = box.dataset.failed);
  });
  field.addEventListener("keydown", (event) => {
    const chosen = box.querySelector("[aria-selected=true]");
    const options = box.querySelectorAll("[role=option]").length;
    if (options && (event.key === "ArrowDown" || event.key === "ArrowUp")) { event.preventDefault(); step(box, event.key === "ArrowDown" ? 1 : -1); }
    if (event.key === "Enter" && chosen) { event.preventDefault(); take(box, chosen); }
    else if (event.key === "Enter" && field.value.trim() && !isAddress(field.value.trim()) && !label) { event.preventDefault(); if (options) { step(box, 1); } }
  });
  box.querySelector("[data-link-found]").addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) { event.preventDefault(); take(box, option); }
  });
}

if (dialog("link")) prepare(dialog("link"));
