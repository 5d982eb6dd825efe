// The parts that ask for themselves (hx-trigger="every 2s"): says so when the contact is lost, and goes
// on by itself when it is back. Logged out meanwhile: the page itself leads to the log-in.
const lost = document.querySelector("#kontakt");

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, () => {
    lost.textContent = lost.dataset.words;
  });
}

document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status === 401) window.location.reload();
  else lost.textContent = lost.dataset.words;
});

document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) lost.textContent = "";
});
