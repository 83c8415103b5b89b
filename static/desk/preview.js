// Preview of what is not saved yet: it is kept first, then shown.

for (const link of document.querySelectorAll("[data-preview]")) {
  link.addEventListener("click", (event) => {
    const form = document.getElementById("article-form");
    if (!form || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const asked = { answer: null };
    form.dispatchEvent(new CustomEvent("sheet:save", { detail: asked }));
    if (!asked.answer) return;
    event.preventDefault();
    const opened = window.open("about:blank", "_blank"); // now, while the click allows it
    asked.answer.finally(() => {
      if (opened) { opened.opener = null; opened.location = link.href; } else window.location = link.href;
    });
  });
}
