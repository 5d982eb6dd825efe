// The wall asks for news every second, and shows what has come. Why it asks: docs/adr/0007-live-wall.md.
const wall = document.querySelector("#vegg");
const lost = document.querySelector("#kontakt");
const EVERY = 1000; // milliseconds
const WHEN_HIDDEN = 10_000;
const WHEN_LOST = 3000;
const NEW_FOR = 5000;

const step = () => wall.querySelector("[data-step]").dataset.step;
const first = step();
let known = "";

function show(html) {
  const scrolled = new Map(
    [...wall.querySelectorAll("[data-column]")].map((one) => [one.dataset.column, one.scrollTop]),
  );
  const focused = document.activeElement?.dataset?.column;
  const seen = new Set([...wall.querySelectorAll("[data-note]")].map((note) => note.dataset.note));
  wall.innerHTML = html;
  for (const note of wall.querySelectorAll("[data-note]")) {
    note.classList.toggle("gk-note--new", !seen.has(note.dataset.note) || note.dataset.note in fresh);
    if (!seen.has(note.dataset.note)) keepFresh(note.dataset.note);
  }
  for (const column of wall.querySelectorAll("[data-column]")) {
    column.scrollTop = scrolled.get(column.dataset.column) ?? 0;
    if (column.dataset.column === focused) column.focus({ preventScroll: true });
  }
  const live = wall.querySelector("[data-step]");
  document.querySelector("#med").textContent = live.dataset.people;
  document.querySelector("#lapper").textContent = live.dataset.notes;
}

// Notes with the outline of the newest, until it has stood for its time.
const fresh = {};

function keepFresh(id) {
  fresh[id] = true;
  setTimeout(() => {
    delete fresh[id];
    wall.querySelector(`[data-note="${id}"]`)?.classList.remove("gk-note--new");
  }, NEW_FOR);
}

async function ask() {
  const answer = await fetch(wall.dataset.live, {
    cache: "no-store",
    headers: known ? { "If-None-Match": known } : {},
  });
  if (answer.status === 304) return;
  if (!answer.ok || answer.redirected) throw new Error(`The wall answered ${answer.status}`);
  known = answer.headers.get("ETag");
  show(await answer.text());
  if (step() !== first) window.location.reload(); // another step, question or clock
}

async function keepAsking() {
  let wait = document.hidden ? WHEN_HIDDEN : EVERY;
  try {
    await ask();
    lost.textContent = "";
  } catch {
    lost.textContent = lost.dataset.words;
    wait = WHEN_LOST;
  }
  setTimeout(keepAsking, wait);
}

if (wall.dataset.live) {
  for (const note of wall.querySelectorAll(".gk-note--new")) keepFresh(note.dataset.note);
  setTimeout(keepAsking, EVERY);
  document.addEventListener("visibilitychange", () => document.hidden || ask().catch(() => {}));
}
