// The story of a cooperative through the API: `veche serve --sample` is started, and everybody acts by its API alone,
// with keys that stay here.
//
//   node story.js --program FILE --signing FOLDER [--input FILE] [--lang ru|en] [--json] [-- OPTION…]
//
// What is behind `--` is given to `veche serve`.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { Story } from "./chapters.js";
import { Member } from "./member.js";
import { serve } from "./service.js";
import { Told } from "./told.js";

const split = process.argv.indexOf("--");
const { values: given } = parseArgs({
  args: process.argv.slice(2, split < 0 ? undefined : split),
  options: {
    program: { type: "string" },
    signing: { type: "string" },
    input: { type: "string" },
    lang: { type: "string", default: (process.env.LC_ALL || process.env.LANG || "").startsWith("ru") ? "ru" : "en" },
    json: { type: "boolean", default: false },
  },
});
const forServe = split < 0 ? [] : process.argv.slice(split + 1);
for (const needed of ["program", "signing", "input"]) {
  if (given[needed] === undefined) {
    console.error(`error: --${needed} is missing`);
    process.exit(2);
  }
}

/** What a member asks the council. */
const QUESTION = {
  question: "О дне открытых дверей",
  decision: "Провести день открытых дверей в первую субботу сентября.",
};

/** What a general meeting has the charter say about decisions. */
const CHARTER = { quorum_percent: 60, board_support: 0 };

const signing = await import(pathToFileURL(resolve(given.signing, "node.js")));
const input = JSON.parse(readFileSync(given.input, "utf8"));
const folder = mkdtempSync(join(tmpdir(), "veche-story-"));
const told = new Told(given.lang, given.json);
let passed = false;
try {
  const service = await serve(given.program, join(folder, "sample"), given.lang, forServe);
  try {
    const place = { api: service.api, node: service.node, lang: given.lang };
    const member = ({ account, title, email, development_key: key }) =>
      new Member(signing, place, { account, title, email, key: signing.PrivateKey.parse(key) });
    const of = (role) => service.accounts.filter((it) => it.role === role).map(member);
    const [[chairman], [cashier], [outsider]] = ["chairman", "cashier", "participant"].map(of);
    const people = { chairman, cashier, council: [chairman, ...of("council member")] };
    const [cooperative] = of("cooperative");
    const story = new Story(cooperative.account, people, told);
    await story.agenda(outsider);
    // Who was admitted before is in the sample; who was not wanted is left to the other story.
    const details = input.candidates.find(({ account, votes }) =>
      account !== outsider.account && Object.values(votes).filter((it) => it === "for").length > 2);
    const title = `${details.last_name} ${details.first_name}`;
    const candidate = new Member(signing, place, { ...details, title, key: signing.PrivateKey.generate() });
    await story.admit(candidate, details, details.votes);
    const [{ votes }] = input.questions;
    await story.share(outsider, { contributed: "250.0000 RUB", returned: "100.0000 RUB" }, votes);
    await story.conclude(votes);
    await story.ask(people.council[1], { ...QUESTION, votes });
    await story.meet(cooperative, [...people.council, outsider, candidate], CHARTER);
    await story.registry();
    passed = told.end();
  } finally {
    await service.stop();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = passed ? 0 : 1;
