import type { Client as Socket, ClientOptions as SocketOptions } from "graphql-ws";
import { ApiError, ConnectionError, type ServerError } from "./errors.js";
import { type Operation, withDates } from "./operation.js";

/** What a subscription gives, one after the other. Leaving the loop ends the subscription. */
export type Subscription<Output> = AsyncGenerator<Output, void, undefined>;

/** Follows an operation over a WebSocket of its own, with the headers as connection parameters. */
export async function* subscribe<Output, Variables>(
  { text, moments }: Operation<"subscription", Output, Variables>,
  variables: Variables | undefined,
  url: string,
  headers: Record<string, string>,
  webSocketImpl: unknown,
): Subscription<Output> {
  const socket = await connect({
    url,
    connectionParams: headers,
    // Whoever subscribes has to know what was missed, so the loop ends with the connection.
    retryAttempts: 0,
    ...(webSocketImpl === undefined ? {} : { webSocketImpl }),
  });
  try {
    const request = { query: text, variables: (variables ?? {}) as Record<string, unknown> };
    for await (const { data, errors } of socket.iterate<Output>(request)) {
      if (errors !== undefined) throw new ApiError(errors as readonly ServerError[], undefined, data);
      if (data !== undefined && data !== null) yield withDates(data, moments);
    }
  } catch (error) {
    throw refused(error, url);
  } finally {
    await socket.dispose();
  }
}

async function connect(options: SocketOptions): Promise<Socket> {
  const { createClient } = await import("graphql-ws").catch((cause: unknown) => {
    throw new ConnectionError("subscriptions need the package graphql-ws", undefined, { cause });
  });
  return createClient(options);
}

/** A refused operation comes as the list of its errors, a broken connection as the event of its end. */
function refused(error: unknown, url: string): Error {
  if (error instanceof ApiError) return error;
  if (Array.isArray(error)) return new ApiError(error as ServerError[]);
  const { reason = "", code = 0 } = (error ?? {}) as { reason?: string; code?: number };
  const said = error instanceof Error ? error.message : `${reason} (${code})`;
  return new ConnectionError(`${url}: ${said}`, undefined, { cause: error });
}
