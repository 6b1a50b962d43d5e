// Filters leave empty fields out of the address; “清除” shows once there is something to clear.
document.addEventListener("htmx:configRequest", (event) => {
  if (!event.detail.elt.matches("form.filters")) return;
  const { parameters } = event.detail;
  // The table may have been sorted since the form was drawn.
  const sort = new URLSearchParams(location.search).get("sort");
  if (sort) parameters.sort = sort;
  for (const name of Object.keys(parameters)) if (parameters[name] === "") delete parameters[name];
});

document.addEventListener("input", (event) => {
  event.target.closest("form.filters")?.classList.add("active");
});
