// The focus of a picture is set by a click on it; the two numbers below say the same.

const box = document.querySelector("[data-focus]");
const fields = ["focal_x", "focal_y"].map((name) => document.querySelector(`[name=${name}]`));

if (box && fields.every(Boolean)) {
  const mark = Object.assign(document.createElement("span"), { className: "focus-mark" });
  const note = Object.assign(document.createElement("p"), { className: "focus-note", textContent: box.dataset.focus });
  const image = box.querySelector("img");
  const show = () => {
    mark.style.left = `${fields[0].value * image.clientWidth}px`;
    mark.style.top = `${fields[1].value * image.clientHeight}px`;
  };
  image.addEventListener("click", (event) => {
    fields[0].value = (event.offsetX / image.clientWidth).toFixed(3);
    fields[1].value = (event.offsetY / image.clientHeight).toFixed(3);
    show();
  });
  fields.forEach((field) => field.addEventListener("input", show));
  new ResizeObserver(show).observe(image);
  box.classList.add("ready");
  box.append(mark, note);
  show();
}
