// The device in the shop. An answer is kept in the device first and sent afterwards, so that no cut line, closed page or
// stopped server loses it or makes two of it: its name goes with it, and it is forgotten here only when the server has said
// that it has it. Without this script the form sends itself.
(() => {
  "use strict";
  const box = document.getElementById("kiosk");
  const form = box && box.querySelector("form");
  if (!form || !globalThis.indexedDB) return;
  const part = (name) => box.querySelector(`[data-${name}]`);
  const [ask, thanks, shown, still, countdown] = ["ask", "thanks", "waiting-shown", "still", "countdown"].map(part);
  const idleSeconds = Number(box.dataset.idle) || 20;
  const SENT_MAX = 50;
  const SENT_BYTES_MAX = 48000;

  // ---- what waits in the device ----
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  let opened;
  function database() {
    if (!opened) {
      const request = indexedDB.open("timon-kiosk", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("answers", { keyPath: "id" });
      opened = done(request);
      opened.catch(() => { opened = undefined; });
    }
    return opened;
  }
  // Resolved when it is on the disk, not when it is asked for.
  async function write(work) {
    const change = (await database()).transaction("answers", "readwrite", { durability: "strict" });
    work(change.objectStore("answers"));
    await new Promise((resolve, reject) => {
      change.oncomplete = resolve;
      change.onabort = () => reject(change.error);
    });
  }
  async function waiting() {
    const all = await done((await database()).transaction("answers").objectStore("answers").getAll());
    return all.filter((answer) => answer.home === box.dataset.home).sort((a, b) => a.at - b.at);
  }
  function name() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  // ---- sending ----
  let sending = false;
  let locked = false;
  async function show() {
    const count = (await waiting()).length;
    shown.hidden = count === 0 && !locked;
    shown.textContent = [locked && box.dataset.locked, count > 0 && box.dataset.waiting.replace("9", count)].filter(Boolean).join(" ");
  }
  async function send() {
    if (sending) return;
    sending = true;
    try {
      for (;;) {
        const some = [];
        let bytes = 0;
        for (const { home, ...answer } of (await waiting()).slice(0, SENT_MAX)) {
          bytes += new TextEncoder().encode(JSON.stringify(answer)).length + 1;
          if (some.length > 0 && bytes > SENT_BYTES_MAX) break;
          some.push(answer);
        }
        if (some.length === 0) break;
        const answer = await fetch(box.dataset.answers, {
          method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ answers: some }), signal: AbortSignal.timeout(30000),
        });
        locked = answer.status === 404;
        if (!answer.ok) break;
        const taken = await answer.json();
        await write((answers) => taken.done.forEach((id) => answers.delete(id)));
        if (taken.wait || taken.done.length === 0) break;
      }
    } catch { /* no line: they wait, and are sent again */ } finally {
      sending = false;
      show().catch(() => {});
    }
  }

  // ---- the form ----
  const two = (n) => String(n).padStart(2, "0");
  const day = (ago) => {
    const date = new Date();
    date.setDate(date.getDate() - ago);
    return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  };
  let touched = false;
  function begin() {
    form.reset();
    const field = form.elements.day;
    [field.min, field.max, field.value] = [day(30), day(0), day(0)];
    touched = false;
    ask.hidden = false;
    thanks.hidden = true;
    scrollTo(0, 0);
  }
  form.addEventListener("submit", async (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    const said = (field) => form.elements[field].value;
    const answer = {
      id: name(), home: box.dataset.home, at: Date.now(), day: said("day"), stars: said("stars"), text: said("text"),
      name: said("name"), code: said("code"), language: box.dataset.language,
    };
    try {
      await write((answers) => answers.add(answer));
    } catch {
      // A device that keeps nothing sends it at once, as without this script.
      form.submit();
      return;
    }
    form.reset();
    touched = false;
    ask.hidden = true;
    thanks.hidden = false;
    thanks.focus();
    arm();
    send();
  });
  thanks.querySelector("a").addEventListener("click", (event) => {
    event.preventDefault();
    begin();
    form.querySelector("input[type=radio]").focus();
  });

  // ---- beginning anew when nobody is there ----
  let timer;
  let left;
  function arm() {
    clearTimeout(timer);
    if (!thanks.hidden) timer = setTimeout(begin, idleSeconds * 1000);
    else if (touched) timer = setTimeout(whoIsThere, idleSeconds * 1000);
  }
  function whoIsThere() {
    left = idleSeconds;
    still.showModal();
    count();
  }
  function count() {
    if (!still.open) return;
    if (left <= 0) {
      still.close();
      begin();
      return;
    }
    // A screen reader is not told every second.
    if (left === idleSeconds || left <= 5) countdown.textContent = countdown.dataset.words.replace("9", left);
    left -= 1;
    timer = setTimeout(count, 1000);
  }
  part("stay").addEventListener("click", () => still.close());
  still.addEventListener("close", arm);
  for (const kind of ["input", "keydown", "pointerdown", "pointermove", "scroll", "touchmove"]) {
    document.addEventListener(kind, () => {
      if (kind === "input") touched = true;
      if (!still.open) arm();
    }, { passive: true });
  }

  // ---- keeping the page in the device ----
  async function keep() {
    if (!navigator.serviceWorker || !globalThis.caches) return;
    await navigator.serviceWorker.register(box.dataset.worker, { scope: "/k/" });
    const here = (address) => new URL(address, location.href).href;
    const files = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")].map((file) => file.href || file.src);
    const wanted = [...box.dataset.keep.split(" ").map(here), ...files];
    const cache = await caches.open("timon-kiosk");
    // One by one, each whole: without a line what was kept stays.
    for (const address of wanted) {
      const answer = await fetch(address, { cache: "no-store" });
      if (answer.ok) await cache.put(address, answer);
    }
    for (const kept of await cache.keys()) if (!wanted.includes(kept.url)) await cache.delete(kept);
    if (navigator.storage && navigator.storage.persist) await navigator.storage.persist();
  }
  const manifest = document.createElement("link");
  manifest.rel = "manifest";
  manifest.href = box.dataset.manifest;
  document.head.append(manifest);

  begin();
  keep().catch(() => {});
  send();
  addEventListener("online", send);
  setInterval(send, 15000);
})();
