// How this reader wants to read, remembered on this device: see display.js, which offers the choices. Runs before
// the page is drawn, so that nothing flashes, and tells the stylesheets that there is script.
(() => {
  const known = { theme: ["light", "dark"], size: ["2", "3", "4"], version: ["large"], pictures: ["none"] };
  const root = document.documentElement;
  root.dataset.scripted = "";
  try {
    const wanted = JSON.parse(localStorage.getItem("comfort")) ?? {};
    for (const name of Object.keys(known)) {
      if (known[name].includes(wanted[name])) root.dataset[name] = wanted[name];
    }
  } catch {
    // the browser keeps nothing for this site, or keeps what nobody can read: then as the system says
  }
})();
