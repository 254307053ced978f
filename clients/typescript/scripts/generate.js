// Makes src/generated from the server's schema and the operations of this package.
//
//   operations/queries/agenda/getAgenda.graphql  ->  Queries.Agenda.GetAgenda
//
// An operation of the API is the field of its document, and its file is named so.
import { codegen } from "@graphql-codegen/core";
import * as operationTypes from "@graphql-codegen/typescript-operations";
import * as schemaTypes from "@graphql-codegen/typescript";
import { buildASTSchema, getNamedType, Kind, parse, print, TypeInfo, validate, visit, visitWithTypeInfo } from "graphql";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const operations = join(root, "operations");
const generated = join(root, "src/generated");
const schemaFile = process.argv[2] ?? join(root, "../../crates/coop-server/schema.graphql");

const schema = parse(readFileSync(schemaFile, "utf8"));
const executable = buildASTSchema(schema);

const files = readdirSync(operations, { recursive: true })
  .filter((file) => file.endsWith(".graphql"))
  .sort();
const documents = files.map((file) => ({
  location: file,
  document: parse(readFileSync(join(operations, file), "utf8")),
}));
const fragments = new Map(
  documents
    .flatMap(({ document }) => document.definitions)
    .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
    .map((fragment) => [fragment.name.value, fragment]),
);

rmSync(generated, { recursive: true, force: true });
await writeTypes();
const modules = documents.map(operationOf).filter((it) => it !== undefined);
for (const module of modules) writeOperation(module);
for (const kind of ["queries", "mutations", "subscriptions"]) writeIndex(kind);
console.log(`${modules.length} operations from ${relative(process.cwd(), schemaFile)}`);

/** The types of the schema, of results and of variables. */
async function writeTypes() {
  const text = await codegen({
    filename: "types.ts",
    schema,
    documents,
    config: {
      scalars: { DateTime: { input: "Date | string", output: "Date" }, JSON: "unknown" },
      enumsAsTypes: true,
      skipTypename: true,
      useTypeImports: true,
      avoidOptionals: { field: true },
    },
    plugins: [{ schema: {} }, { operations: {} }],
    pluginMap: { schema: schemaTypes, operations: operationTypes },
  });
  write("types.ts", text);
}

/** The operation of a file; `undefined` for a file of fragments. */
function operationOf({ location, document }) {
  const [definition] = document.definitions;
  if (definition.kind !== Kind.OPERATION_DEFINITION) return undefined;
  const whole = { kind: Kind.DOCUMENT, definitions: [definition, ...usedBy(definition)] };
  const wrong = validate(executable, whole);
  if (wrong.length > 0) throw new Error(`${location}: ${wrong.map((it) => it.message).join("; ")}`);
  const [kind, subject] = location.split(sep);
  const name = basename(location, ".graphql");
  const [field] = definition.selectionSet.selections;
  if (field.name.value !== name) throw new Error(`${location}: the file of ${field.name.value}`);
  return { kind, subject, name, operation: definition.operation, document: whole };
}

/** The fragments that a definition uses, also by way of others, each once. */
function usedBy(definition, found = new Map()) {
  visit(definition, {
    FragmentSpread({ name: { value } }) {
      if (found.has(value)) return;
      const fragment = fragments.get(value);
      if (fragment === undefined) throw new Error(`no fragment ${value}`);
      found.set(value, fragment);
      usedBy(fragment, found);
    },
  });
  return [...found.values()];
}

/** The paths of the fields of an operation that are moments. */
function momentsOf({ document }) {
  const paths = new Map();
  const info = new TypeInfo(executable);
  const walk = (definition, path) => {
    const here = [...path];
    visit(definition, visitWithTypeInfo(info, {
      Field: {
        enter(field) {
          here.push((field.alias ?? field.name).value);
          if (getNamedType(info.getType())?.name === "DateTime") paths.set(here.join("."), [...here]);
        },
        leave() {
          here.pop();
        },
      },
      FragmentSpread({ name: { value } }) {
        walk(fragments.get(value), here);
      },
    }));
  };
  walk(document.definitions[0], []);
  return [...paths.values()];
}

function writeOperation(module) {
  const { kind, subject, name, operation, document } = module;
  const type = upper(document.definitions[0].name.value) + upper(operation);
  const text = print(document).replaceAll("\\", "\\\\").replaceAll("`", "\\`");
  write(`${kind}/${subject}/${name}.ts`, `
import { operation } from "../../../operation.js";
import type * as Types from "../../types.js";

export const name = "${name}";
export type IInput = Types.${type}Variables;
export type IOutput = Types.${type};

export const ${operation} = operation<"${operation}", IOutput, IInput>(
  "${operation}",
  \`${text}\`,
  ${JSON.stringify(momentsOf(module))},
);
`);
}

/** The modules of a kind by subject, and of a subject by operation. */
function writeIndex(kind) {
  const own = modules.filter((it) => it.kind === kind);
  const subjects = [...new Set(own.map((it) => it.subject))];
  const reexport = (name, file) => `export * as ${upper(name)} from "${file}.js";`;
  for (const subject of subjects) {
    const lines = own.filter((it) => it.subject === subject);
    write(`${kind}/${subject}.ts`, lines.map(({ name }) => reexport(name, `./${subject}/${name}`)).join("\n"));
  }
  const lines = subjects.map((subject) => reexport(subject, `./${kind}/${subject}`));
  write(`${kind}.ts`, lines.length > 0 ? lines.join("\n") : "export {};");
}

function upper(name) {
  return name[0].toUpperCase() + name.slice(1);
}

function write(file, text) {
  const path = join(generated, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `// Generated from schema.graphql and operations/: change those.\n${text.trim()}\n`);
}
