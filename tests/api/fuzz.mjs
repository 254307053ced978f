// Random requests from the schema of an API, right ones and wrong ones: each has to get an answer of GraphQL.
//
//   node fuzz.mjs NODE_MODULES API_URL SCHEMA COUNT SEED [TOKEN…]
//
// Prints counts as JSON. Whatever is no answer, or one with a status of 500 and above, goes into `failed` with what
// was sent, and the exit code is 1.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const [modules, url, schemaFile, count, seed, ...tokens] = process.argv.slice(2);
const { buildSchema, getNamedType, getNullableType, isCompositeType, isEnumType, isInputObjectType, isListType,
  isNonNullType, isObjectType } = createRequire(resolve(modules, "fuzz.mjs"))("graphql");

const schema = buildSchema(readFileSync(schemaFile, "utf8"));
const random = generator(Number(seed));
const pick = (list) => list[Math.floor(random() * list.length)];
const chance = (share) => random() < share;

/** Numbers in [0, 1) from a seed (mulberry32). */
function generator(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const TEXTS = ["", "a", "anna", "voskhod", "not an account", "0".repeat(64), "2026-02-01T10:00:00Z", "' OR 1=1 --",
  "\u0000", "\u202e", "\ud800", "Белова", "%00", "../../etc/passwd", "{}", "null", "1".repeat(400), "😀".repeat(30)];
const NUMBERS = [0, 1, 2, -1, 1.5, 100, 101, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), 2 ** 53, 1e300, 1e-300];
const OTHERS = [null, true, [], {}, [null], [[1]], { a: 1 }];

function scalar(name) {
  switch (name) {
    case "Int":
    case "Float":
      return pick(NUMBERS);
    case "Boolean":
      return chance(0.5);
    case "JSON":
      return pick([...OTHERS, ...TEXTS, ...NUMBERS, { receiver: "anna" }, { username: { $ne: 1 } }]);
    default:
      return pick(TEXTS);
  }
}

/** A value of a type; now and then one of another. */
function value(type, depth = 0) {
  if (chance(0.02)) return pick([...OTHERS, ...TEXTS, ...NUMBERS]);
  if (!isNonNullType(type) && chance(0.3)) return null;
  const inner = getNullableType(type);
  if (isListType(inner)) {
    const length = depth > 3 ? 0 : Math.floor(random() * 3);
    return Array.from({ length }, () => value(inner.ofType, depth + 1));
  }
  if (isEnumType(inner)) return pick(inner.getValues()).name;
  if (!isInputObjectType(inner)) return scalar(inner.name);
  const fields = {};
  for (const field of Object.values(inner.getFields())) {
    const leave = !isNonNullType(field.type) && chance(depth > 3 ? 1 : 0.5);
    if (!leave && !chance(0.01)) fields[field.name] = value(field.type, depth + 1);
  }
  if (chance(0.02)) fields[pick(TEXTS)] = 1;
  return fields;
}

function selection(type, depth) {
  const named = getNamedType(type);
  if (!isCompositeType(named)) return "";
  const members = isObjectType(named) ? [named] : schema.getPossibleTypes(named);
  const parts = members.map((member) => {
    const fields = Object.values(member.getFields())
      .filter((field) => !isCompositeType(getNamedType(field.type)) || depth > 0)
      .filter(() => chance(0.6))
      .map((field) => `${field.name} ${selection(field.type, depth - 1)}`);
    if (chance(0.01)) fields.push("nothing_of_this_name");
    const body = ["__typename", ...fields].join(" ");
    return isObjectType(named) ? body : `... on ${member.name} { ${body} }`;
  });
  return `{ ${parts.join(" ")} }`;
}

/** A request: one operation of the schema, or several under other names. */
function request() {
  const [kind, root] = pick([["query", schema.getQueryType()], ["mutation", schema.getMutationType()]]);
  const variables = {};
  const declared = [];
  const fields = Array.from({ length: chance(0.9) ? 1 : 1 + Math.floor(random() * 4) }, (_, at) => {
    const field = pick(Object.values(root.getFields()));
    const given = field.args.map((argument) => {
      const name = `${argument.name}_${at}`;
      declared.push(`$${name}: ${argument.type}`);
      if (!chance(0.02)) variables[name] = value(argument.type);
      return `${argument.name}: $${name}`;
    });
    const list = given.length > 0 ? `(${given.join(", ")})` : "";
    return `f${at}: ${field.name}${list} ${selection(field.type, Math.floor(random() * 7))}`;
  });
  const head = declared.length > 0 ? `(${declared.join(", ")})` : "";
  return { query: `${kind}${head} { ${fields.join(" ")} }`, variables };
}

/** The bytes that are sent: those of the request, or spoilt ones. */
function bytes(sent) {
  const whole = Buffer.from(JSON.stringify(sent));
  if (!chance(0.05)) return whole;
  const spoilt = Buffer.from(whole.subarray(0, chance(0.5) ? whole.length : Math.floor(random() * whole.length)));
  for (let left = Math.floor(random() * 4); left > 0 && spoilt.length > 0; left -= 1) {
    spoilt[Math.floor(random() * spoilt.length)] = Math.floor(random() * 256);
  }
  return spoilt;
}

const counts = { sent: 0, data: 0, errors: 0, codes: {}, statuses: {}, failed: [] };
while (counts.sent < Number(count) && counts.failed.length < 5) {
  const sent = request();
  const body = bytes(sent);
  const token = pick([undefined, ...tokens, "wrong"]);
  counts.sent += 1;
  let status = 0;
  let answer = "";
  try {
    const headers = { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) };
    const response = await fetch(url, { method: "POST", headers, body });
    status = response.status;
    answer = await response.text();
    const { data, errors } = JSON.parse(answer);
    if (errors !== undefined) {
      counts.errors += 1;
      for (const error of errors) {
        const code = error.extensions?.code ?? "none";
        counts.codes[code] = (counts.codes[code] ?? 0) + 1;
      }
    } else if (data === undefined) {
      throw new Error("neither data nor errors");
    } else {
      counts.data += 1;
    }
    if (status >= 500) throw new Error("a status of the server's own fault");
  } catch (error) {
    counts.failed.push({ body: body.toString(), status, answer: answer.slice(0, 500), error: String(error) });
  }
  counts.statuses[status] = (counts.statuses[status] ?? 0) + 1;
}
console.log(JSON.stringify(counts));
process.exitCode = counts.failed.length > 0 ? 1 : 0;
