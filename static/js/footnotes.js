// On paper a link says nothing: before printing, its address becomes a numbered note below the story.

const notes = document.querySelector("[data-footnotes]");

function write() {
  const links = document.querySelectorAll(".prose a[href^='http'], .sources a[href^='http']");
  const list = document.createElement("ol");
  list.className = "footnotes";
  for (const link of links) {
    const note = document.createElement("li");
    note.textContent = link.href;
    list.append(note);
    const mark = document.createElement("sup");
    mark.className = "footnote-mark";
    mark.textContent = ` ${list.children.length}`;
    link.after(mark);
  }
  notes.append(list);
  document.documentElement.dataset.noted = "";
}

function clear() {
  delete document.documentElement.dataset.noted;
  for (const element of document.querySelectorAll(".footnotes, .footnote-mark")) element.remove();
}

if (notes) {
  addEventListener("beforeprint", write);
  addEventListener("afterprint", clear);
}
