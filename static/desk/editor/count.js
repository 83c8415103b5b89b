// How many words and characters the text has, and what is selected of it. Blocks are counted once until they change.

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.,-]*/gu;
const known = new WeakMap();

function tally(text) {
  const characters = [...text.replace(/\n/g, "")].length;
  return { words: text.match(WORD)?.length ?? 0, characters, solid: [...text.replace(/\s/g, "")].length };
}

function sum(counts) {
  const all = { words: 0, characters: 0, solid: 0 };
  for (const one of counts) for (const name of Object.keys(all)) all[name] += one[name];
  return all;
}

function ofBlock(block) {
  if (!known.has(block)) known.set(block, tally(block.textBetween(0, block.content.size, "\n", "\n")));
  return known.get(block);
}

export function count(box, editor) {
  const line = box.querySelector("[data-count]");
  const parts = Object.fromEntries([...line.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]));
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  const pace = Number(line.dataset.pace);
  let waiting = 0;

  const show = (name, { words, characters, solid }) => {
    const said = { words, characters, solid, minutes: Math.max(1, Math.round(words / pace)) };
    parts[name].textContent = parts[name].dataset.said.replace(/\{(\w+)\}/g, (whole, key) => numbers.format(said[key]));
  };
  const tell = () => {
    const { doc, selection } = editor.state;
    show("all", sum([...Array(doc.childCount).keys()].map((index) => ofBlock(doc.child(index)))));
    parts.chosen.hidden = selection.empty || Boolean(selection.node);
    if (!parts.chosen.hidden) show("chosen", tally(doc.textBetween(selection.from, selection.to, "\n", "\n")));
  };
  const later = () => { clearTimeout(waiting); waiting = setTimeout(tell, 250); };
  line.hidden = false;
  editor.on("update", later);
  editor.on("selectionUpdate", later);
  tell();
}
