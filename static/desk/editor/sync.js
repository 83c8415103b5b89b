// Keeps the textarea in step with the text. Writing 5,000 words out at every key would be felt, so it is done when the
// hands rest; whoever reads the textarea before, gets what stands in the editor all the same.

const REST = 300;
const LONGEST = 3000;

export function keepInStep(editor, textarea) {
  const text = standsFor(editor, textarea);
  let waiting = 0;
  let since = 0;

  function tell() {
    clearTimeout(waiting);
    if (!waiting) return;
    waiting = 0;
    text.write();
    textarea.dispatchEvent(new Event("input", { bubbles: true }));
  }

  editor.on("update", () => {
    text.grewOld();
    if (!waiting) {
      since = performance.now();
      textarea.dispatchEvent(new Event("change", { bubbles: true })); // at once: there is something to lose
    }
    clearTimeout(waiting);
    waiting = setTimeout(tell, Math.max(0, Math.min(REST, since + LONGEST - performance.now())));
  });
  textarea.form?.addEventListener("submit", tell, true);
  textarea.form?.addEventListener("formdata", (event) => {
    if (textarea.name && !textarea.disabled) event.formData.set(textarea.name, textarea.value);
  });
  window.addEventListener("pagehide", tell);
  document.addEventListener("visibilitychange", () => { if (document.hidden) tell(); });
  editor.on("blur", tell);
}

/** Makes the text of the editor the value of the textarea, for whoever reads or sets it. */
function standsFor(editor, textarea) {
  const plain = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value");
  let stale = false;

  function write() {
    if (!stale) return;
    stale = false;
    const html = editor.getHTML();
    plain.set.call(textarea, html === "<p></p>" ? "" : html);
  }

  Object.defineProperty(textarea, "value", {
    configurable: true,
    get() { write(); return plain.get.call(this); },
    set(html) {
      plain.set.call(this, html);
      editor.commands.setContent(html, { emitUpdate: false });
      stale = false;
    },
  });
  return { write, grewOld: () => { stale = true; } };
}
