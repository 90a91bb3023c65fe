// A visitor without a browser: cookies and the hidden token of a form, for the requests a browser would never send.
import { send } from "./program.mjs";

export class Visitor {
  constructor(port, language = "es") {
    this.port = port;
    this.language = language;
    this.cookies = new Map();
  }

  async send({ method = "GET", path = "/", headers = {}, body } = {}) {
    const all = { "accept-language": this.language, "sec-fetch-site": "same-origin", ...headers };
    if (this.cookies.size > 0) all.cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    for (const [name, value] of Object.entries(all)) if (value === null) delete all[name];
    const answer = await send(this.port, { method, path, headers: all, body });
    for (const line of answer.headers["set-cookie"] ?? []) {
      const [, name, value] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
      if (name) this.cookies.set(name, value);
    }
    return answer;
  }

  async token(page) {
    const answer = await this.send({ path: page });
    return /name="csrf" value="([0-9a-f]+)"/.exec(answer.text)?.[1];
  }

  post(path, fields, headers = {}) {
    const body = new URLSearchParams(fields).toString();
    return this.send({ method: "POST", path, headers: { "content-type": "application/x-www-form-urlencoded", ...headers }, body });
  }

  /** Hands a file over, the token first as our forms do; `fields` replace what is sent before it. */
  async upload(name, bytes, fields = undefined) {
    const boundary = "----timon-e2e-boundary";
    const before = fields ?? { csrf: await this.token("/import"), source: "" };
    const parts = Object.entries(before).map(([key, value]) => Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`));
    parts.push(Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`));
    parts.push(Buffer.from(bytes), Buffer.from(`\r\n--${boundary}--\r\n`));
    const body = Buffer.concat(parts);
    return this.send({ method: "POST", path: "/import/file", headers: { "content-type": `multipart/form-data; boundary=${boundary}`, "content-length": body.length }, body });
  }

  async firstRun(owner) {
    return this.post("/start", { csrf: await this.token("/start"), ...owner });
  }
}

export const owner = { name: "Bar La Brújula", kind: "bar", town: "Valencia", email: "marisa@example.org", password: "calamares-con-limon-7" };
