// Shows what waits on this phone (“待发送 2 篇”) and sends it: when the network is back, when a page opens,
// four times a minute (not every browser tells that the network is back), or by the button. Another account on the same phone neither sees nor sends it.
import { toast } from "../js/toasts.js";
import { anySheets, filesOf, isUsed, remembered, remove, sheetsOf, valueOf } from "./queue-store.js";
import { sendAll } from "./queue-send.js";

const EVERY_MS = 15_000;

function made(name, className, text) {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

function button(label, style, run) {
  const element = made("button", `btn btn-sm ${style}`, label);
  element.type = "button";
  element.addEventListener("click", run);
  return element;
}

function shortDay(text) {
  const [year, month, day] = text.split("-").map(Number);
  return year ? `${year}年${month}月${day}日` : "没有日期";
}

function card(sheet) {
  const item = made("li", sheet.refused ? "queue-sheet refused" : "queue-sheet");
  const photos = filesOf(sheet).length;
  item.append(made("strong", "", `${shortDay(valueOf(sheet, "day"))} 日志`));
  item.append(made("p", "queue-text", valueOf(sheet, "items").slice(0, 120)));
  if (photos) item.append(made("p", "text-secondary", `照片 ${photos} 张`));
  item.append(made("p", sheet.refused ? "queue-why" : "text-secondary", sheet.refused ? `没有接受：${sheet.refused}` : "等待发送"));
  const actions = made("div", "btn-list");
  const form = document.querySelector("form[data-queue-only]");
  if (form && sheet.refused) actions.append(button("放回表单修改", "", () => putBack(sheet, form)));
  actions.append(button("删除", "btn-ghost", async () => {
    if (!confirm("删除后这篇日志就没有了，确定删除吗？")) return;
    await remove(sheet.id);
    show(null);
  }));
  item.append(actions);
  return item;
}

async function putBack(sheet, form) {
  for (const { name, value } of sheet.fields) {
    if (value !== undefined && form.elements[name]) form.elements[name].value = value;
  }
  const input = form.querySelector("input[type=file]:not([data-evidence-camera])");
  const files = new DataTransfer();
  for (const file of filesOf(sheet)) files.items.add(file);
  if (input) { input.files = files.files; input.dispatchEvent(new Event("change", { bubbles: true })); }
  await remove(sheet.id);
  await show(null);
  form.elements.items.focus();
}

function bar() {
  let place = document.getElementById("queue-bar");
  if (!place) {
    place = made("div", "queue-bar");
    place.id = "queue-bar";
    place.setAttribute("role", "status");
    document.getElementById("main")?.prepend(place);
  }
  return place;
}

function told(waiting, refused, account) {
  const parts = [];
  if (waiting) parts.push(`待发送 ${waiting} 篇`);
  if (refused) parts.push(`没有接受 ${refused} 篇`);
  const why = account?.out ? "，请登录后发送" : account ? "" : "，等待网络";
  return parts.join("，") + (waiting ? why : "");
}

// account: who is logged in as the server said, { out: true }, or null when it could not be asked.
export async function show(account) {
  const owner = account?.owner ?? remembered()?.owner;
  const sheets = owner ? await sheetsOf(owner) : [];
  const refused = sheets.filter((sheet) => sheet.refused).length;
  const list = document.querySelector("[data-queue-list]");
  if (!sheets.length) {
    document.getElementById("queue-bar")?.remove();
    if (list) list.hidden = true;
    return;
  }
  const place = bar();
  place.replaceChildren(made("span", "", told(sheets.length - refused, refused, account)));
  if (account?.out) { const link = made("a", "btn btn-sm", "登录"); link.href = "/login/"; place.append(link); }
  else if (sheets.length > refused) place.append(button("现在发送", "btn-primary", () => attempt(true)));
  if (list) {
    const cards = made("ol", "queue-sheets");
    cards.append(...sheets.map(card));
    list.replaceChildren(made("h2", "section-title", "这台手机上的日志"), cards);
    list.hidden = false;
  } else { const link = made("a", "btn btn-sm", "查看"); link.href = "/offline/"; place.append(link); }
}

// asked: by the button, so that nothing sent is answered too.
export async function attempt(asked = false) {
  if (!isUsed() || !(await anySheets())) return;
  const result = await sendAll();
  if (!result) return;
  await show(result.account);
  if (result.sent) toast(`已发送 ${result.sent} 篇日志。`, "success");
  else if (asked && !result.account) toast("网络还不通，日志仍存在这台手机上。", "warning");
}


if (isUsed()) show(null).then(() => attempt());
addEventListener("online", () => attempt());
document.addEventListener("visibilitychange", () => { if (!document.hidden) attempt(); });
setInterval(() => attempt(), EVERY_MS);
