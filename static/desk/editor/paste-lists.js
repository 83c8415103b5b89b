// Lists: Word writes them as paragraphs with a bullet, Google Docs puts an inner list beside its item.

const LEVEL = /mso-list:\s*\S+\s+level(\d+)/i;

export function withLists(body) {
  const items = [...body.querySelectorAll("p, h1, h2, h3, h4, h5, h6, div")].filter((each) => LEVEL.test(each.dataset.style ?? ""));
  for (const run of runs(items)) build(run);
  for (const inner of [...body.querySelectorAll("ul > ul, ul > ol, ol > ul, ol > ol")]) {
    if (inner.previousElementSibling?.tagName === "LI") inner.previousElementSibling.append(inner);
    else inner.replaceWith(...inner.childNodes);
  }
}

/** Items that follow each other are one list. */
function runs(items) {
  const found = [];
  for (const item of items) {
    const last = found.at(-1);
    if (last && last.at(-1).nextElementSibling === item) last.push(item);
    else found.push([item]);
  }
  return found;
}

function build(paragraphs) {
  const { ownerDocument } = paragraphs[0];
  const mark = ownerDocument.createElement("p");
  paragraphs[0].before(mark);
  const open = []; // the lists that stand open, from the outermost in
  for (const paragraph of paragraphs) {
    const level = Number(paragraph.dataset.style.match(LEVEL)[1]);
    const { tag, start } = sortOf(paragraph);
    while (open.length > level) open.pop();
    if (open.length === level && open.at(-1).tagName.toLowerCase() !== tag) open.pop();
    while (open.length < level) open.push(begin(open, tag, start, mark));
    const item = ownerDocument.createElement("li");
    item.append(...paragraph.childNodes);
    open.at(-1).append(item);
    paragraph.remove();
  }
  mark.remove();
}

function begin(open, tag, start, mark) {
  const list = mark.ownerDocument.createElement(tag);
  if (start > 1) list.setAttribute("start", start);
  const outer = open.at(-1);
  if (outer) (outer.lastElementChild ?? outer.appendChild(mark.ownerDocument.createElement("li"))).append(list);
  else mark.before(list);
  return list;
}

/** By the bullet that Word drew: «1.» or «а)» is a number, «·» is none. Takes it away. */
function sortOf(paragraph) {
  const drawn = [...paragraph.querySelectorAll("span")].find((each) => /mso-list:\s*Ignore/i.test(each.dataset.style ?? ""));
  const sign = drawn?.textContent.replace(/[\s\u00a0]/g, "") ?? "";
  drawn?.remove();
  const number = sign.match(/^\(?(\d+|[a-zа-я]|[ivxlc]+)[.)]$/i);
  if (!number || sign === "o") return { tag: "ul", start: 1 };
  return { tag: "ol", start: Number(number[1]) || 1 };
}
