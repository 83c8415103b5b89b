// What helps on every page of the desk. Each page works without it.

import { suggest } from "./suggest.js";

const enhance = (selector, act, root = document) => root.querySelectorAll(selector).forEach(act);

// Text fields that grow with their text.

function grow(field) {
  if (CSS.supports("field-sizing", "content")) return;
  const fit = () => {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
  };
  field.addEventListener("input", fit);
  window.addEventListener("resize", fit);
  fit();
}

// A title is one paragraph: Enter leads to the next field instead of a new line.

function leadOn(field) {
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    field.form.elements.lead.focus();
  });
}

// The menu is longer than a small screen: it begins where one is.

function showWhereOneIs(link) {
  const menu = link.closest(".desk-menu");
  const beyond = link.getBoundingClientRect().bottom - menu.getBoundingClientRect().bottom;
  if (beyond > 0) menu.scrollTop += beyond + 24;
}

// Leaving with unsaved work asks first.

function guard(form) {
  let dirty = "dirty" in form.dataset;
  form.addEventListener("input", () => { dirty = true; });
  form.addEventListener("change", () => { dirty = true; });
  for (const event of ["submit", "sheet:kept"]) form.addEventListener(event, () => { dirty = false; });
  window.addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });
}

// «Publish» reads «Schedule» while the time filled in is to come.

function tellTime(form) {
  const field = form.elements.change_at ?? form.elements.publish_at;
  const button = form.querySelector("[data-later]");
  if (!field || !button) return;
  const atOnce = button.textContent;
  // Both are written alike, in the zone of the newsroom, which need not be that of the browser.
  const tell = () => { button.textContent = field.value > form.dataset.now ? button.dataset.later : atOnce; };
  field.addEventListener("input", tell);
  tell();
}

// Rows of authors and sources: another one, and the order.

function addRow(button) {
  const name = button.dataset.addRow;
  const rows = document.querySelector(`[data-rows="${name}"]`);
  const total = document.querySelector(`[name="${name}-TOTAL_FORMS"]`);
  const blank = document.querySelector(`template[data-row-of="${name}"]`).innerHTML;
  button.hidden = false;
  button.addEventListener("click", () => {
    rows.insertAdjacentHTML("beforeend", blank.replaceAll("__prefix__", total.value));
    total.value = Number(total.value) + 1;
    prepareRows(rows.lastElementChild);
    rows.lastElementChild.querySelector("input:not([type=hidden])").focus();
  });
}

function prepareRows(root) {
  enhance("[data-suggest]", suggest, root);
  enhance("[data-row-up]", moveUp, root);
}

/** Swaps what two rows say, so that their numbers keep standing for their order. */
function moveUp(button) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const row = button.closest(".row");
    const above = row.previousElementSibling;
    if (!above) return;
    const fields = [...row.querySelectorAll("input, select")];
    [...above.querySelectorAll("input, select")].forEach((other, index) => {
      [other.value, fields[index].value] = [fields[index].value, other.value];
    });
    row.dispatchEvent(new Event("change", { bubbles: true }));
    above.querySelector("input:not([type=hidden])").focus();
  });
}

// Django's fields with suggestions leave out their name where screen readers look for it.

function nameChoices() {
  enhance("select.admin-autocomplete", (select) => {
    const box = select.parentElement.querySelector(".select2-selection");
    const column = select.closest("td")?.className.replace("field-", "column-");
    const label = select.labels?.[0] ?? (column && select.closest("table").querySelector(`th.${CSS.escape(column)}`));
    if (!box || !label) return;
    const name = label.textContent.replace(/:\s*$/, "").trim();
    box.removeAttribute("aria-labelledby");
    box.setAttribute("aria-label", name);
    box.querySelector("[role=textbox]")?.setAttribute("aria-label", name);
  });
}

window.django?.jQuery?.(nameChoices);
document.addEventListener("formset:added", () => { setTimeout(nameChoices); });

// Menus that open over the page close again.

const MENUS = ":is(.desk-user, .sheet-more, .desk-menu-button, .list-pop)[open]";

document.addEventListener("click", (event) => {
  enhance(MENUS, (menu) => { if (!menu.contains(event.target)) menu.open = false; });
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  enhance(MENUS, (menu) => { menu.open = false; menu.querySelector("summary").focus(); });
});

enhance("textarea[data-grow]", grow);
enhance("#id_title[data-grow]", leadOn);
enhance("form[data-unsaved]", guard);
enhance("form[data-unsaved]", tellTime);
enhance("[data-add-row]", addRow);
prepareRows(document);
enhance(".desk-side .desk-menu [aria-current]", showWhereOneIs);
