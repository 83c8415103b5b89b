// The checks before a publication, while one writes: asked again after a pause, and each leads to its spot.

import { askJson } from "./asking.js";

const PAUSE = 2_500;

const card = document.querySelector("[data-checks]");
const form = document.getElementById("article-form");
const told = card?.querySelector("[data-checks-told]");
const override = card?.querySelector("[data-checks-override]");
const short = document.querySelector("[data-checks-short]");
let editor = null;
let timer = 0;
let asked = 0;

const soon = () => { clearTimeout(timer); timer = setTimeout(ask, PAUSE); };

async function ask() {
  const number = ++asked;
  form.dispatchEvent(new Event("sheet:flush"));
  const sent = new FormData(form);
  sent.delete("act");
  sent.set("editor", form.querySelector("[data-autosave]")?.dataset.editor ?? "");
  const found = await askJson(card.dataset.checks, { method: "POST", body: sent });
  if (found && number === asked) show(found);
}

function show(found) {
  if (told.dataset.html !== found.html) { told.dataset.html = found.html; told.innerHTML = found.html; }
  if (override) override.hidden = !found.blocking;
  if (!short) return;
  short.innerHTML = found.short.trim();
  short.toggleAttribute("data-blocking", Boolean(found.blocking));
}

/** Leads to the field, or within the text to the paragraph itself. */
function lead(event) {
  const link = event.target.closest("a[href^='#id_']");
  if (!link) return;
  const field = document.querySelector(link.hash.replaceAll(/[^#\w-]/g, ""));
  const within = link.hash === "#id_body" && editor;
  if (!within && !field) return;
  event.preventDefault();
  if (within) { select(Number(link.dataset.block ?? 0)); return; }
  for (let box = field.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  const visible = field.type === "hidden" || field.hidden ? field.closest(".field")?.querySelector("button:not([hidden]), input:not([type=hidden])") : field;
  (visible ?? field).focus();
  (visible ?? field).scrollIntoView({ block: "center" });
}

function select(block) {
  let from = 0;
  let to = 0;
  editor.state.doc.forEach((node, offset, index) => { if (index === block) { from = offset + 1; to = offset + node.nodeSize - 1; } });
  const end = Math.min(Math.max(from, to), editor.state.doc.content.size);
  editor.chain().focus().setTextSelection({ from: Math.min(from, end), to: end }).scrollIntoView().run();
}

function watch() {
  document.addEventListener("editor:ready", (event) => { editor = event.detail.editor; });
  form.addEventListener("input", (event) => { if (!card.contains(event.target)) soon(); });
  form.addEventListener("change", (event) => { if (!card.contains(event.target)) soon(); });
  form.addEventListener("sheet:autosaved", soon);
  told.addEventListener("click", lead);
}

if (card) watch();
