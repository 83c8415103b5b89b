// The text editor: Tiptap over a plain textarea that holds the clean HTML and is what gets saved.
// Each subject stands in a module of its own in the folder «editor».

import { ask, prepareDialogs } from "./editor/dialogs.js";
import { arrivals, takePictures } from "./editor/arrivals.js";
import { commands } from "./editor/commands.js";
import { count } from "./editor/count.js";
import { embeds } from "./editor/embeds.js";
import { extensions } from "./editor/schema.js";
import { fullscreen } from "./editor/fullscreen.js";
import { insertMenu } from "./editor/insert.js";
import { keepInStep } from "./editor/sync.js";
import { margins } from "./editor/margins.js";
import { pasting } from "./editor/pasting.js";
import { prepareFields } from "./editor/fields.js";
import { shortcuts, tools } from "./editor/toolbar.js";
import { typography } from "./editor/typography.js";

const labelOf = (field) => field.labels?.[0]?.textContent.replace(/:$/, "").trim() ?? "";

function start(box, tiptap) {
  const textarea = box.querySelector("textarea");
  const mount = document.createElement("div");
  const clear = margins(box);
  const editable = !textarea.disabled && !textarea.readOnly;
  textarea.before(mount);
  const editor = new tiptap.Editor({
    element: mount,
    editable,
    injectCSS: false, // our policy lets no script write a <style>
    extensions: [...extensions(tiptap), embeds(tiptap, box.dataset.embedHosts.split(" ")), arrivals(tiptap)],
    content: textarea.value,
    editorProps: {
      attributes: { role: "textbox", "aria-multiline": "true", "aria-label": labelOf(textarea), id: `${textarea.id}_editor`, spellcheck: "true" },
      scrollThreshold: clear, scrollMargin: clear,
      ...pasting(tiptap, (kind, number) => notice(box, kind, number)),
      handleDOMEvents: { paste: (view, event) => takePictures(box, editor, event), drop: (view, event) => takePictures(box, editor, event) },
    },
  });
  textarea.hidden = true;
  keepInStep(editor, textarea);
  document.querySelector(`label[for="${textarea.id}"]`)?.addEventListener("click", () => editor.commands.focus());
  if (editable) equip(box, editor, tiptap);
  count(box, editor);
  box.dispatchEvent(new CustomEvent("editor:ready", { bubbles: true, detail: { editor } }));
}

function equip(box, editor, tiptap) {
  const known = commands(box, editor, { ask, fullscreen: fullscreen(box, editor), typography: typography(box, editor, tiptap) });
  tools(box, editor, tiptap, known);
  shortcuts(box, known);
  insertMenu(box, editor, known);
}

/** Says in the bar of tools what became of what was pasted, until the next time. */
function notice(box, kind, number) {
  const line = box.querySelector("[data-notice]");
  line.textContent = number ? line.dataset[kind].replace("{number}", number) : "";
  line.hidden = !number;
}

prepareDialogs();
prepareFields();
for (const box of document.querySelectorAll("[data-editor-box]")) {
  const tiptap = await import(box.dataset.module);
  start(box, tiptap);
}
