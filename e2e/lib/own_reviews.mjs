// The organisation's own form as a customer meets it, what its owner sees of it, and the device in the shop: without a line,
// with the page closed, and with the server killed while it listens.
import { deflateSync, crc32 } from "node:zlib";
import { Person } from "./browser.mjs";
import { sleep, start } from "./program.mjs";
import { HOSTILE } from "./reviews.mjs";
import { check, same } from "./runner.mjs";
import { owner } from "./visitor.mjs";

const at = (person, words) => `${person.name}: ${words}`;
const path = (person) => new URL(person.page.url()).pathname;

/** A PNG of one colour, made here. */
function png(side) {
  const part = (name, data) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const line = Buffer.concat([Buffer.from([0]), Buffer.alloc(side * 3, 120)]);
  const pixels = deflateSync(Buffer.concat(Array(side).fill(line)));
  return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), part("IHDR", head), part("IDAT", pixels), part("IEND", Buffer.alloc(0))]);
}

async function firstRun(person) {
  await person.go("/start");
  for (const [name, value] of Object.entries(owner)) {
    const field = person.page.locator(`[name=${name}]`).first();
    if ((await field.count()) === 0) continue;
    if ((await field.evaluate((element) => element.tagName)) === "SELECT") await field.selectOption(value);
    else await field.fill(value);
  }
  await person.press("main button[type=submit]");
}

/** The end of the form's address, from where its owner finds it. */
async function formPath(person) {
  // The first poster makes the form's address.
  await person.page.evaluate(() => fetch("/invitations/poster.pdf?size=a4").then((answer) => answer.arrayBuffer()).then(() => null));
  await person.go("/reviews");
  const found = /\/r\/[0-9A-Z]+/i.exec(await person.page.content());
  check(at(person, "the owner finds the form's address"), found !== null, person.page.url());
  return found[0];
}

export async function ownReviews(browser, screen) {
  const program = await start();
  const [host, guest] = [await Person.arrive(browser, screen), await Person.arrive(browser, screen)];
  for (const person of [host, guest]) person.url = program.url;
  try {
    await firstRun(host);
    await host.go("/reviews");
    await host.look("own reviews, none");
    await host.go("/kiosk");
    await host.look("devices, none");
    const form = await formPath(host);
    await writing(guest, form);
    await host.go("/reviews");
    same(at(host, "every review is in the list"), await host.count("article.mention"), 2);
    check(at(host, "hostile words stay words"), (await host.words()).includes("<script>"));
    await host.look("own reviews");
    const photo = await host.page.request.get(host.url + (await host.page.getAttribute("article img", "src")));
    same(at(host, "the photograph is a picture"), photo.headers()["content-type"], "image/jpeg");
    await device(host, guest);
    check(`${host.name}: the program logged no error`, program.errors().length === 0, program.errors().slice(0, 5));
    check(`${host.name}: no upload is left behind`, program.uploads() === 0);
  } finally {
    await host.leave();
    await guest.leave();
    check(`${host.name}: the program stops when asked`, await program.stop(), program.log().slice(-500));
  }
}

async function writing(person, form) {
  const { page } = person;
  await person.go(form);
  await person.look("the form");
  for (const [stars, text] of [["1", HOSTILE], ["5", ""]]) {
    await person.go(form);
    // Nobody fills it in within three seconds.
    await sleep(3100);
    await page.check(`[name=stars][value="${stars}"]`);
    await page.fill("[name=text]", text);
    if (stars === "1") await page.setInputFiles("[name=photo]", { name: "foto.png", mimeType: "image/png", buffer: png(300) });
    await person.press("form[enctype] button[type=submit]");
    same(at(person, `${stars} stars are thanked`), path(person), `${form}/thanks`);
    if (stars === "1") await person.look("thanks");
  }
  await person.go(form);
  await sleep(3100);
  await page.check("[name=stars][value='3']");
  await page.fill("[name=code]", "7K3M-9QX2");
  await person.press("form[enctype] button[type=submit]");
  same(at(person, "a code that nobody made is told"), await person.count("#field-code-error"), 1);
  await person.look("the form, a wrong code", { status: 422 });
}

async function device(host, guest) {
  await host.go("/kiosk");
  await host.page.fill("[name=name]", "Barra");
  await host.press("#add button[type=submit]");
  await host.look("a device's address");
  const address = new URL(await host.page.getAttribute("#made a", "href")).pathname;
  await guest.go(`${address}?l=${guest.language}`);
  await guest.look("at the device");
  const links = await guest.page.evaluate(() => [...document.querySelectorAll("[href], [src], [action]")].map((one) => one.href || one.src || one.action));
  check(at(guest, "nothing at the device leads elsewhere"), links.every((link) => new URL(link).origin === guest.url), links);
  await guest.page.check("[name=stars][value='4']");
  if (guest.script) {
    await guest.page.click("form button[type=submit]");
    await guest.page.waitForSelector("[data-thanks]:not([hidden])");
  } else {
    await guest.press("form button[type=submit]");
  }
  await guest.look("thanks at the device");
  for (let tries = 0; tries < 40; tries += 1) {
    await host.go("/reviews");
    if ((await host.count("article.mention")) === 3) break;
    await sleep(250);
  }
  same(at(host, "what was answered at the device arrives"), await host.count("article.mention"), 3);
}

