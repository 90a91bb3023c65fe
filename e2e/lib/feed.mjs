// A feed on this machine: what a newspaper or an alert would publish, with a word nobody else uses.
import { createServer } from "node:http";

export const RARE = "chirivía";

const item = (at, title, words) => `<item><title>${title}</title><link>http://example.org/${at}</link><guid>http://example.org/${at}</guid>
<pubDate>${new Date(Date.now() - at * 3_600_000).toUTCString()}</pubDate><description>${words}</description></item>`;

export async function startFeed() {
  let asked = 0;
  const server = createServer((_, answer) => {
    asked += 1;
    answer.setHeader("content-type", "application/rss+xml; charset=utf-8");
    answer.end(`<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Noticias del barrio</title>
<link>http://example.org/</link><description>x</description>
${item(2, "Un bar del barrio gana el premio de la tapa", `El jurado destacó la ${RARE} del Bar La Brújula.`)}
${item(30, "Quejas por el ruido de las terrazas", "Los vecinos piden que se cumpla el horario. &lt;script&gt;alert(1)&lt;/script&gt;")}
</channel></rss>`);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  return {
    url: `http://127.0.0.1:${port}/noticias.xml`,
    allow: `127.0.0.1:${port}`,
    asked: () => asked,
    stop: () => new Promise((done) => { server.closeAllConnections?.(); server.close(done); }),
  };
}
