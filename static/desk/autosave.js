// Keeps a sheet on the site while it is written, without being asked. What the browser itself keeps: draft.js.

import { token } from "./asking.js";

const PAUSE = 4_000; // after the last key
const LONGEST = 20_000; // while somebody goes on typing
const AGAIN = 15_000; // after an answer that did not come
const MOST_WHEN_LEAVING = 60_000; // bytes that a browser still sends of a page that it closes

const form = document.querySelector("#article-form");
const line = form?.querySelector("[data-autosave]");
const told = line?.dataset ?? {};
let typed = form && "dirty" in form.dataset ? 1 : 0; // counts what was typed
let kept = 0; // up to which of it the site has it
let first = 0; // when the oldest of what is not kept was typed
let timer = 0;
let pending = 0; // requests under way
let away = false; // no connection, or signed out: a form that is sent now would be lost on the way
let stopped = "paused" in told; // somebody else saved: only a person can go on
let gone = false; // the form itself is on its way: what is typed goes with it
let leaving = null; // the button that waits for the request under way

function says(text, kind) {
  line.textContent = text;
  line.dataset.kind = kind;
  line.role = kind === "bad" ? "alert" : null;
}

function note() {
  typed += 1;
  first ||= Date.now();
  plan(Math.max(0, Math.min(PAUSE, first + LONGEST - Date.now())));
}

function plan(wait) {
  clearTimeout(timer);
  if (!stopped && typed > kept) timer = setTimeout(send, wait);
}

function body() {
  form.dispatchEvent(new Event("sheet:flush")); // an editor that writes its text into the form later does so now
  adoptToken();
  const sent = new FormData(form);
  sent.delete("act");
  sent.set("editor", told.editor);
  return sent;
}

async function send({ leaving: closes = false } = {}) {
  if (stopped || gone || typed === kept || (pending && !closes)) return;
  clearTimeout(timer);
  const upTo = typed;
  const sent = body();
  const keepalive = closes && sizeOf(sent) < MOST_WHEN_LEAVING;
  first = 0;
  pending += 1;
  const answer = await fetch(told.address, { method: "POST", body: sent, keepalive, redirect: "manual" }).catch(() => null);
  const wait = answer ? await take(answer, upTo) : fail(told.offline);
  pending -= 1;
  goOn(wait);
}

/** Says what came of it; returns after how long to try again. */
async function take(answer, upTo) {
  if (answer.type === "opaqueredirect") return expire();
  const words = await answer.json().catch(() => null);
  away = false;
  if (answer.ok && words) return adopt(words, upTo);
  if (!words?.told && answer.status === 403) return expire(); // the token of the form is of another session
  if (!words?.told || answer.status === 400) return fail(told.failed, false);
  stopped = true;
  form.dispatchEvent(new CustomEvent("sheet:refused", { detail: { status: answer.status } }));
  says(words.told, "bad");
  return AGAIN;
}

function adopt(words, upTo) {
  kept = upTo;
  if (!words.number) return PAUSE;
  form.elements.based_on.value = words.number;
  form.elements.standing.value = words.standing;
  told.address = words.addresses.autosave;
  told.draft = words.addresses.draft;
  if (!told.article) settle(words);
  says(words.told, words.complete ? "good" : "warn");
  form.dispatchEvent(new CustomEvent("sheet:autosaved", { detail: words }));
  if (kept === typed && words.complete) form.dispatchEvent(new Event("sheet:kept"));
  return PAUSE;
}

/** A new article has an address by now: a reload opens it, and the form is sent there. */
function settle(words) {
  told.article = words.addresses.change.match(/(\d+)\/change/)[1];
  history.replaceState(history.state, "", words.addresses.change);
  for (const state of document.querySelectorAll("[data-new-state]")) state.textContent = state.dataset.newState;
  const links = document.querySelector("[data-new-links]");
  if (!links) return;
  for (const link of links.querySelectorAll("[data-to]")) link.href = words.addresses[link.dataset.to];
  links.hidden = false;
}

function fail(text, cannotSend = true) {
  away = cannotSend;
  says(text, "bad");
  return AGAIN;
}

function expire() {
  const link = { href: told.signInAddress, target: "_blank", rel: "noopener", textContent: told.signIn };
  fail(`${told.expired} `);
  line.append(Object.assign(document.createElement("a"), link));
  return AGAIN;
}

function goOn(wait) {
  if (pending) return;
  const button = leaving;
  leaving = null;
  if (button && !away) form.requestSubmit(button);
  else plan(wait);
}

function submit(event) {
  adoptToken();
  clearTimeout(timer);
  if (!pending && (!away || stopped)) {
    gone = true;
    setTimeout(() => { gone = !event.defaultPrevented; }); // others may still hold it back
    return;
  }
  event.preventDefault(); // the answer says what the form is based on, and whether it would arrive at all
  event.stopImmediatePropagation();
  leaving = event.submitter;
  if (!pending) { typed += 1; send(); }
}

function start() {
  form.addEventListener("input", note);
  form.addEventListener("change", note);
  form.addEventListener("submit", submit, { capture: true });
  // Others ask for it before they show the text: they are given a promise, if there is something to wait for.
  form.addEventListener("sheet:save", (event) => { if (typed > kept && !stopped && !away) event.detail.answer = send(); });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") send({ leaving: true });
    else plan(0);
  });
  window.addEventListener("pagehide", () => { send({ leaving: true }); });
  window.addEventListener("pageshow", () => { gone = false; }); // somebody came back to the sheet as it was
  window.addEventListener("online", () => { plan(0); });
  plan(PAUSE);
}

/** After another sign-in that of the form is not taken any more. */
function adoptToken() {
  form.elements.csrfmiddlewaretoken.value = token();
}

const sizeOf = (sent) => [...sent].reduce((sum, [name, value]) => sum + name.length + 120 + new TextEncoder().encode(String(value)).length, 0);

if (line) start();
