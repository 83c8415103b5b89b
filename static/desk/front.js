// The front page screen: search while typing, choose a place by a click, drag stories. All of it works without this, by forms.

import { askText, searching } from "./asking.js";

const form = document.querySelector("[data-pin-form]");
const arrange = document.querySelector("#arrange");

function search(field) {
  const around = field.closest("form");
  const list = around.querySelector("[data-story-list]");
  const searched = searching();
  const ask = () => {
    const chosen = around.querySelector("[name=article]:checked")?.value ?? "";
    return askText(`${around.dataset.stories}?${new URLSearchParams({ q: field.value, article: chosen })}`);
  };
  field.addEventListener("input", async () => {
    const found = await searched(ask);
    if (found === undefined) return;
    around.querySelector("[data-stories-failed]").hidden = found !== null;
    if (found === null) return;
    list.replaceChildren(...new DOMParser().parseFromString(found, "text/html").body.childNodes);
    list.querySelectorAll("[data-story]").forEach(draggableStory);
  });
}

/** A link that leads to the form with a place (and a story) filled in fills it in here. */
function choose(link) {
  link.addEventListener("click", async (event) => {
    const wanted = new URL(link.href).searchParams;
    const story = wanted.get("story");
    const radio = story && form.querySelector(`[name=article][value="${CSS.escape(story)}"]`);
    if (story && !radio) return;
    event.preventDefault();
    form.elements.place.value = wanted.get("place");
    if (radio) radio.checked = true;
    form.closest("aside").scrollIntoView({ block: "nearest" });
    (story ? form.querySelector("[name=ends]:checked") : form.querySelector("[data-story-search]")).focus();
  });
}

// Dragging: {act} moves a pinned story, {article} pins another one with the end that is chosen in the form.

let dragged = null;

function draggable(element, what) {
  element.draggable = true;
  element.addEventListener("dragstart", (event) => {
    dragged = what;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", element.innerText.trim());
    document.body.classList.add("is-dragging");
  });
  element.addEventListener("dragend", () => {
    dragged = null;
    document.body.classList.remove("is-dragging");
    document.querySelectorAll(".is-target").forEach((each) => each.classList.remove("is-target"));
  });
}

function draggableStory(element) {
  draggable(element, { article: element.dataset.story });
}

function takesDrops(seat) {
  seat.addEventListener("dragover", (event) => {
    if (!dragged || dragged.spot === seat.dataset.spot) return;
    event.preventDefault();
    seat.classList.add("is-target");
  });
  seat.addEventListener("dragleave", (event) => {
    if (!seat.contains(event.relatedTarget)) seat.classList.remove("is-target");
  });
  seat.addEventListener("drop", (event) => {
    if (!dragged) return;
    event.preventDefault();
    if (dragged.pinned) send(`move:${dragged.pinned}:${seat.dataset.spot}`);
    else pin(dragged.article, seat.dataset.spot);
  });
}

function send(act) {
  arrange.append(Object.assign(document.createElement("input"), { type: "hidden", name: "act", value: act }));
  arrange.submit();
}

function pin(article, spot) {
  let radio = form.querySelector(`[name=article][value="${CSS.escape(article)}"]`);
  if (!radio) {
    radio = Object.assign(document.createElement("input"), { type: "radio", name: "article", value: article, hidden: true });
    form.append(radio);
  }
  radio.checked = true;
  form.elements.place.value = spot;
  form.requestSubmit(form.querySelector("[name=act]"));
}

document.querySelectorAll("[data-story-search]").forEach(search);
if (form) {
  document.querySelectorAll("[data-choose]").forEach(choose);
  form.querySelectorAll("[data-story]").forEach(draggableStory);
  document.querySelectorAll("[data-spot]").forEach((seat) => {
    takesDrops(seat);
    const { article, pinned, spot } = seat.dataset;
    if (article) draggable(seat, { article, pinned, spot });
  });
}

// A time of one's own is meant as soon as it is written.

for (const field of document.querySelectorAll(".front-ends [name=until]")) {
  field.addEventListener("input", () => { field.form.querySelector("[name=ends][value=own]").checked = true; });
}
