// HTML from the clipboards of Word, Google Docs, LibreOffice, Telegram and web pages, made into the HTML of our texts.
// The server cleans once more on its own (lib/pasted.py and lib/html.py): this only has to be good, not safe.

import { withNotes } from "./paste-notes.js";
import { withLists } from "./paste-lists.js";

const BLOCKS = "p, h1, h2, h3, h4, h5, h6, ul, ol, table, blockquote, pre, figure, hr, div, section, article";
const DROPPED = "style, script, noscript, template, meta, link, title, xml, iframe, object, embed, form, button, input, select, textarea, svg, canvas, nav, [hidden]";
const TRACKERS = /^(utm_\w+|fbclid|gclid|dclid|yclid|ysclid|msclkid|mc_cid|mc_eid|igshid|_openstat|from_?source|ref_src|ref_url|spm|vero_id|_hsenc|_hsmi|etext|cmpid)$/i;
const RENAMED = { B: "strong", I: "em", DEL: "s", STRIKE: "s", H1: "h2", H5: "h4", H6: "h4", CENTER: "p", DIV: "p", INS: "span", TT: "code" };

/** Returns clean HTML, and how many pictures of other sites were left behind. */
export function cleaned(html) {
  const page = new DOMParser().parseFromString(withoutPolicy(html), "text/html");
  const body = page.body;
  dropComments(page, body);
  for (const each of body.querySelectorAll(DROPPED)) each.remove();
  dropWordComments(body);
  withNotes(body);
  withLists(body);
  for (const each of body.querySelectorAll("b[data-style]")) if (/^(normal|400)$/.test(styleOf(each)["font-weight"])) unwrap(each); // Google wraps a whole text so
  const left = dropPictures(body);
  for (const each of [...body.querySelectorAll("*")].reverse()) restyle(each);
  for (const each of [...body.querySelectorAll("a")]) relink(each);
  for (const each of [...body.querySelectorAll("*")].reverse()) rename(each);
  split(body);
  tidy(body);
  return { html: body.innerHTML, left };
}

/** Our policy would complain of every style and handler; under another name styles can be read. */
const withoutPolicy = (html) => html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style=").replace(/\son\w+\s*=/gi, " data-handler="));

function dropComments(page, body) {
  const walker = page.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  for (const each of found) each.remove();
}

const says = (element, words) => (element.dataset.style ?? "").replace(/\s/g, "").toLowerCase().includes(words);

/** Notes of proofreaders in the margin of Word's page. */
function dropWordComments(body) {
  for (const each of body.querySelectorAll(".MsoCommentReference, .MsoCommentText")) each.closest("a, span, p")?.remove();
  for (const each of body.querySelectorAll("[data-style]")) {
    if (says(each, "mso-element:comment") || says(each, "mso-hide:all") || says(each, "mso-special-character:comment")) each.remove();
  }
}

/** An emoji is a character, whatever it was drawn with; other pictures would be shown from where they came. */
function dropPictures(body) {
  let left = 0;
  for (const each of body.querySelectorAll("img, picture, video, audio")) {
    if (!each.isConnected) continue;
    if (each.matches("img") && /\p{Extended_Pictographic}/u.test(each.alt) && each.alt.length < 16) { each.replaceWith(each.alt); continue; }
    const isDot = Number(each.getAttribute("width")) === 1 && Number(each.getAttribute("height")) === 1;
    if (!isDot) left += 1;
    each.remove();
  }
  return left;
}

function styleOf(element) {
  const said = (element.dataset.style ?? "").toLowerCase().split(";").map((one) => one.split(":").map((part) => part.trim()));
  return Object.fromEntries(said.filter(([name, value]) => name && value));
}

const isBold = ({ "font-weight": weight }) => weight === "bold" || weight === "bolder" || Number(weight) >= 600;

/** What is said by styles is said by elements. */
function restyle(element) {
  const style = styleOf(element);
  if (!element.dataset.style || element.matches("h1, h2, h3, h4, h5, h6, ul, ol, table, tr")) return;
  if (!element.matches("span, font, p, div, a, li, td, b, i, em, strong, th")) return;
  if (isBold(style) && !element.matches("b, strong, th") && !element.closest("b, strong, h1, h2, h3, h4, h5, h6, th")) wrapIn(element, "strong");
  if (style["font-style"] === "italic" && !element.closest("i, em")) wrapIn(element, "em");
  if (/line-through/.test(style["text-decoration"] ?? style["text-decoration-line"] ?? "")) wrapIn(element, "s");
  if (/^(super|sub)$/.test(style["vertical-align"]) && !element.closest("sup, sub")) wrapIn(element, style["vertical-align"] === "super" ? "sup" : "sub");
}

function wrapIn(element, tag) {
  if (!element.textContent.trim() || element.querySelector(BLOCKS)) return;
  const inner = element.ownerDocument.createElement(tag);
  inner.append(...element.childNodes);
  element.append(inner);
}

const unwrap = (element) => element.replaceWith(...element.childNodes);

/** Takes trackers and detours off an address; what leads nowhere from here is no link. */
function relink(link) {
  const address = straight(link.getAttribute("href") ?? "");
  if (!address || !link.textContent.trim()) return unwrap(link);
  for (const { name } of [...link.attributes]) link.removeAttribute(name);
  link.setAttribute("href", address);
}

