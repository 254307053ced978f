// Random requests to a sample that is served for them, by members of each role: `tests/api/fuzz.mjs` makes them.
//
//   node fuzz.js --program FILE --signing FOLDER [--count COUNT] [--seed SEED] [-- OPTION…]
//
// What is behind `--` is given to `veche serve`. Prints counts as JSON; the exit code is 1 where a request got no answer
// of GraphQL, or one with a status of 500 and above.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { Member } from "./member.js";
import { serve } from "./service.js";

const ROLES = ["chairman", "council member", "cashier", "participant"];
const here = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const split = process.argv.indexOf("--");
const { values: given } = parseArgs({
  args: process.argv.slice(2, split < 0 ? undefined : split),
  options: {
    program: { type: "string" },
    signing: { type: "string" },
    count: { type: "string", default: "100000" },
    seed: { type: "string", default: "1" },
  },
});
const signing = await import(pathToFileURL(resolve(given.signing, "node.js")));
const folder = mkdtempSync(join(tmpdir(), "veche-fuzz-"));
try {
  // Rates would refuse most of them.
  const config = join(folder, "api.toml");
  const rates = ["requests", "logins", "documents"].map((it) => `${it}_a_minute = 1000000\n`);
  writeFileSync(config, rates.join(""));
  const more = ["--api-config", config, ...(split < 0 ? [] : process.argv.slice(split + 1))];
  const service = await serve(given.program, join(folder, "sample"), "en", more);
  try {
    const tokens = [];
    for (const role of ROLES) {
      const { account, title, email, development_key: key } = service.accounts.find((it) => it.role === role);
      const place = { api: service.api, node: service.node, lang: "en" };
      const member = new Member(signing, place, { account, title, email, key: signing.PrivateKey.parse(key) });
      await member.login();
      tokens.push(member.token);
    }
    const words = [here("tests/api/fuzz.mjs"), here("clients/typescript"), service.api,
      here("crates/coop-server/schema.graphql"), given.count, given.seed, ...tokens];
    const fuzz = spawn(process.execPath, words, { stdio: ["ignore", "inherit", "inherit"] });
    process.exitCode = await new Promise((ended) => fuzz.once("exit", ended));
  } finally {
    await service.stop();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
