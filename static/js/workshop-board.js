// Sorting by hand: drag a note in its handle, or move it with the arrow keys. Both post the same form
// as «Flytt». The board fetches what others have done, unless somebody is in the middle of something.
const section = document.querySelector("[data-board]");
const people = document.querySelector("#med");
const EVERY = 1500; // milliseconds
const status = document.querySelector("#flyttet");

const board = () => document.querySelector("#tavle");
const columns = () => [...board().querySelectorAll("[data-column]")];
let held = null;

function replace(html) {
  const focused = document.activeElement?.id;
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.querySelector("#tavle");
  if (!fresh || fresh.dataset.step !== section.dataset.step) {
    window.location.reload(); // another step or question
    return;
  }
  board().replaceWith(fresh);
  showHandles();
  if (focused) document.getElementById(focused)?.focus();
}

async function move(note, column) {
  const handle = note.querySelector("[data-handle]");
  const body = new FormData(note.querySelector("form"));
  body.set("to", column.dataset.column);
  body.set("version", note.dataset.version);
  const answer = await fetch(handle.dataset.move, {
    method: "POST",
    body,
    headers: { "HX-Request": "true" },
  });
  if (!answer.ok || answer.headers.get("HX-Refresh")) {
    window.location.reload();
    return;
  }
  handle.focus();
  replace(await answer.text());
  status.textContent = `${status.dataset.words} ${column.dataset.title}`;
}

const columnOf = (element) => element?.closest?.("[data-column]");

function onKey(event) {
  const handle = event.target.closest("[data-handle]");
  const steps = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!handle || !steps) return;
  event.preventDefault();
  const all = columns();
  const target = all[all.indexOf(columnOf(handle)) + steps];
  if (target) move(handle.closest("[data-note]"), target);
}

function onDown(event) {
  const handle = event.target.closest("[data-handle]");
  if (!handle || event.button) return;
  held = { note: handle.closest("[data-note]"), x: event.clientX, y: event.clientY, over: null };
  handle.setPointerCapture(event.pointerId);
}

function onMove(event) {
  if (!held) return;
  held.note.classList.add("gk-note--held");
  held.note.style.translate = `${event.clientX - held.x}px ${event.clientY - held.y}px`;
  const over = columnOf(
    document
      .elementsFromPoint(event.clientX, event.clientY)
      .find((element) => !held.note.contains(element) && columnOf(element)),
  );
  held.over?.classList.remove("gk-board__column--over");
  over?.classList.add("gk-board__column--over");
  held.over = over;
}

function onUp() {
  if (!held) return;
  const { note, over } = held;
  held = null;
  note.classList.remove("gk-note--held");
  note.style.translate = "";
  over?.classList.remove("gk-board__column--over");
  if (over && over !== columnOf(note)) move(note, over);
}

function showHandles() {
  for (const handle of board().querySelectorAll("[data-handle]")) handle.hidden = false;
}

const isBusy = () =>
  held || board()?.querySelector("details[open]") || document.activeElement?.closest("#tavle form");

let known = "";

async function follow() {
  try {
    const answer = await fetch(people.dataset.live, {
      cache: "no-store",
      headers: known ? { "If-None-Match": known } : {},
    });
    if (answer.ok && !isBusy()) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      people.textContent = page.querySelector("[data-people]").dataset.people;
      if (known && section) await refresh();
      known = answer.headers.get("ETag");
    }
  } catch {
    // No network: the board stands as it is, and we ask again.
  }
  setTimeout(follow, EVERY);
}

async function refresh() {
  const news = await fetch(section.dataset.board, { headers: { "HX-Request": "true" } });
  if (news.ok && !isBusy()) replace(await news.text());
}

if (section) {
  showHandles();
  section.addEventListener("keydown", onKey);
  section.addEventListener("pointerdown", onDown);
  section.addEventListener("pointermove", onMove);
  section.addEventListener("pointerup", onUp);
  section.addEventListener("pointercancel", onUp);
}
follow();
