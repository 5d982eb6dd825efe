// A button with data-copies="id" copies what stands in that field, and says so beside itself.
// Without JavaScript it stays hidden: the text can be marked and copied by hand.

for (const button of document.querySelectorAll("[data-copies]")) {
  const field = document.getElementById(button.dataset.copies);
  const said = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = button.dataset.done;
    } catch {
      field.select();
      said.textContent = button.dataset.failed;
    }
  });
}
