// Keys for the moderators' queue. They work inside the list only, and every one of them presses a button that is there.
// They are told by their place, as on the whole desk, so that they work in the Russian layout; one switch is for all.

import { areOn } from "../desk/keys.js";

const queue = document.querySelector("[data-queue]");
const cards = queue ? [...queue.querySelectorAll("[data-card]")] : [];

function typing(event) {
  const field = event.target.closest("input:not([type=checkbox]), textarea, select");
  return field || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey;
}

function move(card, step) {
  const next = cards[cards.indexOf(card) + step];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function press(event) {
  const card = event.target.closest("[data-card]");
  const key = event.code?.match(/^Key(\w)$/)?.[1].toLowerCase();
  if (!card || !key || typing(event) || !areOn()) return;
  if (key === "j" || key === "k") move(card, key === "j" ? 1 : -1);
  else if (key === "x") card.querySelector("[name=chosen]").click();
  else card.querySelector(`[data-key="${key}"]`)?.click();
}

if (queue) {
  queue.addEventListener("keydown", press);
  document.querySelector("[data-keys]").hidden = false;
  const all = document.querySelector("[data-choose-all]");
  all.closest("label").hidden = false;
  all.addEventListener("change", () => {
    for (const box of queue.querySelectorAll("[name=chosen]")) box.checked = all.checked;
  });
  // After a decision the hands stay where they are: on the next comment.
  if (document.querySelector(".messagelist")) cards[0].focus();
}
