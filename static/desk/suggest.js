// Names suggested while they are typed.

import { askJson, searching } from "./asking.js";
import { mark, marked, step } from "./options.js";

const ADDRESS = "/admin/articles/article/suggest/";

export function suggest(field) {
  if (field.closest(".suggest-box")) return;
  const list = listFor(field);
  const search = searching();
  field.addEventListener("input", async () => {
    if (!wordIn(field)) show(field, list, []);
    const found = await search(() => wordIn(field) && askJson(`${ADDRESS}${field.dataset.suggest}/?q=${encodeURIComponent(wordIn(field))}`));
    if (found) show(field, list, found.names.filter((name) => name !== wordIn(field)));
  });
  field.addEventListener("keydown", (event) => { if (!list.hidden) press(field, list, event); });
  field.addEventListener("blur", () => { search(() => undefined); show(field, list, []); });
}

function listFor(field) {
  const box = Object.assign(document.createElement("span"), { className: "suggest-box" });
  const list = Object.assign(document.createElement("ul"), { className: "suggestions", hidden: true, role: "listbox" });
  list.id = `${field.id}_suggestions`;
  field.before(box);
  box.append(field, list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" })) {
    field.setAttribute(name, value);
  }
  return list;
}

const isOneOfSeveral = (field) => "several" in field.dataset;
const wordIn = (field) => (isOneOfSeveral(field) ? field.value.split(",").pop() : field.value).trim();

function show(field, list, names) {
  list.replaceChildren(...names.map((name, index) => {
    const option = Object.assign(document.createElement("li"), { textContent: name, role: "option", id: `${list.id}_${index}` });
    option.addEventListener("mousedown", (event) => { event.preventDefault(); take(field, list, name); });
    return option;
  }));
  list.hidden = names.length === 0;
  field.setAttribute("aria-expanded", String(!list.hidden));
  mark(field, list, -1);
}

function take(field, list, name) {
  const others = isOneOfSeveral(field) ? field.value.split(",").slice(0, -1).map((one) => one.trim()) : [];
  field.value = [...others, name].join(", ") + (isOneOfSeveral(field) ? ", " : "");
  field.dispatchEvent(new Event("change", { bubbles: true }));
  show(field, list, []);
}

function press(field, list, event) {
  const chosen = list.children[marked(list)];
  if (event.key === "ArrowDown") step(field, list, 1);
  else if (event.key === "ArrowUp") step(field, list, -1);
  else if (event.key === "Enter" && chosen) take(field, list, chosen.textContent);
  else if (event.key === "Escape") show(field, list, []);
  else return;
  event.preventDefault();
}
