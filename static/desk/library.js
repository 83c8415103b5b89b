// Choosing many in the library: their number, and all of the page at once.

const bar = document.querySelector("[data-bulk]");

if (bar) {
  const boxes = [...document.querySelectorAll("input[name=chosen]")];
  const number = bar.querySelector("[data-bulk-number]");
  const every = bar.querySelector("[data-bulk-every]");
  const box = every.querySelector("input");
  const show = () => {
    const chosen = boxes.filter((each) => each.checked).length;
    number.textContent = chosen ? number.dataset.words.replace("{number}", chosen) : "";
    box.checked = chosen === boxes.length;
    box.indeterminate = chosen > 0 && chosen < boxes.length;
    bar.classList.toggle("active", chosen > 0);
    bar.querySelectorAll("button").forEach((button) => { button.disabled = !chosen; });
  };
  every.hidden = false;
  box.addEventListener("change", () => {
    boxes.forEach((each) => { each.checked = box.checked; });
    show();
  });
  boxes.forEach((each) => each.addEventListener("change", show));
  window.addEventListener("pageshow", show);
  show();
}
