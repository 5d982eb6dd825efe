// Saves each answer of a scorer by itself, in the grid and on the page with one idea.
//
// [data-keep-key] (starts with the person's id) holds the answers: [data-answer=URL] with what the
// server has stored in data-level, data-abstention and data-comment. What changes is kept on this
// device until the server has it, and sent again when the network is back. Another script changes an
// answer with the event `answer:change`, whose detail holds the new parts. The words stand in
// prioritization/score_saving.html and components/keeping.html.
const page = document.querySelector("[data-keep-key]");
const PREFIX = `gk-keep:${page.dataset.keepKey}:`;
const AGAIN_AFTER = 10_000;
const PATIENCE = 15_000;
const TYPING_PAUSE = 1000;
const SAYS_NO = new Set([403, 404, 409, 422]);

const pending = new Map(); // answer → the parts of it that are not saved yet
const busy = new Set();
const timers = new Map();
let isLoggedOut = false;

const answers = [...page.querySelectorAll("[data-answer]")];
const status = document.getElementById("lagret");
const faults = document.getElementById("ikke-lagret");

const words = (id) => document.getElementById(id).content.cloneNode(true);
const word = (name) => words("svar-ord").querySelector(`[data-word="${name}"]`).textContent.trim();
const answerOf = (node) => node.closest?.("[data-answer]");
const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";

// What is kept on this device

const stored = (answer) => ({
  level: answer.dataset.level,
  abstention: answer.dataset.abstention,
  comment: answer.dataset.comment,
});

const keep = (answer) => {
  const kept = { at: Date.now(), seen: stored(answer), typed: pending.get(answer) };
  try {
    localStorage.setItem(PREFIX + answer.dataset.key, JSON.stringify(kept));
  } catch {
    // Full, or not allowed on this device: the server still saves.
  }
};

const forget = (answer) => {
  try {
    localStorage.removeItem(PREFIX + answer.dataset.key);
  } catch {
    // Not allowed on this device: then there is nothing to forget.
  }
};

const read = (answer) => {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + answer.dataset.key));
  } catch {
    return null;
  }
};

// What is seen on the page

const say = (content) => status.replaceChildren(content);

const sayKept = (id) => {
  const message = words(id);
  const link = message.querySelector("a");
  const back = new URLSearchParams({ next: location.pathname });
  if (link) link.setAttribute("href", `${link.getAttribute("href")}?${back}`);
  say(message);
};

const showText = (answer, name, label, text) => {
  const line = answer.querySelector(`[data-said-${name}]`);
  if (line) {
    line.textContent = text ? `${label} ${text}` : "";
    line.hidden = !text;
  }
  const field = answer.querySelector(`[data-field="${name}"] :is(input, textarea)`);
  if (field && field !== document.activeElement) field.value = text;
};

const show = (answer, { level, abstention, comment }) => {
  for (const radio of answer.querySelectorAll("input[type=radio]")) radio.checked = radio.value === String(level);
  showText(answer, "abstention", word("abstain"), abstention);
  showText(answer, "comment", word("comment"), comment);
};

// The form that stands around the answers tells the server what the page showed.
const remember = (answer, now) => {
  const question = answer.dataset.key.split(":")[1];
  for (const [part, value] of Object.entries(now)) {
    answer.dataset[part] = value ?? "";
    const first = document.querySelector(`[name="initial-${part}-${question}"]`);
    if (first) first.value = value ?? "";
  }
};

const about = (answer) => answer.querySelector("legend").textContent.trim().replace(/\s+/g, " ");

const chosen = ({ level, abstention, comment }) =>
  [
    level && word(`level-${level}`),
    level === "" && !abstention && word("none"),
    abstention && `${word("abstain")} ${abstention}`,
    comment && `${word("comment")} ${comment}`,
  ]
    .filter(Boolean)
    .join(". ");

const refuse = (answer, typed, reason) => {
  pending.delete(answer);
  forget(answer);
  const notice = words("svar-avslag");
  notice.querySelector("[data-reason]").textContent = reason;
  notice.querySelector("[data-about]").textContent = about(answer);
  notice.querySelector("[data-chosen]").textContent = chosen(typed);
  faults.append(notice);
  status.replaceChildren();
};

