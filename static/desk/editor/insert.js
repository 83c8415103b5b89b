// «/» at the beginning of an empty paragraph opens a list of what can be put there.

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

export const insertMenu = (box, editor, known) => new InsertMenu(box, editor, known).listen();

class InsertMenu {
  constructor(box, editor, known) {
    Object.assign(this, { box, editor, known, open: false, chosen: 0 });
    this.list = box.querySelector("[data-insert-menu]");
    this.items = [...box.querySelectorAll("[data-insertable]")].map((button) => item(button, this.list.id));
    this.list.replaceChildren(...this.items.map(({ option }) => option));
  }

  listen() {
    this.editor.on("update", () => this.heard());
    this.editor.on("selectionUpdate", () => { if (this.query() === null) this.show(false); });
    this.editor.on("blur", () => this.show(false));
    this.list.addEventListener("mousedown", (event) => this.click(event));
    this.editor.view.dom.addEventListener("keydown", (event) => { if (this.open) this.press(event); }, true);
  }

  /** Returns what stands behind the «/» of a paragraph that has nothing else, or null. */
  query() {
    const { $from, empty } = this.editor.state.selection;
    const isLine = empty && $from.depth === 1 && $from.parent.type.name === "paragraph";
    return isLine && $from.parent.textContent.startsWith("/") ? $from.parent.textContent.slice(1).toLowerCase() : null;
  }

  heard() {
    const typed = this.query();
    if (typed === null || (!this.open && typed !== "")) return this.show(false);
    for (const { option, words } of this.items) option.hidden = !words.includes(typed);
    this.chosen = 0;
    this.show(this.shown().length > 0);
    if (this.open) { this.place(); this.mark(); }
  }

  shown() {
    return this.items.filter(({ option }) => !option.hidden);
  }

  show(is) {
    if (this.open === is) return;
    const text = this.editor.view.dom;
    this.open = is;
    this.list.hidden = !is;
    if (is) text.setAttribute("aria-controls", this.list.id);
    else for (const name of ["aria-controls", "aria-activedescendant"]) text.removeAttribute(name);
  }

  place() {
    const { box, editor, list } = this;
    const at = editor.view.coordsAtPos(editor.state.selection.from);
    const frame = box.getBoundingClientRect();
    const height = list.offsetHeight + 4;
    const isBelow = at.bottom + height <= lowest(box) || at.top < height;
    list.style.top = `${(isBelow ? at.bottom + 4 : at.top - height) - frame.top + box.scrollTop}px`;
    list.style.left = `${Math.max(8, Math.min(at.left - frame.left, frame.width - list.offsetWidth - 8))}px`;
  }

  mark() {
    const current = this.shown()[this.chosen]?.option;
    for (const { option } of this.items) option.ariaSelected = String(option === current);
    current?.scrollIntoView({ block: "nearest" });
    this.editor.view.dom.setAttribute("aria-activedescendant", current?.id ?? "");
  }

  click(event) {
    event.preventDefault();
    this.chosen = this.shown().findIndex(({ option }) => option === event.target.closest("[role=option]"));
    if (this.chosen >= 0) this.take();
  }

  press(event) {
    if (event.key in STEPS) this.step(STEPS[event.key]);
    else if (event.key === "Enter" || event.key === "Tab") this.take();
    else if (event.key === "Escape") this.show(false);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  step(by) {
    const number = this.shown().length;
    this.chosen = (this.chosen + by + number) % number;
    this.mark();
  }

  take() {
    const { command } = this.shown()[this.chosen];
    const { $from } = this.editor.state.selection;
    this.show(false);
    this.editor.chain().focus().deleteRange({ from: $from.start(), to: $from.end() }).run();
    this.known[command]();
  }
}

/** Returns down to where the page can be seen: the bar of the sheet lies over the rest. */
function lowest(box) {
  const bar = box.classList.contains("whole") ? null : document.querySelector(".sheet-bar");
  return Math.min(bar?.getBoundingClientRect().top ?? Infinity, window.visualViewport?.height ?? innerHeight);
}

function item(button, id) {
  const option = Object.assign(document.createElement("li"), { role: "option", id: `${id}_${button.dataset.command}` });
  option.append(button.querySelector("svg").cloneNode(true), button.dataset.label);
  return { option, command: button.dataset.command, words: button.dataset.label.toLowerCase() };
}
