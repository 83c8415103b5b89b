// How far a bulk change is; when it has ended the page shows its report.

import { askJson } from "./asking.js";

const box = document.querySelector("[data-progress]");

async function ask() {
  const told = await askJson(box.dataset.progress);
  if (told && !told.moving) { location.reload(); return; }
  box.querySelector("[data-progress-failed]").hidden = Boolean(told);
  if (told) {
    box.querySelector("progress").value = told.done;
    box.querySelector("[data-done]").textContent = told.done;
  }
  setTimeout(ask, 2000);
}

if (box) setTimeout(ask, 1000);
