// Keeps what is typed in a form on this device until the server has said that it is saved, so that
// nothing is lost when the network drops, the tab is closed or the session ends.
//
// <form data-keep="KEY" data-keep-status="ID">: KEY starts with the person's id, so that nobody is
// shown what somebody else wrote; ID is the element that says whether it is saved. The server says
// so with the event `kept:saved`. A form that htmx saves listens for `keep:again`, and is tried
// again when the network is back. components/keeping.html holds the words. What is kept is
// forgotten after a week and at log-out (gk.js).
const PREFIX = "gk-keep:";
const AGAIN_AFTER = 10_000;
const NOT_TYPED = new Set(["csrfmiddlewaretoken", "version", "submission_key", "next"]);

const waiting = new Set(); // forms that could not be saved: tried again by the clock
const loggedOut = new Set(); // forms whose session has ended: tried again when the person returns
const sent = new WeakMap(); // form → what the request on its way holds

const keptForm = (event) => {
  const form = event.target.form ?? event.target.closest?.("form");
  return form?.dataset.keep ? form : null;
};

// What the person has typed and chosen, as text that can be compared.
const typed = (form) =>
  JSON.stringify([...new FormData(form)].filter(([name, value]) => !NOT_TYPED.has(name) && typeof value === "string"));

const version = (form) => form.querySelector("[name=version]");

const read = (form) => {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + form.dataset.keep));
  } catch {
    return null;
  }
};

const keep = (form) => {
  const kept = { at: Date.now(), version: version(form)?.value, typed: typed(form) };
  try {
    localStorage.setItem(PREFIX + form.dataset.keep, JSON.stringify(kept));
  } catch {
    // Full, or not allowed on this device: the server still saves.
  }
};

const forget = (form) => {
  try {
    localStorage.removeItem(PREFIX + form.dataset.keep);
  } catch {
    // Not allowed on this device: then there is nothing to forget.
  }
};

const words = (id) => document.getElementById(id).content.cloneNode(true);

const say = (form, id) => {
  const message = words(id);
  const link = message.querySelector("a");
  const back = new URLSearchParams({ next: location.pathname });
  if (link) link.setAttribute("href", `${link.getAttribute("href")}?${back}`);
  document.getElementById(form.dataset.keepStatus)?.replaceChildren(message);
};

const tryAgain = (forms) => {
  for (const form of forms) {
    if (form.isConnected) form.dispatchEvent(new Event("keep:again"));
    else forms.delete(form);
  }
};

const failed = (form) => {
  waiting.add(form);
  say(form, navigator.onLine ? "keep-fault" : "keep-offline");
};

document.addEventListener("input", (event) => {
  const form = keptForm(event);
  if (form) keep(form);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-keep-drop]")) forget(event.target.closest("form"));
});

// Logging in again, in another tab, gives a new token. The cookie always has the present one.
const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];

document.addEventListener("htmx:configRequest", (event) => {
  if (!keptForm(event) || !token()) return;
  event.detail.headers["X-CSRFToken"] = token();
  event.detail.parameters.csrfmiddlewaretoken = token();
});

document.addEventListener(
  "submit",
  (event) => {
    const field = keptForm(event) && event.target.querySelector("[name=csrfmiddlewaretoken]");
    if (field && token()) field.value = token();
  },
  true,
);

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = keptForm(event);
  if (form) sent.set(form, typed(form));
});

document.addEventListener("kept:saved", (event) => {
  const form = keptForm(event);
  if (!form) return;
  waiting.delete(form);
  loggedOut.delete(form);
  if (typed(form) === sent.get(form)) forget(form);
});

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    const form = keptForm(event);
    if (form) failed(form);
  });
}

document.addEventListener("htmx:responseError", (event) => {
  const form = keptForm(event);
  if (!form) return;
  if (event.detail.xhr.status !== 401) {
    failed(form);
    return;
  }
  waiting.delete(form);
  loggedOut.add(form);
  say(form, "keep-logged-out");
});

setInterval(() => navigator.onLine && tryAgain(waiting), AGAIN_AFTER);
addEventListener("online", () => tryAgain(waiting));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") tryAgain(loggedOut);
});

const clock = (at) => {
  const time = `kl. ${at.toTimeString().slice(0, 5).replace(":", ".")}`;
  if (at.toDateString() === new Date().toDateString()) return time;
  return `${at.toLocaleDateString("nb-NO", { day: "numeric", month: "long" })} ${time}`;
};

// Puts what was kept back into the form. Returns the controls that changed.
const fill = (form, entries) => {
  const changed = [];
  for (const control of form.elements) {
    if (!control.name || NOT_TYPED.has(control.name) || ["hidden", "submit"].includes(control.type)) continue;
    const values = entries.filter(([name]) => name === control.name).map(([, value]) => value);
    if (["checkbox", "radio"].includes(control.type)) {
      const checked = values.includes(control.value);
      if (control.checked !== checked) changed.push(control);
      control.checked = checked;
    } else if (values.length && control.value !== values[0]) {
      control.value = values[0];
      changed.push(control);
    }
  }
  return changed;
};

const use = (form, kept) => {
  const changed = fill(form, JSON.parse(kept.typed));
  const field = version(form); // that of the text it was typed into: a later one is not overwritten
  if (field && kept.version) field.value = kept.version;
  for (const control of changed) control.dispatchEvent(new Event("input", { bubbles: true }));
  form.dispatchEvent(new Event("keep:again"));
  changed[0]?.focus();
};

const offer = (form, kept) => {
  const notice = document.createElement("div");
  notice.setAttribute("role", "status");
  form.before(notice);
  notice.append(words("keep-found"));
  notice.querySelector("[data-keep-when]").textContent = clock(new Date(kept.at));
  notice.addEventListener("click", (event) => {
    const choice = event.target.closest("button")?.value;
    if (!choice) return;
    notice.remove();
    if (choice === "use") use(form, kept);
    else forget(form);
  });
};

for (const form of document.querySelectorAll("form[data-keep]")) {
  const kept = read(form);
  if (!kept) continue;
  if (kept.typed !== typed(form)) offer(form, kept);
  else if (!form.querySelector("ds-error-summary")) forget(form);
}

// A page that comes after a form was sent names what need not be kept any more.
for (const done of document.querySelectorAll("[data-keep-done]")) {
  try {
    localStorage.removeItem(PREFIX + done.dataset.keepDone);
  } catch {
    // Not allowed on this device: then there is nothing to forget.
  }
}
