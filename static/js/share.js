// Copies the address of the story, and opens a phone's own list of apps. Everything else about sharing is a plain link.

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  const label = button.textContent;
  button.parentElement.hidden = false;
  button.addEventListener("click", async () => {
    if (!(await navigator.clipboard.writeText(button.dataset.copy).then(() => true, () => false))) return; // not allowed here
    button.textContent = button.dataset.done;
    setTimeout(() => (button.textContent = label), 3000);
  });
}

for (const button of document.querySelectorAll("[data-share]")) {
  if (!navigator.share || !matchMedia("(hover: none)").matches) continue;
  button.parentElement.hidden = false;
  // A reader who closes the list again has not failed at anything.
  button.addEventListener("click", () => navigator.share({ url: button.dataset.share, title: button.dataset.title }).catch(() => {}));
}
