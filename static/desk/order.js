// Rows that have an order are moved by buttons; without script the number is written by hand.

const ORDER = ".field-order input";

function button(sign, label) {
  return Object.assign(document.createElement("button"), { type: "button", textContent: sign, title: label, ariaLabel: label });
}

function isEmpty(row) {
  if (row.classList.contains("has_original")) return false;
  const fields = [...row.querySelectorAll("input, select, textarea")];
  const typed = fields.filter((field) => field.type !== "hidden" && !field.matches(ORDER) && field.type !== "checkbox");
  return typed.every((field) => field.value === "" || field.value === field.defaultValue || field.matches("select:not(.admin-autocomplete)"));
}

function rowsOf(group) {
  return [...group.querySelectorAll("tr.form-row:not(.empty-form)")];
}

/** Numbers the rows as they stand. One that says nothing keeps its number: it would be taken for a new one. */
function number(group) {
  rowsOf(group).filter((row) => !isEmpty(row)).forEach((row, index) => {
    row.querySelector(ORDER).value = index + 1;
  });
}

function move(group, row, by) {
  const rows = rowsOf(group);
  const other = rows[rows.indexOf(row) + by];
  if (!other) return;
  if (by < 0) other.before(row);
  else other.after(row);
  number(group);
  row.dispatchEvent(new Event("change", { bubbles: true }));
}

function prepare(group, row) {
  const cell = row.querySelector(".field-order");
  if (!cell || cell.querySelector(".move")) return;
  const buttons = [["↑", group.dataset.up, -1], ["↓", group.dataset.down, 1]].map(([sign, label, by]) => {
    const one = button(sign, label);
    one.addEventListener("click", () => { move(group, row, by); one.focus(); });
    return one;
  });
  const box = Object.assign(document.createElement("span"), { className: "move" });
  box.append(...buttons);
  cell.querySelector("input").type = "hidden";
  cell.append(box);
  const above = row.querySelector(".field-parent select");
  const indent = () => row.toggleAttribute("data-below", Boolean(above?.value));
  above?.addEventListener("change", indent);
  indent();
}

for (const group of document.querySelectorAll('[data-inline-type="tabular"]')) {
  if (!group.querySelector(ORDER)) continue;
  for (const row of rowsOf(group)) prepare(group, row);
  group.addEventListener("formset:added", (event) => prepare(group, event.target));
  group.closest("form").addEventListener("submit", () => number(group));
}
