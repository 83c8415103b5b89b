// The list of articles: choosing all rows of a page.

const all = document.querySelector("[data-choose-all]");
const choices = [...document.querySelectorAll('#bulk-form [name="chosen"]')];

function tell() {
  const chosen = choices.filter((each) => each.checked).length;
  if (all) {
    all.checked = chosen > 0 && chosen === choices.length;
    all.indeterminate = chosen > 0 && chosen < choices.length;
  }
  document.querySelectorAll("[data-chosen]").forEach((each) => { each.textContent = chosen ? `(${chosen})` : ""; });
}

if (all) {
  all.hidden = false;
  all.addEventListener("change", () => {
    choices.forEach((each) => { each.checked = all.checked; });
    tell();
  });
}
choices.forEach((each) => each.addEventListener("change", tell));
tell();
