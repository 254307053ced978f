import type { Action, Document, Unsigned } from "./coop_wasm.js";

/** A passkey as a page remembers it; neither part is secret. */
export interface Passkey {
  /** `PUB_WA_…`: the key of the account. */
  publicKey: string;
  /** Which key the authenticator is asked for, in base64url. */
  credentialId: string;
}

/** What is asked of the authenticator when a passkey is made. */
export interface NewPasskey {
  /** The account. */
  username: string;
  /** What the device shows beside it; the account if it is left out. */
  displayName?: string;
  /** What the device calls this site; its host if it is left out. */
  site?: string;
  /** Passkeys whose device must not be used again. */
  exclude?: Passkey[];
}

/**
 * Has a device make a passkey for this page's host. Fails with `algorithm` where no device makes ES256
 * keys, with `two_keys` where the device holds one of `exclude`; a person who cancels gives the browser's
 * own `NotAllowedError`.
 */
export function createPasskey(passkey: NewPasskey): Promise<Passkey>;

/** Has the device sign a digest; answers `SIG_WA_…`. */
export function signDigest(digest: string, passkey: Passkey): Promise<string>;

/** Has the device sign a document; answers it with one signature more. `signedAt` is UTC. */
export function signDocumentByPasskey(
  document: Unsigned,
  chainId: string,
  signer: string,
  passkey: Passkey,
  signedAt: string,
): Promise<Document>;

/** Has the device sign a packed transaction; answers `SIG_WA_…`. */
export function signTransactionByPasskey(packed: string, chainId: string, passkey: Passkey): Promise<string>;

/**
 * A second key for an account whose key is a passkey, since a lost key is a lost account: a passkey on
 * another device, or a K1 key to print and lock away. `actions` give it to the account; sign them with the
 * first passkey, and show `paper` once.
 */
export function secondKey(
  username: string,
  first: Passkey,
  kind: "passkey" | "paper",
): Promise<{ passkey?: Passkey; paper?: string; actions: Action[] }>;
