// The panel «Display»: theme, size of the letters, pictures, the version for the visually impaired.
// What is chosen holds for the whole site on this device; comfort.js applies it on the next page.

const root = document.documentElement;
const panel = document.querySelector("[data-display]");

function choices(form) {
  return [...form.elements].filter((field) => field.name);
}

function show(form) {
  for (const field of choices(form)) field.checked = (root.dataset[field.name] ?? "") === field.value;
}

function remember(wanted) {
  try {
    localStorage.setItem("comfort", JSON.stringify(wanted));
  } catch {
    // then the choice holds for this page
  }
}

function apply(wanted, names) {
  for (const name of names) {
    if (wanted[name]) root.dataset[name] = wanted[name];
    else delete root.dataset[name];
  }
}

function offer(form) {
  const names = new Set(choices(form).map((field) => field.name));
  show(form);
  form.addEventListener("change", () => {
    const wanted = Object.fromEntries(new FormData(form));
    apply(wanted, names);
    remember(wanted);
  });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    apply({}, names);
    remember({});
    show(form);
  });
  window.addEventListener("storage", (event) => {
    if (event.key !== "comfort") return;
    apply(JSON.parse(event.newValue ?? "{}") ?? {}, names);
    show(form);
  });
}

function close(back) {
  if (!panel.open) return;
  panel.open = false;
  if (back) panel.querySelector("summary").focus();
}

if (panel) {
  offer(panel.querySelector("form"));
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(true);
  });
  panel.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !panel.contains(event.relatedTarget)) close(false);
  });
  document.addEventListener("pointerdown", (event) => {
    if (!panel.contains(event.target)) close(false);
  });
}
