// The preview: widths without loading the page anew, light and dark, copying a link.

const box = document.querySelector("[data-look]");
const frame = box.querySelector("iframe");
const screens = [...document.querySelectorAll("[data-screen]")];

function choose(link) {
  box.className = `look-frame is-${link.dataset.screen}`;
  for (const each of screens) each.toggleAttribute("aria-current", each === link);
  link.setAttribute("aria-current", "true");
}

for (const link of screens) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    choose(link);
    history.replaceState(null, "", link.href);
  });
}

// On a phone the page of a phone is looked at first; the address stays, and with it the place on this page.
const chosen = new URLSearchParams(location.search).has("as");
if (!chosen && matchMedia("(max-width: 560px)").matches) choose(screens.find((each) => each.dataset.screen === "phone"));

// A desktop is wider than its place beside the menu: it is made smaller, as long as it can be read.
const DESKTOP = 1280;
const PHONE = 390;
const SMALLEST = 0.6;
new ResizeObserver(() => {
  const place = getComputedStyle(box);
  const room = box.clientWidth - parseFloat(place.paddingLeft) - parseFloat(place.paddingRight) - 2;
  const part = Math.min(1, Math.max(SMALLEST, room / DESKTOP));
  box.style.setProperty("--part", part);
  box.style.setProperty("--phone", Math.min(1, room / PHONE));
}).observe(box);

// The frame has the theme of the reader's choice, else of the system; here it is only looked at, so nothing is remembered.
const theme = document.querySelector("[data-theme-switch]");
const root = () => frame.contentDocument?.documentElement;
const show = () => { root()?.setAttribute("data-theme", theme.getAttribute("aria-pressed") === "true" ? "dark" : "light"); };
theme.hidden = false;
theme.setAttribute("aria-pressed", String(matchMedia("(prefers-color-scheme: dark)").matches));
theme.addEventListener("click", () => {
  theme.setAttribute("aria-pressed", String(theme.getAttribute("aria-pressed") !== "true"));
  show();
});
frame.addEventListener("load", show);

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    const copied = await navigator.clipboard.writeText(field.value).then(() => true, () => false);
    if (copied) button.querySelector("span").textContent = button.dataset.copied;
    else field.select(); // the browser does not allow it: Ctrl+C does
  });
}
