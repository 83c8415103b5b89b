// Opens the large pictures of a gallery on the whole screen. They are swiped by the browser's own scrolling; without
// this script each small picture is a link to the large one.

const template = document.getElementById("gallery-viewer");

function source(type, srcset) {
  const element = document.createElement("source");
  Object.assign(element, { type, srcset, sizes: "100vw" });
  return element;
}

/** The large picture of a link, with its caption. */
function large(link) {
  const figure = document.createElement("figure");
  const picture = document.createElement("picture");
  const { avif, jpeg, width, height, credit } = link.dataset;
  if (avif) picture.append(source("image/avif", avif));
  if (jpeg) picture.append(source("image/jpeg", jpeg));
  const image = document.createElement("img");
  Object.assign(image, { alt: link.querySelector("img").alt, width, height, loading: "lazy", decoding: "async", src: link.href });
  picture.append(image);
  figure.append(picture);
  const caption = link.closest("figure").querySelector("figcaption")?.cloneNode(true) ?? document.createElement("figcaption");
  if (!caption.textContent) caption.append(Object.assign(document.createElement("span"), { className: "credit", textContent: credit }));
  if (caption.textContent) figure.append(caption);
  return figure;
}

function viewer(links) {
  const dialog = template.content.firstElementChild.cloneNode(true);
  const strip = dialog.querySelector(".viewer-strip");
  const count = dialog.querySelector("[data-viewer-count]");
  const [back, on, close] = ["back", "on", "close"].map((name) => dialog.querySelector(`[data-viewer-${name}]`));
  strip.append(...links.map(large));
  document.body.append(dialog);
  let at = 0;

  const tell = (number) => {
    at = number;
    count.textContent = count.dataset.viewerCount.replace("{number}", at + 1).replace("{count}", links.length);
    back.disabled = at === 0;
    on.disabled = at === links.length - 1;
  };
  const go = (number, behavior = "auto") => {
    const wanted = Math.min(Math.max(number, 0), links.length - 1);
    strip.scrollTo({ left: wanted * strip.clientWidth, behavior });
    tell(wanted);
  };
  strip.addEventListener("scrollend", () => tell(Math.round(strip.scrollLeft / strip.clientWidth)));
  back.addEventListener("click", () => go(at - 1));
  on.addEventListener("click", () => go(at + 1));
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("keydown", (event) => {
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: links.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  });
  dialog.addEventListener("close", () => links[at].focus({ preventScroll: false }));
  addEventListener("resize", () => dialog.open && go(at, "instant"));
  return (number) => {
    dialog.showModal();
    strip.focus();
    go(number, "instant");
  };
}

for (const gallery of template ? document.querySelectorAll("[data-gallery]") : []) {
  const links = [...gallery.querySelectorAll("a[data-width]")];
  let open;
  links.forEach((link, number) => {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      open ??= viewer(links);
      open(number);
    });
  });
}
