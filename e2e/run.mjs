// Everything people do, in the browser they have: `cargo xtask e2e`, or `node run.mjs [words]` to run only the journeys
// whose name has these words. The program must be built; TIMON_BINARY names another one.
import { attacks } from "./lib/attacks.mjs";
import { launch } from "./lib/browser.mjs";
import { firstDay } from "./lib/journey.mjs";
import { kiosk, ownReviews } from "./lib/own_reviews.mjs";
import { rehearsal } from "./lib/rehearsal.mjs";
import { clean, finish, journey } from "./lib/runner.mjs";

const only = process.argv.slice(2).join(" ");
const wanted = (name) => name.includes(only);
const walks = [["rehearsal", rehearsal]];
for (const script of [true, false]) {
  for (const language of ["es", "en"]) {
    for (const [width, height] of [[390, 844], [1280, 900]]) {
      const name = `first day, ${language}, ${width}×${height}, ${script ? "with" : "without"} JavaScript`;
      walks.push([name, (browser) => firstDay(browser, { language, width, height, script })]);
      walks.push([name.replace("first day", "own reviews"), (browser) => ownReviews(browser, { language, width, height, script })]);
    }
  }
}

walks.push(["a device in the shop without a line", kiosk]);

clean();
const chosen = walks.filter(([name]) => wanted(name));
if (chosen.length > 0) {
  const browser = await launch();
  for (const [name, walk] of chosen) await journey(name, () => walk(browser));
  await browser.close();
}
if (wanted("attacks")) await journey("attacks", attacks);
finish();
