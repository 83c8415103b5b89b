// Shows one line of the ticker after the other. Paused, or where motion is not wanted, it is a row to scroll.

const SECONDS_A_LINE = 6;

function run(ticker) {
  const list = ticker.querySelector("ul");
  const lines = [...list.children];
  const button = ticker.querySelector("[data-ticker-pause]");
  const words = { false: button.textContent, true: button.dataset.resume };
  let current = 0;
  let paused = false;
  let held = false;

  const show = () => {
    ticker.toggleAttribute("data-running", !paused);
    for (const line of lines) line.hidden = !paused && line !== lines[current];
    list.scrollLeft = paused ? lines[current].offsetLeft - list.offsetLeft : 0;
  };

  button.hidden = false;
  button.addEventListener("click", () => {
    paused = !paused;
    button.textContent = words[paused];
    show();
  });
  for (const [event, holds] of [["pointerenter", true], ["pointerleave", false], ["focusin", true], ["focusout", false]]) {
    list.addEventListener(event, () => (held = holds));
  }
  setInterval(() => {
    if (paused || held || document.hidden) return;
    current = (current + 1) % lines.length;
    show();
  }, SECONDS_A_LINE * 1000);
  show();
}

const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
for (const ticker of document.querySelectorAll("[data-ticker]")) {
  if (!still && ticker.querySelectorAll("li").length > 1) run(ticker);
}
