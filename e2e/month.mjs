// Five hundred customers, asked: imported through the page, written to through a real Postfix while the clock runs a month ahead,
// a third answering in Chromium, one opting out by the header of her letter, an incident in between, and the program killed
// hundreds of times. In the end: nobody was asked twice, nobody was forgotten.
//
//   cd e2e && node month.mjs [customers] [seed]        (needs postfix and faketime; says so and ends well without them)
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch } from "./lib/browser.mjs";
import { sleep, start } from "./lib/program.mjs";
import { Visitor, owner } from "./lib/visitor.mjs";

const CUSTOMERS = Number(process.argv[2] ?? 500);
let seed = Number(process.argv[3] ?? 1);
const chance = () => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed / 2147483648; };
const FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";
if (!existsSync(FAKETIME) || !existsSync("/usr/sbin/postfix")) {
  console.log("SKIPPED: postfix or faketime is not installed (apt-get install postfix faketime)");
  process.exit(0);
}

// --- a mail server that takes everything for cliente.example into one folder
const mail = mkdtempSync(join(tmpdir(), "timon-asking-"));
const SMTP = 20000 + Math.floor(Math.random() * 20000);
const run = (...words) => { const done = spawnSync(words[0], words.slice(1), { encoding: "utf8" }); if (done.status !== 0) throw new Error(`${words.join(" ")}: ${done.stderr}`); return done.stdout; };
function postfix() {
  for (const name of ["postfix", "queue", "data", "mail"]) mkdirSync(join(mail, name));
  run("chmod", "755", mail);
  run("chown", "postfix", join(mail, "data"));
  run("chown", "65534:65534", join(mail, "mail"));
  writeFileSync(join(mail, "postfix/main.cf"), [
    "compatibility_level = 3.6", `queue_directory = ${mail}/queue`, `data_directory = ${mail}/data`, "daemon_directory = /usr/lib/postfix/sbin",
    "inet_interfaces = 127.0.0.1", "inet_protocols = ipv4", "myhostname = mx.cliente.example", "mydestination =", "mynetworks = 127.0.0.0/8",
    "alias_maps =", "alias_database =", "virtual_mailbox_domains = cliente.example", `virtual_mailbox_base = ${mail}/mail`,
    "virtual_mailbox_maps = static:all/", "virtual_uid_maps = static:65534", "virtual_gid_maps = static:65534", "virtual_transport = virtual",
    "default_transport = error:5.1.2 no such place", "biff = no", `maillog_file = ${mail}/postfix.log`, `maillog_file_prefixes = ${mail}`, "",
  ].join("\n"));
  const services = ["cleanup unix n - n - 0 cleanup", "qmgr unix n - n 300 1 qmgr", "rewrite unix - - n - - trivial-rewrite", "bounce unix - - n - 0 bounce",
    "defer unix - - n - 0 bounce", "trace unix - - n - 0 bounce", "verify unix - - n - 1 verify", "proxymap unix - - n - - proxymap", "error unix - - n - - error",
    "retry unix - - n - - error", "virtual unix - n n - - virtual", "anvil unix - - n - 1 anvil", "scache unix - - n - 1 scache", "postlog unix-dgram n - n - 1 postlogd"];
  writeFileSync(join(mail, "postfix/master.cf"), [`127.0.0.1:${SMTP} inet n - n - - smtpd`, ...services, ""].join("\n"));
  run("/usr/sbin/postfix", "-c", join(mail, "postfix"), "start");
}
const seen = new Map(); // file → { to, token, again, out }
function letters() {
  const folder = join(mail, "mail/all/new");
  if (existsSync(folder)) {
    for (const name of readdirSync(folder)) {
      if (seen.has(name)) continue;
      const text = readFileSync(join(folder, name), "utf8");
      const plain = text.replace(/=\r?\n/g, "").replace(/=3D/g, "=");
      const to = /^To: (.*)$/m.exec(text)?.[1].trim();
      const out = /^List-Unsubscribe: <([^>]+)>/m.exec(text.replace(/\r?\n[ \t]+/g, " "))?.[1];
      seen.set(name, { to, token: /\/i\/([A-Z0-9]{26})/.exec(plain)?.[1], out, oneClick: /^List-Unsubscribe-Post: List-Unsubscribe=One-Click/m.test(text), again: /una vez m/.test(plain) });
    }
  }
  return [...seen.values()];
}

