// What an owner does on her first day, from the empty installation to signing in again.
import { check, same } from "./runner.mjs";
import { sleep, start } from "./program.mjs";
import { RARE, startFeed } from "./feed.mjs";
import { Person } from "./browser.mjs";
import { HOSTILE, reviews, table } from "./reviews.mjs";
import { owner } from "./visitor.mjs";
import { asking } from "./asking.mjs";
import { answers } from "./answers.mjs";
import { warnings } from "./warnings.mjs";

export async function firstDay(browser, screen) {
  const feed = await startFeed();
  const program = await start({ settings: { TIMON_ALLOW_PRIVATE: feed.allow } });
  const person = await Person.arrive(browser, screen);
  person.url = program.url;
  try {
    await firstRun(person);
    await importing(person);
    await today(person);
    await searching(person);
    await answering(person);
    await understanding(person);
    await sources(person, feed);
    await answers(person);
    await asking(person);
    await warnings(person);
    await account(person);
    const errors = program.errors();
    check(`${person.name}: the program logged no error`, errors.length === 0, errors.slice(0, 5));
    check(`${person.name}: no upload is left behind`, program.uploads() === 0, `${program.uploads()} files`);
  } finally {
    await person.page.screenshot({ path: new URL(`../out/last-${screen.language}-${screen.width}-${screen.script ? "js" : "nojs"}.png`, import.meta.url).pathname }).catch(() => {});
    await person.leave();
    check(`${person.name}: the program stops when asked`, await program.stop(), program.log().slice(-500));
    await feed.stop();
  }
}

const path = (person) => new URL(person.page.url()).pathname;
const at = (person, words) => `${person.name}: ${words}`;

async function firstRun(person) {
  await person.go("/");
  same(at(person, "an empty installation leads to the first run"), path(person), "/start");
  await person.look("first run");
  const { page } = person;
  await page.fill("[name=name]", owner.name);
  await page.selectOption("[name=kind]", owner.kind);
  await page.fill("[name=town]", owner.town);
  await page.fill("[name=email]", owner.email);
  await page.fill("[name=password]", "corta");
  await person.press("form[action='/start'] button[type=submit]");
  same(at(person, "a short password is refused on the same page"), path(person), "/start");
  same(at(person, "what was typed is still there"), await page.inputValue("[name=name]"), owner.name);
  person.noise.splice(0, person.noise.length, ...person.noise.filter((line) => !line.includes("status of 422")));
  await person.look("first run with a fault", { status: 422 });
  await page.fill("[name=password]", owner.password);
  await person.press("form[action='/start'] button[type=submit]");
  same(at(person, "after the first run comes the import"), path(person), "/import");
  await person.look("import");
  await person.go("/start");
  same(at(person, "there is only one first run"), path(person), "/today");
  await person.look("today, empty");
  await person.go("/mentions");
  await person.look("mentions, empty");
}

/** Waits for the page of a finished import: it comes by itself, by the script or by the page's own refresh. */
async function isDone({ page }) {
  const came = await page.waitForSelector("main dl dd", { timeout: 60_000 }).then(() => true, () => false);
  await page.waitForLoadState();
  return came;
}

