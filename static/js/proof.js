// When much is sent, the browser proves that it works for it before a form is sent. The work is
// done by a worker while the person writes; whoever is quicker than it waits a moment.
const bytes = (text) => String.fromCharCode(...new TextEncoder().encode(text));

for (const field of document.querySelectorAll("[data-challenge]")) {
  const { form } = field;
  const status = form.querySelector("[data-proof-status]");
  const challenge = JSON.parse(field.dataset.challenge);
  const worker = new Worker(field.dataset.worker);
  let waiting = null;

  const stop = () => {
    worker.terminate();
    status.hidden = true;
    if (waiting) form.requestSubmit(waiting.submitter);
  };
  worker.addEventListener("message", ({ data }) => {
    if (data && !data.error) field.value = btoa(bytes(JSON.stringify({ challenge, solution: data })));
    field.dataset.done = "";
    stop();
  });
  worker.addEventListener("error", () => {
    field.dataset.done = "";
    stop();
  });
  worker.postMessage({ type: "work", challenge, counterStart: 0, counterStep: 1 });

  form.addEventListener("submit", (event) => {
    if ("done" in field.dataset) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    waiting = event;
    status.hidden = false;
  });
}
