// Answers for the device's page when there is no line: with the newest copy that the page itself kept (kiosk.js). It keeps
// nothing, sends nothing, and speaks only for addresses of its own server.
"use strict";
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  const ours = address.origin === location.origin && /^\/(k|assets)\//.test(address.pathname);
  if (request.method !== "GET" || !ours) return;
  const kept = async () => (await caches.open("timon-kiosk")).match(request.url, { ignoreVary: true });
  event.respondWith((async () => {
    // A file's address changes with its content; a page's does not.
    if (address.pathname.startsWith("/assets/")) return (await kept()) || fetch(request);
    try {
      const answer = await fetch(request, { signal: AbortSignal.timeout(5000) });
      // A proxy's error page is no page of ours.
      return answer.status >= 500 ? (await kept()) || answer : answer;
    } catch (error) {
      const copy = await kept();
      if (copy) return copy;
      throw error;
    }
  })());
});
