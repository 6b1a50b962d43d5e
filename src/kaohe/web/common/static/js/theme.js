// The theme button. Without a choice the page follows the system.
import { keep, kept } from "./storage.js";

const KEY = "kaohe:theme";
const root = document.documentElement;

function show(theme) {
  root.setAttribute("data-bs-theme", theme);
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-theme-toggle]")) return;
  const theme = root.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
  keep(KEY, theme);
  show(theme);
});

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", (event) => {
  if (!kept(KEY)) show(event.matches ? "dark" : "light");
});
addEventListener("storage", (event) => {
  if (event.key === KEY && event.newValue) show(event.newValue);
});