async function importing(person) {
  const { page } = person;
  await person.go("/import");
  await page.setInputFiles("form[action='/import/file'] input[name=file]", { name: "opiniones.csv", mimeType: "text/csv", buffer: Buffer.from(table()) });
  await person.press("form[action='/import/file'] button[type=submit]");
  check(at(person, "an upload leads to its check page"), /^\/import\/\d+$/.test(path(person)), path(person));
  await person.look("check what was understood");
  const chosen = async (role) => page.locator(`#decide select[name=${role}] option:checked`).first().textContent();
  for (const [role, column] of [["text", "Comentario"], ["stars", "Estrellas"], ["date", "Fecha"], ["author", "Autor"]]) {
    same(at(person, `the column of ${role} is found`), (await chosen(role))?.trim(), column);
  }
  check(at(person, "the check page shows mentions"), (await person.count("article.mention")) >= 3);
  check(at(person, "markup in a review stays text"), (await person.words()).includes(HOSTILE.slice(0, 30)));
  await person.press("#decide button[name=action][value=confirm]");
  check(at(person, "the import ends by itself"), await isDone(person), await person.words());
  await person.look("import, done");
  const numbers = await page.locator("main dl dd").allInnerTexts();
  same(at(person, "every row came in"), numbers[0]?.trim(), String(reviews.length));
  same(at(person, "no row was refused"), numbers[3]?.trim(), "0");
  // the same file again adds nothing
  await person.go("/import");
  check(at(person, "the import is in the list"), (await person.count("main a[href^='/import/']")) === 1);
  await page.setInputFiles("form[action='/import/file'] input[name=file]", { name: "opiniones.csv", mimeType: "text/csv", buffer: Buffer.from(table()) });
  await person.press("form[action='/import/file'] button[type=submit]");
  await person.press("#decide button[name=action][value=confirm]");
  await isDone(person);
  const again = await page.locator("main dl dd").allInnerTexts();
  same(at(person, "the same file again adds nothing"), again[0]?.trim(), "0");
  same(at(person, "the same file again is all known"), again[2]?.trim(), String(reviews.length));
  await pasting(person);
}

async function pasting(person) {
  const { page } = person;
  await person.go("/import");
  await page.fill("textarea[name=text]", "Rosalía Campos\n★★★★★\nhace 2 semanas\nEl gazpacho de remolacha, inolvidable.\n");
  await person.press("form[action='/import/paste'] button[type=submit]");
  check(at(person, "a paste leads to its check page"), /^\/import\/\d+$/.test(path(person)), path(person));
  await person.look("check what was pasted");
  await person.press("#decide button[name=action][value=discard]");
  same(at(person, "a draft can be discarded"), path(person), "/import");
}

async function today(person) {
  await person.go("/today");
  // reading happens in the background: the page says so until it is done
  for (let tries = 0; tries < 40 && (await person.count("main p[role=status]")) > 0; tries += 1) {
    await sleep(500);
    await person.go("/today");
  }
  check(at(person, "everything is read in the end"), (await person.count("main p[role=status]")) === 0, await person.words());
  await person.look("today");
  for (const id of ["happened", "how-much", "promised"]) {
    check(at(person, `today answers ${id}`), (await person.count(`main #${id}, main [aria-labelledby=${id}], main [aria-labelledby='${id}-title']`)) > 0);
  }
  check(at(person, "today names the business"), (await person.words("body")).includes(owner.name));
}

async function searching(person) {
  const { page } = person;
  await person.go("/mentions");
  await person.look("mentions");
  same(at(person, "a page of mentions"), await person.count("article.mention"), 20);
  await person.press("nav.pagination a[rel=next]");
  same(at(person, "the next page of mentions"), await person.count("article.mention"), 20);
  await person.look("mentions, next page");
  const found = {};
  for (const words of ["atención", "atencion", "ATENCIÓN"]) {
    await person.go("/mentions");
    await page.fill("[name=q]", words);
    await person.press("form.filters .filters-search button");
    found[words] = await person.count("article.mention");
  }
  const expected = reviews.filter((r) => /atención/i.test(r.text)).length;
  same(at(person, "a search with accents"), found["atención"], Math.min(expected, 20));
  same(at(person, "a search without accents finds the same"), found.atencion, found["atención"]);
  same(at(person, "a search in capitals finds the same"), found["ATENCIÓN"], found["atención"]);
  check(at(person, "what was searched is marked"), (await person.count("article.mention mark")) > 0);
  await person.look("mentions, searched");
  await page.fill("[name=q]", "zanahorias inexistentes");
  await person.press("form.filters .filters-search button");
  same(at(person, "a search without an answer"), await person.count("article.mention"), 0);
  await person.look("mentions, nothing found");
  await person.go("/mentions");
  const fold = page.locator("details.filters-more");
  if ((await fold.getAttribute("open")) === null) await fold.locator("summary").click();
  await page.selectOption("form.filters select[name=stars]", "1");
  await person.press("form.filters .filters-more .actions button");
  const ones = reviews.filter((r) => r.stars === 1).length;
  same(at(person, "one star"), await person.count("article.mention"), Math.min(ones, 20));
  await person.look("mentions, one star");
}

