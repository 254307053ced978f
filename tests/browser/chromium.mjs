// Chromium without a screen, driven by its DevTools protocol over two pipes.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export class Chromium {
  #child;
  #folder = mkdtempSync(join(tmpdir(), "veche-chromium-"));
  // By the number of a command, or the name of an event.
  #waiting = new Map();
  #last = 0;
  #session;

  /** Starts it; it trusts the certificate with this hash, and reaches no host but localhost. */
  constructor(program, spkiHash) {
    const flags = [
      "--headless=new",
      "--remote-debugging-pipe",
      `--user-data-dir=${this.#folder}`,
      `--ignore-certificate-errors-spki-list=${spkiHash}`,
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
      // Who runs tests as root has no sandbox.
      "--no-sandbox",
      "--no-first-run",
      "--no-default-browser-check",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--disable-extensions",
      "--disable-sync",
      "--disable-background-networking",
      "--disable-component-update",
      "about:blank",
    ];
    this.#child = spawn(program, flags, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    this.#child.on("exit", () => {
      for (const { reject } of this.#waiting.values()) reject(new Error("Chromium has ended"));
    });
    let rest = "";
    this.#child.stdio[4].on("data", (data) => {
      const messages = (rest + data).split("\0");
      rest = messages.pop();
      for (const message of messages) this.#receive(JSON.parse(message));
    });
  }

  #receive({ id, method, result, error }) {
    const key = id ?? method;
    const waiting = this.#waiting.get(key);
    if (!waiting) return;
    this.#waiting.delete(key);
    if (error) waiting.reject(new Error(error.message));
    else waiting.resolve(result);
  }

  /** A command of the protocol, to the page once there is one. */
  send(method, params = {}) {
    const id = ++this.#last;
    const sent = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    const message = { id, method, params, sessionId: this.#session };
    this.#child.stdio[3].write(`${JSON.stringify(message)}\0`);
    return sent;
  }

  #event(method) {
    return new Promise((resolve, reject) => this.#waiting.set(method, { resolve, reject }));
  }

  /** Opens the one page and waits until it is there. */
  async open(url) {
    const { targetId } = await this.send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await this.send("Target.attachToTarget", { targetId, flatten: true });
    this.#session = sessionId;
    await this.send("Page.enable");
    const loaded = this.#event("Page.loadEventFired");
    const { errorText } = await this.send("Page.navigate", { url });
    if (errorText) throw new Error(`${url}: ${errorText}`);
    await loaded;
  }

  /** What an expression of the page gives, a promise's value. Throws what it throws, as data. */
  async evaluate(expression) {
    const wanted = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", wanted);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async close() {
    const ended = new Promise((resolve) => this.#child.on("exit", resolve));
    this.#session = undefined;
    this.send("Browser.close").catch(() => {});
    await ended;
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
