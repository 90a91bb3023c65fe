// Asking customers: one by hand, how it asks, a lot anybody can read, what is printed, the own form by its poster's address, and
// how much the cushion takes.
import { check, same } from "./runner.mjs";
import { sleep } from "./program.mjs";

const path = (person) => new URL(person.page.url()).pathname;
const at = (person, words) => `${person.name}: ${words}`;
const day = (ago) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);

export async function asking(person) {
  await cushion(person);
  await customer(person);
  await settings(person);
  await lot(person);
  await printed(person);
  await ownForm(person);
}

async function cushion(person) {
  await person.go("/cushion?angry=12");
  await person.look("the cushion");
  check(at(person, "it says how many angry customers it takes"), /\d/.test(await person.words()), await person.words());
  await person.go("/majority");
  await person.look("the silent majority, nobody asked");
}

async function customer(person) {
  await person.go("/customers/add");
  await person.look("a customer by hand");
  await person.page.fill("main input[name=email]", "marta@cliente.example");
  await person.page.fill("main input[name=name]", "Marta Gil");
  await person.page.fill("main input[name=day]", day(3));
  await person.page.locator("main input[name=basis][value=contract]").check({ force: true });
  await person.page.fill("main [name=basis_note]", "En la hoja de reserva");
  await person.press("main form button[type=submit]");
  await person.go("/customers");
  check(at(person, "she is written down"), (await person.words()).includes("marta@cliente.example"), await person.words());
  await person.look("customers");
  await person.go("/shops");
  await person.look("shops");
}

async function settings(person) {
  await person.go("/invitations");
  await person.look("asking, nobody yet");
  await person.go("/invitations/settings");
  await person.page.locator("main input[name=active]").check({ force: true });
  await person.page.fill("main input[name=postal]", "");
  await person.page.fill("main input[name=name1]", "Yelp");
  await person.page.fill("main input[name=url1]", "https://www.yelp.es/biz/x");
  await person.press("main form button[type=submit]");
  check(at(person, "what cannot be is said beside its field"), (await person.count("main [aria-invalid=true]")) >= 2, await person.words());
  await person.look("how it asks, with faults", { status: 422 });
  await person.page.fill("main input[name=postal]", "Calle Mayor 1, Zamora");
  await person.page.fill("main input[name=name1]", "Google");
  await person.page.fill("main input[name=url1]", "https://search.google.com/local/writereview?placeid=X");
  await person.press("main form button[type=submit]");
  same(at(person, "saved, it shows what it does"), path(person), "/invitations");
  await person.look("asking");
}

async function lot(person) {
  await person.go("/invitations/draws");
  await person.look("lots, none");
  await person.press("main form[action='/invitations/draws'] button[type=submit]");
  const public_page = await person.page.locator("main a[href^='/draws/']").first().getAttribute("href");
  await person.look("lots");
  await person.go(public_page);
  check(at(person, "anybody reads what was promised"), /[0-9a-f]{64}/.test(await person.words()), await person.words());
  await person.look("a lot, for anybody");
}

async function printed(person) {
  await person.go("/invitations/codes");
  await person.look("posters and codes");
  const poster = await person.context.request.get(`${person.url}/invitations/poster.pdf?size=a4`);
  same(at(person, "a poster is a PDF"), (await poster.body()).subarray(0, 4).toString(), "%PDF");
}

async function ownForm(person) {
  await person.go("/invitations/codes");
  const address = new URL(await person.page.locator("main a[href*='/r/']").first().getAttribute("href")).pathname;
  await person.go(address);
  const before = await person.page.locator("main ul.plain a[rel]").evaluateAll((links) => links.map((link) => link.outerHTML));
  same(at(person, "the other places are shown before anything is asked"), before.length, 1);
  await person.look("the own form");
  await person.page.locator("main input[name=stars][value='2']").check({ force: true });
  await person.page.fill("main textarea[name=text]", "Tardaron mucho y la sopa estaba fría.");
  await sleep(3200);
  await person.press("main form button[type=submit]");
  check(at(person, "it is received"), path(person).endsWith("/thanks"), `${path(person)} ${await person.words()}`);
  const after = await person.page.locator("main ul.plain a[rel]").evaluateAll((links) => links.map((link) => link.outerHTML));
  same(at(person, "and shown after it, the same to whoever gave two stars"), JSON.stringify(after), JSON.stringify(before));
  await person.look("thanks");
  await person.go("/reviews");
  check(at(person, "the owner reads it"), (await person.words()).includes("la sopa estaba fría"), await person.words());
  await person.look("own reviews");
  await person.go("/kiosk");
  await person.look("devices in the shop");
}
