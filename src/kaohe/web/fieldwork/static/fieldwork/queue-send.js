// Sends what waits, under the same submission id as before: the server stores it once, however often
// it comes. What the server refuses stays here with its reason, until its owner has seen to it.
import { formData, refuse, remove, sheetsOf } from "./queue-store.js";

const WHO = "/work/journals/sending/";
const LOGIN = "/login/";
const headers = { "HX-Request": "true" };

// Who is logged in: { owner, name, token }; { out: true } for nobody who may; null without a network.
export async function who() {
  try {
    const answer = await fetch(WHO, { headers, cache: "no-store" });
    if (answer.status >= 500) return null;
    return answer.status === 200 ? await answer.json() : { out: true };
  } catch {
    return null;
  }
}

function said(html, status) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const errors = [...page.querySelectorAll(".form-errors li")].map((line) => line.textContent.trim());
  const shown = [...page.querySelectorAll("#error-text p, .refusal p, main .notice p")].map((line) => line.textContent.trim());
  return errors.join("；") || shown[0] || page.querySelector("main h1")?.textContent.trim() || `服务器没有接受（${status}）。`;
}

// "sent", "refused", "out" (logged out meanwhile) or "later".
async function send(sheet, token) {
  let answer;
  try {
    answer = await fetch(sheet.url, { method: "POST", headers: { ...headers, "X-CSRFToken": token }, body: formData(sheet) });
  } catch {
    return "later";
  }
  if (answer.status >= 500 || answer.status === 408 || answer.status === 429) return "later";
  const target = answer.headers.get("HX-Redirect");
  if (target?.startsWith(LOGIN)) return "out";
  if (target) { await remove(sheet.id); return "sent"; }
  await refuse(sheet, said(await answer.text(), answer.status));
  return "refused";
}

async function sendWaiting() {
  const account = await who();
  if (!account || account.out) return { account, sent: 0 };
  let sent = 0;
  for (const sheet of await sheetsOf(account.owner)) {
    if (sheet.refused) continue;
    const result = await send(sheet, account.token);
    if (result === "out") return { account: { out: true }, sent };
    if (result === "later") return { account: null, sent };
    if (result === "sent") sent += 1;
  }
  return { account, sent };
}

// Of several open pages only one sends at a time; another that comes meanwhile leaves it to that one.
export function sendAll() {
  if (!navigator.locks) return sendWaiting();
  return navigator.locks.request("kaohe-queue", { ifAvailable: true }, (lock) => (lock ? sendWaiting() : null));
}
