// Shortcuts and the command line. Keys are told by their place, so that they work in the Russian layout as well.

import { askJson, searching } from "./asking.js";
import { mark, marked } from "./options.js";

const keys = document.querySelector("#keys");
const command = document.querySelector("#command");
const SWITCH = "desk-keys";
const places = { KeyT: "today", KeyA: "articles", KeyM: "media", KeyC: "comments" };
let after = 0; // until when a letter after G leads somewhere

const remembered = () => { try { return localStorage.getItem(SWITCH); } catch { return null; } };
export const areOn = () => remembered() !== "off";
const isTyping = (target) => target.isContentEditable || Boolean(target.closest?.("input:not([type=checkbox], [type=radio], [type=submit], [type=button]), textarea, select, [contenteditable]"));
const go = (address) => { if (address) location.assign(address); };

function follow(event, act) {
  event.preventDefault();
  event.stopPropagation();
  act();
}

// Rows of a list.

const rows = () => [...document.querySelectorAll("[data-row], #result_list tbody tr")];

function step(by) {
  const all = rows();
  if (!all.length) return;
  const now = all.findIndex((row) => row.classList.contains("is-at"));
  const next = all[Math.min(Math.max(now + by, 0), all.length - 1)];
  all.forEach((row) => row.classList.toggle("is-at", row === next));
  (next.querySelector("[data-open], th a, td a") ?? next.querySelector("input"))?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function tick() {
  const box = document.querySelector(".is-at input[type=checkbox]");
  box?.click();
}

// Buttons of a form.

function press(button) {
  if (!button) return false;
  button.form.requestSubmit(button);
  return true;
}

const save = () => press(document.querySelector("#article-form button[name=act][value=save]:not([aria-hidden])") ?? document.querySelector("#content-main [name=_continue], #content-main [name=_save]"));

function publish() {
  const button = document.querySelector("#article-form button[name=act][value=publish]");
  if (button && confirm(command.dataset.ask)) press(button);
  return Boolean(button);
}

// The command line.

const line = document.querySelector("#command-line");
const list = document.querySelector("#command-found");
const search = searching();

function openCommand() {
  if (command.open) return;
  command.showModal();
  line.select();
  ask();
}

function show(found) {
  list.replaceChildren(...found.map((one, index) => {
    const item = Object.assign(document.createElement("li"), { id: `command-${index}`, role: "option", textContent: one.label });
    item.append(Object.assign(document.createElement("span"), { textContent: one.hint }));
    item.dataset.address = one.address;
    item.addEventListener("click", () => go(one.address));
    return item;
  }));
  list.hidden = found.length === 0;
  line.setAttribute("aria-expanded", String(found.length > 0));
  command.querySelector("[data-nothing]").hidden = found.length > 0 || !line.value.trim();
  const told = command.querySelector("[data-told]");
  told.textContent = `${told.dataset.told} ${found.length}`;
  mark(line, list, 0);
}

async function ask() {
  const answer = await search(() => askJson(`${command.dataset.address}?as=json&q=${encodeURIComponent(line.value)}`), line.value ? 120 : 0);
  if (answer === undefined) return;
  if (answer) show(answer.found);
  command.querySelector("[data-failed]").hidden = Boolean(answer);
}

function moveWithin(event) {
  const now = marked(list);
  const chosen = list.children[now];
  if (event.key === "ArrowDown") follow(event, () => mark(line, list, Math.min(now + 1, list.children.length - 1)));
  if (event.key === "ArrowUp") follow(event, () => mark(line, list, Math.max(now - 1, 0)));
  if (event.key === "Enter" && chosen) follow(event, () => go(chosen.dataset.address));
}

// What a key does.

function withCtrl(event) {
  if (event.code === "KeyK" && !event.target.closest?.(".editor, [contenteditable]")) follow(event, openCommand);
  else if (event.code === "KeyS" && save()) follow(event, () => {});
  else if (event.key === "Enter" && document.querySelector("#article-form")) follow(event, publish);
}

function afterG(event) {
  after = 0;
  if (places[event.code]) follow(event, () => go(command.dataset[places[event.code]]));
  return Boolean(places[event.code]);
}

const single = {
  KeyG: () => { after = Date.now() + 1500; },
  KeyN: () => go(command.dataset.new),
  KeyJ: () => step(1),
  KeyK: () => step(-1),
  KeyX: tick,
};

function withoutCtrl(event) {
  if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) return follow(event, () => keys.showModal());
  if (event.shiftKey) return undefined;
  if (Date.now() < after && afterG(event)) return undefined;
  if (event.key === "/" || event.code === "Slash") {
    const field = document.querySelector("#searchbar, #content input[type=search]");
    return field ? follow(event, () => field.select()) : follow(event, openCommand);
  }
  const isQueue = document.querySelector("[data-queue]"); // it has keys of its own for its cards
  const act = single[event.code];
  if (!act || (isQueue && ["KeyJ", "KeyK", "KeyX"].includes(event.code))) return undefined;
  return follow(event, act);
}

function heard(event) {
  if (event.isComposing || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.ctrlKey || event.metaKey) { if (!event.shiftKey) withCtrl(event); return; }
  if (areOn() && !isTyping(event.target)) withoutCtrl(event);
}

if (keys && command) {
  document.addEventListener("keydown", heard, true);
  line.addEventListener("input", ask);
  line.addEventListener("keydown", moveWithin);
  command.addEventListener("click", (event) => { if (event.target === command) command.close(); });
  keys.addEventListener("click", (event) => { if (event.target === keys) keys.close(); });
  const box = keys.querySelector("[data-keys-on]");
  box.checked = areOn();
  box.addEventListener("change", () => { try { localStorage.setItem(SWITCH, box.checked ? "on" : "off"); } catch { /* nothing is kept in this browser */ } });
  document.querySelectorAll("[data-keys-open]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => { button.closest("details")?.removeAttribute("open"); keys.showModal(); });
  });
  document.querySelectorAll("[data-find]").forEach((link) => link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    link.closest("details")?.removeAttribute("open");
    openCommand();
  }));
}
