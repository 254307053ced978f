// Every printed sample: its types are taken by the client, and what it sends is valid by the server's schema.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { buildSchema, getVariableValues, parse, validate } from "graphql";
import { ApiError, Client, Mutations, Queries } from "../dist/index.js";
import { bodyOf, sample, typeOf } from "./seed.js";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const samples = readdirSync(join(root, "test/seed")).filter((it) => !it.includes("output")).map(sample);

/** What tsc says of a module that is compiled beside the sources. */
function compiled(text) {
  const folder = mkdtempSync(join(root, "test/.types-"));
  try {
    writeFileSync(join(folder, "sample.ts"), text);
    const compilerOptions = { rootDir: "../..", noEmit: true };
    const config = { extends: "../../tsconfig.json", compilerOptions, include: ["sample.ts"] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    return spawnSync(join(root, "node_modules/.bin/tsc"), ["-p", folder], { encoding: "utf8" }).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("the client takes what the samples pass, and gives what they print", () => {
  const lines = samples.map(({ kind, subject, operation, variables }, at) => `
    export const takes${at} = (printed: ${typeOf(variables)}): ${kind}.${subject}.${operation}.IInput => printed;`);
  const printed = readFileSync(join(root, "test/seed/6-generateFreeDecision.output.txt"), "utf8");
  const text = `
    import type { Mutations, Queries } from "../../dist/index.js";
    ${lines.join("")}
    ${typeOf(printed)}
    export const gives = (ours: Mutations.FreeDecisions.GenerateFreeDecision.IOutput): IOutput => ours;
  `;
  assert.equal(compiled(text), "");
  // The compiler does look: a number where the sample prints a text is refused.
  assert.match(compiled(text.replace("question: string", "question: number")), /TS2322/);
});

const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;

/** A value of the type that a place names. */
const VALUES = { string: "text", number: 1, "string[]": ["text"] };

/** The variables of a sample with a value in each place, those that may be left out too. */
function filled(variables) {
  const literal = variables
    .replace(/\/\/.*$/gm, "")
    .replace(/<(?:null \| )?([a-z[\]]+)>/g, (_, type) => JSON.stringify(VALUES[type] ?? (type === "boolean")))
    .replace(/\?:/g, ":")
    .replaceAll(";", ",");
  return new Function(`return (${literal});`)();
}

test("what the samples send is valid by the schema", async (t) => {
  const schema = buildSchema(readFileSync(join(root, "../../crates/coop-server/schema.graphql"), "utf8"));
  const received = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { query, variables } = JSON.parse(body);
    const document = parse(query);
    const wrong = validate(schema, document);
    const { variableDefinitions } = document.definitions[0];
    const { errors = [] } = getVariableValues(schema, variableDefinitions ?? [], variables);
    received.push([...wrong, ...errors].map((it) => it.message));
    response.end(JSON.stringify({ errors: [{ message: "seen" }] }));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  t.after(() => server.close());
  const client = new Client({ api_url: `http://127.0.0.1:${server.address().port}/` });
  for (const printed of samples) {
    const { data, options } = filled(printed.variables);
    const run = new AsyncFunction("client", "Queries", "Mutations", "data", "options", bodyOf(printed));
    await assert.rejects(run(client, Queries, Mutations, data, options), ApiError, printed.file);
  }
  assert.deepEqual(received, samples.map(() => []));
});
