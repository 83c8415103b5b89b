// Footnotes of Word, LibreOffice and Google Docs: a mark that leads to a note at the end, and a link back.

/** Puts every note where its mark stands, as our footnotes are written. */
export function withNotes(body) {
  for (const mark of [...body.querySelectorAll('a[href*="#"]')]) {
    const note = mark.isConnected && noteOf(body, mark);
    if (!note) continue;
    const words = wordsOf(note, mark);
    const footnote = Object.assign(body.ownerDocument.createElement("sup"), { className: "footnote" });
    footnote.append(...words);
    const place = mark.closest("sup") ?? mark;
    place.replaceWith(footnote);
    note.remove();
  }
  for (const rest of body.querySelectorAll('[data-style*="mso-element:footnote-list"], [data-style*="mso-element:endnote-list"], #sdfootnotes')) {
    if (!rest.textContent.trim()) rest.remove();
  }
}

const KINDS = [
  [/#_(ftn|edn)(\d+)$/, ([, kind, number]) => [`#${kind}${number}`, `_${kind}${number}`]],
  [/#sd(footnote|endnote)(\d+)sym$/, ([, kind, number]) => [`#sd${kind}${number}`, `sd${kind}${number}sym`]],
  [/#(ftnt|cmnt)(\d+)$/, ([, kind, number]) => ["", `${kind}${number}`]],
];

function noteOf(body, mark) {
  for (const [pattern, found] of KINDS) {
    const match = mark.getAttribute("href").match(pattern);
    if (!match) continue;
    const [holder, anchor] = found(match);
    const back = body.querySelector(`a[name="${anchor}"], a[id="${anchor}"]`);
    const note = (holder && body.querySelector(holder)) || back?.closest("div") || back?.closest("p");
    return note && !note.contains(mark) ? note : null;
  }
  return null;
}

/** The words of a note without the number that leads back; its paragraphs stand in one line. */
function wordsOf(note) {
  for (const link of note.querySelectorAll("a[href*='#']")) {
    if (/^\s*\[?(\d+|[ivxlc]+|\*)\]?\s*$/i.test(link.textContent)) (link.closest("sup") ?? link).remove();
  }
  for (const paragraph of [...note.querySelectorAll("p, div")].reverse()) paragraph.replaceWith(...paragraph.childNodes, " ");
  note.normalize();
  const nodes = [...note.childNodes];
  if (nodes[0]?.data) nodes[0].data = nodes[0].data.replace(/^[\s\u00a0]+/, "");
  if (nodes.at(-1)?.data) nodes.at(-1).data = nodes.at(-1).data.replace(/[\s\u00a0]+$/, "");
  return nodes;
}
