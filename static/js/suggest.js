// Offers stories and lists while a reader types: a combobox with a list, as the ARIA Authoring Practices describe it.
// Without this script the field is the plain form it stands in.

const WAIT = 150; // ms after the last key
const FEWEST = 2;
let number = 0;

class Suggestions {
  constructor(input) {
    this.input = input;
    this.answers = new Map();
    this.list = element("ul", { className: "suggestions", hidden: true, id: `suggestions-${++number}`, role: "listbox" });
    this.status = element("p", { className: "visually-hidden", role: "status" });
    this.list.setAttribute("aria-label", input.dataset.label);
    this.active = -1;
    input.autocomplete = "off";
    input.role = "combobox";
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", this.list.id);
    input.after(this.list, this.status);
    this.listen();
  }

  listen() {
    this.input.addEventListener("input", () => this.ask());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", (event) => follow(event.target.closest("[role=option]")));
  }

  ask() {
    clearTimeout(this.timer);
    this.request?.abort();
    const text = this.input.value.trim();
    if (text.length < FEWEST) this.close();
    else this.timer = setTimeout(() => this.fetch(text), WAIT);
  }

  async fetch(text) {
    this.request = new AbortController();
    const { signal } = this.request;
    try {
      const answer = this.answers.get(text) ?? (await this.load(text, signal));
      if (!signal.aborted && document.activeElement === this.input) this.show(answer);
    } catch {
      this.close(); // aborted, offline or too often: the form still works
    }
  }

  async load(text, signal) {
    const query = new URLSearchParams({ q: text });
    const response = await fetch(`${this.input.dataset.suggest}?${query}`, { signal, credentials: "omit" });
    if (!response.ok) throw new Error(response.status);
    const answer = await response.json();
    this.answers.set(text, answer);
    return answer;
  }

  show({ suggestions, status }) {
    this.list.replaceChildren(...suggestions.map((one, place) => this.option(one, place)));
    this.mark(-1);
    this.open(suggestions.length > 0);
    this.status.textContent = status;
  }

  option({ kind, label, address }, place) {
    const made = element("li", { id: `${this.list.id}-${place}`, role: "option" }, element("span", { textContent: label }));
    made.dataset.address = address;
    made.setAttribute("aria-selected", "false");
    if (kind) made.append(" ", element("span", { className: "suggestion-kind", textContent: kind }));
    return made;
  }

  open(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.mark(-1);
    this.open(false);
    this.status.textContent = "";
  }

  /** Marks the option at this place; -1 is the field itself. */
  mark(place) {
    const options = [...this.list.children];
    options[this.active]?.setAttribute("aria-selected", "false");
    this.active = place;
    options[place]?.setAttribute("aria-selected", "true");
    options[place]?.scrollIntoView({ block: "nearest" });
    if (place < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", options[place].id);
  }

  press(event) {
    if (event.isComposing) return;
    const places = this.list.children.length + 1; // the options and the field
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (this.list.hidden) {
      if (move && this.list.children.length) this.open(true);
      else return;
    }
    if (move) this.mark(((this.active + 1 + move + places) % places) - 1);
    else if (event.key === "Enter" && this.active >= 0) follow(this.list.children[this.active]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  Object.assign(made, attributes);
  if (attributes.role) made.setAttribute("role", attributes.role);
  made.append(...children);
  return made;
}

function follow(option) {
  if (option) location.assign(option.dataset.address);
}

for (const input of document.querySelectorAll("[data-suggest]")) new Suggestions(input);
