// The code samples that the platform's documentation prints, run as they stand there: only their import is left out, and
// the places of their variables are filled.
import { readdirSync } from "node:fs";
import { bodyOf, sample } from "../typescript/test/seed.js";
import { Mutations, Queries } from "../typescript/dist/index.js";

const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
const folder = new URL("../typescript/test/seed/", import.meta.url);
const files = readdirSync(folder).filter((it) => !it.includes("output"));
const samples = new Map(
  files.map(sample).map((it) => [
    { Queries, Mutations }[it.kind][it.subject][it.operation].name,
    new AsyncFunction("client", "Queries", "Mutations", "data", "options", bodyOf(it)),
  ]),
);
const used = new Set();

/** Runs the sample of an operation; `undefined` for an operation without one. */
export function printed(client, { name }, { data, options } = {}) {
  const run = samples.get(name);
  if (run === undefined) return undefined;
  used.add(name);
  return run(client, Queries, Mutations, data, options);
}

/** How many samples there are, and how many of them have run. */
export const counted = () => ({ all: samples.size, used: used.size });
