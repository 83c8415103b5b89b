// What the editor does with a clipboard: HTML is cleaned, plain text becomes paragraphs and lists.

import { cleaned } from "./paste.js";

/** Returns properties of the editor; `tell` hears how many pictures were left behind. */
export const pasting = ({ pm }, tell) => ({
  transformPastedHTML(html) {
    if (/<[^>]+\sdata-pm-slice=/.test(html)) return withoutStyles(html); // from an editor like this
    const { html: clean, left } = cleaned(html);
    tell("pictures", left);
    return clean;
  },
  clipboardTextParser(text, context, isPlain, view) {
    tell("pictures", 0);
    const holder = document.createElement("div");
    holder.append(...blocks(text));
    return pm.model.DOMParser.fromSchema(view.state.schema).parseSlice(holder, { preserveWhitespace: true, context });
  },
});

const withoutStyles = (html) => html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/\sstyle=("[^"]*"|'[^']*'|[^\s>]+)/gi, "");

const BULLET = /^\s*[•●▪‣·*-]\s+/u;

/** Blank lines part paragraphs, and a line break inside one stays; without blank lines each line is a paragraph. */
function* blocks(text) {
  const whole = text.replace(/\r\n?/g, "\n").trim();
  const parts = /\n[ \t]*\n/.test(whole) ? whole.split(/\n(?:[ \t]*\n)+/) : linewise(whole);
  for (const part of parts) {
    const lines = part.split("\n").filter((line) => line.trim());
    if (lines.length) yield lines.every((line) => BULLET.test(line)) ? list(lines) : paragraph(lines);
  }
}

/** Lines, but those with bullets together. */
function linewise(whole) {
  const parts = [];
  for (const line of whole.split("\n")) {
    if (BULLET.test(line) && BULLET.test(parts.at(-1) ?? "")) parts.push(`${parts.pop()}\n${line}`);
    else parts.push(line);
  }
  return parts;
}

function paragraph(lines) {
  const element = document.createElement("p");
  lines.forEach((line, index) => element.append(...(index ? [document.createElement("br")] : []), line.trim()));
  return element;
}

function list(lines) {
  const element = document.createElement("ul");
  for (const line of lines) {
    const item = document.createElement("li");
    item.append(paragraph([line.replace(BULLET, "")]));
    element.append(item);
  }
  return element;
}
