// «/» at the beginning of an empty paragraph opens a list of what can be put there.

export function insertMenu(box, editor, known) {
  const list = box.querySelector("[data-insert-menu]");
  const items = [...box.querySelectorAll("[data-insertable]")].map((button) => item(button, list.id));
  let open = false;
  let chosen = 0;
  list.replaceChildren(...items.map(({ option }) => option));

  const query = () => {
    const { $from, empty } = editor.state.selection;
    const isLine = empty && $from.depth === 1 && $from.parent.type.name === "paragraph";
    return isLine && $from.parent.textContent.startsWith("/") ? $from.parent.textContent.slice(1).toLowerCase() : null;
  };
  const shown = () => items.filter(({ option }) => !option.hidden);

  function mark() {
    const current = shown()[chosen]?.option;
    for (const { option } of items) option.ariaSelected = String(option === current);
    current?.scrollIntoView({ block: "nearest" });
    editor.view.dom.setAttribute("aria-activedescendant", current?.id ?? "");
  }

  function show(is) {
    if (open === is) return;
    open = is;
    list.hidden = !is;
    if (is) editor.view.dom.setAttribute("aria-controls", list.id);
    else for (const name of ["aria-controls", "aria-activedescendant"]) editor.view.dom.removeAttribute(name);
  }

  function place() {
    const at = editor.view.coordsAtPos(editor.state.selection.from);
    const frame = box.getBoundingClientRect();
    const height = list.offsetHeight + 4;
    const isBelow = at.bottom + height <= lowest(box) || at.top < height;
    list.style.top = `${(isBelow ? at.bottom + 4 : at.top - height) - frame.top + box.scrollTop}px`;
    list.style.left = `${Math.max(8, Math.min(at.left - frame.left, frame.width - list.offsetWidth - 8))}px`;
  }

  function take() {
    const command = shown()[chosen].command;
    const { $from } = editor.state.selection;
    show(false);
    editor.chain().focus().deleteRange({ from: $from.start(), to: $from.end() }).run();
    known[command]();
  }

  editor.on("update", () => {
    const typed = query();
    if (typed === null || (!open && typed !== "")) return show(false);
    for (const { option, words } of items) option.hidden = !words.includes(typed);
    chosen = 0;
    show(shown().length > 0);
    if (open) { place(); mark(); }
  });
  editor.on("selectionUpdate", () => { if (query() === null) show(false); });
  editor.on("blur", () => show(false));
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    chosen = shown().findIndex(({ option }) => option === event.target.closest("[role=option]"));
    if (chosen >= 0) take();
  });
  editor.view.dom.addEventListener("keydown", (event) => {
    if (!open) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) { chosen = (chosen + steps[event.key] + shown().length) % shown().length; mark(); }
    else if (event.key === "Enter" || event.key === "Tab") take();
    else if (event.key === "Escape") show(false);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
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
