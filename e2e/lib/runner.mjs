// A runner of forty lines: named checks, nothing hidden. A check that fails is counted and the run goes on; a step that
// throws ends its own journey only.
import { mkdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const out = fileURLToPath(new URL("../out/", import.meta.url));

let passed = 0;
let failures = [];
let rehearsal = false;

export function clean() {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
}

/** Counts one named check. `detail` is shown when it fails. */
export function check(name, holds, detail = "") {
  if (holds) {
    passed += 1;
    if (process.env.TIMON_E2E_VERBOSE) console.log(`  ok      ${name}`);
    return true;
  }
  const shown = typeof detail === "string" ? detail : JSON.stringify(detail, null, 1);
  failures.push(name);
  if (rehearsal) return false;
  console.log(`  FAILED  ${name}${shown ? `\n          ${shown.replaceAll("\n", "\n          ")}` : ""}`);
  return false;
}

export const same = (name, found, wanted) => check(name, found === wanted, `found ${JSON.stringify(found)}, wanted ${JSON.stringify(wanted)}`);

/** Runs something that is wrong on purpose; gives back the names of the checks that noticed, and counts none of them. */
export async function rehearse(something) {
  const [passedBefore, failuresBefore] = [passed, failures];
  [failures, rehearsal] = [[], true];
  try {
    await something();
    return failures;
  } finally {
    [passed, failures, rehearsal] = [passedBefore, failuresBefore, false];
  }
}

/** Runs one journey; whatever it throws is one failed check. */
export async function journey(name, walk) {
  const start = Date.now();
  const before = failures.length;
  console.log(`- ${name}`);
  try {
    await walk();
  } catch (error) {
    check(`${name}: walked to its end`, false, String(error.stack ?? error));
  }
  const failed = failures.length - before;
  console.log(`  ${failed === 0 ? "good" : `${failed} failed`}, ${((Date.now() - start) / 1000).toFixed(1)} s`);
}

/** The closing line, and the exit code with it. */
export function finish() {
  if (failures.length > 0) console.log(`\nfailed:\n${failures.map((name) => `  ${name}`).join("\n")}`);
  console.log(`\n${passed} passed, ${failures.length} failed`);
  process.exitCode = failures.length === 0 && passed > 0 ? 0 : 1;
}
