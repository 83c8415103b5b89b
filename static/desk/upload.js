// Many files at once: dropped anywhere on the page or chosen; each with its progress, and its reason if it is refused.

const form = document.querySelector("[data-upload]");
const box = document.querySelector("[data-uploads]");
const zone = document.querySelector("[data-dropzone]");
const AT_ONCE = 2;
const waiting = [];
const counts = { taken: 0, refused: 0, known: 0 };
const fresh = [];
let running = 0;

const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

function row(file) {
  const state = make("span", { className: "upload-state", textContent: box.dataset.waiting });
  const progress = make("progress", { max: 1, value: 0 });
  progress.setAttribute("aria-label", file.name);
  const item = make("li", {}, make("span", { className: "upload-name", textContent: file.name }), progress, state);
  box.querySelector("[data-uploads-list]").append(item);
  return { item, state, progress };
}

function say(shown, kind, ...words) {
  shown.item.className = `upload-${kind}`;
  shown.progress.remove();
  shown.state.replaceChildren(...words);
}

const link = ({ address, title }) => make("a", { href: address, textContent: title });

function button(words, act) {
  return make("button", { type: "button", className: "button small", textContent: words, onclick: act });
}

function done(job, answer) {
  const { shown } = job;
  const [taken] = answer.taken;
  const [known] = answer.known;
  if (taken) {
    counts.taken += 1;
    fresh.push(taken.key);
    if (taken.small) shown.item.prepend(make("img", { src: taken.small, alt: "", width: 64, height: 36 }));
    say(shown, "taken", `${box.dataset.taken}: `, link(taken));
  } else if (known) {
    counts.known += 1;
    const again = button(box.dataset.again, () => { counts.known -= 1; retry(job, true); });
    say(shown, "known", `${box.dataset.known} `, link(known), " ", again);
  } else {
    refuse(shown, answer.refused[0]?.reason ?? box.dataset.failed);
  }
}

function refuse(shown, reason) {
  counts.refused += 1;
  say(shown, "refused", reason);
}

function broken(job) {
  counts.refused += 1;
  say(job.shown, "refused", `${box.dataset.failed} `, button(box.dataset.retry, () => { counts.refused -= 1; retry(job, job.again); }));
}

function retry(job, again) {
  job.shown.item.remove();
  add(job.file, again);
  next();
}

function send(job) {
  const { shown } = job;
  const data = new FormData();
  data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  if (job.again) data.append("again", "1");
  data.append("files", job.file, job.file.name);
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.responseType = "json";
  shown.state.textContent = box.dataset.sending;
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    shown.progress.value = event.loaded / event.total;
    if (event.loaded === event.total) { shown.progress.removeAttribute("value"); shown.state.textContent = box.dataset.checking; }
  });
  request.addEventListener("loadend", () => {
    if (request.status === 200 && request.response) done(job, request.response);
    else if (request.status === 413) refuse(shown, box.dataset.large);
    else broken(job);
    running -= 1;
    next();
  });
  request.send(data);
}

function next() {
  while (running < AT_ONCE && waiting.length) {
    running += 1;
    send(waiting.shift());
  }
  if (!running) finish();
}

function finish() {
  const words = box.dataset.result.replace(/\{(\w+)\}/g, (_all, name) => counts[name]);
  box.querySelector("[data-uploads-result]").textContent = words;
  const describe = box.querySelector("[data-uploads-describe]");
  describe.hidden = !fresh.length;
  describe.href = `${form.dataset.describe}?${new URLSearchParams(fresh.map((key) => ["media", key]))}`;
  box.querySelector("[data-uploads-done]").hidden = !fresh.length;
}

function add(file, again = false) {
  waiting.push({ file, again, shown: row(file) });
}

function take(files) {
  if (!files.length) return;
  box.hidden = false;
  box.querySelector("[data-uploads-result]").textContent = "";
  [...files].forEach((file) => add(file));
  next();
}

const carriesFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

function watch() {
  form.querySelectorAll("[data-plain]").forEach((part) => { part.hidden = true; });
  form.querySelector("[data-drop-hint]").hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.elements.files.addEventListener("change", (event) => {
    take(event.target.files);
    event.target.value = "";
  });
  document.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    zone.hidden = false;
  });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) zone.hidden = true; });
  document.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    zone.hidden = true;
    take(event.dataTransfer.files);
  });
  window.addEventListener("beforeunload", (event) => { if (running) event.preventDefault(); });
}

if (form) watch();