async function answering(person) {
  await person.go("/mentions?reply=unanswered&stars=1");
  const before = await person.count("article.mention");
  check(at(person, "some wait for an answer"), before > 0);
  await person.press("article.mention .mention-actions a");
  check(at(person, "a mention has its page"), /^\/mentions\/\d+$/.test(path(person)), path(person));
  check(at(person, "a mention has its reading"), (await person.count("main #reading dl")) > 0);
  await person.look("a mention");
  await person.press("main button[name=answered][value=yes]");
  same(at(person, "marked as answered"), await person.count("main button[name=answered][value=no]"), 1);
  await person.look("a mention, answered");
  await person.go("/mentions?reply=unanswered&stars=1");
  same(at(person, "one less waits"), await person.count("article.mention"), Math.min(before, 20) - 1);
}

async function understanding(person) {
  const { page } = person;
  await person.go("/learnt");
  await person.look("what was learnt, empty");
  await person.go("/watch");
  await person.look("watched names, empty");
  await person.go("/causes");
  check(at(person, "the cause of the week or a reason why not"), (await person.count("main #week p")) > 0);
  await person.look("causes");
  // one tap corrects a reading, and it holds at once
  await person.go("/mentions?sentiment=positive");
  await person.press("article.mention .mention-actions a");
  const mention = path(person);
  await page.locator("#reading details summary").first().click();
  await person.look("a mention, why it is read so");
  await person.press("#reading button[name=said][value=negative]");
  same(at(person, "a correction stays on the page"), path(person), mention);
  check(at(person, "a correction is said and can be undone"), (await person.count("#reading form[action^='/learnt/'] button")) === 1);
  check(at(person, "the reading says what was corrected"), (await person.count("#reading button[name=said][value=negative]")) === 0);
  await person.look("a mention, corrected");
  await person.go("/learnt");
  same(at(person, "what was learnt"), await person.count("main .tasks > li"), 1);
  await person.look("what was learnt");
  await person.press("main form[action^='/learnt/'] button");
  same(at(person, "what was learnt can be undone once"), await person.count("main form[action^='/learnt/'] button"), 0);
  await person.look("what was learnt, undone");
  // a fix
  await person.go("/causes");
  await page.fill("form[action='/causes/fixes'] [name=what]", "Una persona más los sábados");
  await page.fill("form[action='/causes/fixes'] [name=since]", "2019-01-01");
  await person.press("form[action='/causes/fixes'] button[type=submit]");
  check(at(person, "a fix of long ago is refused with a reason"), (await person.count("main [role=alert]")) > 0);
  await person.look("causes with a fault", { status: 422 });
  await page.fill("form[action='/causes/fixes'] [name=since]", new Date(Date.now() - 86_400_000 * 2).toISOString().slice(0, 10));
  await person.press("form[action='/causes/fixes'] button[type=submit]");
  check(at(person, "a fix is judged"), (await person.count("main section[id^=fix-] .notice")) === 1);
  await person.look("causes with a fix");
  await person.press("main form[action^='/causes/fixes/'] button");
  same(at(person, "a fix can be forgotten"), await person.count("main section[id^=fix-]"), 0);
  // watched names
  await person.go("/watch");
  await page.fill("[name=names]", "🍷");
  await person.press("form[action='/watch'] button[type=submit]");
  check(at(person, "a name that cannot be found is refused with a reason"), (await person.count("main [role=alert]")) > 0);
  await person.look("watched names with a fault", { status: 422 });
  await page.fill("[name=names]", "atención\nNombre Que No Sale");
  await page.selectOption("[name=kind]", "product");
  await person.press("form[action='/watch'] button[type=submit]");
  for (let tries = 0; tries < 40 && (await person.count("main a[href^='/mentions?term=']")) === 0; tries += 1) {
    await sleep(500);
    await person.go("/watch");
  }
  await person.look("watched names");
  await person.press("main a[href^='/mentions?term=']");
  const expected = reviews.filter((r) => /atenci[oó]n/i.test(r.text)).length;
  same(at(person, "mentions of a watched name"), await person.count("article.mention"), Math.min(expected, 20));
  await person.look("mentions of a watched name");
  await person.go("/watch");
  await person.press("main form[action^='/watch/'] button");
  same(at(person, "a name can be forgotten"), await person.count("main .tasks > li"), 1);
}

