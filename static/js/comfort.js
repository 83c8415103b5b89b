// How this reader wants to read, remembered on this device: see display.js, which offers the choices. Runs before
// the page is drawn, so that nothing flashes, and tells the stylesheets that there is script.
// A page that arrives in pieces is drawn once the element named in data-drawn-from has come: what stands at the right
// of the rows above it would move while they grow. (HTML standard, link type "expect"; set here and not in the page
// because validators do not know it yet. Browsers that do not know it draw at once.)
(() => {
  const known = { theme: ["light", "dark"], size: ["2", "3", "4"], version: ["large"], pictures: ["none"] };
  const root = document.documentElement;
  root.dataset.scripted = "";
  const wait = document.createElement("link");
  wait.rel = "expect";
  wait.href = `#${document.currentScript.dataset.drawnFrom}`;
  wait.setAttribute("blocking", "render");
  document.head.append(wait);
  try {
    const wanted = JSON.parse(localStorage.getItem("comfort")) ?? {};
    for (const name of Object.keys(known)) {
      if (known[name].includes(wanted[name])) root.dataset[name] = wanted[name];
    }
  } catch {
    // the browser keeps nothing for this site, or keeps what nobody can read: then as the system says
  }
})();
