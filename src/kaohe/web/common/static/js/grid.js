// A table[data-grid] of inputs: arrows and Enter move, and a block copied in Excel fills it.
// What happened is said in the element [data-grid-status] of the same form.

function lines(table) {
  return [...table.tBodies]
    .flatMap((body) => [...body.rows])
    .map((row) => [...row.querySelectorAll("input:not([type=hidden]), select")])
    .filter((cells) => cells.length);
}

function placeOf(all, cell) {
  const row = all.findIndex((cells) => cells.includes(cell));
  return [row, all[row]?.indexOf(cell) ?? -1];
}

function say(table, text) {
  const place = (table.closest("form") ?? document).querySelector("[data-grid-status]");
  if (place) place.textContent = text;
}

function atEdge(cell, key) {
  // Number fields tell no place of the caret: there the arrows always move on.
  if (cell.selectionStart === null || cell.selectionStart === undefined) return true;
  const all = cell.selectionEnd - cell.selectionStart === cell.value.length;
  return all || (key === "ArrowLeft" ? cell.selectionStart === 0 : cell.selectionEnd === cell.value.length);
}

function go(cell) {
  if (!cell) return;
  cell.focus();
  cell.select?.();
}

document.addEventListener("keydown", (event) => {
  const table = event.target.closest?.("table[data-grid]");
  if (!table || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const all = lines(table);
  const [row, column] = placeOf(all, event.target);
  if (row < 0) return;
  const isSelect = event.target instanceof HTMLSelectElement;
  let next;
  if (event.key === "Enter") next = all[row + (event.shiftKey ? -1 : 1)]?.[column] ?? event.target;
  else if (event.key === "ArrowDown" && !isSelect) next = all[row + 1]?.[column] ?? event.target;
  else if (event.key === "ArrowUp" && !isSelect) next = all[row - 1]?.[column] ?? event.target;
  else if (event.key === "ArrowLeft" && atEdge(event.target, event.key)) next = all[row][column - 1];
  else if (event.key === "ArrowRight" && atEdge(event.target, event.key)) next = all[row][column + 1];
  if (!next) return;
  event.preventDefault();
  go(next);
});

// Full-width digits and signs as a Chinese keyboard gives them, and thousands' commas.
function cleaned(text) {
  const narrow = text.trim().replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
  return /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(narrow) ? narrow.replaceAll(",", "") : narrow;
}

function isNumber(cell) {
  return cell.type === "number" || ["numeric", "decimal"].includes(cell.inputMode);
}

function optionFor(select, text) {
  return [...select.options].find((option) => option.value === text || option.text.trim() === text);
}

// Puts a text into a cell; false, and the cell is marked, if it does not fit.
function put(cell, text) {
  let problem = "";
  if (cell instanceof HTMLSelectElement) {
    const option = optionFor(cell, text.trim());
    if (option) cell.value = option.value;
    else problem = `没有“${text.trim()}”这一项`;
  } else {
    const value = isNumber(cell) ? cleaned(text) : text.trim();
    if (isNumber(cell) && value !== "" && !Number.isFinite(Number(value))) problem = `“${value}”不是数`;
    else cell.value = value;
  }
  mark(cell, problem);
  cell.dispatchEvent(new Event("change", { bubbles: true }));
  return !cell.matches(".is-invalid");
}

function mark(cell, problem = "") {
  cell.setCustomValidity(problem);
  const wrong = !cell.checkValidity();
  cell.classList.toggle("is-invalid", wrong);
  if (wrong) { cell.setAttribute("aria-invalid", "true"); cell.title = cell.validationMessage; }
  else { cell.removeAttribute("aria-invalid"); cell.removeAttribute("title"); }
}

document.addEventListener("input", (event) => {
  if (event.target.closest?.("table[data-grid]")) mark(event.target);
});

// Cells of a copied block; a cell in quotes may hold line breaks and doubled quotes.
export function cellsOf(text) {
  const rows = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r?\n|$)/y;
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (!match) break;
    rows[rows.length - 1].push(match[1] === undefined ? match[2] : match[1].replaceAll('""', '"'));
    if (match[3] === "") break;
    if (match[3] !== "\t") rows.push([]);
    else if (pattern.lastIndex === text.length) rows[rows.length - 1].push("");
  }
  if (!rows[rows.length - 1].length) rows.pop();
  return rows;
}

document.addEventListener("paste", (event) => {
  const table = event.target.closest?.("table[data-grid]");
  const text = event.clipboardData?.getData("text/plain") ?? "";
  // A single value goes the browser's own way.
  if (!table || !/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return;
  event.preventDefault();
  const all = lines(table);
  const [top, left] = placeOf(all, event.target);
  let filled = 0;
  let wrong = 0;
  let outside = 0;
  cellsOf(text).forEach((cells, down) => cells.forEach((value, right) => {
    const cell = all[top + down]?.[left + right];
    if (!cell || cell.disabled || cell.readOnly) outside += 1;
    else if (put(cell, value)) filled += 1;
    else wrong += 1;
  }));
  const notes = [`填好 ${filled} 格`];
  if (wrong) notes.push(`${wrong} 格不合格，已标红`);
  if (outside) notes.push(`${outside} 格超出表格，没有填`);
  say(table, `${notes.join("；")}。`);
});
