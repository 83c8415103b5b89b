// The bar of tools: one stop of the Tab key, arrows inside it, Alt+F10 to it and Esc back
// (https://www.w3.org/WAI/ARIA/apg/patterns/toolbar/). It says what holds at the cursor.

const PRESSED = ["bold", "italic", "strike", "link", "footnote", "bulletList", "orderedList"];

export function tools(box, editor, { pm }, known) {
  const bar = box.querySelector(".editor-tools");
  bar.hidden = false;
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-command]");
    if (button && button.ariaDisabled !== "true") known[button.dataset.command]();
  });
  rove(box, bar, editor);
  let waiting = false;
  const show = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; if (!editor.isDestroyed) showState(bar, editor, pm.history); });
  };
  editor.on("transaction", show);
  show();
}

const reachable = (bar) => [...bar.querySelectorAll("button")].filter((button) => button.offsetParent);

function rove(box, bar, editor) {
  const all = [...bar.querySelectorAll("button")];
  const stop = (button) => { for (const each of all) each.tabIndex = each === button ? 0 : -1; };
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  stop(all[0]);
  bar.addEventListener("focusin", (event) => stop(event.target));
  bar.addEventListener("keydown", (event) => {
    const buttons = reachable(bar);
    const at = buttons.indexOf(document.activeElement);
    let to = event.key in steps ? (at + steps[event.key] + buttons.length) % buttons.length : -1;
    if (event.key === "Home") to = 0;
    if (event.key === "End") to = buttons.length - 1;
    if (event.key === "Escape") { event.preventDefault(); editor.commands.focus(); }
    if (to < 0) return;
    event.preventDefault();
    buttons[to].focus();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "F10" || !event.altKey) return;
    event.preventDefault();
    (reachable(bar).find((button) => button.tabIndex === 0) ?? reachable(bar)[0]).focus();
  });
}

/** Keys of tools are written on their buttons, and nowhere else. */
export function shortcuts(box, known) {
  const keyed = new Map();
  for (const button of box.querySelectorAll("[aria-keyshortcuts]")) keyed.set(button.getAttribute("aria-keyshortcuts"), button);
  box.addEventListener("keydown", (event) => {
    const button = keyed.get(pressed(event));
    if (!button || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    if (!button.closest("[hidden]") && button.ariaDisabled !== "true") known[button.dataset.command]();
  }, true);
}

/** By the place of the key, so that a Russian layout means the same. */
function pressed(event) {
  const key = /^(Key|Digit)/.test(event.code) ? event.code.replace(/^(Key|Digit)/, "") : { Slash: "/" }[event.code] ?? event.key;
  const held = [["Control", event.ctrlKey || event.metaKey], ["Alt", event.altKey], ["Shift", event.shiftKey]];
  return [...held.filter(([, down]) => down).map(([name]) => name), key].join("+");
}

function showState(bar, editor, history) {
  const pull = editor.getAttributes("blockquote").class === "pull";
  const quoted = editor.isActive("blockquote");
  const active = { blockquote: quoted && !pull, pullQuote: quoted && pull };
  for (const level of [2, 3, 4]) active[`heading${level}`] = editor.isActive("heading", { level });
  for (const name of PRESSED) active[name] = editor.isActive(name);
  const off = {
    undo: history.undoDepth(editor.state) === 0, redo: history.redoDepth(editor.state) === 0,
    unlink: !active.link, describe: !editor.getAttributes("figure")["data-media"],
  };
  for (const button of bar.querySelectorAll("[data-command]")) {
    const name = button.dataset.command;
    if (name in active && button.ariaPressed !== String(active[name])) button.ariaPressed = String(active[name]);
    if (name in off && button.ariaDisabled !== String(off[name])) button.ariaDisabled = String(off[name]);
  }
  bar.querySelector("[data-table-tools]").hidden = !editor.isActive("table");
}
