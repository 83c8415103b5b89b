// Fills the boxes for ads: asks once for all of them, tells what was seen. Without this script each shows our own ad.

const SEEN_AFTER = 1000; // ms with half of it in view (MRC: viewable impression)
const phone = matchMedia("(max-width: 759px)").matches;
const boxes = [...document.querySelectorAll("[data-ad]")].filter((box) => box.checkVisibility?.() ?? true);
const seen = [];

function question() {
  const { category, tags } = boxes[0].closest("[data-category]").dataset;
  return new URLSearchParams({
    slots: boxes.map((box) => box.dataset.ad),
    device: phone ? "phone" : "desktop",
    language: document.documentElement.lang,
    category,
    tags,
  });
}

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  Object.assign(made, attributes);
  made.append(...children);
  return made;
}

function caption(ad) {
  const parts = [element("span", { textContent: ad.label, title: ad.label })];
  if (ad.erid) parts.push(element("span", { className: "ad-erid", textContent: `erid: ${ad.erid}` }));
  return parts;
}

/** Our own ad, which stands in the page for those without JavaScript. */
function house(box) {
  const text = box.querySelector("noscript")?.textContent || "";
  return new DOMParser().parseFromString(text, "text/html").querySelector(`.ad-on-${phone ? "phone" : "desktop"}`);
}

function showHouse(box) {
  const link = house(box);
  if (link) box.querySelector("[data-ad-body]").append(document.importNode(link, true));
  else box.dataset.adEmpty = "";
}

function show(box, ad) {
  const picture = element("img", { width: ad.width, height: ad.height, alt: ad.alt });
  const link = element("a", { href: ad.href, rel: "sponsored nofollow noopener" }, picture);
  if (ad.leaves) link.target = "_blank";
  picture.addEventListener("load", () => watch(box, ad.token));
  picture.src = ad.image;
  box.querySelector("[data-ad-body]").append(link);
  box.querySelector("[data-ad-caption]").replaceChildren(...caption(ad));
}

function tell() {
  if (seen.length) navigator.sendBeacon("/_r/seen", seen.splice(0, 12).join("\n"));
}

/** Notes the token when half of the box was in view for a second, in a tab that is shown. */
function watch(box, token) {
  let inView = false;
  let timer;
  const look = () => {
    clearTimeout(timer);
    if (inView && !document.hidden) timer = setTimeout(done, SEEN_AFTER);
  };
  const observer = new IntersectionObserver(
    (entries) => {
      inView = entries.at(-1).intersectionRatio >= 0.5;
      look();
    },
    { threshold: 0.5 },
  );
  const done = () => {
    observer.disconnect();
    document.removeEventListener("visibilitychange", look);
    seen.push(token);
    setTimeout(tell, 200); // boxes that were seen together are told together
  };
  document.addEventListener("visibilitychange", look);
  observer.observe(box);
}

async function fill() {
  const answer = await fetch(`/_r/decide?${question()}`, { credentials: "omit", priority: "low" }).catch(() => null);
  const { ads = [] } = answer?.ok ? await answer.json().catch(() => ({})) : {};
  boxes.forEach((box, place) => (ads[place] ? show(box, ads[place]) : showHouse(box)));
}

if (boxes.length) {
  addEventListener("pagehide", tell);
  if (document.prerendering) document.addEventListener("prerenderingchange", fill, { once: true });
  else fill();
}
