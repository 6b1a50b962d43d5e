// Warns before a page with unsent changes is left. For forms with data-warn-leave.
const changed = new Set();

function mark(event) {
  const form = event.target.form;
  if (form?.hasAttribute("data-warn-leave")) changed.add(form);
}
document.addEventListener("input", mark);
document.addEventListener("change", mark);
document.addEventListener("reset", (event) => changed.delete(event.target));

// A form that the browser sends is leaving on purpose; one that htmx sends stays until the answer.
document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) changed.delete(event.target);
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) changed.delete(event.detail.elt);
});

addEventListener("beforeunload", (event) => {
  for (const form of changed) if (!form.isConnected) changed.delete(form);
  if (changed.size) event.preventDefault();
});
