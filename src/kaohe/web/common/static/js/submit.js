// Sending a form: once, with a sign that it is under way, and without losing it when the line breaks.
//
// A form with a submission id is sent by htmx, so that the page stays until the answer is there. When
// the network or the server fails, the form stays as it is, and sending it again carries the same id:
// the server does it once. data-plain leaves a form to the browser; it is still sent only once.
import { onPart, within } from "./ready.js";
import { toast } from "./toasts.js";

const SENT_BY_US = "form[method=post]:not([data-plain])";
let failure = null;

function buttons(form) {
  return [...form.elements].filter((control) => control.type === "submit");
}

function isUnderWay(form) {
  return form.hasAttribute("data-under-way");
}

function start(form, pressed) {
  failure?.remove();
  form.setAttribute("data-under-way", "");
  form.setAttribute("aria-busy", "true");
  for (const button of buttons(form)) button.setAttribute("aria-disabled", "true");
  (pressed ?? buttons(form)[0])?.classList.add("busy");
}

export function finish(form) {
  form.removeAttribute("data-under-way");
  form.removeAttribute("aria-busy");
  for (const button of buttons(form)) {
    button.removeAttribute("aria-disabled");
    button.classList.remove("busy");
  }
}

onPart((part) => {
  for (const form of within(part, SENT_BY_US)) {
    if (!form.elements.submission_id || form.hasAttribute("hx-post") || form.hasAttribute("hx-boost")) continue;
    form.setAttribute("hx-boost", "true");
    // What the server answers is the page: its address is shown, and its top.
    form.setAttribute("hx-target", "body");
    form.setAttribute("hx-swap", "innerHTML show:window:top");
    globalThis.htmx?.process(form);
  }
});

// Before htmx hears of it: a second press sends nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (isUnderWay(form)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  // After this event, so that the pressed button's own name and value are sent.
  setTimeout(start, 0, form, event.submitter);
}, true);

function failed(form, text) {
  finish(form);
  const again = () => form.isConnected && form.requestSubmit();
  failure = toast(text, "danger", { label: "重试", run: again });
}

function formOf(event) {
  const element = event.detail.elt;
  return element instanceof HTMLFormElement && element.method === "post" ? element : null;
}

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    const form = formOf(event);
    if (form) failed(form, "网络不通，还没有提交。填的内容都在，接通以后点“重试”，不会重复提交。");
    else if (!event.detail.elt.closest(".progress-part")) toast("网络不通，这一部分没有更新。", "danger");
  });
}

document.addEventListener("htmx:responseError", (event) => {
  const form = formOf(event);
  const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  const said = page.querySelector("#error-text p")?.textContent.trim();
  const title = page.querySelector("main h1")?.textContent.trim();
  const text = title ? `${title}。${said ?? ""}` : "服务器没有正常回答，这次没有保存。填的内容都在。";
  if (form && event.detail.xhr.status >= 500) failed(form, text);
  else { if (form) finish(form); toast(text, "danger"); }
});

document.addEventListener("htmx:afterRequest", (event) => {
  const form = formOf(event);
  if (form?.isConnected && event.detail.successful) finish(form);
});

// A new page has come in: readers and keys go on at its first mistake, or at its start.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target !== document.body) return;
  const place = document.querySelector(".form-errors") ?? document.getElementById("main");
  place?.focus({ preventScroll: true });
});

// A page that comes back by the browser's back key may still look under way.
addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-under-way]").forEach(finish);
});
