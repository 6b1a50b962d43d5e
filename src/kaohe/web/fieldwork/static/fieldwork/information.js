// Ticks or unticks all texts of the inbox at once.

document.addEventListener("change", (event) => {
  const all = event.target;
  if (!all.matches?.("[data-tick-all]")) return;
  for (const box of all.closest("form").querySelectorAll("input[name=chosen]")) box.checked = all.checked;
});
