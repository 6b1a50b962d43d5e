// Signing in with the phone's place, and the signs of the attendance book.
//
// The place is asked for when the button is pressed. Without permission, without GPS or after ten
// seconds the sign-in goes without a place, and says so. What was once found is sent again as it is,
// so that a repeated submission has the same content.

const WAIT = 10_000;
const OLDEST = 60_000;
const KEY = "kaohe:device";

function device() {
  try {
    let id = localStorage.getItem(KEY);
    if (!/^[0-9a-f-]{8,64}$/.test(id ?? "")) {
      const bytes = crypto.getRandomValues(new Uint8Array(16));
      id = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      localStorage.setItem(KEY, id);
    }
    return id;
  } catch { return ""; }
}

function say(form, text) {
  const place = form.querySelector("[data-sign-in-status]");
  if (place) place.textContent = text;
}

function metres(number) {
  return number < 1000 ? `${Math.round(number)} 米` : `${(number / 1000).toFixed(1)} 公里`;
}

const WHY = { 1: "没有允许定位", 2: "手机没有取得位置", 3: "定位超时" };

function position() {
  return new Promise((resolve, reject) => {
    if (!navigator.geolocation) { reject(new Error("这个浏览器不能定位")); return; }
    navigator.geolocation.getCurrentPosition(
      resolve,
      (error) => reject(new Error(WHY[error.code] ?? "没有取得位置")),
      { enableHighAccuracy: true, timeout: WAIT, maximumAge: OLDEST },
    );
  });
}

async function locate(form) {
  const fields = form.elements;
  fields.claimed_at.value = new Date().toISOString();
  fields.device.value = device();
  say(form, "正在定位，请稍候……");
  try {
    const { coords } = await position();
    fields.longitude.value = coords.longitude.toFixed(6);
    fields.latitude.value = coords.latitude.toFixed(6);
    fields.accuracy.value = String(Math.min(1_000_000, Math.round(coords.accuracy)));
    say(form, `已定位，误差约 ${metres(coords.accuracy)}，正在签到……`);
  } catch (error) {
    say(form, `${error.message}，这次签到不带位置。`);
  }
  form.dataset.located = "yes";
}

// On the window, before the page's own script takes the form as sent.
addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches?.("form[data-sign-in]") || form.dataset.located === "yes") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (form.dataset.located) return;
  form.dataset.located = "under way";
  const button = event.submitter ?? form.querySelector("[type=submit]");
  button?.classList.add("busy");
  locate(form).then(() => {
    button?.classList.remove("busy");
    if (form.isConnected) form.requestSubmit(button);
  });
}, true);

// The attendance book: a digit or a letter becomes the sign; a double click goes round.

const SIGNS = { 1: "√", v: "√", V: "√", "✓": "√", "✔": "√", 是: "√", 在: "√", 0: "×", x: "×", X: "×", 否: "×", 缺: "×" };

document.addEventListener("input", (event) => {
  const cell = event.target;
  if (cell.matches?.(".book-grid input") && SIGNS[cell.value.trim()]) cell.value = SIGNS[cell.value.trim()];
});

document.addEventListener("change", (event) => {
  const cell = event.target;
  if (cell.matches?.(".book-grid input") && SIGNS[cell.value.trim()]) cell.value = SIGNS[cell.value.trim()];
});

document.addEventListener("dblclick", (event) => {
  const cell = event.target;
  if (!cell.matches?.(".book-grid input") || cell.readOnly) return;
  cell.value = { "": "√", "√": "×" }[cell.value] ?? "";
  cell.dispatchEvent(new Event("input", { bubbles: true }));
  cell.dispatchEvent(new Event("change", { bubbles: true }));
});

// Choose all days of a list, or none.

document.addEventListener("change", (event) => {
  const all = event.target;
  if (!all.matches?.("[data-choose-all]")) return;
  for (const box of all.closest("form").querySelectorAll("input[name=day]")) box.checked = all.checked;
});
