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

// A submenu that opened under the pointer or the focus can be sent away (WCAG 2.2, 1.4.13).
function dismiss(item) {
  const forget = () => item.classList.remove("dismissed");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") item.classList.add("dismissed");
  });
  item.addEventListener("pointerleave", forget);
  item.addEventListener("focusout", forget);
}

const link = header?.querySelector("[data-menu-button]");
if (link) openAndClose(link);
for (const item of document.querySelectorAll(".main-menu .has-below")) dismiss(item);
