// The order of the memo: drag a part or an idea to its place, or move it with Alt and the arrows.
// The server keeps each move at once and answers with the list. Without this the buttons do it.

const live = document.getElementById("flyttet");

const neighbours = (row) => [...row.parentElement.children].filter((each) => each.dataset.move);

const move = (row, place) => {
  const list = row.closest("[data-reorder]");
  const target = list.closest("#ideer") ?? list;
  htmx.ajax("POST", row.dataset.move, {
    source: row,
    target: `#${target.id}`,
    swap: "outerHTML",
    values: { place, shown: list.dataset.reorder },
  });
};

const begin = (root) => {
  for (const hint of root.querySelectorAll("[data-drag-hint]")) hint.hidden = false;
  const rows = root.querySelectorAll("[data-reorder] > [data-move]");
  for (const row of rows) {
    row.draggable = true;
    for (const link of row.querySelectorAll("a")) link.draggable = false;
  }
};

document.addEventListener("keydown", (event) => {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const row = event.target.closest("[data-reorder] > [data-move]");
  if (!step || !event.altKey || !row) return;
  event.preventDefault();
  const place = neighbours(row).indexOf(row) + step;
  if (place >= 0 && place < neighbours(row).length) move(row, place);
});

let dragged = null;

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-reorder] > [data-move]") ?? null;
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", "");
  dragged.classList.add("gk-dragged");
});

const over = (event) => {
  const row = event.target.closest?.("[data-reorder] > [data-move]");
  return dragged && row?.parentElement === dragged.parentElement ? row : null;
};

const mark = (row) => {
  for (const marked of document.querySelectorAll(".gk-drop")) marked.classList.remove("gk-drop");
  if (row && row !== dragged) row.classList.add("gk-drop");
};

document.addEventListener("dragover", (event) => {
  const row = over(event);
  mark(row);
  if (row) event.preventDefault();
});

document.addEventListener("drop", (event) => {
  const row = over(event);
  if (!row) return;
  event.preventDefault();
  if (row !== dragged) move(dragged, neighbours(row).indexOf(row));
});

document.addEventListener("dragend", () => {
  mark(null);
  dragged?.classList.remove("gk-dragged");
  dragged = null;
});

document.body.addEventListener("gk:moved", (event) => {
  live.textContent = event.detail.words;
  const isLost = !document.activeElement || document.activeElement === document.body;
  if (isLost) document.getElementById(event.detail.focus)?.focus();
});

document.addEventListener("htmx:afterSettle", () => begin(document));
begin(document);
