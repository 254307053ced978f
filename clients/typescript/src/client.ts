import { ApiError, ConnectionError, type ServerError } from "./errors.js";
import { type Arguments, type Kind, type Operation, withDates } from "./operation.js";
import { type Subscription, subscribe } from "./subscription.js";

/** How a client reaches a cooperative. */
export interface ClientOptions {
  /** The address of the API: `https://HOST/v1/graphql`. */
  readonly api_url: string;
  /** Headers of every request, such as `Accept-Language`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** How long an answer may take, in milliseconds; 30 000 by default. */
  readonly timeout?: number;
  /** The WebSocket of programs whose platform has none: Node.js before 22. */
  readonly webSocket?: unknown;
  /** `fetch` of programs that have their own. */
  readonly fetch?: typeof fetch;
}

/** A client of the API. It keeps the token of a login, and nothing else. */
export class Client {
  readonly #options: ClientOptions;
  readonly #headers: Record<string, string>;

  constructor(options: ClientOptions) {
    const { protocol } = new URL(options.api_url);
    if (protocol !== "http:" && protocol !== "https:") {
      throw new TypeError(`api_url: expected an http or https address, got ${options.api_url}`);
    }
    this.#options = options;
    this.#headers = { ...options.headers };
  }

  /** The same as the constructor. */
  static create(options: ClientOptions): Client {
    return new Client(options);
  }

  /** The access token that requests carry from now on; `undefined` takes it away. */
  setToken(token: string | undefined): void {
    if (token === undefined) {
      delete this.#headers["Authorization"];
    } else {
      this.#headers["Authorization"] = `Bearer ${token}`;
    }
  }

  /**
   * Asks the API.
   * @throws {ApiError} where the server refuses.
   * @throws {ConnectionError} where there is no answer of an API.
   */
  async Query<Output, Variables>(
    query: Operation<"query", Output, Variables>,
    ...[options]: Arguments<Variables>
  ): Promise<Output> {
    return this.#send(query, options?.variables);
  }

  /**
   * Changes something.
   * @throws {ApiError} where the server refuses.
   * @throws {ConnectionError} where there is no answer: whether the change was made is not known then.
   */
  async Mutation<Output, Variables>(
    mutation: Operation<"mutation", Output, Variables>,
    ...[options]: Arguments<Variables>
  ): Promise<Output> {
    return this.#send(mutation, options?.variables);
  }

  /** Follows something, until the loop over it ends. Needs the package `graphql-ws`. */
  Subscription<Output, Variables>(
    subscription: Operation<"subscription", Output, Variables>,
    ...[options]: Arguments<Variables>
  ): Subscription<Output> {
    const { api_url, webSocket } = this.#options;
    const url = api_url.replace(/^http/, "ws");
    return subscribe(subscription, options?.variables, url, { ...this.#headers }, webSocket);
  }

  async #send<Output, Variables>(
    { text, moments }: Operation<Kind, Output, Variables>,
    variables: Variables | undefined,
  ): Promise<Output> {
    const { api_url, timeout = 30_000 } = this.#options;
    let response: Response;
    let body: string;
    try {
      response = await (this.#options.fetch ?? fetch)(api_url, {
        method: "POST",
        headers: { ...this.#headers, "Content-Type": "application/json", Accept: "application/json" },
        body: JSON.stringify({ query: text, variables: variables ?? {} }),
        signal: AbortSignal.timeout(timeout),
      });
      body = await response.text();
    } catch (cause) {
      throw new ConnectionError(`${api_url}: ${reason(cause)}`, undefined, { cause });
    }
    const { data, errors } = parse<Output>(body, response, api_url);
    if (errors !== undefined && errors.length > 0) {
      throw new ApiError(errors, response.status, data);
    }
    if (data === undefined || data === null) {
      throw new ConnectionError(`${api_url}: neither data nor errors in the answer`, response.status);
    }
    return withDates(data, moments);
  }
}

interface Answer<Output> {
  data?: Output | null;
  errors?: ServerError[];
}

function parse<Output>(body: string, response: Response, url: string): Answer<Output> {
  try {
    const answer: unknown = JSON.parse(body);
    if (typeof answer === "object" && answer !== null) return answer as Answer<Output>;
  } catch {
    // What is no JSON comes from something before the API.
  }
  throw new ConnectionError(
    `${url}: expected an answer of the API, got status ${response.status}`,
    response.status,
  );
}

/** `fetch` says "fetch failed" and hides the reason one step below. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
