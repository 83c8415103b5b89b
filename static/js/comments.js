// Brings the comment form into the page of the article. Without this script the same links lead to a page with the form.

const section = document.querySelector("[data-comments]");
const place = section?.querySelector("[data-comment-place]");
const draft = section && `comment:${section.dataset.form}`;
const answers = "[data-comment-form], [data-comment-sent]";

// The browser may keep nothing for this site: then a text holds for this page.

function remembered() {
  try { return sessionStorage.getItem(draft); } catch { return null; }
}

function remember(text) {
  try {
    if (text) sessionStorage.setItem(draft, text);
    else sessionStorage.removeItem(draft);
  } catch { /* see above */ }
}

function partOf(html) {
  return new DOMParser().parseFromString(html, "text/html").querySelector(answers);
}

function showing() {
  return section.querySelector(answers);
}

/** Puts the form (or what became of it) at the comment that it answers, or at the end of the thread. */
function show(part, reply) {
  const kept = showing()?.querySelector("[name=text]")?.value || remembered() || "";
  const text = part.querySelector("[name=text]");
  if (text && !text.value) text.value = kept;
  showing()?.remove();
  const comment = reply && document.getElementById(`c${reply}`);
  (comment || place).append(part);
  place.querySelector("[data-comment-start]").closest("p").hidden = place.contains(part);
  place.querySelector(":scope > .comment-rules").hidden = place.contains(part);
}

let fetched = Promise.resolve();

/** Resolves to the form, or to null. One at a time: two at once would each bring a cookie, and one form would lose its own. */
function fetchForm(reply) {
  const address = section.dataset.form + (reply ? `?reply=${reply}` : "");
  fetched = fetched.then(() => fetch(address)).then((response) => response.text()).then(partOf).catch(() => null);
  return fetched;
}

/** Opens the form; where that fails, the link is followed. */
async function open(link) {
  const part = await fetchForm(link.dataset.reply);
  if (!part) return location.assign(link.href);
  show(part, link.dataset.reply);
  (part.querySelector("[name=text]") || part).focus();
}

function complain(form) {
  const box = form.querySelector("[data-comment-errors]") || document.createElement("p");
  box.className = "form-errors";
  box.setAttribute("role", "alert");
  box.dataset.commentErrors = "";
  box.textContent = section.dataset.failed;
  form.querySelector(".comment-form-title").after(box);
}

async function send(form) {
  const button = form.querySelector("[type=submit]");
  if (button.getAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  const reply = form.elements.reply.value;
  const response = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
  const part = response && partOf(await response.text().catch(() => ""));
  button.removeAttribute("aria-busy");
  if (!part) return complain(form);
  const sent = part.matches("[data-comment-sent]");
  if (sent && response.ok) remember("");
  if (sent) form.remove();
  show(part, reply);
  (part.querySelector("[data-comment-errors]") || part.querySelector("[aria-invalid=true]") || part).focus();
}

if (section) {
  section.addEventListener("click", (event) => {
    const link = event.target.closest("[data-comment-start], [data-reply]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link);
  });
  section.addEventListener("submit", (event) => {
    event.preventDefault();
    send(event.target);
  });
  section.addEventListener("input", (event) => {
    if (event.target.name === "text") remember(event.target.value);
  });
  // The form is there when the reader arrives at the place for it.
  const arrive = async ([entry]) => {
    if (!entry.isIntersecting) return;
    arrival.disconnect();
    const part = showing() ? null : await fetchForm();
    if (part && !showing()) show(part);
  };
  const arrival = new IntersectionObserver(arrive, { rootMargin: "400px" });
  arrival.observe(place);
}