function straight(written) {
  let address;
  try {
    address = new URL(written.trim());
  } catch {
    return "";
  }
  const { hostname, pathname, searchParams } = address;
  const onward = { "/url": searchParams.get("q") ?? searchParams.get("url"), "/away.php": searchParams.get("to"), "/l.php": searchParams.get("u") }[pathname];
  if (onward && /(^|\.)(google\.\w+|vk\.com|facebook\.com)$/.test(hostname)) return straight(onward);
  if (/^(mailto|tel):$/.test(address.protocol)) return written.trim();
  if (!/^https?:$/.test(address.protocol)) return "";
  const trackers = [...searchParams.keys()].filter((name) => TRACKERS.test(name));
  if (!trackers.length) return written.trim();
  for (const name of trackers) searchParams.delete(name);
  return address.href;
}

function rename(element) {
  const { tagName } = element;
  if (tagName === "DIV" && element.querySelector(BLOCKS)) return unwrap(element);
  if (tagName.includes(":") || ["SPAN", "FONT", "SECTION", "ARTICLE", "HEADER", "FOOTER", "MAIN", "LABEL", "SMALL", "BIG", "U", "INS", "SMARTTAG"].includes(tagName)) return unwrap(element);
  const kept = ["href", "colspan", "rowspan", "start", ...(tagName === "SUP" ? ["class"] : [])];
  const title = /^(MsoTitle|MsoSubtitle)$/.test(element.className);
  for (const { name } of [...element.attributes]) if (!kept.includes(name)) element.removeAttribute(name);
  const tag = title ? "h2" : RENAMED[tagName];
  if (!tag) return;
  const other = element.ownerDocument.createElement(tag);
  other.append(...element.childNodes);
  element.replaceWith(other);
}

/** Two line breaks are the end of a paragraph: messengers and mail write no other. */
function split(body) {
  for (const breaks of [...body.querySelectorAll("br")]) {
    const next = following(breaks);
    if (!breaks.isConnected || next?.nodeName !== "BR") continue;
    const parent = breaks.parentElement;
    if (parent !== body && parent.tagName !== "P") continue;
    const mark = body.ownerDocument.createElement("hr");
    mark.dataset.ends = "";
    breaks.replaceWith(mark);
    next.remove();
  }
  for (const parent of [body, ...body.querySelectorAll("p")]) if (parent.querySelector(":scope > hr[data-ends]")) inParagraphs(parent, body);
}

function following(node) {
  let next = node.nextSibling;
  while (next?.nodeType === Node.TEXT_NODE && !next.data.trim()) next = next.nextSibling;
  return next;
}

function inParagraphs(parent, body) {
  const made = [body.ownerDocument.createElement("p")];
  for (const child of [...parent.childNodes]) {
    if (child.nodeName === "HR" && child.hasAttribute("data-ends")) made.push(body.ownerDocument.createElement("p"));
    else if (child.nodeType === Node.ELEMENT_NODE && child.matches(BLOCKS)) made.push(child, body.ownerDocument.createElement("p"));
    else if (child.nodeName !== "BR" || made.at(-1).hasChildNodes()) made.at(-1).append(child);
  }
  if (parent === body) body.replaceChildren(...made);
  else parent.replaceWith(...made);
}

/** Lets nothing empty stand; a heading is not bold besides, and no line begins or ends with a space. */
function tidy(body) {
  for (const each of [...body.querySelectorAll("h2 strong, h3 strong, h4 strong, th strong, strong strong, em em")]) unwrap(each);
  for (const each of [...body.querySelectorAll("colgroup, col")]) each.remove();
  for (const each of [...body.querySelectorAll("strong, em, s, sup, sub, p, h2, h3, h4, li, ul, ol, blockquote")].reverse()) {
    if (each.textContent.trim() || each.querySelector("img, hr, table, br + *")) continue;
    if (each.matches("strong, em, s, sup, sub") && each.textContent) each.replaceWith(each.textContent);
    else each.remove();
  }
  for (const each of [...body.querySelectorAll(":scope > br")]) if (!isWords(each.previousSibling) && !isWords(each.nextSibling)) each.remove();
  joined(body);
  body.normalize();
  for (const block of body.querySelectorAll("p, h2, h3, h4, li")) trim(block);
  for (const cell of body.querySelectorAll("td > p:only-child, th > p:only-child, li > p:only-child")) unwrap(cell);
}

const isWords = (node) => Boolean(node) && (node.nodeType === Node.TEXT_NODE ? node.data.trim() !== "" : !node.matches(`${BLOCKS}, br`));

/** Word cuts bold words into pieces wherever somebody typed. */
function joined(body) {
  for (const each of [...body.querySelectorAll("strong, em, s")]) {
    const next = each.nextSibling;
    if (next?.nodeName !== each.nodeName) continue;
    next.prepend(...each.childNodes);
    each.remove();
  }
}

function trim(block) {
  const { firstChild, lastChild } = block;
  if (firstChild?.nodeType === Node.TEXT_NODE) firstChild.data = firstChild.data.replace(/^[\s\u00a0]+/, "");
  if (lastChild?.nodeType === Node.TEXT_NODE) lastChild.data = lastChild.data.replace(/[\s\u00a0]+$/, "");
  if (block.lastChild?.nodeName === "BR") block.lastChild.remove();
  for (const text of block.childNodes) if (text.nodeType === Node.TEXT_NODE) text.data = text.data.replace(/[ \t\r\n]+/g, " ");
}