async function sources(person, feed) {
  const { page } = person;
  await person.go("/sources");
  await person.look("sources");
  await page.fill("[name=url]", "http://169.254.169.254/latest/meta-data");
  await person.press("form[action='/sources'] button[type=submit]");
  check(at(person, "a private address is refused with a reason"), (await person.count("main [role=alert]")) > 0);
  await person.look("sources with a fault", { status: 422 });
  await page.fill("[name=url]", feed.url);
  await page.fill("form[action='/sources'] [name=name]", "Noticias del barrio");
  await person.press("form[action='/sources'] button[type=submit]");
  for (let tries = 0; tries < 60; tries += 1) {
    await person.go(`/mentions?q=${encodeURIComponent(RARE)}`);
    if ((await person.count("article.mention")) > 0) break;
    await sleep(500);
  }
  same(at(person, "what the feed says is heard"), await person.count("article.mention"), 1);
  await person.look("mentions of a feed");
  check(at(person, "the feed was asked"), feed.asked() > 0);
  await person.go("/sources");
  check(at(person, "the feed is listed"), (await person.words()).includes("Noticias del barrio"));
  await person.look("sources with a feed");
  await person.press("main button[name=action][value=pause]");
  await person.look("sources, paused");
}

async function account(person) {
  const { page } = person;
  await person.go("/account");
  await person.look("account");
  await page.fill("[name=town]", "Alboraya");
  await person.press("form[action='/account/organization'] button[type=submit]");
  same(at(person, "the account is saved"), await page.inputValue("[name=town]"), "Alboraya");
  await person.look("account, saved");
  const other = person.language === "es" ? "en" : "es";
  await person.go("/account");
  await person.press(`form[action='/language'] button[value=${other}]`);
  same(at(person, "the other language"), await page.getAttribute("html", "lang"), other);
  await person.press(`form[action='/language'] button[value=${person.language}]`);
  same(at(person, "and back"), await page.getAttribute("html", "lang"), person.language);
  await person.go("/mentions/999999");
  same(at(person, "a mention that does not exist"), (await page.getAttribute("html", "lang")), person.language);
  await person.look("nothing here", { status: 404 });
  await person.go("/account");
  await person.press("form[action='/sign-out'] button");
  same(at(person, "signed out"), path(person), "/sign-in");
  await person.look("sign in");
  await person.go("/today");
  same(at(person, "signed out means signed out"), path(person), "/sign-in");
  await page.fill("[name=email]", owner.email);
  await page.fill("[name=password]", "no-es-esta-clave");
  await person.press("form[action='/sign-in'] button[type=submit]");
  same(at(person, "a wrong password stays outside"), path(person), "/sign-in");
  await person.look("sign in, refused", { status: 422 });
  await page.fill("[name=email]", owner.email);
  await page.fill("[name=password]", owner.password);
  await person.press("form[action='/sign-in'] button[type=submit]");
  same(at(person, "signed in again"), path(person), "/today");
}
