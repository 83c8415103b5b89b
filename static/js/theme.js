// Light or dark: as the system says, or as the reader chose on this device. Runs before the page is drawn,
// and tells the stylesheets that there is script, so that nothing jumps when its buttons come.
(() => {
  const root = document.documentElement;
  root.dataset.scripted = "";
  const system = matchMedia("(prefers-color-scheme: dark)");

  const systemTheme = () => (system.matches ? "dark" : "light");
  const theme = () => root.dataset.theme ?? systemTheme();

  const remembered = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null; // the browser keeps nothing for this site
    }
  };

  const remember = (choice) => {
    try {
      if (choice) localStorage.setItem("theme", choice);
      else localStorage.removeItem("theme");
    } catch {
      // then the choice holds for this page
    }
  };

  const apply = (choice) => {
    if (choice === "dark" || choice === "light") root.dataset.theme = choice;
    else delete root.dataset.theme;
  };

  apply(remembered());

  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-theme-switch]")) {
      const show = () => button.setAttribute("aria-pressed", String(theme() === "dark"));
      show();
      system.addEventListener("change", show);
      button.addEventListener("click", () => {
        const wanted = theme() === "dark" ? "light" : "dark";
        const choice = wanted === systemTheme() ? null : wanted;
        apply(choice);
        remember(choice);
        show();
      });
    }
  });
})();