// --- the program, with a clock of its own
const clock = join(mail, "clock");
let hours = 0;
const setClock = () => writeFileSync(clock, `+${hours}h\n`);
setClock();
const settings = {
  TIMON_SMTP_URL: `smtp://127.0.0.1:${SMTP}`, TIMON_MAIL_FROM: "Timón <timon@barx.example>", TIMON_PUBLIC_URL: "https://timon.barx.example", TIMON_INSECURE_HTTP: "true",
  LD_PRELOAD: FAKETIME, FAKETIME_TIMESTAMP_FILE: clock, FAKETIME_NO_CACHE: "1", FAKETIME_DONT_FAKE_MONOTONIC: "1",
};
let program;
let kept;
let kills = 0;
const errors = [];
async function up() {
  program = await start({ settings, again: kept });
  kept = { data: program.data, port: program.port };
}
async function down() {
  errors.push(...program.errors());
  await program.kill();
  kills += 1;
}
const fail = (what) => { console.log(`FAILED ${what}`); process.exitCode = 1; };
const day = (ago) => new Date(Date.now() - ago * 86400000).toISOString().slice(0, 10);

async function signedIn() {
  const person = new Visitor(program.port);
  await person.post("/sign-in", { csrf: await person.token("/sign-in"), email: owner.email, password: owner.password });
  return person;
}

