// The link under the cursor: its address, or the words of a story, a page, a category or a tag to choose from.

import { askJson, searching } from "../asking.js";
import { dialog, open } from "./dialogs.js";
import { mark, marked, step } from "../options.js";

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

/** Finds what has the words of the field in its name; an address needs no finding. */
async function find(box, field, search) {
  const words = field.value.trim();
  const isWords = words.length >= 2 && !isAddress(words);
  const language = document.querySelector("[name=language]")?.value ?? "";
  label = "";
  if (!isWords) clear(box);
  const said = await search(() => (isWords ? askJson(`${box.dataset.address}?${new URLSearchParams({ q: words, language })}`) : undefined));
  if (said) show(box, said.found);
  else if (said === null) box.querySelector("[data-link-told]").textContent = box.dataset.failed;
}

function press(box, field, event) {
  const list = box.querySelector("[data-link-found]");
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const chosen = list.children[marked(list)];
  const typed = field.value.trim();
  if (by && list.children.length) step(field, list, by);
  else if (event.key === "Enter" && chosen) take(box, chosen);
  else if (event.key === "Enter" && typed && !isAddress(typed) && !label) mark(field, list, 0);
  else return;
  event.preventDefault();
}

function prepare(box) {
  const field = box.querySelector("[data-link-field]");
  const search = searching();
  field.addEventListener("input", () => { find(box, field, search); });
  field.addEventListener("keydown", (event) => press(box, field, event));
  box.querySelector("[data-link-found]").addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) { event.preventDefault(); take(box, option); }
  });
}

if (dialog("link")) prepare(dialog("link"));
