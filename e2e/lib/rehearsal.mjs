// A check that cannot fail is not a check: before the program is looked at, the same eyes look at a page where
// everything is wrong, and must notice each fault.
import { createServer } from "node:http";
import { Person } from "./browser.mjs";
import { check, rehearse } from "./runner.mjs";

const WRONG = `<!doctype html><html lang="xx"><head><title>x</title><script>no()</script></head><body>
<main><h1>Uno</h1><h1>Dos</h1><p>today-title</p><img src="nowhere.png"><div style="width:90rem">ancho</div>
<p><font color="#ddd">gris sobre blanco</font></p><input></main></body></html>`;

const FAULTS = ["one h1", "lang", "a title", "nothing wider than the screen", "nothing sticks out of its box", "no key without its sentence", "a silent console", "nothing against the content policy", "axe finds nothing"];

export async function rehearsal(browser) {
  const server = createServer((asked, answer) => {
    answer.writeHead(asked.url === "/" ? 200 : 404, { "content-type": "text/html", "content-security-policy": "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'" });
    answer.end(WRONG);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const person = await Person.arrive(browser, { language: "es", width: 390, height: 844, script: true });
  try {
    const noticed = await rehearse(async () => {
      await person.page.goto(`http://localhost:${server.address().port}/`);
      await person.look("everything wrong");
    });
    for (const fault of FAULTS) check(`rehearsal: ${fault} is noticed`, noticed.some((name) => name.endsWith(fault)), noticed);
  } finally {
    await person.leave();
    server.closeAllConnections?.();
    server.close();
  }
}
