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

// What is exported is what is listed: the buttons above a list follow its filters.
document.addEventListener("htmx:pushedIntoHistory", () => {
  for (const link of document.querySelectorAll('.page-actions a[href*="/export/"]')) {
    const address = new URL(link.href);
    const as = address.searchParams.get("as");
    address.search = location.search;
    if (as) address.searchParams.set("as", as);
    link.href = address;
  }
});
