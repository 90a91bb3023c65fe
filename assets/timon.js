// Timón's optional behaviour: everything works without this file. No dependencies, no inline handlers, no state but
// the theme. Loaded from <head> without `defer` so that the saved theme applies before the first paint.
(() => {
  "use strict";
  const root = document.documentElement;
  const store = {
    get() { try { return localStorage.getItem("theme"); } catch { return null; } },
    set(value) { try { localStorage.setItem("theme", value); } catch { /* private mode: the choice lasts this page */ } },
  };
  const serverTheme = root.dataset.theme;
  const applyTheme = (value) => {
    if (value === "light" || value === "dark") root.dataset.theme = value;
    else if (serverTheme) root.dataset.theme = serverTheme;
    else delete root.dataset.theme;
  };
  applyTheme(store.get());

  // ---- theme switch ----
  function themeSwitch(group) {
    const buttons = [...group.querySelectorAll("button")];
    const show = () => {
      const now = store.get() || "auto";
      for (const button of buttons) button.setAttribute("aria-pressed", String(button.value === now));
    };
    group.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      store.set(button.value);
      applyTheme(button.value);
      show();
    });
    group.hidden = false;
    show();
  }

  // ---- a page that waits for work in the background ----

  function reload(mark) {
    setTimeout(() => {
      // not under the hands of somebody who is filling in a form
      if (document.querySelector("form :focus")) reload(mark);
      else location.reload();
    }, 1000 * mark.dataset.reloadSeconds);
  }

  // ---- progress ----
  // Asks again two seconds after each answer, slower when the tab is hidden or the server does not answer.
  function progress(box) {
    const bar = box.querySelector("progress");
    const text = box.querySelector("[data-progress-text]");
    const spoken = box.querySelector("[data-progress-spoken]");
    let failures = 0;
    let spokenQuarter = 0;
    const update = (state) => {
      const total = Number(state.total) || 0;
      if (total > 0) {
        bar.max = total;
        bar.value = Math.min(Number(state.done) || 0, total);
      }
      if (typeof state.text === "string") text.textContent = state.text;
      const quarter = state.finished ? 4 : Math.floor(((Number(state.done) || 0) / (total || Infinity)) * 4);
      if (quarter > spokenQuarter) {
        spokenQuarter = quarter;
        spoken.textContent = text.textContent;
      }
    };
    const follow = (location) => {
      const target = new URL(location || window.location.href, window.location.href);
      // Only our own pages: a wrong answer must not send anybody elsewhere.
      if (target.origin !== window.location.origin) return;
      if (target.href === window.location.href) window.location.reload();
      else window.location.assign(target);
    };
    const ask = async () => {
      try {
        const answer = await fetch(box.dataset.progressUrl, { headers: { accept: "application/json" }, cache: "no-store" });
        if (!answer.ok) throw new Error(String(answer.status));
        const state = await answer.json();
        failures = 0;
        update(state);
        if (state.finished) return follow(state.location);
      } catch {
        failures += 1;
      }
      if (failures >= 30) return undefined;
      setTimeout(ask, (document.hidden ? 10000 : 2000) + Math.min(failures, 10) * 3000);
      return undefined;
    };
    setTimeout(ask, 1000);
  }

  // ---- file area ----
  function dropArea(area) {
    const input = area.querySelector("input[type=file]");
    const said = area.querySelector("[data-drop-file]");
    if (!input || !said) return;
    const size = (bytes) => {
      const [amount, unit] = bytes >= 1e6 ? [bytes / 1e6, "megabyte"] : [Math.max(bytes / 1e3, 1), "kilobyte"];
      return new Intl.NumberFormat(root.lang || "es", { style: "unit", unit, maximumFractionDigits: 0 }).format(amount);
    };
    const show = () => {
      const files = [...input.files];
      const bytes = files.reduce((sum, file) => sum + file.size, 0);
      const most = Number(input.dataset.maxBytes) || Infinity;
      const names = files.map((file) => file.name).join(", ");
      const tooLarge = bytes > most;
      said.textContent = files.length === 0 ? "" : `${names} · ${size(bytes)}${tooLarge ? ` — ${input.dataset.tooLarge || ""}` : ""}`;
      input.setCustomValidity(tooLarge ? input.dataset.tooLarge || names : "");
      said.classList.toggle("field-error", tooLarge);
    };
    input.addEventListener("change", show);
    for (const kind of ["dragenter", "dragover"]) {
      area.addEventListener(kind, (event) => {
        event.preventDefault();
        area.classList.add("over");
      });
    }
    area.addEventListener("dragleave", (event) => {
      if (!area.contains(event.relatedTarget)) area.classList.remove("over");
    });
    area.addEventListener("drop", (event) => {
      event.preventDefault();
      area.classList.remove("over");
      const dropped = event.dataTransfer && event.dataTransfer.files;
      if (!dropped || dropped.length === 0) return;
      const files = new DataTransfer();
      for (const file of input.multiple ? dropped : [dropped[0]]) files.items.add(file);
      input.files = files.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    show();
  }

  // ---- password ----
  function reveal(input) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button quiet";
    button.textContent = input.dataset.show;
    button.setAttribute("aria-controls", input.id);
    button.addEventListener("click", () => {
      const hidden = input.type === "password";
      input.type = hidden ? "text" : "password";
      button.textContent = hidden ? input.dataset.hide : input.dataset.show;
    });
    input.after(button);
    // Never leave a password in plain sight in the form history.
    if (input.form) input.form.addEventListener("submit", () => { input.type = "password"; });
  }

  // ---- confirm ----
  // <form data-confirm="¿Seguro?" data-confirm-yes="Borrar" data-confirm-no="Cancelar">. Without a script the server asks.
  const confirmed = new WeakSet();
  function confirmFirst(event) {
    const form = event.target;
    if (event.defaultPrevented || !form.dataset || !form.dataset.confirm || confirmed.has(form)) return;
    if (typeof HTMLDialogElement === "undefined") return;
    event.preventDefault();
    const sender = event.submitter;
    const dialog = document.createElement("dialog");
    const words = document.createElement("p");
    words.id = "confirm-words";
    words.textContent = form.dataset.confirm;
    dialog.setAttribute("aria-labelledby", words.id);
    const actions = document.createElement("div");
    actions.className = "actions";
    const make = (label, looks, answer) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = `button ${looks}`;
      button.textContent = label;
      button.addEventListener("click", () => dialog.close(answer));
      actions.append(button);
      return button;
    };
    const no = make(form.dataset.confirmNo || "✕", "secondary", "no");
    make(form.dataset.confirmYes || (sender && sender.textContent.trim()) || "OK", "danger", "yes");
    dialog.append(words, actions);
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (dialog.returnValue === "yes") {
        confirmed.add(form);
        form.requestSubmit(sender && sender.form === form ? sender : undefined);
        confirmed.delete(form);
      } else if (sender) {
        sender.focus();
      }
    });
    document.body.append(dialog);
    dialog.showModal();
    no.focus();
  }

  // ---- a text that is checked while it is written ----
  // <textarea data-check="/address" data-check-into="id">: the server's answer is a piece of this page.
  function checked(area) {
    const into = document.getElementById(area.dataset.checkInto);
    if (!into || !area.form) return;
    let asked = 0;
    let timer;
    const ask = async () => {
      asked += 1;
      const mine = asked;
      try {
        const body = new URLSearchParams(new FormData(area.form));
        const answer = await fetch(area.dataset.check, { method: "POST", body });
        // An answer to older words says nothing about these.
        if (!answer.ok || mine !== asked) return;
        into.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
      } catch { /* without a line the check before sending remains */ }
    };
    area.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, 500);
    });
  }

  // ---- copying a text on the way to somebody else's page ----
  function copier(link) {
    link.addEventListener("click", () => {
      const from = document.getElementById(link.dataset.copy);
      if (from && navigator.clipboard) navigator.clipboard.writeText(from.value || from.textContent);
    });
  }

  // ---- sending once ----
  // A second tap on a slow line must not send twice. The server is the one that guarantees it; this only spares a wait.
  function sendOnce(event) {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 5000);
  }

  // ---- filters ----
  // Only after a tap or a click: with arrow keys each press would reload the page.
  function submitOnChange(select) {
    let pointed = false;
    select.addEventListener("pointerdown", () => { pointed = true; });
    select.addEventListener("keydown", () => { pointed = false; });
    select.addEventListener("change", () => {
      if (pointed && select.form) select.form.requestSubmit();
    });
  }

  // ---- what if: a slider that picks a row of a table the server has computed ----
  // <input type="range" data-pick="id of the table's box">; the row's cells go into [data-picked="0"], "1", …
  function pick(slider) {
    const rows = document.querySelectorAll(`#${CSS.escape(slider.dataset.pick)} tbody tr`);
    slider.addEventListener("input", () => {
      const row = rows[slider.value - slider.min];
      if (!row) return;
      const words = [...row.cells].map((cell) => cell.textContent);
      document.querySelectorAll("[data-picked]").forEach((place) => { place.textContent = words[place.dataset.picked]; });
      slider.setAttribute("aria-valuetext", words.join("; "));
    });
  }

  // ---- lists: j and k walk through the cards, other letters press the card's buttons ----
  function walk(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !/^[a-z]$/.test(event.key)) return;
    if (event.target.closest && event.target.closest("input, select, textarea, dialog, [contenteditable]")) return;
    const items = [...document.querySelectorAll("[data-item]")];
    const here = items.findIndex((item) => item.contains(document.activeElement));
    // Only from inside the list: a single letter must do nothing elsewhere (people who dictate to their computer).
    if (here < 0) return;
    const button = items[here].querySelector(`[data-key=${event.key}]`);
    if (button) button.click();
    if (event.key !== "j" && event.key !== "k") return;
    const next = items[Math.min(Math.max(here + (event.key === "j" ? 1 : -1), 0), items.length - 1)];
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  const start = () => {
    document.querySelectorAll("[data-theme-switch]").forEach(themeSwitch);
    document.querySelectorAll("[data-progress-url]").forEach(progress);
    document.querySelectorAll("[data-reload-seconds]").forEach(reload);
    document.querySelectorAll("[data-drop]").forEach(dropArea);
    document.querySelectorAll("[data-check]").forEach(checked);
    document.querySelectorAll("[data-copy]").forEach(copier);
    document.querySelectorAll("[data-pick]").forEach(pick);
    document.querySelectorAll("input[data-show]").forEach(reveal);
    document.querySelectorAll("select[data-submit=change]").forEach(submitOnChange);
    if (matchMedia("(min-width: 56.25rem)").matches) {
      document.querySelectorAll("details[data-open-wide]").forEach((details) => { details.open = true; });
    }
    const wrong = document.querySelector("[data-focus]");
    if (wrong) wrong.focus();
    document.addEventListener("submit", confirmFirst);
    document.addEventListener("submit", sendOnce);
    document.addEventListener("keydown", walk);
    // On paper, what is folded would be lost.
    window.addEventListener("beforeprint", () => {
      document.querySelectorAll("main details:not([open])").forEach((details) => {
        details.open = true;
        details.dataset.printed = "";
      });
    });
    window.addEventListener("afterprint", () => {
      document.querySelectorAll("details[data-printed]").forEach((details) => {
        details.open = false;
        delete details.dataset.printed;
      });
    });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
