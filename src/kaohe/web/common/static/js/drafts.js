// Keeps what is typed in forms with data-draft="key" in this browser until the server has it.
//
// A page that answers a success carries <meta name="draft-done" content="key">. Drafts belong to the
// account (<meta name="account">), end after thirty days, and never hold passwords, files, or what a
// field with autocomplete="off" keeps: an ID number does not stay on a shared computer.
import { drop, keep, kept, keptKeys } from "./storage.js";
import { onPart, within } from "./ready.js";

const PREFIX = "kaohe:draft:";
const DAYS = 30;
const LEFT_OUT = new Set(["csrfmiddlewaretoken", "submission_id"]);
const timers = new WeakMap();

function account() {
  return document.querySelector("meta[name=account]")?.content ?? "";
}

function keyOf(name) {
  return `${PREFIX}${account()}:${name}`;
}

function controls(form) {
  return [...form.elements].filter(
    (control) => control.name && !LEFT_OUT.has(control.name)
      && !["password", "file", "submit", "button", "hidden"].includes(control.type)
      && control.getAttribute("autocomplete") !== "off",
  );
}

function valueOf(control) {
  if (control.type === "checkbox" || control.type === "radio") return control.checked;
  if (control.multiple) return [...control.selectedOptions].map((option) => option.value);
  return control.value;
}

export function values(form) {
  return controls(form).map((control) => [control.name, control.type === "radio" ? control.value : "", valueOf(control)]);
}

function fill(form, saved) {
  const waiting = [...saved];
  for (const control of controls(form)) {
    const mark = control.type === "radio" ? control.value : "";
    const at = waiting.findIndex(([name, which]) => name === control.name && which === mark);
    if (at < 0) continue;
    const [[, , value]] = waiting.splice(at, 1);
    if (control.type === "checkbox" || control.type === "radio") control.checked = value;
    else if (control.multiple) for (const option of control.options) option.selected = value.includes(option.value);
    else control.value = value;
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function note(form, text) {
  const place = form.querySelector("[data-draft-note]");
  if (place) place.textContent = text;
}

function read(name) {
  try { return JSON.parse(kept(keyOf(name))); } catch { return null; }
}

function save(form) {
  timers.delete(form);
  const now = new Date();
  const done = keep(keyOf(form.dataset.draft), JSON.stringify({ at: now.toISOString(), values: values(form) }));
  const time = now.toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });
  note(form, done ? `草稿已存在这台电脑上 ${time}` : "这个浏览器存不下草稿，请尽快保存");
}

function offer(form, draft) {
  const box = document.createElement("div");
  box.className = "draft-offer";
  box.setAttribute("role", "status");
  const text = document.createElement("p");
  const when = new Date(draft.at).toLocaleString("zh-CN", { month: "long", day: "numeric", hour: "2-digit", minute: "2-digit" });
  text.textContent = `${when} 填过、还没有提交的内容还在这台电脑上。`;
  const button = (label, style, run) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = `btn btn-sm ${style}`;
    made.textContent = label;
    made.addEventListener("click", () => { box.remove(); run(); });
    return made;
  };
  box.append(
    text,
    button("恢复", "btn-primary", () => fill(form, draft.values)),
    button("不要了", "btn-ghost", () => drop(keyOf(form.dataset.draft))),
  );
  form.prepend(box);
}

function done(page) {
  for (const meta of page.querySelectorAll("meta[name=draft-done]")) drop(keyOf(meta.content));
}

function changed(event) {
  const form = event.target.form;
  if (!form?.dataset.draft) return;
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(save, 300, form));
}
document.addEventListener("input", changed);
document.addEventListener("change", changed);

// What was typed within the last moment before the page goes.
addEventListener("pagehide", () => {
  for (const form of document.querySelectorAll("form[data-draft]")) {
    if (timers.has(form)) { clearTimeout(timers.get(form)); save(form); }
  }
});

// The head of a page that htmx brings is not put into this one, so it is read from the answer.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.detail.xhr.responseText.includes("draft-done")) return;
  for (const form of document.querySelectorAll("form[data-draft]")) clearTimeout(timers.get(form));
  done(new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html"));
});

done(document);
for (const key of keptKeys(PREFIX)) {
  let age = Infinity;
  try { age = Date.now() - new Date(JSON.parse(kept(key)).at).getTime(); } catch { /* not ours to read: it goes */ }
  if (!(age < DAYS * 86400e3)) drop(key);
}
onPart((part) => {
  for (const form of within(part, "form[data-draft]")) {
    const draft = read(form.dataset.draft);
    if (draft && JSON.stringify(draft.values) !== JSON.stringify(values(form))) offer(form, draft);
  }
});
