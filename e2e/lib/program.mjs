// The program under test: a process of its own on a new data folder and a free port.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

function binary() {
  const target = process.env.CARGO_TARGET_DIR ?? fileURLToPath(new URL("../../target", import.meta.url));
  const candidates = [process.env.TIMON_BINARY, join(target, "debug/timon"), join(target, "release/timon")];
  const found = candidates.find((path) => path && existsSync(path));
  if (!found) throw new Error("the program is not built: cargo build");
  return found;
}

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

// Whatever ends this run ends the programs it started, and their data.
const running = new Map();
process.on("exit", () => {
  for (const [child, data] of running) {
    child.kill("SIGKILL");
    rmSync(data, { recursive: true, force: true });
  }
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(130));

/** Starts the program; the answer stops it and deletes its data. With `again`, a killed one goes on where it was. */
export async function start({ settings = {}, again } = {}) {
  const data = again?.data ?? mkdtempSync(join(tmpdir(), "timon-e2e-"));
  const port = again?.port ?? (await freePort());
  const environment = { ...process.env, TIMON_DATA_DIR: data, TIMON_LISTEN: `127.0.0.1:${port}`, ...settings };
  delete environment.TIMON_DATABASE;
  const child = spawn(binary(), ["serve"], { env: environment, stdio: ["ignore", "pipe", "pipe"] });
  running.set(child, data);
  child.once("exit", () => running.delete(child));
  let log = "";
  child.stdout.on("data", (bytes) => { log += bytes; });
  child.stderr.on("data", (bytes) => { log += bytes; });
  const program = {
    port,
    data,
    url: `http://localhost:${port}`,
    log: () => log,
    /** Lines of the log at level ERROR: a run that looks fine must not have written any. */
    errors: () => log.replace(/\u001b\[[0-9;]*m/g, "").split("\n").filter((line) => /ERROR|panicked/.test(line)),
    isAlive: async () => child.exitCode === null && (await send(port, { path: "/healthz" })).status === 200,
    peakMegabytes: () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1]) / 1024,
    uploads: () => (existsSync(join(data, "uploads")) ? readdirSync(join(data, "uploads")).length : 0),
    /** Power off: its data stays. */
    async kill() {
      const ended = new Promise((done) => child.once("exit", done));
      child.kill("SIGKILL");
      await ended;
    },
    /** SIGTERM; true when it ended by itself in time. */
    async stop() {
      const ended = new Promise((done) => child.once("exit", (code) => done(code)));
      let code = child.exitCode;
      if (code === null) {
        child.kill("SIGTERM");
        code = await Promise.race([ended, sleep(20000).then(() => "late")]);
        if (code === "late") child.kill("SIGKILL");
      }
      rmSync(data, { recursive: true, force: true });
      return code === 0;
    },
  };
  for (let tries = 0; tries < 600; tries += 1) {
    if (child.exitCode !== null) throw new Error(`the program ended with ${child.exitCode}:\n${log}`);
    if (await send(port, { path: "/healthz" }).then((answer) => answer.status === 200, () => false)) return program;
    await sleep(50);
  }
  await program.stop();
  throw new Error(`nothing answers on port ${port}:\n${log}`);
}

/** One request exactly as given: no header is added but Host, and nothing is followed. */
export function send(port, { method = "GET", path = "/", headers = {}, body } = {}) {
  return new Promise((done, fail) => {
    const asked = request({ host: "127.0.0.1", port, method, path, headers: { host: `localhost:${port}`, ...headers }, agent: false }, (answer) => {
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("error", fail);
      answer.on("end", () => {
        const bytes = Buffer.concat(chunks);
        done({ status: answer.statusCode, headers: answer.headers, bytes, text: bytes.toString("utf8") });
      });
    });
    asked.setTimeout(60000, () => asked.destroy(new Error(`${method} ${path}: no answer within a minute`)));
    asked.on("error", fail);
    if (body !== undefined) asked.write(body);
    asked.end();
  });
}
