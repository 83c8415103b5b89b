// How long a title or a lead is, and how much of it the place it was written for shows.

export function prepareFields() {
  for (const line of document.querySelectorAll("[data-counts]")) {
    const field = document.getElementById(line.dataset.counts);
    if (field) tellLength(field, line);
  }
}

function tellLength(field, line) {
  const limits = JSON.parse(line.dataset.limits);
  const tell = () => {
    const length = [...field.value.trim()].length;
    line.textContent = length ? line.dataset.said.replace("{length}", length) : "";
    for (const [place, most] of length ? limits : []) {
      const sign = document.createElement("span");
      sign.className = length > most ? "over" : "fits";
      sign.textContent = (length > most ? line.dataset.over : line.dataset.fits).replace("{place}", place).replace("{most}", most);
      line.append(" · ", sign);
    }
  };
  field.closest(".field")?.append(line);
  line.hidden = false;
  field.addEventListener("input", tell);
  field.addEventListener("change", tell);
  tell();
}
