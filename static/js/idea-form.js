// Says beside the form for an idea that its text is kept on this device, and does not send into a
// dead network.
const form = document.getElementById("ideskjema");
const status = document.getElementById(form.dataset.keepStatus);
const similar = document.getElementById("liknende");
const words = (id) => document.getElementById(id).content.cloneNode(true);

const sayKept = () => {
  let kept = null;
  try {
    kept = localStorage.getItem(`gk-keep:${form.dataset.keep}`);
  } catch {
    // Not allowed on this device: then nothing is said.
  }
  if (!kept) return;
  const message = words("lagret-her");
  message.querySelector("[data-when]").textContent = new Date().toTimeString().slice(0, 5).replace(":", ".");
  status.replaceChildren(message);
};

form.addEventListener("input", () => setTimeout(sayKept)); // after keep.js has kept it

form.addEventListener("submit", (event) => {
  if (navigator.onLine) return;
  event.preventDefault();
  status.replaceChildren(words("uten-nett"));
});

similar.addEventListener("htmx:beforeRequest", (event) => {
  if (!navigator.onLine) event.preventDefault();
});

// A search that fails is no fault of the text, and is tried again at the next letter.
for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  similar.addEventListener(name, (event) => event.stopPropagation());
}
