// What no browser sends by itself: forged forms, foreign sites, hostile files, strange paths.
import { check, same } from "./runner.mjs";
import { send, start } from "./program.mjs";
import { FORMULAS, HOSTILE_FILES, SHEET, unzip, workbook } from "./hostile.mjs";
import { Visitor, owner } from "./visitor.mjs";

export async function attacks() {
  const program = await start();
  try {
    const stranger = new Visitor(program.port);
    await beforeAnybody(program, stranger);
    const member = new Visitor(program.port);
    const answer = await member.firstRun(owner);
    same("attacks: the first run opens a session", answer.status, 303);
    cookies(answer);
    await forgedForms(program, member);
    await otherSites(program, member);
    await strangePaths(program, member);
    await headers(program, member);
    await files(program, member);
    await formulas(program, member);
    await guessing(program);
    const errors = program.errors();
    check("attacks: no error of the program's own in the log", errors.length === 0, errors.slice(0, 5));
  } finally {
    check("attacks: the program stops when asked", await program.stop());
  }
}

async function beforeAnybody(program, stranger) {
  same("attacks: first run without a token", (await stranger.post("/start", owner)).status, 403);
  same("attacks: first run with a wrong token", (await stranger.post("/start", { csrf: "0".repeat(32), ...owner })).status, 403);
  for (const path of ["/today", "/mentions", "/causes", "/learnt", "/watch", "/warnings", "/warnings/settings", "/import", "/sources", "/sources/mailbox", "/account", "/notices", "/notices/sms", "/export", "/values", "/values/triage", "/drill", "/answers", "/answers/aside", "/answers/settings", "/complaints", "/promises", "/word", "/word/public", "/account/keys", "/invitations", "/invitations/settings", "/invitations/draws", "/invitations/codes", "/reviews", "/kiosk"]) {
    const answer = await stranger.send({ path });
    check(`attacks: ${path} shows nothing to a stranger`, answer.status === 303 && answer.headers.location === "/start", `${answer.status} ${answer.headers.location}`);
  }
}

