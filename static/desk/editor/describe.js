// Every picture of a text has a description and a credit: what is missing is asked for before it is put there,
// and kept in the library.

import { askJson } from "../asking.js";
import { dialog, open, post } from "./dialogs.js";

/** Returns `pictures` with their words, or null if the editor would rather not have them in the text. */
export async function described(pictures, { anew = false } = {}) {
  const box = dialog("describe");
  if (!box || !pictures.length) return pictures;
  const known = await ask(box, pictures);
  if (!known) return pictures; // the library did not answer; the checks of the sheet will name what is missing
  const all = pictures.map((picture) => ({ ...picture, ...known.get(picture.media) }));
  const missing = all.filter((picture) => anew || !picture.alt || !picture.credit);
  if (missing.length && !(await filledIn(box, missing, anew))) return null;
  return all;
}

async function ask(box, pictures) {
  const keys = new URLSearchParams(pictures.map(({ media }) => ["media", media]));
  const answer = await askJson(`${box.dataset.address}?${keys}`);
  return answer && new Map(answer.pictures.map((picture) => [picture.media, picture]));
}

/** Asks for the words of `pictures`; `anew` if they stand in the text already, where their captions are written. */
function filledIn(box, pictures, anew) {
  const rows = pictures.map((picture) => row(box, picture));
  box.querySelector("[data-describe-rows]").replaceChildren(...rows.map(({ element }) => element));
  for (const part of box.querySelectorAll("[data-when]")) part.hidden = anew !== (part.dataset.when === "anew");
  return new Promise((resolve) => {
    const first = rows.flatMap(({ fields }) => [fields.alt, fields.credit]).find((field) => !field.value) ?? rows[0].fields.alt;
    open("describe", {
      focus: first,
      left: () => resolve(false),
      taken: async () => {
        const kept = await keep(box, rows);
        if (kept) resolve(true);
        return kept;
      },
    });
  });
}

function row(box, picture) {
  const element = box.querySelector("template").content.firstElementChild.cloneNode(true);
  const fields = Object.fromEntries([...element.querySelectorAll("[data-field]")].map((field) => [field.dataset.field, field]));
  for (const [name, field] of Object.entries(fields)) {
    const errors = element.querySelector(`[data-error=${name}]`);
    field.value = picture[name] ?? "";
    errors.id = `describe-${picture.media}-${name}`;
    field.setAttribute("aria-describedby", errors.id);
  }
  element.querySelector("img").src = picture.small;
  element.querySelector("[data-name]").textContent = picture.name;
  fields.credit.addEventListener("change", () => { // one photographer mostly made them all
    for (const other of box.querySelectorAll("[data-field=credit]")) if (!other.value) other.value = fields.credit.value;
  });
  return { element, fields, picture };
}

async function keep(box, rows) {
  let wrong = null;
  for (const { element, fields } of rows) {
    const missing = ["alt", "credit"].filter((name) => !fields[name].value.trim());
    const first = say(element, fields, Object.fromEntries(missing.map((name) => [name, box.dataset[name]])));
    if (missing.length) wrong ??= first;
  }
  for (const { element, fields, picture } of wrong ? [] : rows) {
    const data = new FormData();
    data.set("picture", picture.media);
    for (const [name, field] of Object.entries(fields)) data.set(name, field.value);
    const answer = await post(box.dataset.address, data);
    if (answer?.ok) Object.assign(picture, answer.picture);
    else wrong ??= say(element, fields, answer?.errors ?? { alt: box.dataset.failed });
  }
  wrong?.focus();
  return !wrong;
}

/** Shows what is wrong beside each field; returns the first. */
function say(element, fields, errors) {
  for (const [name, field] of Object.entries(fields)) {
    element.querySelector(`[data-error=${name}]`).textContent = errors[name] ?? "";
    field.ariaInvalid = String(name in errors);
  }
  return fields[Object.keys(errors).find((name) => name in fields) ?? "alt"];
}