const askWhich = (answer, typed, theirs) => {
  pending.delete(answer);
  const notice = words("svar-to-tekster").firstElementChild;
  notice.querySelector("[data-about]").textContent = about(answer);
  notice.querySelector("[data-theirs]").textContent = theirs;
  notice.querySelector("[data-chosen]").textContent = typed.comment;
  notice.addEventListener("click", (event) => {
    const choice = event.target.closest("button")?.value;
    if (!choice) return;
    notice.remove();
    answer.dataset.comment = theirs;
    if (choice === "mine") return change(answer, typed);
    forget(answer);
    showText(answer, "comment", word("comment"), theirs);
  });
  faults.append(notice);
  status.replaceChildren();
};

// Saving

const heard = async (answer, typed, response) => {
  if (response.ok) {
    const told = await response.json();
    remember(answer, told.answer);
    if (pending.get(answer) === typed) {
      pending.delete(answer);
      forget(answer);
      show(answer, told.answer);
    }
    document.getElementById("framdrift").innerHTML = told.progress;
    const state = answer.closest("tr")?.querySelector("[data-state]");
    if (state) state.innerHTML = told.state;
    say([told.saved, told.note].filter(Boolean).join(". "));
  } else if (response.status === 401) {
    isLoggedOut = true;
    sayKept("keep-logged-out");
  } else if (SAYS_NO.has(response.status)) {
    const told = await response.json().catch(() => ({}));
    if (told.theirs !== undefined) askWhich(answer, typed, told.theirs);
    else refuse(answer, typed, told.reason ?? told.faults ?? word("gone"));
  } else {
    sayKept("keep-fault");
  }
};

const send = async (answer) => {
  const typed = pending.get(answer);
  if (!typed || busy.has(answer)) return;
  busy.add(answer);
  const seen = { seen_level: answer.dataset.level, seen_comment: answer.dataset.comment };
  try {
    const response = await fetch(answer.dataset.answer, {
      method: "POST",
      body: new URLSearchParams({ ...typed, ...seen }),
      headers: { Accept: "application/json", "X-CSRFToken": token() },
      signal: AbortSignal.timeout(PATIENCE),
      keepalive: true,
    });
    await heard(answer, typed, response);
  } catch {
    sayKept(navigator.onLine ? "keep-fault" : "keep-offline");
    return;
  } finally {
    busy.delete(answer);
  }
  if (pending.has(answer) && pending.get(answer) !== typed) send(answer);
};

const note = (answer, parts) => {
  pending.set(answer, { ...pending.get(answer), ...parts });
  keep(answer);
};

const change = (answer, parts) => {
  clearTimeout(timers.get(answer));
  note(answer, parts);
  send(answer);
};

const tryAgain = () => {
  for (const answer of pending.keys()) send(answer);
};

setInterval(() => navigator.onLine && !isLoggedOut && tryAgain(), AGAIN_AFTER);
addEventListener("online", tryAgain);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "visible" || !isLoggedOut) return;
  isLoggedOut = false;
  tryAgain();
});

// What the person does

page.addEventListener("answer:change", (event) => change(answerOf(event.target), event.detail));

page.addEventListener("change", (event) => {
  const answer = answerOf(event.target);
  if (!answer) return;
  const { type, value } = event.target;
  const field = event.target.closest("[data-field]")?.dataset.field;
  if (type === "radio") change(answer, { level: value, abstention: "" });
  else if (field === "comment") change(answer, { comment: value });
  else if (field === "abstention" && value.trim()) change(answer, { abstention: value });
  else if (field === "abstention") change(answer, { abstention: "" });
});

page.addEventListener("input", (event) => {
  const answer = answerOf(event.target);
  if (!answer || event.target.closest("[data-field]")?.dataset.field !== "comment") return;
  note(answer, { comment: event.target.value });
  clearTimeout(timers.get(answer));
  timers.set(
    answer,
    setTimeout(() => send(answer), TYPING_PAUSE),
  );
});

page.addEventListener("click", (event) => {
  const answer = event.target.closest("[data-clear]") && answerOf(event.target);
  if (!answer) return;
  event.preventDefault();
  show(answer, { level: "", abstention: "", comment: answer.dataset.comment });
  change(answer, { level: "", abstention: "" });
});

// What was not saved the last time is saved now, unless it has been changed elsewhere since.
const same = (one, other) => Object.keys(one).every((part) => one[part] === other[part]);

for (const answer of answers) {
  const kept = read(answer);
  if (!kept?.typed) continue;
  if (same(kept.typed, stored(answer))) forget(answer);
  else if (same(kept.seen, stored(answer))) {
    show(answer, { ...stored(answer), ...kept.typed });
    change(answer, kept.typed);
  } else refuse(answer, kept.typed, word("elsewhere"));
}
