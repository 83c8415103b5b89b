// On paper a link says nothing: before printing, its address becomes a numbered note below the story.

const notes = document.querySelector("[data-footnotes]");
const LINKS = ".prose a[href^='http'], .prose :is(.file, .player) a, .sources a[href^='http']";

function write() {
  const numbers = new Map();
  for (const link of document.querySelectorAll(LINKS)) {
    if (!numbers.has(link.href)) numbers.set(link.href, numbers.size + 1);
    const mark = document.createElement("sup");
    mark.className = "printed-mark";
    mark.textContent = ` [${numbers.get(link.href)}]`; // footnotes of the text have bare numbers
    link.after(mark);
  }
  const list = document.createElement("ol");
  list.className = "printed-notes";
  for (const address of numbers.keys()) list.append(Object.assign(document.createElement("li"), { textContent: address }));
  if (numbers.size) notes.append(list);
  document.documentElement.dataset.noted = "";
}

function clear() {
  delete document.documentElement.dataset.noted;
  for (const element of document.querySelectorAll(".printed-notes, .printed-mark")) element.remove();
}

if (notes) {
  addEventListener("beforeprint", write);
  addEventListener("afterprint", clear);
}
