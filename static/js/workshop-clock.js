// Counts a workshop's clock down from what the server said when the page was made, so that a phone
// with a wrong time of day shows the right time left.
const began = new WeakMap();

const two = (number) => String(number).padStart(2, "0");

function tick() {
  for (const clock of document.querySelectorAll("[data-seconds-left]")) {
    if (!began.has(clock)) began.set(clock, performance.now());
    const gone = (performance.now() - began.get(clock)) / 1000;
    const left = Math.max(0, Math.ceil(Number(clock.dataset.secondsLeft) - gone));
    const words = left ? `${two(Math.floor(left / 60))}:${two(left % 60)}` : clock.dataset.out;
    if (clock.textContent.trim() !== words) clock.textContent = words;
  }
}

setInterval(tick, 250);
tick();
