// Calls a function for the page now, and for each part that htmx brings in.
export function onPart(prepare) {
  const start = () => prepare(document.body);
  if (document.body) start();
  else document.addEventListener("DOMContentLoaded", start);
  document.addEventListener("htmx:load", (event) => {
    if (event.target !== document.body) prepare(event.target);
  });
}

// The elements within a part that fit, the part itself included.
export function within(part, selector) {
  return [...(part.matches(selector) ? [part] : []), ...part.querySelectorAll(selector)];
}
