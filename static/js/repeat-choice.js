// A decision's form follows the choice: the button says it («Godkjenn ideen» instead of «Lagre
// vedtaket»), and a field that belongs to one choice is shown only then.
for (const form of document.querySelectorAll("form[data-repeat-choice]")) {
  const button = form.querySelector("button[type=submit]");
  const plain = button.textContent;
  const follow = () => {
    const choice = form.querySelector(`[name="${form.dataset.repeatChoice}"]:checked`)?.value;
    button.textContent = button.getAttribute(`data-choice-${choice}`) || plain;
    for (const control of form.querySelectorAll("[data-only-for]")) {
      control.closest("ds-field").hidden = control.dataset.onlyFor !== choice;
    }
  };
  form.addEventListener("change", follow);
  follow();
}
