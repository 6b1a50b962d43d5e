// On every page: what waits on this phone is shown and sent. The pages of those who write journals also
// bring the worker that opens the offline page when the network is gone.
import "./queue.js";
import "./journal.js";
import { forget } from "./queue-store.js";

if (document.querySelector("[data-owner]")) {
  navigator.serviceWorker?.register("/service-worker.js", { scope: "/" }).catch(() => { /* plain http has none */ });
}

// Who logs out leaves the phone to others: the offline page writes in nobody's name from then on.
document.addEventListener("submit", (event) => {
  if (event.target.matches("form.logout")) forget();
});
