// The person's menu closes as menus do: with Escape, and when the reader goes elsewhere.
const menu = document.querySelector("details.gk-user");

if (menu) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
}

// What keep.js keeps on this device is gone at log-out, and after a week.
const KEPT = "gk-keep:";
const KEPT_FOR = 7 * 24 * 60 * 60 * 1000;

const forgetKept = (isDue) => {
  try {
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith(KEPT))) {
      if (isDue(JSON.parse(localStorage.getItem(key)))) localStorage.removeItem(key);
    }
  } catch {
    // Storage is not allowed on this device: then nothing is kept either.
  }
};

forgetKept((kept) => Date.now() - kept.at > KEPT_FOR);
for (const form of document.querySelectorAll("form[data-forget-kept]")) {
  form.addEventListener("submit", () => forgetKept(() => true));
}
