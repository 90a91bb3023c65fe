// The storm: an owner imports what is being said of her, sees the warning, reads the evidence, manages the incident.
import { check, same } from "./runner.mjs";
import { sleep } from "./program.mjs";
import { HOSTILE, stormTable } from "./reviews.mjs";

const path = (person) => new URL(person.page.url()).pathname;
const at = (person, words) => `${person.name}: ${words}`;

export async function warnings(person) {
  await quiet(person);
  const warning = await storm(person);
  await evidence(person, warning);
  await incident(person, warning);
  await judged(person, warning);
}

async function quiet(person) {
  const { page } = person;
  await person.go("/warnings");
  same(at(person, "an ordinary half year raises no warning"), await person.count("main article.warned"), 0);
  await person.look("warnings, quiet");
  await person.go("/warnings/settings");
  check(at(person, "the past is shown by budget"), (await person.count("#past table")) === 1, await person.words());
  await person.look("when to be warned");
  await page.check("[name=days][value='182']");
  await person.press("form[action='/warnings/settings'] button[type=submit]");
  check(at(person, "the budget is kept"), await page.isChecked("[name=days][value='182']"));
}

async function storm(person) {
  const { page } = person;
  await person.go("/import");
  await page.setInputFiles("form[action='/import/file'] input[name=file]", { name: "tormenta.csv", mimeType: "text/csv", buffer: Buffer.from(stormTable()) });
  await person.press("form[action='/import/file'] button[type=submit]");
  await person.press("#decide button[name=action][value=confirm]");
  for (let tries = 0; tries < 80; tries += 1) {
    await sleep(500);
    await person.go("/warnings");
    if ((await person.count("main article.warned")) > 0) break;
  }
  check(at(person, "the storm raises a warning"), (await person.count("main article.warned")) > 0, await person.words());
  await person.look("warnings, one open");
  await person.go("/today");
  check(at(person, "today shows the warning"), (await person.count("main #happened article.warned, main [aria-labelledby^=happened] article.warned, main article.warned")) > 0);
  await person.look("today, with a warning");
  await person.go("/warnings");
  await person.press("main article.warned a.button");
  check(at(person, "a warning has its page"), /^\/warnings\/\d+$/.test(path(person)), path(person));
  return path(person);
}

async function evidence(person, warning) {
  for (const id of ["quotes", "evidence", "timeline", "voices"]) {
    check(at(person, `a warning shows ${id}`), (await person.count(`main #${id}`)) === 1);
  }
  check(at(person, "a warning quotes what they say"), (await person.count("main #quotes blockquote")) > 0);
  check(at(person, "a warning draws its days"), (await person.count("main figure svg")) > 0);
  await person.look("a warning");
  await person.go(`${warning}/dossier`);
  check(at(person, "the dossier has the texts with their fingerprints"), (await person.count("main code")) > 3);
  check(at(person, "the dossier names nobody"), !(await person.words()).includes("Perfil 3"));
  await person.look("a dossier");
}

async function incident(person, warning) {
  const { page } = person;
  await person.go(warning);
  await person.press("form[action$='/incident'] button[type=submit]");
  check(at(person, "an incident is opened from a warning"), /^\/incidents\/\d+$/.test(path(person)), path(person));
  const tasks = await person.count("#tasks li.task");
  check(at(person, "an incident begins with its tasks"), tasks >= 5, `${tasks}`);
  await person.look("an incident");
  await page.fill("#tasks [name=title]", HOSTILE.slice(0, 150));
  await person.press("#tasks form[action$='/tasks'] button[type=submit]");
  same(at(person, "a task is added"), await person.count("#tasks li.task"), tasks + 1);
  await person.press("#tasks li.task button[role=checkbox]");
  same(at(person, "a task is ticked"), await person.count("#tasks [aria-checked=true]"), 1);
  await page.fill("#diary [name=text]", "Hablamos con la familia por teléfono.");
  await person.press("#diary form button[type=submit]");
  check(at(person, "the diary is kept"), (await person.words()).includes("Hablamos con la familia"));
  await page.fill("#statement [name=statement]", "Nos equivocamos y lo sentimos.");
  await person.press("#statement form button[type=submit]");
  same(at(person, "the statement is kept"), await page.inputValue("#statement [name=statement]"), "Nos equivocamos y lo sentimos.");
  await person.look("an incident, in work");
  await person.press("#review form[action$='/state'] button");
  check(at(person, "an incident is closed"), (await person.count("#review button[value=no]")) === 1);
  await person.look("an incident, closed");
}

async function judged(person, warning) {
  await person.go(warning);
  await person.press("#judge button[value=handled]");
  same(at(person, "a judged warning leads back"), path(person), "/warnings");
  await person.look("warnings, judged");
}
