// Short messages. The server's stand in #messages; this module adds its own and takes both away.
import { onPart, within } from "./ready.js";

const SECONDS = 7;

function close(card) {
  card.remove();
}

function wait(card) {
  if (card.hasAttribute("data-toast-stays")) return;
  let timer = setTimeout(close, SECONDS * 1000, card);
  // Whoever is still reading, or on the way to the button, is not interrupted.
  const hold = () => clearTimeout(timer);
  const go = () => { hold(); timer = setTimeout(close, 2000, card); };
  card.addEventListener("pointerenter", hold);
  card.addEventListener("focusin", hold);
  card.addEventListener("pointerleave", go);
  card.addEventListener("focusout", go);
}

// Shows a text; `action` is { label, run } or absent. One with an action, or a danger, stays.
export function toast(text, tone = "info", action = null) {
  const place = document.getElementById("messages");
  const template = document.getElementById("toast-template");
  if (!place || !template) return null;
  const card = template.content.firstElementChild.cloneNode(true);
  card.classList.add(`tone-${tone}`);
  card.querySelector("p").textContent = text;
  if (action) {
    const button = card.querySelector("[data-toast-action]");
    button.hidden = false;
    button.textContent = action.label;
    button.addEventListener("click", () => { close(card); action.run(); });
  }
  if (action || tone === "danger") card.setAttribute("data-toast-stays", "");
  place.append(card);
  wait(card);
  return card;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-toast-close]");
  if (button) close(button.closest("[data-toast]"));
});

onPart((part) => within(part, "#messages [data-toast]").forEach(wait));
