// Runs before the first paint, so it is small and blocks: the page never shows in the wrong theme.
(function () {
  var root = document.documentElement;
  var chosen = null;
  try { chosen = localStorage.getItem("kaohe:theme"); } catch (error) { /* storage is switched off */ }
  var dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.setAttribute("data-bs-theme", dark ? "dark" : "light");
  root.classList.add("js");
})();
