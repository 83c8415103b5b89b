// What a browser keeps of a sheet at once, for a tab that is closed or killed; it offers itself on return.
// One entry for each open sheet, under the name of who is signed in: nobody else is shown it.

import { askJson, token } from "./asking.js";

const PREFIX = "desk-draft";
const DAYS = 14;
const MOST = 40; // entries of one person
const HIDDEN = new Set(["csrfmiddlewaretoken", "act", "editor"]);

function start(form) {
  const line = form.querySelector("[data-autosave]");
  if (!line) return;
  const told = line.dataset;
  const sheet = form.elements.sheet.value;
  const mine = () => `${PREFIX}:${told.editor}:${told.article || "new"}:${sheet}`;
  let timer = 0;
  let latest = mine();

  hold(sheet);
  purge(told.editor);
  offer(form, told, sheet);

  function write() {
    clearTimeout(timer);
    timer = 0;
    form.dispatchEvent(new Event("sheet:flush"));
    if (latest !== mine()) { remove(latest); latest = mine(); }
    if (!store(latest, { at: Date.now(), fields: fieldsOf(form) })) line.textContent ||= told.nowhere;
  }

  const soon = () => { timer ||= setTimeout(write, 150); };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  window.addEventListener("pagehide", () => { if (timer) write(); });
  document.addEventListener("visibilitychange", () => { if (timer) write(); });
  form.addEventListener("submit", () => { if (timer) write(); }); // whether it comes through, only the next sheet knows
  form.addEventListener("sheet:kept", () => {
    clearTimeout(timer);
    timer = 0;
    remove(latest);
    latest = mine();
  });
}

function fieldsOf(form) {
  return [...new FormData(form)].filter(([name, value]) => !HIDDEN.has(name) && typeof value === "string");
}

// The store: everything may fail (private windows, a full disk), nothing may throw.

function read(key) {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}

function remove(key) {
  try { localStorage.removeItem(key); } catch { /* there is nothing */ }
}

/** Writes an entry; where there is no room, the oldest ones of anybody give theirs. */
function store(key, value) {
  for (let tries = 0; tries < 20; tries += 1) {
    try {
      localStorage.setItem(key, JSON.stringify(value));
      return true;
    } catch {
      const oldest = all().filter((each) => each.key !== key).at(0);
      if (!oldest) return false;
      remove(oldest.key);
    }
  }
  return false;
}

function all(prefix = `${PREFIX}:`) {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix))
      .map((key) => ({ key, at: read(key)?.at ?? 0 })).sort((one, other) => one.at - other.at);
  } catch { return []; }
}

/** Drops what is old, and what is too much. */
function purge(editor) {
  const since = Date.now() - DAYS * 86_400_000;
  for (const { key, at } of all()) if (at < since) remove(key);
  for (const { key } of all(`${PREFIX}:${editor}:`).slice(0, -MOST)) remove(key);
}

// A sheet that is open in another tab keeps its own text: it is not offered here.

function hold(sheet) {
  navigator.locks?.request(`${PREFIX}:${sheet}`, { mode: "shared" }, () => new Promise(() => {})).catch(() => {});
}

async function isOpen(sheet) {
  const locks = await navigator.locks?.query().catch(() => null);
  return Boolean(locks?.held.some((lock) => lock.name === `${PREFIX}:${sheet}`));
}

// The offer.

async function offer(form, told, own) {
  const here = told.article || "new";
  for (const { key } of all(`${PREFIX}:${told.editor}:`).reverse()) {
    const [article, sheet] = key.split(":").slice(2);
    const draft = read(key);
    // What began without an article and was saved since is known by its sheet.
    if (sheet === own || !(article === here || sheet === told.newestSheet) || !draft?.fields || await isOpen(sheet)) continue;
    const found = await compare(told, draft);
    if (found && !found.differs) { remove(key); continue; }
    return show(form, told, key, draft, found);
  }
  return null;
}

/** Asks the site in what a kept text differs from the newest revision; null while it cannot be asked. */
async function compare(told, draft) {
  const sent = new FormData();
  for (const [name, value] of draft.fields) sent.append(name, value);
  sent.set("editor", told.editor);
  sent.set("csrfmiddlewaretoken", token());
  return askJson(told.draft, { method: "POST", body: sent });
}

function show(form, told, key, draft, found) {
  const box = document.getElementById("draft-offer").content.firstElementChild.cloneNode(true);
  const heading = box.querySelector("h2 span");
  heading.textContent = heading.textContent.replace("{time}", moment(draft.at, told.zone));
  if (found) {
    box.querySelector("[data-draft-changes]").innerHTML = found.html;
    box.querySelector("details").hidden = false;
  }
  box.querySelector("[data-draft-take]").addEventListener("click", () => bring(form, draft));
  box.querySelector("[data-draft-drop]").addEventListener("click", () => { remove(key); box.remove(); form.elements.title.focus(); });
  form.before(box);
}

/** When that was by the clock of the newsroom, wherever this browser stands. */
function moment(at, timeZone) {
  const language = document.documentElement.lang;
  const day = (time) => new Intl.DateTimeFormat(language, { day: "numeric", month: "long", timeZone }).format(time);
  const hour = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", timeZone }).format(at);
  return day(at) === day(Date.now()) ? hour : `${day(at)}, ${hour}`;
}

/** Sends the kept fields as the form would, to be shown and not saved: so rows and pictures come back too. */
function bring(form, draft) {
  const again = Object.assign(document.createElement("form"), { method: "post", hidden: true });
  const fields = [...draft.fields, ["act", "show"], ["csrfmiddlewaretoken", token()]];
  for (const [name, value] of fields) {
    const field = Object.assign(document.createElement("textarea"), { name });
    field.value = value;
    again.append(field);
  }
  document.body.append(again);
  form.dispatchEvent(new Event("sheet:kept")); // no question about what stands on this sheet: it is the saved text
  again.submit();
}

document.querySelectorAll("#article-form").forEach(start);
