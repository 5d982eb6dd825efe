// The inbox by keyboard: j and k to the next and the previous idea, x to tick it, ? for help.
// Enter opens, since the focus is on the link. Letters typed in a field are left alone, and the
// whole can be switched off (WCAG 2.1.4).
const KEPT = "gk-inbox-keys";
const isOff = () => {
  try {
    return localStorage.getItem(KEPT) === "off";
  } catch {
    return false;
  }
};
const keep = (off) => {
  try {
    localStorage.setItem(KEPT, off ? "off" : "on");
  } catch {
    // Not kept; it still holds on this page.
  }
};
let off = isOff();

const rows = () => [...document.querySelectorAll("[data-inbox-row]")];
const here = () => rows().findIndex((row) => row.contains(document.activeElement));

const move = (step) => {
  const all = rows();
  const from = here();
  const next = from < 0 ? (step > 0 ? 0 : all.length - 1) : from + step;
  all[next]?.querySelector("a")?.focus();
};

const tick = () => {
  const box = rows()[here()]?.querySelector("input[type=checkbox]");
  box?.click();
};

const help = () => {
  const keys = document.querySelector("[data-keys]");
  if (!keys) return;
  keys.open = !keys.open;
  if (keys.open) keys.querySelector("summary").focus();
};

const ACTS = { j: () => move(1), k: () => move(-1), x: tick, "?": help };

const isWriting = (target) =>
  target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox])");

document.addEventListener("keydown", (event) => {
  const act = ACTS[event.key];
  if (off || !act || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isWriting(event.target)) return;
  event.preventDefault();
  act();
});

const count = () => {
  const place = document.querySelector("[data-inbox-count]");
  if (!place) return;
  const ticked = document.querySelectorAll("[data-inbox-row] input:checked").length;
  place.textContent = ticked ? `${ticked} ${place.dataset.words}` : "";
};

const show = () => {
  const keys = document.querySelector("[data-keys]");
  if (!keys) return;
  keys.hidden = false;
  const button = keys.querySelector("[data-keys-switch]");
  button.dataset.on ||= button.textContent.trim();
  button.textContent = off ? button.dataset.off : button.dataset.on;
  count();
};

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-inbox-row] input")) count();
});
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-keys-switch]")) return;
  off = !off;
  keep(off);
  show();
});
document.addEventListener("htmx:afterSwap", show);
show();
