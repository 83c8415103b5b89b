// The picker of the media library: for pictures in the text and for the main picture.

import { askText, searching, token } from "./asking.js";
import { described } from "./editor/describe.js";

const dialog = document.getElementById("picker");
const list = dialog?.querySelector("[data-picker-list]");
let take = () => {};
let kind = "picture"; // what is chosen: one picture, several for a gallery, or a file
const chosen = new Map();
const search = searching();
let handing = false;

/** Hands over what was chosen, pictures with their description and credit; those without are asked for them first. */
async function hand(chosen) {
  if (handing) return; // a double click means one picture
  handing = true;
  const taker = take;
  const pictures = [chosen].flat();
  const told = kind === "file" ? pictures : await described(pictures);
  handing = false;
  if (!told) return; // back to the library
  dialog.close();
  taker(Array.isArray(chosen) ? told : told[0]);
}

/** Shows what the library answers, unless something newer was asked meanwhile. */
async function show(question, rest = 0) {
  const found = await search(question, rest);
  if (found === undefined) return;
  if (found === null) list.replaceChildren(Object.assign(document.createElement("p"), { className: "field-error", textContent: list.dataset.failed }));
  else list.innerHTML = found;
  mark();
}

const address = (place, query = "") => `${place}?${new URLSearchParams({ q: query, kind: kind === "file" ? "file" : "image" })}`;
const find = (query, rest) => show(() => askText(address(dialog.dataset.address, query)), rest);

/** Shows which pictures are chosen for a gallery, and in which order. */
function mark() {
  const done = dialog.querySelector("[data-picker-done]");
  done.hidden = kind !== "gallery";
  done.disabled = chosen.size === 0;
  done.querySelector("[data-picker-number]").textContent = chosen.size || "";
  for (const button of list.querySelectorAll("[data-media]")) {
    if (kind !== "gallery") continue;
    const place = [...chosen.keys()].indexOf(button.dataset.media) + 1;
    button.setAttribute("aria-pressed", String(place > 0));
    button.dataset.place = place || "";
  }
}

function upload(files) {
  const data = new FormData();
  for (const file of files) data.append("files", file, file.name || "picture.png");
  return show(() => askText(address(dialog.dataset.upload), { method: "POST", body: data, headers: { "X-CSRFToken": token() } }));
}

function open(taker, wanted = "picture") {
  take = taker;
  kind = wanted;
  chosen.clear();
  const files = dialog.querySelector("[data-picker-upload] input[type=file]");
  if (files) files.accept = kind === "file" ? "" : "image/*";
  dialog.showModal();
  find(dialog.querySelector("input[type=search]").value);
}

const told = ({ dataset }) => ({
  media: dataset.media, src: dataset.src, width: dataset.width, height: dataset.height,
  alt: dataset.alt, caption: dataset.caption, small: dataset.small,
});

function prepare() {
  const searched = dialog.querySelector("[data-picker-search]");
  searched.addEventListener("submit", (event) => event.preventDefault());
  searched.addEventListener("input", (event) => { find(event.target.value, 200); });
  dialog.querySelector("[data-picker-upload]")?.addEventListener("change", async (event) => {
    await upload(event.target.files);
    event.target.value = "";
  });
  dialog.querySelector("[data-picker-close]").addEventListener("click", () => dialog.close());
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-media]");
    if (!button) return;
    if (kind === "gallery") {
      if (!chosen.delete(button.dataset.media)) chosen.set(button.dataset.media, told(button));
      mark();
      return;
    }
    hand(told(button));
  });
  dialog.querySelector("[data-picker-done]").addEventListener("click", () => {
    hand([...chosen.values()]);
  });
  document.addEventListener("media:pick", (event) => open(event.detail.take, event.detail.kind));
}

function hero(box) {
  const number = box.querySelector("input[type=number]");
  const picture = box.querySelector("[data-hero-picture]");
  const clear = box.querySelector("[data-hero-clear]");
  const set = (media, small, alt) => {
    number.value = media;
    picture.alt = alt;
    picture.hidden = clear.hidden = !media;
    if (media) picture.src = small;
    number.dispatchEvent(new Event("change", { bubbles: true }));
  };
  box.querySelector(".hero-number").hidden = true; // a number means nothing to anybody
  if (number.disabled) return;
  const pick = box.querySelector("[data-pick]");
  pick.hidden = false;
  clear.hidden = !number.value;
  pick.addEventListener("click", () => open((chosen) => set(chosen.media, chosen.small, chosen.alt)));
  clear.addEventListener("click", () => set("", "", ""));
}

if (dialog) {
  prepare();
  document.querySelectorAll("[data-hero]").forEach(hero);
}
