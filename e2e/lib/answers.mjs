// Answering: the queue, one answer by hand with the checker beside it, a complaint with its receipt, a promise, the values,
// the public page, and a drill.
import { check, same } from "./runner.mjs";
import { sleep } from "./program.mjs";

const path = (person) => new URL(person.page.url()).pathname;
const at = (person, words) => `${person.name}: ${words}`;

export async function answers(person) {
  await queue(person);
  await byHand(person);
  await complaint(person);
  await settings(person);
  await word(person);
  await values(person);
  await drill(person);
}

async function queue(person) {
  await person.go("/answers");
  const waiting = await person.count("main article.mention");
  check(at(person, "somebody waits"), waiting > 0, await person.words());
  await person.look("who waits");
  await person.press("main article.mention button[name=decision][value=snooze]");
  check(at(person, "a decision can be taken back"), (await person.count("main button[name=decision][value=wake]")) === 1, await person.words());
  await person.look("who waits, one put off");
  await person.press("main button[name=decision][value=wake]");
  same(at(person, "taken back, she waits again"), await person.count("main article.mention"), waiting);
  await person.press("main article.mention button[name=decision][value=dismiss]");
  await person.go("/answers/aside");
  same(at(person, "what is put aside is kept"), await person.count("main article.mention"), 1);
  await person.look("put aside");
  await person.press("main article.mention button[name=decision]");
  if (person.script) {
    await person.page.focus("main article.mention");
    await person.page.keyboard.press("j");
    const second = await person.page.evaluate(() => [...document.querySelectorAll("[data-item]")].findIndex((item) => item === document.activeElement));
    same(at(person, "j goes to the next card"), second, 1);
    await Promise.all([person.page.waitForNavigation(), person.page.keyboard.press("r")]);
    check(at(person, "r opens the answer"), /^\/answers\/\d+$/.test(path(person)), path(person));
  }
}

async function byHand(person) {
  const { page } = person;
  await person.go("/answers");
  await person.press("main article.mention a.button.primary");
  const address = path(person);
  check(at(person, "an answer begins with a draft"), (await page.inputValue("main textarea[name=text]")).length > 40);
  await person.look("an answer, draft");
  await page.fill("main textarea[name=text]", "Esta reseña es falsa y te denunciaremos. This review is fake and we will sue you.");
  if (person.script) {
    await page.waitForFunction(() => document.querySelector("#findings .notice.error"), null, { timeout: 15_000 }).catch(() => {});
    check(at(person, "the checker speaks while one writes"), (await person.count("#findings .notice.error")) > 0);
  }
  await person.press("main button[name=action][value=check]");
  check(at(person, "the checker speaks on the page"), (await person.count("#findings .notice.error")) > 0, await person.words());
  await person.look("an answer, checked");
  await person.press("main button[name=action][value=hand]");
  check(at(person, "what is unlawful does not leave"), (await person.count("main textarea[name=text]")) === 1 && (await person.count("main textarea#field-copy")) === 0);
  person.noise.splice(0, person.noise.length, ...person.noise.filter((line) => !line.includes("status of 422")));
  await page.fill("main textarea[name=text]", "Hola. Sentimos la espera del sábado: no es como queremos atender. Hemos puesto otra persona en la terraza. Si vuelves, pregunta por la encargada y lo hablamos.");
  const folded = page.locator("main details", { has: page.locator("[name=promise]") }).first();
  if ((await folded.getAttribute("open")) === null) await folded.locator("summary").first().click();
  await page.fill("main [name=promise]", "Invitarle a otra tapa");
  await person.press("main button[name=action][value=hand]");
  if ((await person.count("main textarea#field-copy")) === 0) await person.press("main button[name=action][value=hand]");
  same(at(person, "an answer by hand is given to copy"), await person.count("main textarea#field-copy"), 1);
  await person.look("an answer, to be published");
  await person.go("/answers");
  check(at(person, "what is half done comes first"), (await person.count("main li.task")) >= 1);
  await person.look("who waits, one half done");
  await person.go(address);
  await person.press("main button[name=action][value=done]");
  same(at(person, "after the answer comes the queue"), path(person), "/answers");
  await person.go(address);
  await person.look("an answer, published");
  await person.go("/promises");
  check(at(person, "a promise is followed"), (await person.words()).includes("Invitarle a otra tapa"));
  await person.look("promises");
  await person.press("main button[name=state][value=kept]");
  await person.look("promises, one kept");
}

