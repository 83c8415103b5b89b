// Shows one line of the ticker after the other. Paused, or where motion is not wanted, it is a row to scroll.

const SECONDS_A_LINE = 6;

function run(ticker, button) {
  const list = ticker.querySelector("ul");
  const words = { false: button.textContent, true: button.dataset.resume };
  const current = () => list.querySelector(".current");
  const paused = () => ticker.hasAttribute("data-paused");
  const held = () => list.matches(":hover, :focus-within") || document.hidden;

  button.addEventListener("click", () => {
    ticker.toggleAttribute("data-paused");
    button.textContent = words[paused()];
    list.scrollLeft = paused() ? current().offsetLeft - list.offsetLeft : 0;
  });

  setInterval(() => {
    if (paused() || held()) return;
    const shown = current();
    shown.classList.remove("current");
    (shown.nextElementSibling ?? list.firstElementChild).classList.add("current");
  }, SECONDS_A_LINE * 1000);
}

const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
for (const ticker of document.querySelectorAll("[data-ticker]")) {
  const button = ticker.querySelector("[data-ticker-pause]");
  if (button && !still) run(ticker, button);
}
