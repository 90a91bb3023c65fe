// Proves a little work for the form that anybody may open, so that a flood costs whoever sends it. Without this script, or
// where the browser has no `crypto.subtle`, the form works too: fewer of them are taken in an hour.
(() => {
  "use strict";
  // Somebody looks at her invitation. The server counts it only where the owner said so; a mail scanner runs no script.
  const opened = document.querySelector("form[data-opened]");
  if (opened) fetch(opened.dataset.opened, { method: "POST", keepalive: true }).catch(() => {});
  const form = document.querySelector("form[data-work]");
  if (!form || !globalThis.crypto || !crypto.subtle) return;
  const encoder = new TextEncoder();
  const bytes = (hex) => Uint8Array.from(hex.match(/../g) || [], (pair) => parseInt(pair, 16));

  // `nonce.cost.until.seal`; the solution is the same with a counter behind it. The salt is the server's.
  async function solve(challenge) {
    const [nonce, cost, until] = challenge.split(".");
    const password = new Uint8Array(20);
    password.set(bytes(nonce));
    const view = new DataView(password.buffer);
    const how = { name: "PBKDF2", hash: "SHA-256", salt: encoder.encode("timon own form"), iterations: Number(cost) };
    for (let counter = 0; ; counter += 1) {
      view.setUint32(16, counter);
      const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
      const derived = new Uint8Array(await crypto.subtle.deriveBits(how, key, 256));
      if (derived[0] === 0) return { text: `${challenge}.${counter}`, until: Number(until) * 1000 };
    }
  }

  let solved = solve(form.dataset.work);
  let sending = false;
  form.addEventListener("submit", async (event) => {
    if (event.defaultPrevented || sending) return;
    event.preventDefault();
    sending = true;
    try {
      let proof = await solved;
      if (proof.until < Date.now() + 15000) {
        const answer = await fetch(form.dataset.workFresh, { cache: "no-store" });
        if (answer.ok) proof = await solve((await answer.json()).work);
      }
      form.elements.work.value = proof.text;
    } catch { /* it is taken without a proof as well */ }
    // Not `requestSubmit`: the fields were checked before the event.
    form.submit();
  });
  // Back from the next page with "back": the old proof is used up, and the form may be sent anew.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    sending = false;
    solved = fetch(form.dataset.workFresh, { cache: "no-store" }).then((answer) => answer.json()).then((fresh) => solve(fresh.work));
    solved.catch(() => {});
  });
})();
