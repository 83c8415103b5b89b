// Visitor counters of other houses: asked about once, loaded only after «yes», remembered on this device.
// The answer holds for the list of counters it was given to; when that changes, the question comes again.

const banner = document.querySelector("[data-consent]");
const counters = [...banner.querySelectorAll("[data-counter]")].map((each) => ({ ...each.dataset }));
const version = counters.map(({ kind, script, number }) => [kind, script, number].join(" ")).join("\n");

// Where each kind keeps a reader apart from others: forgotten with the consent.
const COOKIES = /^(_ym|_pk|_ga)/;

function remembered() {
  try {
    const told = JSON.parse(localStorage.getItem("counters"));
    return told?.version === version ? told.answer : null;
  } catch {
    return null; // the browser keeps nothing for this site: then nothing is loaded until it is asked
  }
}

function remember(answer) {
  try {
    localStorage.setItem("counters", JSON.stringify({ answer, version, date: new Date().toISOString() }));
  } catch {
    // then the answer holds for this page
  }
}

// What a script expects to find when it comes.
const prepare = {
  metrica({ number }) {
    window.ym ??= (...told) => (window.ym.a ??= []).push(told);
    window.ym.l = Date.now();
    window.ym(Number(number), "init", { trackLinks: true, accurateTrackBounce: true });
  },
  matomo({ script, number }) {
    window._paq ??= [];
    window._paq.push(
      ["setTrackerUrl", new URL("matomo.php", script).href],
      ["setSiteId", number],
      ["trackPageView"],
      ["enableLinkTracking"],
    );
  },
  script() {},
};

function load() {
  for (const counter of counters) {
    prepare[counter.kind](counter);
    const script = document.createElement("script");
    script.async = true;
    script.src = counter.script;
    document.head.append(script);
  }
}

function forget() {
  for (const name of document.cookie.split("; ").map((each) => each.split("=")[0])) {
    if (!COOKIES.test(name)) continue;
    for (const domain of ["", `; domain=${location.hostname}`]) document.cookie = `${name}=; max-age=0; path=/${domain}`;
  }
}

function show(wanted) {
  banner.hidden = !wanted;
  document.documentElement.toggleAttribute("data-asked", wanted);
}

let back = null; // who asked for the question, to whom the focus returns

function answer(said) {
  const before = remembered();
  remember(said);
  show(false);
  back?.focus();
  back = null;
  if (said === "yes" && before !== "yes") load();
  if (said === "no") forget();
  if (said === "no" && before === "yes") location.reload(); // what runs already cannot be taken back otherwise
}

for (const button of banner.querySelectorAll("[data-answer]")) {
  button.addEventListener("click", () => answer(button.dataset.answer));
}
document.querySelector("[data-consent-again]")?.addEventListener("click", (event) => {
  back = event.currentTarget;
  show(true);
  banner.focus();
});

const told = remembered();
if (told === "yes") load();
else if (told === null) show(true);
