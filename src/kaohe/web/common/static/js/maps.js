// Maps among the charts: the outlines that a chart is drawn on, and points that lead to pages.
// A string of an option that names a theme colour, like "--chart-1", becomes that colour.
const COLOUR = /^--(chart-\d|text|muted|line|line-strong|surface|surface-2|ground)$/;

export function themed(text) {
  const style = getComputedStyle(document.documentElement);
  const colour = (key, value) => (typeof value === "string" && COLOUR.test(value) ? style.getPropertyValue(value).trim() : value);
  return JSON.parse(text, colour);
}

// data-map is the id of a JSON script with GeoJSON; the map gets the same name.
export function outlined(option, place, echarts) {
  const name = place.dataset.map;
  if (!name) return option;
  const shapes = document.getElementById(name);
  if (shapes) echarts.registerMap(name, JSON.parse(shapes.textContent));
  return { ...option, geo: { ...option.geo, map: name } };
}

// Where a finger cannot hover, the first touch shows the tooltip and a link instead of leaving.
export function leadOn(chart, place) {
  const offer = place.parentElement.querySelector("[data-chart-chosen]");
  chart.on("click", ({ data }) => {
    if (!data?.url) return;
    if (!offer || matchMedia("(hover: hover)").matches) { location.assign(data.url); return; }
    const link = offer.querySelector("a");
    link.href = data.url;
    link.textContent = `看${data.name}`;
    offer.hidden = false;
  });
}
