// Real Chromium, and what must hold on every page it shows.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { check, out, same } from "./runner.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

export function launch() {
  return chromium.launch({
    executablePath: process.env.TIMON_TEST_CHROMIUM ?? "/usr/bin/chromium",
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    headless: false, // the flag below chooses the new headless mode, which is the browser people have
    args: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

/** Runs inside the page: plain facts about what is shown. */
function gather(width) {
  const root = document.documentElement;
  const all = [...document.querySelectorAll("main *, nav *, header *, footer *")];
  const flows = (style) => style.position !== "absolute" && style.position !== "fixed" && style.display !== "inline" && style.display !== "none";
  const sticksOut = (element) => {
    const style = getComputedStyle(element);
    const parent = getComputedStyle(element.parentElement);
    if (element instanceof SVGElement || !flows(style) || parent.display === "inline" || parent.overflowX !== "visible") return false;
    const [own, box] = [element.getBoundingClientRect(), element.parentElement.getBoundingClientRect()];
    return own.width > 1 && box.width > 1 && parseFloat(style.marginRight) >= 0 && own.right > box.right + 1;
  };
  const isKey = (element) => element.children.length === 0 && !["CODE", "OPTION", "TIME"].includes(element.tagName) && /^[a-z]+(-[a-z0-9]+)+$/.test(element.textContent.trim());
  return {
    headings: document.querySelectorAll("h1").length,
    lang: root.lang,
    title: document.title,
    overflow: root.scrollWidth - Math.min(root.clientWidth, width),
    out: all.filter(sticksOut).slice(0, 4).map((element) => element.outerHTML.slice(0, 160)),
    keys: all.filter(isKey).slice(0, 5).map((element) => element.textContent.trim()),
    violations: window.violations ?? [],
  };
}

/** A person at a screen: language, size, with or without JavaScript. */
export class Person {
  static async arrive(browser, { language, width, height, script }) {
    const context = await browser.newContext({
      locale: language === "es" ? "es-ES" : "en-GB",
      viewport: { width, height },
      // A phone lays its bars over the page; a computer takes their width from it. Both are looked at.
      isMobile: width < 600,
      hasTouch: width < 600,
      javaScriptEnabled: script,
      timezoneId: "Europe/Madrid",
    });
    context.setDefaultTimeout(20_000);
    await context.addInitScript(() => {
      window.violations = [];
      document.addEventListener("securitypolicyviolation", (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
    });
    const person = new Person();
    Object.assign(person, { context, language, width, height, script, name: `${language} ${width}×${height} ${script ? "with" : "without"} JavaScript`, noise: [], shots: 0 });
    person.page = await context.newPage();
    person.page.on("console", (message) => { if (message.type() === "error") person.noise.push(message.text()); });
    person.page.on("pageerror", (error) => person.noise.push(String(error)));
    person.page.on("dialog", (dialog) => { person.noise.push(`a dialog opened: ${dialog.message()}`); dialog.dismiss(); });
    return person;
  }

  /** Everything that must hold on the page that is shown now. */
  async look(name, { status = 200 } = {}) {
    const at = `${this.name}: ${name}`;
    // What is folded away must fit as well.
    await this.page.evaluate(() => document.querySelectorAll("details:not([open])").forEach((fold) => { fold.open = true; fold.dataset.unfolded = ""; }));
    const facts = await this.page.evaluate(gather, this.width);
    same(`${at}: one h1`, facts.headings, 1);
    same(`${at}: lang`, facts.lang, this.language);
    check(`${at}: a title`, facts.title.length > 5 && !facts.title.includes("roto"), facts.title);
    check(`${at}: nothing wider than the screen`, facts.overflow <= 0, `${facts.overflow} px`);
    check(`${at}: nothing sticks out of its box`, facts.out.length === 0, facts.out);
    check(`${at}: no key without its sentence`, facts.keys.length === 0, facts.keys);
    const noise = this.noise.splice(0).filter((line) => status === 200 || !line.includes(`status of ${status}`));
    check(`${at}: a silent console`, noise.length === 0, noise);
    check(`${at}: nothing against the content policy`, facts.violations.length === 0, facts.violations);
    if (this.script) await this.#accessible(at);
    this.shots += 1;
    const file = `${this.language}-${this.width}-${this.script ? "js" : "nojs"}-${String(this.shots).padStart(2, "0")}-${name.replace(/[^a-z0-9]+/gi, "-")}.png`;
    await this.page.screenshot({ path: join(out, file), fullPage: true });
    await this.page.evaluate(() => document.querySelectorAll("details[data-unfolded]").forEach((fold) => { fold.open = false; delete fold.dataset.unfolded; }));
  }

  /** axe through the debugger's door: the content policy forbids foreign scripts, and must go on doing so. */
  async #accessible(at) {
    const door = await this.context.newCDPSession(this.page);
    try {
      await door.send("Runtime.evaluate", { expression: `${axe};undefined` });
      const run = `axe.run(document, ${JSON.stringify({ runOnly: { type: "tag", values: TAGS }, resultTypes: ["violations"] })})
        .then((r) => r.violations.map((v) => ({ id: v.id, help: v.help, nodes: v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160) + " — " + n.failureSummary) })))`;
      const { result, exceptionDetails } = await door.send("Runtime.evaluate", { expression: run, awaitPromise: true, returnByValue: true });
      check(`${at}: axe finds nothing`, !exceptionDetails && Array.isArray(result.value) && result.value.length === 0, exceptionDetails ?? result.value);
    } finally {
      await door.detach();
    }
  }

  async go(path) {
    return this.page.goto(this.url + path);
  }

  /** Presses and waits for the page that comes. */
  async press(selector) {
    const target = this.page.locator(selector).first();
    await Promise.all([this.page.waitForNavigation({ waitUntil: "load" }), target.click()]);
  }

  count(selector) {
    return this.page.locator(selector).count();
  }

  words(selector = "main") {
    return this.page.locator(selector).first().innerText();
  }

  leave() {
    return this.context.close();
  }
}
