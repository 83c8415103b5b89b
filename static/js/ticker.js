// Shows one line of the ticker after the other. Paused, or where motion is not wanted, it is a row to scroll.
// The arrow keys lead from line to line; a line that has the focus or the mouse over it stays.

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

  function step(forward) {
    const shown = current();
    const next = forward
      ? shown.nextElementSibling ?? list.firstElementChild
      : shown.previousElementSibling ?? list.lastElementChild;
    shown.classList.remove("current");
    next.classList.add("current");
    return next;
  }

  list.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
    event.preventDefault();
    current().classList.remove("current");
    event.target.closest("li").classList.add("current");
    const next = step(event.key === "ArrowRight");
    (next.querySelector("a") ?? next.querySelector("span")).focus();
  });

  setInterval(() => {
    if (!paused() && !held()) step(true);
  }, SECONDS_A_LINE * 1000);
}

const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
for (const ticker of document.querySelectorAll("[data-ticker]")) {
  const button = ticker.querySelector("[data-ticker-pause]");
  if (button && !still) run(ticker, button);
}
