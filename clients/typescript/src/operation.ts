/** Where a moment is in a result: the names of fields from the top. Lists on the way are gone through. */
export type Path = readonly string[];

/** What an operation does with the state of the server. */
export type Kind = "query" | "mutation" | "subscription";

declare const types: unique symbol;

/** One operation of the API: its text, and the types of its result and of its variables. */
export interface Operation<K extends Kind, Output, Variables> {
  readonly kind: K;
  /** The GraphQL document that is sent. */
  readonly text: string;
  /** The fields of the result that are moments, which a client turns into `Date`. */
  readonly moments: readonly Path[];
  readonly [types]?: (variables: Variables) => Output;
}

/** What an operation takes; an operation without variables may be sent without them. */
export type Arguments<Variables> = Record<string, never> extends Variables
  ? [options?: { variables?: Variables }]
  : [options: { variables: Variables }];

/** Describes an operation. The generated modules call this. */
export function operation<K extends Kind, Output, Variables>(
  kind: K,
  text: string,
  moments: readonly Path[] = [],
): Operation<K, Output, Variables> {
  return { kind, text, moments };
}

/** Turns the moments of a result into `Date`, in place. */
export function withDates<T>(data: T, moments: readonly Path[]): T {
  for (const path of moments) {
    turn(data, path, 0);
  }
  return data;
}

function turn(value: unknown, path: Path, depth: number): void {
  if (Array.isArray(value)) {
    value.forEach((item) => turn(item, path, depth));
    return;
  }
  const name = path[depth];
  if (name === undefined || typeof value !== "object" || value === null) return;
  const fields = value as Record<string, unknown>;
  const field = fields[name];
  if (depth < path.length - 1) {
    turn(field, path, depth + 1);
  } else if (typeof field === "string") {
    fields[name] = new Date(field);
  }
}
