// Who else has this article open. The sheet tells that it is there every few seconds and is told of the others;
// while another person writes, the text here is for reading. Without this script the server shows the same once.

import { askJson, token } from "./asking.js";

const EVERY = 15_000;

const box = document.querySelector("[data-presence]");
const form = document.getElementById("article-form");
const spot = box?.querySelector("[data-presence-told]");
const newer = box?.querySelector("[data-presence-newer]");
const away = box?.querySelector("[data-presence-away]");
let typed = false; // since the last beat
let unsaved = Boolean(form && "dirty" in form.dataset); // since the sheet was opened
let keeping = false;
let leaving = false;
let editor = null;
let told = spot?.innerHTML ?? "";

const body = (fields) => {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", token());
  data.set("sheet", box.dataset.sheet);
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
};

const write = () => {
  if (leaving || box.dataset.held === "1") return;
  unsaved = true;
  if (typed) return;
  typed = true;
  if (box.dataset.mine !== "1") { box.dataset.mine = "1"; beat(); } // who types first holds the text: at once
};

async function beat() {
  const fields = typed ? { typing: "1" } : {};
  typed = false;
  const state = await askJson(box.dataset.presence, { method: "POST", body: body(fields) });
  if (state && !leaving) show(state);
}

function show(state) {
  if (state.html.trim() !== told.trim()) { told = state.html; spot.innerHTML = told; }
  newer.hidden = state.held || !(state.newest > Number(form.elements.based_on.value));
  if (state.held && box.dataset.held !== "1") lose();
  else if (state.held && unsaved) keep(); // the connection broke off when the text was lost
  if (!state.held && box.dataset.held === "1") free();
}

/** The text is another's: what is typed here and not saved is kept on the server, then the sheet is for reading. */
function lose() {
  box.dataset.held = "1";
  box.dataset.mine = "";
  lock(true);
  if (unsaved) keep();
}

async function keep() {
  if (keeping) return;
  keeping = true;
  form.dispatchEvent(new Event("sheet:flush"));
  const kept = await askJson(box.dataset.keep, { method: "POST", body: new FormData(form) });
  keeping = false;
  if (!kept) return; // asked again with the next beat; until then the browser has it
  unsaved = false;
  if (kept.complete) form.dispatchEvent(new Event("sheet:kept"));
  if (!kept.kept) return;
  away.querySelector("a").href = kept.address;
  away.hidden = false;
}

function free() {
  box.dataset.held = "";
  // What is shown here may be old by now: the newest text is fetched rather than an old one written on.
  if (!unsaved) { leaving = true; location.reload(); return; }
  lock(false);
}

function lock(on) {
  form.classList.toggle("is-held", on);
  for (const part of form.querySelectorAll(".sheet-main, .sheet-side")) {
    for (const field of part.querySelectorAll("input, textarea")) field.readOnly = on;
    for (const field of part.querySelectorAll("select, button, input[type=checkbox], input[type=radio]")) hold(field, on);
  }
  for (const button of form.querySelectorAll("[name=act]")) hold(button, on);
  editor?.setEditable(!on, false); // without an «update», which would pass for typing
}

/** Disables without taking a value from what is sent: a disabled field would be missing in the kept text. */
function hold(field, on) {
  if (on) field.setAttribute("aria-disabled", "true");
  else field.removeAttribute("aria-disabled");
}

const refuse = (event) => {
  const field = event.target.closest?.("[aria-disabled=true]");
  if (box.dataset.held !== "1" || !field || !form.contains(field)) return;
  if (event.type === "keydown" && (event.key === "Tab" || event.key === "Escape")) return;
  event.preventDefault();
  event.stopPropagation();
};

function attend() {
  for (const kind of ["click", "mousedown", "keydown"]) form.addEventListener(kind, refuse, true);
  form.addEventListener("submit", (event) => {
    if (box.dataset.held === "1") { event.preventDefault(); event.stopImmediatePropagation(); return; }
    unsaved = false;
  }, true);

  document.addEventListener("editor:ready", (event) => {
    editor = event.detail.editor;
    if (box.dataset.held === "1") editor.setEditable(false, false);
  });
  form.addEventListener("sheet:autosaved", (event) => { if (event.detail.complete) unsaved = typed; });
  form.addEventListener("sheet:refused", () => { beat(); });
  form.addEventListener("input", write);
  form.addEventListener("change", write);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) beat(); });
  window.addEventListener("pagehide", () => {
    leaving = true;
    fetch(box.dataset.presence, { method: "POST", body: body({ leaving: "1" }), keepalive: true }).catch(() => null);
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  if (box.dataset.held === "1") lock(true);
  setInterval(beat, Number(box.dataset.every) || EVERY);
  if (unsaved) { typed = true; beat(); } // a sheet that came back with typed text
}

if (box) attend();
