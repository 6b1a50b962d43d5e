// Charts: an element data-chart="id" draws the ECharts option in the JSON script of that id.
// The library is big, so that only a page with a chart loads it. Colours are the theme's.
import { leadOn, outlined, themed } from "./maps.js";
import { onPart, within } from "./ready.js";

const drawn = new Map();
let loading = null;
let printing = false;

function library(address) {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve(globalThis.echarts);
    script.onerror = () => { loading = null; reject(new Error("the chart library did not load")); };
    document.head.append(script);
  });
  return loading;
}

function colours() {
  const style = getComputedStyle(document.documentElement);
  const of = (name) => style.getPropertyValue(name).trim();
  const palette = [1, 2, 3, 4, 5, 6].map((number) => of(`--chart-${number}`));
  return { palette, text: of("--text"), muted: of("--muted"), line: of("--line"), surface: of("--surface"), font: of("--font") };
}

function dressed(axis, look) {
  const one = (given) => ({
    ...given,
    axisLine: { lineStyle: { color: look.line }, ...given.axisLine },
    axisTick: { show: false, ...given.axisTick },
    axisLabel: { color: look.muted, ...given.axisLabel },
    nameTextStyle: { color: look.muted, ...given.nameTextStyle },
    splitLine: { lineStyle: { color: look.line }, ...given.splitLine },
  });
  return Array.isArray(axis) ? axis.map(one) : one(axis);
}

function complete(option) {
  const look = colours();
  const full = {
    color: look.palette,
    grid: { left: 8, right: 16, top: option.legend ? 40 : 16, bottom: 8, containLabel: true },
    ...option,
    animation: !printing && !matchMedia("(prefers-reduced-motion: reduce)").matches,
    backgroundColor: "transparent",
    textStyle: { fontFamily: look.font, color: look.text, ...option.textStyle },
    // Drawn on the canvas: the other way writes style attributes, which the security policy forbids.
    tooltip: { trigger: "axis", backgroundColor: look.surface, borderColor: look.line, ...option.tooltip, textStyle: { color: look.text }, renderMode: "richText" },
  };
  if (option.legend) full.legend = { top: 0, left: 0, icon: "roundRect", itemWidth: 12, itemHeight: 12, ...option.legend, textStyle: { color: look.muted } };
  for (const axis of ["xAxis", "yAxis"]) if (option[axis]) full[axis] = dressed(option[axis], look);
  return full;
}

async function draw(place) {
  const source = document.getElementById(place.dataset.chart);
  const echarts = await library(place.dataset.echarts);
  if (!source || !place.isConnected || drawn.has(place)) return;
  const chart = echarts.init(place, null, { renderer: "canvas" });
  const read = () => outlined(themed(source.textContent), place, echarts);
  chart.setOption(complete(read()));
  leadOn(chart, place);
  const sized = new ResizeObserver(() => chart.resize());
  sized.observe(place);
  drawn.set(place, { chart, read, sized });
}

function redraw() {
  for (const [place, { chart, read, sized }] of drawn) {
    if (place.isConnected) { chart.setOption(complete(read()), { notMerge: true }); continue; }
    sized.disconnect();
    chart.dispose();
    drawn.delete(place);
  }
}

onPart((part) => {
  redraw();
  for (const place of within(part, "[data-chart]")) {
    draw(place).catch(() => { place.hidden = true; place.parentElement.querySelector("details")?.setAttribute("open", ""); });
  }
});

new MutationObserver(redraw).observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });

// Paper is white whatever the screen's theme is; the print style has set the colours by then.
matchMedia("print").addEventListener("change", (event) => {
  printing = event.matches;
  for (const { chart } of drawn.values()) chart.resize();
  redraw();
});
