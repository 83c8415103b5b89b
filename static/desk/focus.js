// The focus of a picture: set by a click, by dragging the mark or with the arrow keys; the crops follow at once.

const box = document.querySelector("[data-focal]");
const fields = ["focal_x", "focal_y"].map((name) => document.querySelector(`[name=${name}]`));
const RATIOS = { "16x9": 16 / 9, "4x3": 4 / 3, "1x1": 1 };
const STEP = 0.01;
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const image = box?.querySelector("[data-focal-image]");
const mark = box?.querySelector("[data-focal-mark]");
const says = box?.querySelector("[data-focal-says]");

const within = (value) => Math.min(1, Math.max(0, value));
const focus = () => fields.map((field) => within(Number(field.value)));

/** Where the crop begins, as a share of what is left over: as articles/pictures.py crops. */
function share(whole, part, focus) {
  const spare = whole - part;
  return spare <= 0 ? 0.5 : Math.min(Math.max(whole * focus - part / 2, 0), spare) / spare;
}

function show() {
  const [x, y] = focus();
  mark.style.left = `${x * 100}%`;
  mark.style.top = `${y * 100}%`;
  says.textContent = box.dataset.says.replace("{x}", Math.round(x * 100)).replace("{y}", Math.round(y * 100));
}

/** Shows the crops of the focus as it stands on the form; until it is moved they are those that readers have. */
function crop() {
  const [x, y] = focus();
  const [width, height] = [Number(image.getAttribute("width")), Number(image.getAttribute("height"))];
  for (const each of document.querySelectorAll("[data-crop]")) {
    const ratio = RATIOS[each.dataset.crop];
    if (each.getAttribute("src") !== each.dataset.whole) each.src = each.dataset.whole;
    const across = share(width, Math.min(width, height * ratio), x);
    const down = share(height, Math.min(height, width / ratio), y);
    each.style.objectPosition = `${across * 100}% ${down * 100}%`;
  }
}

function set(x, y) {
  [x, y].forEach((value, at) => { fields[at].value = within(value).toFixed(3); });
  fields[0].dispatchEvent(new Event("input", { bubbles: true }));
  show();
  crop();
}

function point(event) {
  const place = image.getBoundingClientRect();
  set((event.clientX - place.left) / place.width, (event.clientY - place.top) / place.height);
}

function press(event) {
  const way = KEYS[event.key];
  if (!way) return;
  event.preventDefault();
  const [x, y] = fields.map((field) => Number(field.value));
  const step = event.shiftKey ? STEP * 10 : STEP;
  set(x + way[0] * step, y + way[1] * step);
}

function followPointer(picture) {
  picture.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    picture.setPointerCapture(event.pointerId);
    mark.focus({ preventScroll: true });
    point(event);
  });
  picture.addEventListener("pointermove", (event) => { if (picture.hasPointerCapture(event.pointerId)) point(event); });
}

function start() {
  followPointer(image.parentElement);
  mark.addEventListener("keydown", press);
  box.querySelector("[data-focal-middle]").addEventListener("click", () => set(0.5, 0.5));
  says.setAttribute("aria-live", "polite");
  fields.forEach((field) => { field.closest(".form-row").hidden = true; });
  mark.hidden = box.querySelector("[data-focal-help]").hidden = false;
  box.classList.add("ready");
  show();
}

if (box && fields.every(Boolean) && !fields[0].disabled) start();
