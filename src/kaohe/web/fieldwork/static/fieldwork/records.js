// Ticking many records or targets: all at once, and how many there are on the button.

const BOXES = "input[name=record], input[name=targets]";

function tell(form) {
  const number = form.querySelectorAll("input[name=record]:checked, input[name=targets]:checked").length;
  const place = form.querySelector("[data-record-count]");
  if (place) place.textContent = number ? `（${number}）` : "";
}

document.addEventListener("change", (event) => {
  const box = event.target;
  const form = box.form;
  if (!form) return;
  if (box.matches("[data-record-all]")) {
    for (const one of form.querySelectorAll("input[name=record]")) one.checked = box.checked;
  }
  if (box.matches(`[data-record-all], ${BOXES}`)) tell(form);
});
