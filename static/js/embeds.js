// Videos and posts of other sites: nothing is asked of them until the reader presses the button, or has said once
// that a provider may always be shown. The choice stays on this device.

const KEY = "embeds";
const MAY = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-presentation";
const LOWEST = 120;
const HIGHEST = 5000;

const remembered = () => {
  try {
    return new Set(JSON.parse(localStorage.getItem(KEY) ?? "[]"));
  } catch {
    return new Set(); // the browser keeps nothing for this site, or something else
  }
};

const remember = (provider, always) => {
  const providers = remembered();
  if (always) providers.add(provider);
  else providers.delete(provider);
  try {
    localStorage.setItem(KEY, JSON.stringify([...providers]));
  } catch {
    // then the choice holds for this page
  }
};

const isDark = () => getComputedStyle(document.documentElement).colorScheme === "dark";

function address(figure, asked) {
  const url = new URL(figure.dataset.frame);
  if (figure.dataset.embed === "telegram" && isDark()) url.searchParams.set("dark", "1");
  if (figure.dataset.embed !== "telegram" && asked) url.searchParams.set("autoplay", "1");
  return url.href;
}

function show(figure, asked) {
  if (figure.querySelector("iframe")) return;
  const frame = document.createElement("iframe");
  frame.title = figure.dataset.title;
  frame.sandbox = MAY;
  frame.allow = "autoplay; encrypted-media; picture-in-picture";
  frame.allowFullscreen = true;
  frame.referrerPolicy = "strict-origin-when-cross-origin"; // YouTube shows nothing to a page without a name
  frame.loading = asked ? "eager" : "lazy";
  frame.src = address(figure, asked);
  figure.querySelector(".embed-ask").inert = true;
  figure.querySelector(".embed-box").append(frame);
  if (asked) frame.focus();
}

/** A post of Telegram tells how high it is. */
function heighten(figure, event) {
  const frame = figure.querySelector("iframe");
  if (!frame || event.source !== frame.contentWindow || event.origin !== "https://t.me") return;
  let told;
  try {
    told = JSON.parse(event.data);
  } catch {
    return;
  }
  if (told?.event !== "resize" || !Number.isFinite(told.height)) return;
  figure.querySelector(".embed-box").style.height = `${Math.min(Math.max(told.height, LOWEST), HIGHEST)}px`;
}

const figures = [...document.querySelectorAll("[data-embed]")];

for (const figure of figures) {
  const { embed: provider } = figure.dataset;
  const always = figure.querySelector("[data-embed-always]");
  figure.querySelector("[data-embed-show]").addEventListener("click", () => show(figure, true));
  always.checked = remembered().has(provider);
  always.addEventListener("change", () => {
    remember(provider, always.checked);
    for (const other of figures) {
      if (other.dataset.embed !== provider) continue;
      other.querySelector("[data-embed-always]").checked = always.checked;
      if (always.checked) show(other, false);
    }
  });
  if (always.checked) show(figure, false);
}

addEventListener("message", (event) => {
  for (const figure of figures) if (figure.dataset.embed === "telegram") heighten(figure, event);
});
