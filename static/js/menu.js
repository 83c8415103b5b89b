// The phone's menu button opens menu and search; without this script it is a link to the footer's menu.

const header = document.querySelector("[data-header]");

function asButton(link) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = link.className;
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-controls", "main-menu");
  button.append(...link.childNodes);
  link.replaceWith(button);
  return button;
}

function openAndClose(link) {
  const button = asButton(link);
  const label = button.querySelector("span");
  const words = { false: label.textContent, true: link.dataset.close };
  const show = (open) => {
    header.toggleAttribute("data-open", open);
    button.setAttribute("aria-expanded", String(open));
    label.textContent = words[open];
  };
  button.addEventListener("click", () => show(!header.hasAttribute("data-open")));
  header.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !header.hasAttribute("data-open")) return;
    show(false);
    button.focus();
  });
}

// What is below a section opens under the pointer, or by its button for fingers and keys.
// It can be sent away again (WCAG 2.2, 1.4.13).
function below(item) {
  const button = item.querySelector("[data-below]");
  const show = (open) => {
    item.classList.toggle("open", open);
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => show(!item.classList.contains("open")));
  item.addEventListener("pointerleave", () => item.classList.remove("dismissed"));
  item.addEventListener("focusout", (event) => {
    item.classList.remove("dismissed");
    if (!item.contains(event.relatedTarget)) show(false);
  });
  document.addEventListener("pointerdown", (event) => {
    if (!item.contains(event.target)) show(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (item.classList.contains("open") && item.contains(document.activeElement)) button.focus();
    show(false);
    item.classList.add("dismissed");
  });
}

const link = header?.querySelector("[data-menu-button]");
if (link) openAndClose(link);
for (const item of document.querySelectorAll(".main-menu .has-below")) below(item);
