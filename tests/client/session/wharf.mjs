// What the scripts of WharfKit have in common: a session with the private-key plugin, as `eosio`, and a line
// of JSON for each step. The keys come by standard input, one a line.
//
// usage: node SCRIPT.mjs FOLDER-WITH-node_modules URL [MORE]

import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

export const [folder, url, ...more] = process.argv.slice(2);
export const require = createRequire(path.join(folder, "package.json"));
const { APIClient, PackedTransaction, Session, SignedTransaction } = require("@wharfkit/session");
const { WalletPluginPrivateKey } = require("@wharfkit/wallet-plugin-privatekey");

export const [key] = fs.readFileSync(0, "utf8").trim().split("\n");
export const client = new APIClient({ url });
export const chain = client.v1.chain;
export const { chain_id } = await chain.get_info();
const sessionOf = (actor) =>
  new Session({ chain: { id: chain_id, url }, actor, permission: "active", walletPlugin: new WalletPluginPrivateKey(key) });
export const session = sessionOf("eosio");

export async function step(name, run) {
  let said;
  try {
    said = { value: await run() };
  } catch (error) {
    said = { error: error.message, json: error.error ?? null };
  }
  console.log(JSON.stringify({ step: name, ...said }));
}

// WharfKit compresses what it sends. How far that goes depends on ids, times and signatures, so that the net usage
// differs by a word from run to run. This is what it must be of these bytes, in chains with the usual parameters.
const netUsage = (signed) => {
  const { packed_trx, packed_context_free_data, signatures } = PackedTransaction.fromSigned(signed);
  const prunable = 1 + 66 * signatures.length + packed_context_free_data.array.length;
  const bytes = 12 + 16 + packed_trx.array.length + Math.ceil(prunable / 5);
  return 8 * Math.ceil(bytes / 8);
};

// An answer of the node with how far the net usage is from what it must be.
export function weighed(answer, signed) {
  const { net_usage, receipt: { net_usage_words, ...receipt }, ...trace } = answer.processed;
  const expected = netUsage(signed);
  return { ...answer, processed: { ...trace, receipt }, net_usage_off_by: [net_usage - expected, 8 * net_usage_words - expected] };
}

// Sends by the session of an account, and tells what came back.
export async function sent(given, options, actor) {
  const done = await (actor ? sessionOf(actor) : session).transact(given, options);
  const signed = SignedTransaction.from({ ...done.resolved.transaction, signatures: done.signatures });
  const response = done.response ? weighed(done.response, signed) : null;
  return { response, returns: done.returns, signatures: done.signatures.length };
}

// Waits until what was sent is in a block, and the block before the head.
export async function settled() {
  const head = async () => Number((await chain.get_info()).head_block_num);
  const begun = await head();
  while ((await head()) < begun + 2) await new Promise((done) => setTimeout(done, 50));
}

// The pages of a cursor one by one, with the key of the next; at most so many.
export async function pages(cursor, most = 20) {
  const all = [];
  while (all.length < most) {
    const rows = await cursor.next();
    all.push({ rows, next: cursor.nextkey ?? null });
    if (rows.length === 0 || cursor.nextkey === undefined) break;
  }
  return all;
}
