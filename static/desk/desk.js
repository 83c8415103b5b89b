// What helps on every page of the desk. Each page works without it.

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

// Names suggested while they are typed.

function suggest(field) {
  if (field.closest(".suggest-box")) return;
  const several = "several" in field.dataset;
  const address = document.body.dataset.suggest ?? "/admin/articles/article/suggest/";
  const box = Object.assign(document.createElement("span"), { className: "suggest-box" });
  const list = Object.assign(document.createElement("ul"), { className: "suggestions", hidden: true, role: "listbox" });
  list.id = `${field.id}_suggestions`;
  field.before(box);
  box.append(field, list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" })) {
    field.setAttribute(name, value);
  }
  const word = () => (several ? field.value.split(",").pop() : field.value).trim();
  let asked = 0;

  function show(names) {
    list.replaceChildren(...names.map((name, index) => {
      const item = Object.assign(document.createElement("li"), { textContent: name, role: "option", id: `${list.id}_${index}` });
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(name); });
      return item;
    }));
    list.hidden = names.length === 0;
    field.setAttribute("aria-expanded", String(!list.hidden));
    field.removeAttribute("aria-activedescendant");
  }

  function take(name) {
    const others = several ? field.value.split(",").slice(0, -1).map((one) => one.trim()) : [];
    field.value = [...others, name].join(", ") + (several ? ", " : "");
    field.dispatchEvent(new Event("change", { bubbles: true }));
    show([]);
  }

  function step(by) {
    const items = [...list.children];
    const now = items.findIndex((item) => item.ariaSelected === "true");
    const next = (now + by + items.length) % items.length;
    items.forEach((item, index) => { item.ariaSelected = String(index === next); });
    field.setAttribute("aria-activedescendant", items[next].id);
  }

  field.addEventListener("input", async () => {
    const number = ++asked;
    if (!word()) return show([]);
    await new Promise((resolve) => { setTimeout(resolve, 150); });
    if (number !== asked) return;
    const answer = await fetch(`${address}${field.dataset.suggest}/?q=${encodeURIComponent(word())}`).catch(() => null);
    if (answer?.ok && number === asked) show((await answer.json()).names.filter((name) => name !== word()));
  });
  field.addEventListener("keydown", (event) => {
    const chosen = list.querySelector('[aria-selected="true"]');
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); step(event.key === "ArrowDown" ? 1 : -1); }
    if (event.key === "Enter" && chosen) { event.preventDefault(); take(chosen.textContent); }
    if (event.key === "Escape") { event.preventDefault(); show([]); }
  });
  field.addEventListener("blur", () => { asked += 1; show([]); });
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

document.addEventListener("click", (event) => {
  enhance(".desk-user[open], .sheet-more[open], .desk-menu-button[open]", (menu) => { if (!menu.contains(event.target)) menu.open = false; });
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  enhance(".desk-user[open], .sheet-more[open], .desk-menu-button[open]", (menu) => { menu.open = false; menu.querySelector("summary").focus(); });
});

enhance("textarea[data-grow]", grow);
enhance("#id_title[data-grow]", leadOn);
enhance("form[data-unsaved]", guard);
enhance("form[data-unsaved]", tellTime);
enhance("[data-add-row]", addRow);
prepareRows(document);
