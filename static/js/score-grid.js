// The grid by keyboard: 1, 2, 3 answer, arrows move, K comments, A abstains, Delete takes back.
// The guidance above follows. score-answers.js saves.
const grid = document.querySelector(".gk-grid");
const rows = [...grid.tBodies[0].rows].map((row) => [...row.querySelectorAll("[data-answer]")]).filter((row) => row.length);
const answerOf = (node) => node.closest?.("[data-answer]");
const about = (answer) => answer.querySelector("legend").textContent.trim().replace(/\s+/g, " ");
const isOpen = (answer) => !answer.querySelector(":checked") && !answer.dataset.abstention;

let current;

const stand = (answer) => {
  current?.closest("tr").removeAttribute("data-current");
  current = answer;
  current.closest("tr").setAttribute("data-current", "");
  for (const guide of document.querySelectorAll(".gk-guide__one")) guide.hidden = guide.id !== current.dataset.guide;
  document.querySelector(`#${current.dataset.guide} [data-guide-idea]`).textContent = current.dataset.idea;
};

const focus = (answer) => (answer?.querySelector("input:checked") ?? answer?.querySelector("input"))?.focus();

const move = (answer, down, right) => {
  const row = rows.findIndex((each) => each.includes(answer));
  const column = rows[row].indexOf(answer);
  focus(rows[row + down]?.[column + right]);
};

const choose = (answer, level) => {
  const radio = answer.querySelector(`[value="${level}"]`);
  radio.focus();
  if (radio.checked) return;
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
};

const tell = (answer, detail) => answer.dispatchEvent(new CustomEvent("answer:change", { bubbles: true, detail }));

const takeBack = (answer) => {
  for (const radio of answer.querySelectorAll("input")) radio.checked = false;
  tell(answer, { level: "", abstention: "" });
};

// The two windows

const commenting = document.getElementById("kommentar");
const comment = document.getElementById("kommentar-tekst");
const abstaining = document.getElementById("avsta");
const reason = document.getElementById("avsta-grunn");
const missing = document.getElementById("avsta-mangler");

const open = (dialog, field, text) => {
  if (!current) return;
  dialog.querySelector("[data-about]").textContent = about(current);
  field.value = text;
  missing.hidden = true;
  dialog.showModal();
  field.focus();
};

const openComment = () => open(commenting, comment, current?.typedComment ?? current?.dataset.comment);
const openAbstention = () => open(abstaining, reason, current?.dataset.abstention);

commenting.addEventListener("close", () => {
  if (comment.value.trim() === (current.typedComment ?? current.dataset.comment)) return;
  current.typedComment = comment.value.trim();
  tell(current, { comment: current.typedComment });
});

abstaining.addEventListener("submit", (event) => {
  if (!reason.value.trim()) {
    event.preventDefault();
    missing.hidden = false;
    reason.focus();
    return;
  }
  tell(current, { abstention: reason.value.trim() });
});

abstaining.querySelector("[data-close]").addEventListener("click", () => abstaining.close());

document.querySelector(".gk-guide__tools").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button || !current) return;
  if (button.dataset.open === "kommentar") openComment();
  else if (button.dataset.open === "avsta") openAbstention();
  else takeBack(current);
});

// Keys

const KEYS = {
  1: (answer) => choose(answer, 1),
  2: (answer) => choose(answer, 2),
  3: (answer) => choose(answer, 3),
  ArrowLeft: (answer) => move(answer, 0, -1),
  ArrowRight: (answer) => move(answer, 0, 1),
  ArrowUp: (answer) => move(answer, -1, 0),
  ArrowDown: (answer) => move(answer, 1, 0),
  k: openComment,
  a: openAbstention,
  Delete: takeBack,
};

grid.addEventListener("focusin", (event) => {
  const answer = answerOf(event.target);
  if (answer) stand(answer);
});

grid.addEventListener("keydown", (event) => {
  const answer = answerOf(event.target);
  const act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!answer || !act || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  act(answer);
});

if (rows.length) stand(rows.flat().find(isOpen) ?? rows[0][0]);
