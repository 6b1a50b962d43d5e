// Arrow keys move among the rows of a table with data-keys; Enter opens a row's first link.
import { onPart, within } from "./ready.js";

function rows(table) {
  return [...table.tBodies].flatMap((body) => [...body.rows]);
}

onPart((part) => {
  for (const table of within(part, "table[data-keys]")) {
    // One stop for Tab; the arrows go on from there.
    rows(table).forEach((row, at) => { row.tabIndex = at ? -1 : 0; });
  }
});

function aim(event, all, at) {
  switch (event.key) {
    case "ArrowDown": return all[at + 1];
    case "ArrowUp": return all[at - 1];
    case "Home": return all[0];
    case "End": return all[all.length - 1];
    default: return undefined;
  }
}

document.addEventListener("keydown", (event) => {
  const row = event.target;
  const table = row instanceof HTMLTableRowElement ? row.closest("table[data-keys]") : null;
  if (!table || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Enter") {
    row.querySelector("a[href], button")?.click();
    return;
  }
  const all = rows(table);
  const next = aim(event, all, all.indexOf(row));
  if (!next) return;
  event.preventDefault();
  row.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
});
