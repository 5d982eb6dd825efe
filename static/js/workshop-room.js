// The phone: what is typed survives, a note that meets no network waits and is sent again, and the page
// follows the room from step to step. Without this script everything is plain forms.
const room = document.querySelector("[data-room]");
const EVERY = 2000; // milliseconds
const WHEN_HIDDEN = 15_000;

// Kept on this phone, in the shape that gk.js forgets after a week.
const KEPT = `gk-keep:anon/verksted-${room.dataset.room}`;
const QUEUE = `${KEPT}/venter`;
const TOO_LATE = `${KEPT}/for-sent`;
const DRAFT = `${KEPT}/kladd`;

const held = new Map(); // where the device lets nothing be kept, for as long as the page is open

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name))?.rows ?? held.get(name) ?? [];
  } catch {
    return held.get(name) ?? [];
  }
}

function write(name, rows) {
  held.set(name, rows);
  try {
    if (rows.length) localStorage.setItem(name, JSON.stringify({ at: Date.now(), rows }));
    else localStorage.removeItem(name);
  } catch {
    // Kept in memory only.
  }
}

const draft = () => read(DRAFT)[0] ?? "";
const keepDraft = (text) => write(DRAFT, text.trim() ? [text] : []);

function newKey() {
  // crypto.randomUUID is not there without HTTPS
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function line(text, note) {
  const item = document.createElement("li");
  const words = document.createElement("p");
  words.textContent = text;
  item.append(words);
  if (note) {
    const small = document.createElement("p");
    small.className = "gk-small gk-subtle";
    small.textContent = note;
    item.append(small);
  }
  item.dataset.kept = "";
  return item;
}

function showWaiting() {
  const list = document.querySelector("#lappene");
  if (!list) return;
  for (const old of list.querySelectorAll("[data-kept]")) old.remove();
  for (const one of read(QUEUE)) {
    list.prepend(line(one.text, one.failed ? room.dataset.waiting : ""));
  }
}

function showTooLate() {
  document.querySelector("#for-sent")?.remove();
  const late = read(TOO_LATE);
  if (!late.length) return;
  const box = document.createElement("section");
  box.id = "for-sent";
  box.className = "ds-alert";
  box.dataset.color = "warning";
  const words = document.createElement("p");
  words.textContent = room.dataset.tooLate;
  const list = document.createElement("ul");
  list.append(...late.map((text) => line(text)));
  const throwAway = document.createElement("button");
  throwAway.type = "button";
  throwAway.className = "ds-button";
  throwAway.dataset.variant = "secondary";
  throwAway.textContent = room.dataset.throw;
  throwAway.addEventListener("click", () => {
    write(TOO_LATE, []);
    showTooLate();
  });
  box.append(words, list, throwAway);
  room.prepend(box);
}

// Hanging up: into the queue first, out of it when the server has answered.

let sending = false;

async function sendWaiting() {
  const form = document.querySelector("#skriv");
  if (sending || !form) return;
  sending = true;
  try {
    for (let one = read(QUEUE)[0]; one; one = read(QUEUE)[0]) await send(form, one);
  } catch {
    write(QUEUE, read(QUEUE).map((one) => ({ ...one, failed: true })));
  }
  sending = false;
  showWaiting();
}

async function send(form, one) {
  const body = new FormData(form);
  body.set("text", one.text);
  body.set("question", one.question);
  body.set("submission_key", one.key);
  const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
  if (!answer.ok) throw new Error(`Hanging up answered ${answer.status}`);
  write(QUEUE, read(QUEUE).filter((other) => other.key !== one.key));
  if (answer.headers.get("HX-Refresh")) {
    write(TOO_LATE, [...read(TOO_LATE), one.text]);
    window.location.reload();
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const mine = page.querySelector(".gk-room__mine");
  if (mine) document.querySelector(".gk-room__mine").replaceWith(mine);
}

function listen(form) {
  const text = form.querySelector("[name=text]");
  text.value ||= draft();
  text.dispatchEvent(new Event("input", { bubbles: true })); // the counter of signs left
  text.addEventListener("input", () => keepDraft(text.value));
  form.addEventListener("submit", (event) => {
    const words = text.value.trim().replace(/\s+/g, " ");
    if (!words || words.length > Number(form.dataset.longest)) return; // the server says what is wrong
    event.preventDefault();
    const question = form.querySelector("[name=question]").value;
    write(QUEUE, [...read(QUEUE), { key: newKey(), text: words, question }]);
    text.value = "";
    text.dispatchEvent(new Event("input", { bubbles: true }));
    text.focus();
    showWaiting();
    sendWaiting();
  });
}

// Following the room

let known = "";

async function follow() {
  try {
    const answer = await fetch(room.dataset.now, {
      cache: "no-store",
      headers: known ? { "If-None-Match": known } : {},
    });
    if (answer.ok) {
      known = answer.headers.get("ETag");
      const { step } = await answer.json();
      if (String(step) !== room.dataset.step) await goOn(step);
    }
    if (read(QUEUE).length) sendWaiting();
  } catch {
    // No network: what was typed is kept, and we ask again.
  }
  setTimeout(follow, document.hidden ? WHEN_HIDDEN : EVERY * (0.75 + Math.random() / 2));
}

// Something has happened: the clock, a note taken off the wall, or another step. The page is read again,
// but not under the fingers of somebody who writes to the same question.
async function goOn(step) {
  await sendWaiting(); // the last chance of what waits; refused is shown after
  const answer = await fetch(window.location.pathname, { cache: "no-store" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const asked = (where) => where.querySelector("#skriv [name=question]")?.value;
  if (!asked(document) || asked(page) !== asked(document)) {
    window.location.reload();
    return;
  }
  for (const part of [".gk-room-header", ".gk-room__mine"]) {
    document.querySelector(part).replaceWith(page.querySelector(part));
  }
  room.dataset.step = String(step);
  showWaiting();
}

const form = document.querySelector("#skriv");
if (form) {
  listen(form);
} else {
  const late = read(QUEUE).map((one) => one.text);
  if (draft()) late.push(draft());
  write(TOO_LATE, [...read(TOO_LATE), ...late]);
  write(QUEUE, []);
  write(DRAFT, []);
}
showWaiting();
showTooLate();
sendWaiting();
window.addEventListener("online", sendWaiting);
document.addEventListener("visibilitychange", () => document.hidden || sendWaiting());
setTimeout(follow, EVERY);
