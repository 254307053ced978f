/** One error as the server sends it. */
export interface ServerError {
  /** What is wrong, in the language of the request. */
  readonly message: string;
  /** The field of the operation that failed. */
  readonly path?: readonly (string | number)[];
  readonly extensions?: {
    /** A code that does not change between releases: decide by this, not by the text. */
    readonly code?: string;
    readonly [name: string]: unknown;
  };
}

/** The server refused an operation, or could not carry it out. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    /** All errors of the answer, at least one. */
    readonly errors: readonly ServerError[],
    /** The HTTP status of the answer; `undefined` where it came over a WebSocket. */
    readonly status?: number,
    /** What the server gave besides: fields that succeeded. */
    readonly data?: unknown,
  ) {
    super(errors.map((error) => error.message).join("; "));
  }

  /** The code of the first error that has one. */
  get code(): string | undefined {
    return this.errors.find((error) => error.extensions?.code)?.extensions?.code;
  }
}

/** There was no answer, or one that is not GraphQL's: the server is not there, is stopping, or is another. */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";

  constructor(
    message: string,
    /** The HTTP status, where there was an answer. */
    readonly status?: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
