// The journal's form when the network is gone: the whole of it, photos included, is put aside on the
// phone. On a page from the server that happens when sending fails; on the offline page at once.
import { drop } from "../js/storage.js";
import { finish } from "../js/submit.js";
import { toast } from "../js/toasts.js";
import { putAside, remember, remembered } from "./queue-store.js";
import { attempt, show } from "./queue.js";

const WRITE = "/work/journals/write/";
let blank = null;
const FULL = "手机存不下这篇日志（照片太大或空间不够）。内容还在表单里，请留着这一页，有网络时再保存。";

function forgetDraft(form) {
  const account = document.querySelector("meta[name=account]")?.content ?? "";
  drop(`kaohe:draft:${account}:${form.dataset.draft}`);
}

function stored(place) {
  const note = document.createElement("div");
  note.className = "notice tone-success";
  note.tabIndex = -1;
  const text = document.createElement("p");
  text.textContent = "网络不通，这篇日志已存在这台手机上；有网络时自动发送，不用重写。";
  note.append(text);
  place.replaceChildren(note);
  note.focus();
}

async function aside(form, id, owner, url) {
  try {
    await putAside(id, owner, url, new FormData(form));
    return true;
  } catch {
    toast(FULL, "danger");
    return false;
  }
}

// Sending failed. In the capturing phase, so that the common word about it is not said as well.
for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, async (event) => {
    const form = event.detail.elt;
    const place = form instanceof HTMLFormElement && form.closest("[data-queue-form]");
    if (!place) return;
    event.stopPropagation();
    finish(form);
    const id = form.elements.submission_id.value;
    if (!(await aside(form, id, place.dataset.owner, WRITE))) return;
    setTimeout(() => forgetDraft(form), 400); // after the draft that is just being kept
    stored(place);
    show(null);
  }, true);
}


async function keepOffline(form, owner) {
  const data = form.elements;
  if (!data.day.value || !data.items.value.trim()) {
    toast("请填日期和工作事项。", "warning");
    (data.day.value ? data.items : data.day).focus();
    return;
  }
  // Only a page that came by https has the worker that brings this one, and so this function.
  const id = crypto.randomUUID();
  data.submission_id.value = id;
  if (!(await aside(form, id, owner, WRITE))) return;
  renew(form);
  setTimeout(() => forgetDraft(form), 400);
  await show(null);
  toast("已存在这台手机上，有网络时自动发送。", "success");
  attempt();
}

// A fresh form in place of the one that was put aside: a reset would leave its chosen photos.
function renew(form) {
  const fresh = blank.cloneNode(true);
  form.replaceWith(fresh);
  fresh.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true }));
  ready(fresh);
}

function ready(form) {
  form.hidden = false;
  form.elements.day.value ||= today();
}

function today() {
  const now = new Date();
  return new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

function begin() {
  const place = document.querySelector("[data-queue-form], [data-owner]");
  if (place?.dataset.owner) remember(place.dataset.owner, place.dataset.name);
  const form = document.querySelector("form[data-queue-only]");
  if (!form) return;
  const who = remembered();
  document.querySelector("[data-queue-nobody]").hidden = who !== null;
  if (who === null) return;
  document.querySelector("[data-queue-owner]").textContent = `以“${who.name}”的名义保存；不是本人请不要填写。`;
  blank = form.cloneNode(true);
  ready(form);
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-queue-only]")) return;
  event.preventDefault();
  keepOffline(event.target, remembered()?.owner);
});

begin();
document.addEventListener("htmx:afterSettle", (event) => { if (event.detail.target === document.body) begin(); });