async function bringIn(person) {
  const rows = Array.from({ length: CUSTOMERS }, (_, at) => `Cliente ${at};c${at}@cliente.example;${day(at % 7)};P-${at}`);
  const file = ["Nombre;Correo;Fecha de visita;Pedido", ...rows, ""].join("\n");
  const boundary = "----timon-asking";
  const csrf = await person.token("/customers/import");
  const body = Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n${csrf}\r\n--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="clientes.csv"\r\nContent-Type: text/csv\r\n\r\n${file}\r\n--${boundary}--\r\n`);
  const taken = await person.send({ method: "POST", path: "/customers/import", headers: { "content-type": `multipart/form-data; boundary=${boundary}`, "content-length": body.length }, body });
  const check = taken.headers.location;
  const page = await person.send({ path: check });
  const fields = {};
  for (const [, name, options] of page.text.matchAll(/<select[^>]*name="([^"]+)"[^>]*>(.*?)<\/select>/gs)) fields[name] = /<option value="([^"]*)" selected/.exec(options)?.[1] ?? "";
  await person.post(check, { ...fields, csrf: await person.token(check), basis: "contract", basis_note: "En la hoja de reserva", basis_day: day(30), sure: "on", action: "confirm" });
  await sleep(300);
  await down(); // in the middle of the file
  await up();
  for (let tries = 0; tries < 100; tries += 1) {
    const now = await person.send({ path: "/customers" });
    if (now.text.includes(`${CUSTOMERS} clientes`) || new RegExp(`\\b${CUSTOMERS}\\b`).test(now.text)) return;
    await sleep(200);
  }
  fail("the file did not come in");
}

async function answer(browser, token, at) {
  const page = await browser.newPage({ locale: "es-ES", viewport: { width: 390, height: 844 } });
  try {
    await page.goto(`${program.url}/i/${token}`);
    if ((await page.locator("input[name=stars]").count()) === 0) return "over"; // her thirty days are gone
    await page.locator(`input[name=stars][value="${1 + (at % 5)}"]`).check({ force: true });
    await page.fill("textarea[name=text]", `Respuesta ${at}: lo que pasó aquel día.`);
    await sleep(3100); // nobody fills it in faster
    await page.locator("main form button[type=submit]").last().click();
    await page.waitForURL(/thanks/, { timeout: 20000 });
    return true;
  } catch (error) {
    console.log(`  answer ${at}: ${String(error).split("\n")[0]}`);
    return false;
  } finally {
    await page.close();
  }
}

postfix();
const browser = await launch();
const answered = new Set();
const late = new Set();
let optedOut;
try {
  await up();
  let person = new Visitor(program.port);
  await person.firstRun(owner);
  await bringIn(person);
  const form = { csrf: await person.token("/invitations/settings"), active: "on", postal: "Calle Mayor 1, Zamora", sender: "hola@barx.example", purpose: "review", whom: "everyone", delay_days: "2", reminder_days: "5", draw_size: "50", cap_per_day: "" };
  for (let n = 1; n <= 6; n += 1) { form[`name${n}`] = ""; form[`url${n}`] = ""; }
  form.name1 = "Google"; form.url1 = "https://search.google.com/local/writereview?placeid=X";
  const saved = await person.post("/invitations/settings", form);
  if (saved.status !== 303) fail(`settings: ${saved.status}`);
  await down();
  let duringIncident;
  for (let turn = 0; turn < 38 * 4; turn += 1) {
    hours += 6;
    setClock();
    await up();
    await sleep(400 + chance() * 1200);
    const today = Math.floor(turn / 4);
    if (turn % 4 === 1 && today === 6) {
      person = await signedIn();
      await person.post("/incidents", { csrf: await person.token("/warnings"), title: "Agua en el sótano" });
      duringIncident = letters().filter((one) => !one.again).length;
    }
    if (turn % 4 === 1 && today === 10) {
      const since = letters().filter((one) => !one.again).length - duringIncident;
      console.log(`day ${today}: ${since} invitations left during the four days of the incident`);
      if (since > 0) fail("invitations left during the incident");
      person = await signedIn();
      const list = await person.send({ path: "/warnings" });
      const incident = /\/incidents\/(\d+)/.exec(list.text)?.[1];
      const closed = await person.post(`/incidents/${incident}/state`, { csrf: await person.token(`/incidents/${incident}`), closed: "yes" });
      console.log(`the incident is closed: ${closed.status}`);
    }
    // A third answers, in a real browser, those who have a letter and have not answered.
    if (turn % 4 === 1) {
      const open = letters().filter((one) => Number(/c(\d+)@/.exec(one.to)?.[1]) % 3 === 0 && !answered.has(one.to) && !late.has(one.to)).slice(0, 12);
      const done = await Promise.all(open.map(async (one, at) => [one.to, await answer(browser, one.token, at)]));
      for (const [to, how] of done) if (how === "over") late.add(to); else if (how) answered.add(to);
    }
    if (!optedOut && letters().length > 3) {
      const one = letters().find((letter) => Number(/c(\d+)@/.exec(letter.to)?.[1]) % 3 === 1);
      if (one) {
        const path = new URL(one.out).pathname;
        const anyone = new Visitor(program.port);
        await anyone.send({ path }); // a scanner looks first
        const done = await anyone.send({ method: "POST", path, headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": null }, body: "List-Unsubscribe=One-Click" });
        if (done.status !== 200 || !one.oneClick) fail(`one click: ${done.status}, header ${one.oneClick}`);
        optedOut = one.to;
        console.log(`${optedOut} opted out by the header of her letter`);
      }
    }
    if (turn % 16 === 0) console.log(`day ${today}: ${letters().length} letters, ${answered.size} answered, ${kills} kills`);
    await down();
  }
  await up();
  await sleep(3000);
  person = await signedIn();
  const all = letters();
  const count = (again) => { const n = new Map(); for (const one of all) if (one.again === again) n.set(one.to, (n.get(one.to) ?? 0) + 1); return n; };
  const [first, second] = [count(false), count(true)];
  const twice = [...first, ...second].filter(([, n]) => n > 1).length;
  const forgotten = Array.from({ length: CUSTOMERS }, (_, at) => `c${at}@cliente.example`).filter((to) => !first.has(to));
  const overview = (await person.send({ path: "/invitations" })).text.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
  console.log(overview.slice(overview.indexOf("Qué ha pasado"), overview.indexOf("Por qué no filtramos")));
  const reviews = (await person.send({ path: "/reviews" })).text.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
  console.log(reviews.slice(0, 600));
  console.log(`${CUSTOMERS} customers, ${kills} kills: ${first.size} asked, ${second.size} reminded, ${answered.size} answered in Chromium, ${twice} asked twice, ${forgotten.length} without a letter`);
  if (twice > 0) fail("somebody was asked twice");
  if (second.has(optedOut)) fail("who opted out was reminded");
  const unknown = Number(/No se sabe si llegaron (\d+)/.exec(overview)?.[1] ?? 0);
  if (forgotten.length !== unknown && forgotten.length > unknown) fail(`forgotten: ${forgotten.slice(0, 5).join(", ")} (of nobody knows: ${unknown})`);
  if (errors.length > 0) console.log("errors in the log:", [...new Set(errors)].slice(0, 5));
  await program.stop();
} finally {
  await browser.close();
  spawnSync("/usr/sbin/postfix", ["-c", join(mail, "postfix"), "stop"]);
  rmSync(mail, { recursive: true, force: true });
}
