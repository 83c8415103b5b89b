// A list of options below a field. The focus stays in the field, which names the marked one
// (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/).

export const marked = (list) => [...list.children].findIndex((option) => option.ariaSelected === "true");

export function mark(field, list, place) {
  [...list.children].forEach((option, index) => { option.ariaSelected = String(index === place); });
  const option = list.children[place];
  if (option) field.setAttribute("aria-activedescendant", option.id);
  else field.removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

/** Marks the next option or the one before, round and round. */
export function step(field, list, by) {
  const number = list.children.length;
  const now = marked(list);
  mark(field, list, now < 0 && by < 0 ? number - 1 : (now + by + number) % number);
}