/** Twenty answers without a line; the page closed; the server killed while they are sent: twenty reviews. */
export async function kiosk(browser) {
  const screen = { language: "es", width: 1024, height: 768, script: true };
  let program = await start();
  const [host, guest] = [await Person.arrive(browser, screen), await Person.arrive(browser, screen)];
  for (const person of [host, guest]) person.url = program.url;
  try {
    await firstRun(host);
    await host.go("/kiosk");
    await host.page.fill("[name=name]", "Caja");
    await host.press("#add button[type=submit]");
    const address = new URL(await host.page.getAttribute("#made a", "href")).pathname;
    await guest.go(address);
    check(at(guest, "the page is kept in the device"), await kept(guest));
    await guest.context.setOffline(true);
    await answering(guest, 0, 10);
    check(at(guest, "it says how many wait"), (await guest.words("[data-waiting-shown]")).includes("10"));
    // The page is closed, and opened again without a line: in the other language too.
    await guest.page.close();
    guest.page = await guest.context.newPage();
    await guest.go(`${address}?l=en`);
    same(at(guest, "the other language is there without a line"), await guest.page.getAttribute("html", "lang"), "en");
    await guest.go(address);
    await answering(guest, 10, 20);
    program = await sending(guest, program);
    check(at(guest, "nothing waits any more"), await guest.page.locator("[data-waiting-shown]").isHidden());
    await host.go("/reviews");
    const words = await host.words();
    same(at(host, "twenty reviews"), await host.count("article.mention"), 20);
    const once = Array.from({ length: 20 }, (_, n) => words.split(`respuesta número ${n}.`).length - 1);
    check(at(host, "each of them once"), once.every((times) => times === 1), once);
    await beginningAnew(guest);
  } finally {
    await host.leave();
    await guest.leave();
    check("a device: the program stops when asked", await program.stop(), program.log().slice(-500));
  }
}

/** Waits until the device has everything it needs without a line. */
async function kept({ page }) {
  for (let tries = 0; tries < 80; tries += 1) {
    const files = await page.evaluate(async () => (navigator.serviceWorker.controller ? (await (await caches.open("timon-kiosk")).keys()).length : 0));
    if (files >= 7) return true;
    await sleep(250);
  }
  return false;
}

async function answering(person, from, to) {
  const { page } = person;
  for (let n = from; n < to; n += 1) {
    await page.check(`[name=stars][value='${1 + (n % 5)}']`);
    await page.fill("[name=text]", `respuesta número ${n}.`);
    await page.click("form button[type=submit]");
    await page.waitForSelector("[data-thanks]:not([hidden])");
    await page.click("[data-thanks] a");
  }
}

/** The line comes back, and the server loses its power three times while it listens. */
async function sending(person, program) {
  for (const wait of [3, 12, 30]) {
    await person.context.setOffline(false);
    const asked = person.page.waitForRequest((request) => request.url().endsWith("/answers"), { timeout: 20_000 }).catch(() => null);
    await person.page.evaluate(() => dispatchEvent(new Event("online")));
    await asked;
    await sleep(wait);
    await program.kill();
    await person.context.setOffline(true);
    program = await start({ again: program });
  }
  await person.context.setOffline(false);
  await person.page.evaluate(() => dispatchEvent(new Event("online")));
  await person.page.locator("[data-waiting-shown]").waitFor({ state: "hidden", timeout: 60_000 });
  return program;
}

/** Nobody is cut off: whoever is there has as long again, and one tap keeps everything. */
async function beginningAnew(person) {
  const { page } = person;
  await page.clock.install();
  await page.reload();
  person.noise.length = 0; // what could not be loaded without a line
  await page.fill("[name=text]", "a medias");
  await page.clock.runFor(20_500);
  same(at(person, "it asks whether somebody is there"), await person.count("[data-still][open]"), 1);
  await person.look("is somebody there");
  await page.click("[data-stay]");
  same(at(person, "one tap keeps what was written"), await page.inputValue("[name=text]"), "a medias");
  await page.clock.runFor(41_500);
  same(at(person, "it stops asking"), await person.count("[data-still][open]"), 0);
  same(at(person, "the next guest begins anew"), await page.inputValue("[name=text]"), "");
}
