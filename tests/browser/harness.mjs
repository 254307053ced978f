// Serves a page over TLS on loopback, opens it in Chromium, and does what the test says, line by line.
//
// node harness.mjs PACKAGE CHROMIUM
//
// From the test: {"run": "name", "with": […]}     calls a function of page.mjs
//                {"devtools": "method", "with": {…}}
//                {"answer": 1, "status": 200, "body": "…"}
// To the test:   {"ask": 1, "path": "/v1/chain/…", "body": "…"}   the page calls the node
//                {"done": …} or {"failed": {"name", "code", "message", "ru"}}
import { readFile } from "node:fs/promises";
import { createServer } from "node:https";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { certificate } from "./certificate.mjs";
import { Chromium } from "./chromium.mjs";

const [packed, program] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

const PAGE = `<!doctype html><meta charset="utf-8"><title>Desk</title><script type="module" src="/page.mjs"></script>`;
const KINDS = { js: "text/javascript", mjs: "text/javascript", wasm: "application/wasm" };
// The policy that a desk should have: nothing inline, and WebAssembly.
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

const asked = new Map();
let questions = 0;

async function serve(request, response) {
  const path = new URL(request.url, "https://localhost").pathname;
  if (path.startsWith("/v1/")) {
    let body = "";
    for await (const part of request) body += part;
    const answered = new Promise((resolve) => asked.set(++questions, resolve));
    say({ ask: questions, path, body });
    const { status, body: answer } = await answered;
    response.writeHead(status, { "content-type": "application/json" }).end(answer);
    return;
  }
  if (path === "/") {
    response.writeHead(200, { "content-type": "text/html", "content-security-policy": POLICY }).end(PAGE);
    return;
  }
  const file = path === "/page.mjs" ? join(here, "page.mjs") : join(packed, basename(path));
  try {
    const content = await readFile(file);
    const kind = KINDS[path.split(".").pop()] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": kind }).end(content);
  } catch {
    response.writeHead(404).end();
  }
}

const { cert, key, spkiHash } = certificate();
const server = createServer({ cert, key }, serve);
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const chromium = new Chromium(program, spkiHash);
await chromium.open(`https://localhost:${server.address().port}/`);
await chromium.send("WebAuthn.enable");

async function follow(order) {
  if (order.devtools) return chromium.send(order.devtools, order.with);
  const call = `globalThis.desk(${JSON.stringify(order.run)}, ${JSON.stringify(order.with)})`;
  // The page is there when its module has been read.
  return chromium.evaluate(`(async () => {
    for (let waited = 0; !globalThis.desk; waited += 10) {
      if (waited > 120_000) throw new Error("the page's module was not loaded");
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return ${call};
  })()`);
}

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line);
  if (order.answer) {
    asked.get(order.answer)(order);
    asked.delete(order.answer);
    continue;
  }
  follow(order).then(
    (done) => say(done?.failed ? done : { done: done ?? null }),
    (error) => say({ failed: { name: error.name, message: error.message } }),
  );
}
await chromium.close();
server.closeAllConnections?.();
server.close();
