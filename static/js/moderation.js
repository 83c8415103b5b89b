// Keys for the moderators' queue. They work inside the list only, and every one of them presses a button that is there.

const queue = document.querySelector("[data-queue]");
const cards = queue ? [...queue.querySelectorAll("[data-card]")] : [];

function typing(event) {
  const field = event.target.closest("input:not([type=checkbox]), textarea, select");
  return field || event.ctrlKey || event.altKey || event.metaKey;
}

function move(card, step) {
  const next = cards[cards.indexOf(card) + step];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function press(event) {
  const card = event.target.closest("[data-card]");
  if (!card || typing(event)) return;
  if (event.key === "j" || event.key === "k") move(card, event.key === "j" ? 1 : -1);
  else if (event.key === "x") card.querySelector("[name=chosen]").click();
  else card.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
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
