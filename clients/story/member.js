// Somebody who uses the API: logs in, reads what is to be signed, and signs it here. No key leaves this process.
import { Client, Mutations } from "../typescript/dist/index.js";
import { printed } from "./printed.js";

/** How long a transaction may wait for its block, in seconds. */
const EXPIRES = 60;
/** How long something may take until it is seen in the registry, in milliseconds. */
const PATIENCE = 60_000;
const PAUSE = 100;

export class Member {
  #signing;
  #key;
  #sent = 0;
  #loggedInAt;

  /** `signing` is the module coop-wasm, `place` the addresses of API and node. */
  constructor(signing, place, { account, title, email, key }) {
    this.#signing = signing;
    this.#key = key;
    this.place = place;
    this.account = account;
    this.title = title;
    this.email = email;
    this.client = new Client({ api_url: place.api, headers: { "Accept-Language": place.lang } });
  }

  get publicKey() {
    return this.#key.publicKey();
  }

  /** Logs in by a signature of the chain's time, which is good once. */
  async login() {
    let now;
    do {
      ({ head_block_time: now } = await info(this.place.node));
      // The signature of a moment is taken once: who logs in again waits for the next block.
      if (now === this.#loggedInAt) await new Promise((resolve) => setTimeout(resolve, PAUSE));
    } while (now === this.#loggedInAt);
    this.#loggedInAt = now;
    const signature = this.#key.sign(this.#signing.sha256(now));
    const variables = { data: { email: this.email, now, signature } };
    const session = await this.mutation(Mutations.Auth.Login, variables);
    this.token = session.tokens.access.token;
    this.client.setToken(this.token);
    return variables;
  }

  async query(operation, variables) {
    const sample = printed(this.client, operation, variables);
    if (sample !== undefined) return sample;
    const { [operation.name]: result } = await this.client.Query(operation.query, { variables });
    return result;
  }

  async mutation(operation, variables) {
    const sample = printed(this.client, operation, variables);
    if (sample !== undefined) return sample;
    const { [operation.name]: result } = await this.client.Mutation(operation.mutation, { variables });
    return result;
  }

  /**
   * Signs a document that the API has made: as it goes into an action, and as the API takes it back. What is signed is
   * computed here, from the text that the member has read.
   */
  async sign(paper) {
    const { unpackDocument, documentHash, signDocument, sha256 } = this.#signing;
    const unsigned = unpackDocument(`${paper.packed}00`);
    const text = Buffer.from(paper.binary, "base64");
    if (sha256(text) !== unsigned.doc_hash) throw new Error(`${paper.full_title}: the text is another one`);
    if (documentHash(unsigned) !== paper.hash) throw new Error(`${paper.full_title}: the hash is another one`);
    const { chain_id } = await info(this.place.node);
    const document = signDocument(unsigned, chain_id, this.account, this.#key, unsigned.meta.created_at);
    const [{ public_key, signature }] = document.signatures;
    return { document, input: { hash: paper.hash, meta: paper.meta, public_key, signature } };
  }

  /** A document with the signatures that others have put under it, verified here. */
  async signed({ document: { packed }, signatures }) {
    const { unpackDocument, isSigned } = this.#signing;
    const { chain_id } = await info(this.place.node);
    const made = signatures.map((it) => ({ ...it, signed_at: it.signed_at.toISOString().slice(0, -1) }));
    const document = { ...unpackDocument(`${packed}00`), signatures: made };
    if (!isSigned(document, chain_id)) throw new Error("a signature is of another document");
    return document;
  }

  /** A signed transaction of these actions `[name, data]`, each under the member's own permission. */
  async transaction(...actions) {
    const { action, packTransaction, signTransaction, signedTransaction } = this.#signing;
    const head = await info(this.place.node);
    // Each a second later than the one before: the same action twice is two transactions.
    const until = new Date(Date.parse(`${head.head_block_time}Z`) + (EXPIRES + this.#sent++) * 1000);
    const packed = packTransaction({
      actions: actions.map(([name, data]) => action(name, data)),
      block_id: head.last_irreversible_block_id,
      expiration: until.toISOString().slice(0, 19),
    });
    return signedTransaction(packed, [signTransaction(packed, head.chain_id, this.#key)]);
  }
}

/** What the node says of its chain. */
export async function info(node) {
  const response = await fetch(`${node}/v1/chain/get_info`, { signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Error(`${node}: ${response.status}`);
  return response.json();
}

/** Asks until the answer is there: the registry is a moment behind the chain. */
export async function until(what, ask) {
  const last = Date.now() + PATIENCE;
  for (;;) {
    const found = await ask();
    if (found) return found;
    if (Date.now() > last) throw new Error(`waited a minute for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}
