// The text alone on the screen. Esc leads back; so does the focus, when it goes elsewhere on the page.

export function fullscreen(box, editor) {
  const button = box.querySelector("[data-command=fullscreen]");
  const set = (on) => {
    box.classList.toggle("whole", on);
    document.documentElement.classList.toggle("editor-whole", on);
    button.setAttribute("aria-pressed", String(on));
  };
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.classList.contains("whole") || event.target.closest("[role=toolbar]")) return;
    event.preventDefault();
    set(false);
    editor.commands.focus();
  });
  document.addEventListener("focusin", (event) => {
    if (box.classList.contains("whole") && !box.contains(event.target) && !event.target.closest("dialog")) set(false);
  });
  return () => { set(!box.classList.contains("whole")); editor.commands.focus(); };
}