function cookies(answer) {
  const lines = answer.headers["set-cookie"] ?? [];
  check("attacks: the session cookie is closed", lines.some((line) => /^__Host-/.test(line) && /HttpOnly/.test(line) && /Secure/.test(line) && /SameSite=(Lax|Strict)/.test(line) && /Path=\//.test(line)), lines);
}

const ACTIONS = ["/sign-out", "/language", "/import/paste", "/import/1", "/sources", "/sources/1", "/sources/mailbox", "/sources/mailbox/1", "/mentions/1/answered", "/mentions/1/reading", "/causes/fixes", "/causes/fixes/1", "/learnt/1", "/watch", "/watch/1", "/warnings/settings", "/warnings/1", "/warnings/1/incident", "/incidents", "/incidents/1", "/incidents/1/tasks", "/incidents/1/tasks/1", "/incidents/1/notes", "/incidents/1/review", "/incidents/1/state", "/notices/preferences", "/notices/channels", "/notices/channels/1", "/notices/members/1", "/notices/outgoing/1", "/notices/sms", "/notices/sms/test", "/account/organization", "/account/password", "/sign-in", "/drill", "/drill/1", "/drill/1/abandon", "/mentions/1/triage", "/values/1", "/incidents/1/class", "/incidents/1/told", "/incidents/1/told/1", "/incidents/1/approve", "/incidents/1/publish/statement", "/incidents/1/withdraw", "/mentions/1/complaint", "/answers/settings", "/answers/saved", "/answers/saved/1", "/answers/1", "/answers/1/check", "/answers/1/decide", "/complaints", "/complaints/1", "/promises/1", "/word/public", "/notices/programs", "/notices/programs/1", "/account/keys", "/account/keys/1", "/invitations/settings", "/invitations/draws", "/invitations/draws/1", "/invitations/codes", "/kiosk", "/kiosk/1", "/r/unknown", "/i/unknown", "/k/unknown", "/customers/add", "/customers/settings", "/customers/1", "/customers/1/erase", "/customers/import/1", "/shops", "/shops/1"];

async function forgedForms(program, member) {
  const other = new Visitor(program.port);
  const foreign = await other.token("/sign-in");
  for (const path of ACTIONS) {
    same(`attacks: POST ${path} without a token`, (await member.post(path, { x: "1" })).status, 403);
    same(`attacks: POST ${path} with somebody else's token`, (await member.post(path, { csrf: foreign, x: "1" })).status, 403);
  }
  const upload = await member.upload("a.csv", "texto\nhola\n", { source: "" });
  same("attacks: an upload without a token", upload.status, 403);
  same("attacks: nothing of it is kept", program.uploads(), 0);
  const stranger = new Visitor(program.port);
  const token = await stranger.token("/sign-in");
  same("attacks: a stranger's paste", (await stranger.post("/import/paste", { csrf: token, text: "hola", paste_source: "" })).status, 401);
}

async function otherSites(program, member) {
  const token = await member.token("/import");
  for (const path of ACTIONS) {
    const from = (headers) => member.post(path, { csrf: token }, headers);
    same(`attacks: POST ${path} from another site`, (await from({ "sec-fetch-site": "cross-site" })).status, 403);
    same(`attacks: POST ${path} from a sister site`, (await from({ "sec-fetch-site": "same-site" })).status, 403);
    same(`attacks: POST ${path} from another origin`, (await from({ "sec-fetch-site": null, origin: "https://evil.example" })).status, 403);
  }
  const elsewhere = await member.post("/language", { csrf: token, language: "es", to: "//evil.example" });
  check("attacks: the language switch stays here", elsewhere.status === 303 && /^\/[^/\\]/.test(elsewhere.headers.location), elsewhere.headers.location);
  const host = await send(program.port, { path: "/", headers: { host: "evil.example" } });
  check("attacks: a foreign Host is not echoed", !JSON.stringify(host.headers).includes("evil.example") && !host.text.includes("evil.example"), host.headers);
}

async function strangePaths(program, member) {
  for (const language of ["es", "en"]) {
    const token = await member.token("/account");
    await member.post("/language", { csrf: token, language, to: "/account" });
    for (const path of ["/mentions/999999", "/import/999999", "/import/999999/progress", "/nothing/here"]) {
      const answer = await member.send({ path });
      check(`attacks: ${path} is a page that is not there, in ${language}`, answer.status === 404 && answer.text.includes(`lang="${language}"`) && answer.text.includes("<h1"), `${answer.status} ${answer.text.slice(0, 120)}`);
    }
  }
  for (const path of ["/assets/x/..%2f..%2ftimon.db", "/assets/..%2f..%2f/secret.key", "/assets/x/%00", "//evil.example", "/mentions/1%27--", "/mentions/99999999999999999999", "/mentions/-1", "/%ff"]) {
    const answer = await member.send({ path });
    check(`attacks: ${path}`, answer.status >= 300 && answer.status < 500 && !/evil/.test(answer.headers.location ?? ""), `${answer.status} ${answer.headers.location ?? ""}`);
  }
  for (const question of ["q=%22%27%3B--", "q=%22", "q=*", "q=AND%20OR%20NOT", "q=(", "stars=99", "sentiment=x", "source=1%20OR%201=1", "before=-1", `q=${"a".repeat(5000)}`, "q=%F0%9F%8D%9D", "q=%00"]) {
    same(`attacks: /mentions?${question.slice(0, 30)}`, (await member.send({ path: `/mentions?${question}` })).status, 200);
  }
  same("attacks: GET of an action", (await member.send({ path: "/import/paste" })).status >= 400, true);
  const large = await member.post("/import/paste", { csrf: await member.token("/import"), text: "a".repeat(3_000_000), paste_source: "" });
  same("attacks: a form of three megabytes", large.status, 413);
}

async function headers(program, member) {
  const wanted = { "x-content-type-options": "nosniff", "referrer-policy": "no-referrer", "cross-origin-opener-policy": "same-origin", "cross-origin-resource-policy": "same-origin" };
  for (const path of ["/today", "/import", "/mentions/999999", "/nothing/here", "/healthz"]) {
    const answer = await member.send({ path });
    const policy = answer.headers["content-security-policy"] ?? "";
    check(`attacks: ${path} has a strict content policy`, /default-src 'none'/.test(policy) && /frame-ancestors 'none'/.test(policy) && /base-uri 'none'/.test(policy) && /form-action 'self'/.test(policy) && !/unsafe|\*/.test(policy), policy);
    for (const [name, value] of Object.entries(wanted)) same(`attacks: ${path} ${name}`, answer.headers[name], value);
  }
  const page = await member.send({ path: "/today" });
  check("attacks: private pages are not stored", /no-store/.test(page.headers["cache-control"] ?? ""), page.headers["cache-control"]);
}

async function files(program, member) {
  const good = await member.upload("bueno.xlsx", workbook(SHEET));
  check("attacks: the hand-made spreadsheet itself is good", good.status === 303, `${good.status} ${words(good.text)}`);
  const draft = await member.send({ path: good.headers.location ?? "/import" });
  check("attacks: the hand-made spreadsheet is read", draft.text.includes("La mejor ensaladilla"), words(draft.text));
  const kept = program.uploads();
  for (const [what, name, bytes] of HOSTILE_FILES()) {
    const start = Date.now();
    const answer = await member.upload(name, bytes);
    let page = answer;
    // A file that can be opened but has nothing to say may become a draft that says so.
    if (answer.status === 303) page = await member.send({ path: answer.headers.location });
    const refused = page.status >= 400 && page.status < 500;
    const nothing = page.status === 200 && page.text.includes("notice") && !page.text.includes('class="mention"');
    // Entities may also just be left out: what matters is that they never grow.
    const unswollen = what.includes("laughs") && page.status === 200 && page.text.length < 100_000 && !page.text.includes("jaja");
    check(`attacks: ${what} is refused on a page that says why`, unswollen || ((refused || nothing) && page.text.includes("<h1") && page.text.includes("notice")), `${answer.status} → ${page.status} ${words(page.text)}`);
    check(`attacks: ${what} takes no longer than ten seconds`, Date.now() - start < 10_000, `${Date.now() - start} ms`);
    check(`attacks: ${what} leaves the program alive`, await program.isAlive());
    if (answer.status === 303) await member.post(answer.headers.location, { csrf: await member.token("/import"), action: "discard" });
  }
  same("attacks: refused files are not kept", program.uploads(), kept);
  check("attacks: memory stays small", program.peakMegabytes() < 400, `${program.peakMegabytes().toFixed(0)} MB`);
  const named = await member.upload("../../../etc/passwd\\..\\<b>x</b>.csv", "fecha;estrellas;comentario\n2026-02-01;4;Muy ricas las patatas\n");
  const shown = await member.send({ path: named.headers.location ?? "/import" });
  check("attacks: a file name stays a name", shown.status === 200 && !shown.text.includes("<b>x</b>"), `${named.status} ${shown.status}`);
}

/** What is said on a page, shortened. */
const words = (text) => text.replace(/<head>.*<\/head>/s, "").replace(/<[^>]+>/g, " ").replace(/\s+/g, " ").slice(0, 300);

async function formulas(program, member) {
  const answer = await member.upload("formulas.csv", FORMULAS);
  same("attacks: a table of formulas is only words", answer.status, 303);
  const token = await member.token("/import");
  const fields = { csrf: token, action: "confirm", source: "file", source_name: "Fórmulas", text: "4", stars: "2", date: "1", author: "3", title: "", id: "0", url: "", reply_text: "", reply_date: "", place: "", text_more: "", day_first: "true", stars_best: "5" };
  same("attacks: it can be confirmed", (await member.post(answer.headers.location, fields)).status, 303);
  let table = "";
  for (let tries = 0; tries < 60 && !table.includes("calc"); tries += 1) {
    await new Promise((done) => setTimeout(done, 250));
    const exported = await member.send({ path: "/export" });
    if (exported.status === 200) table = unzip(exported.bytes, "mentions.csv") ?? "";
  }
  check("attacks: the formulas are exported", table.includes("calc"), table.slice(0, 300));
  const cells = table.split(/,|\n/).map((cell) => cell.replace(/^"/, ""));
  const live = cells.filter((cell) => /^[=+@\t\r]/.test(cell) || /^-[^\d]/.test(cell) || /^-\d+\+/.test(cell));
  check("attacks: no exported cell runs in a spreadsheet", live.length === 0, live);
}

async function guessing(program) {
  const guesser = new Visitor(program.port);
  let refused = 0;
  for (let tries = 0; tries < 40 && refused === 0; tries += 1) {
    const answer = await guesser.post("/sign-in", { csrf: await guesser.token("/sign-in"), email: owner.email, password: `intento-${tries}` });
    if (answer.status === 429) refused = tries;
  }
  check("attacks: guessing a password is stopped", refused > 0 && refused < 40, `${refused} tries`);
}
