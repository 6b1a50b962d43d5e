// Keys: / search, ? the list of keys, g h home, Alt+S save. None of them while somebody types.
let afterG = 0;

function isTyping(target) {
  return target.closest("input:not([type=checkbox], [type=radio], [type=submit]), textarea, select, [contenteditable]");
}

function dialog() {
  return document.getElementById("shortcuts");
}

function formToSave() {
  const here = document.activeElement?.closest("main form[method=post]");
  return here ?? document.querySelector("main form[method=post] input[name=submission_id]")?.form;
}

function act(event) {
  if (event.key === "/") return document.querySelector("[data-search]");
  if (event.key === "?") return dialog();
  if (event.key === "h" && Date.now() - afterG < 1200) return document.querySelector("[data-shortcut-home]");
  return null;
}

document.addEventListener("keydown", (event) => {
  if (event.altKey && event.code === "KeyS") {
    const form = formToSave();
    if (form) { event.preventDefault(); form.requestSubmit(); }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
  const target = act(event);
  afterG = event.key === "g" ? Date.now() : 0;
  if (!target) return;
  event.preventDefault();
  if (target instanceof HTMLDialogElement) target.showModal();
  else if (target instanceof HTMLAnchorElement) target.click();
  else { target.focus(); target.select(); }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-open-shortcuts]")) dialog()?.showModal();
  else if (event.target.closest("[data-close-dialog]") || event.target === dialog()) event.target.closest("dialog").close();
});
