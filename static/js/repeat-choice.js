// The button of a decision says what has been chosen: «Godkjenn ideen» instead of «Lagre vedtaket».
for (const form of document.querySelectorAll("form[data-repeat-choice]")) {
  const button = form.querySelector("button[type=submit]");
  const plain = button.textContent;
  const repeat = () => {
    const chosen = form.querySelector(`[name="${form.dataset.repeatChoice}"]:checked`);
    button.textContent = (chosen && button.getAttribute(`data-choice-${chosen.value}`)) || plain;
  };
  form.addEventListener("change", repeat);
  repeat();
}
