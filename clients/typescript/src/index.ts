export { Client, type ClientOptions } from "./client.js";
export { ApiError, ConnectionError, type ServerError } from "./errors.js";
export type { Operation } from "./operation.js";
export type { Subscription } from "./subscription.js";
export * as Queries from "./generated/queries.js";
export * as Mutations from "./generated/mutations.js";
export * as Subscriptions from "./generated/subscriptions.js";
export type * as Types from "./generated/types.js";
