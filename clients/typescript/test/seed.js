// The code samples of the platform's documentation, as they are printed there.
//
// In place of values they have types: `decision_id: <number>; // …`. Here such a sample becomes a type, which the
// client's own has to take, and a module in which only the import and these places are replaced.
import { readFileSync } from "node:fs";

const folder = new URL("./seed/", import.meta.url);
const PLACE = /<([^<>]*(?:<[^<>]*>)?[^<>]*)>/g;

/** A sample: its operation, its text, and its variables as a TypeScript type. */
export function sample(file) {
  const text = readFileSync(new URL(file, folder), "utf8");
  const [, kind, subject, operation] = /\[(\w+)\.(\w+)\.(\w+)\.name\]/.exec(text);
  const [, variables] = /const variables = (\{[\s\S]*?\n?\});?\n(?=const )/.exec(text);
  return { file, text, kind, subject, operation, variables };
}

/** The type that a notation with places says. */
export function typeOf(notation) {
  // The language of a document is printed as its value.
  return notation.replaceAll("<ru>", "string").replace(PLACE, "$1");
}

/**
 * The body of a function `(client, Queries, Mutations, data, options)` that runs a sample: what the sample prints,
 * with its import left out and its variables' places filled from `data` and `options`.
 */
export function bodyOf({ text, variables }) {
  const filled = variables
    .replace(/^import .*\n/m, "")
    .replace(/data: \{[\s\S]*\n\};(?=\n(options|\}))/, "data,")
    .replace(/options\?: \{[\s\S]*?\n\};/, "options,");
  const body = text.replace(/^import .*\n/m, "").replace(variables, filled);
  return `${body}\nreturn result;`;
}
