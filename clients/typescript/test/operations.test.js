import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { buildSchema } from "graphql";
import { Mutations, Queries, Subscriptions } from "../dist/index.js";

const file = new URL("../../../crates/coop-server/schema.graphql", import.meta.url);
const schema = buildSchema(readFileSync(fileURLToPath(file), "utf8"));

/** The names of all operations of a kind that the package has. */
const of = (kind) => Object.values(kind).flatMap((subject) => Object.values(subject).map(({ name }) => name));

test("every operation of the schema is in the package, once", () => {
  for (const [kind, type] of [
    [Queries, schema.getQueryType()],
    [Mutations, schema.getMutationType()],
    [Subscriptions, schema.getSubscriptionType()],
  ]) {
    assert.deepEqual(of(kind).sort(), Object.keys(type.getFields()).sort());
  }
});

test("the agenda is asked for with and without a page", () => {
  const { query } = Queries.Agenda.GetAgenda;
  assert.match(query.text, /query GetAgenda\(\$data: GetAgendaInput\)/);
});