async function complaint(person) {
  const { page } = person;
  await person.go("/complaints");
  await person.look("complaints, none");
  await page.fill("#write-down [name=claimant]", "Rosa María de la Encarnación Fernández de Castro");
  await page.fill("#write-down [name=facts]", "Me cobraron dos veces el menú del día y nadie quiso mirarlo.");
  await page.fill("#write-down [name=wish]", "Que me devuelvan doce euros");
  await person.press("#write-down button[type=submit]");
  check(at(person, "a complaint has its page"), /^\/complaints\/\d+$/.test(path(person)), path(person));
  const key = (await page.locator("main h1").innerText()).match(/R-\d{4}-\w{6}-\w/)?.[0] ?? "";
  check(at(person, "a complaint has its key"), key !== "", await person.words());
  await person.look("a complaint");
  const address = path(person);
  const [file] = await Promise.all([page.waitForEvent("download"), page.click("main a[href$='receipt.pdf']")]);
  check(at(person, "the receipt is a file with the key"), file.suggestedFilename().includes(key), file.suggestedFilename());
  await file.delete();
  await person.press("#receipt button[name=action][value=handed]");
  await page.fill("#diary textarea[name=note]", "Hablamos con ella por teléfono.");
  await person.press("#diary button[name=action][value=note]");
  check(at(person, "the diary of a complaint is kept"), (await person.words()).includes("Hablamos con ella"));
  await person.look("a complaint, with its receipt");
  await person.press("main a.button.primary[href^='/answers/']");
  check(at(person, "an answer to a complaint asks for the outcome"), (await person.count("main [name=outcome]")) === 3);
  await person.look("an answer to a complaint");
  await person.go("/complaints");
  await person.look("complaints");
  await person.go(address);
}

async function settings(person) {
  const { page } = person;
  await person.go("/answers/settings");
  await page.fill("#saved form[action='/answers/saved'] [name=title]", "Disculpa");
  await page.fill("#saved form[action='/answers/saved'] [name=text]", "Hola, {{nombre}}: lo sentimos.");
  await person.press("#saved form[action='/answers/saved'] button[type=submit]");
  check(at(person, "a text is kept"), (await person.words()).includes("Disculpa"));
  await page.selectOption("[name=region]", "VC");
  await person.press("form[action='/answers/settings'] button[type=submit]");
  await person.look("how one answers");
}

async function word(person) {
  const { page } = person;
  await person.go("/word");
  await person.look("word");
  await person.go("/word/public");
  await person.look("the public page, closed");
  await person.press("main button[name=action][value=open]");
  const address = await page.locator("main .notice a").getAttribute("href");
  await person.look("the public page, open");
  await person.go(new URL(address).pathname);
  check(at(person, "the public page says who publishes it"), (await person.words("body")).includes("Timón"));
  await person.look("the public page");
}

async function values(person) {
  const { page } = person;
  await person.go("/values");
  await person.look("values");
  await page.fill("form[action='/values/1'] [name=text]", "Nunca cobramos lo que no está en la carta");
  await person.press("form[action='/values/1'] button[type=submit]");
  check(at(person, "a line of the charter is kept"), (await page.content()).includes("Nunca cobramos"));
  await person.go("/values/triage");
  await person.look("triage");
}

async function drill(person) {
  const { page } = person;
  await person.go("/drill");
  await person.look("drill");
  const begin = await person.count("form[action='/drill'] button[type=submit]");
  check(at(person, "a drill can be asked for"), begin === 1, await person.words());
  if (begin === 0) return;
  await person.press("form[action='/drill'] button[type=submit]");
  for (let tries = 0; tries < 60 && (await person.count("main button[name=act][value=begin]")) === 0; tries += 1) {
    await sleep(500);
    await person.go(path(person));
  }
  check(at(person, "a drill is prepared"), (await person.count("main button[name=act][value=begin]")) === 1, await person.words());
  await person.look("drill, ready");
  await person.press("main button[name=act][value=begin]");
  await person.look("drill, first step");
  await person.go("/drill");
  check(at(person, "a drill under way is shown"), (await person.count("main a[href^='/drill/'], main form[action$='/abandon']")) > 0, await person.words());
  await page.goBack().catch(() => {});
}
