// A session by eosjs: a line of JSON for each step. The keys come by standard input, one a line.
//
// usage: node eosjs.mjs FOLDER-WITH-node_modules URL

import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [folder, url] = process.argv.slice(2);
const require = createRequire(path.join(folder, "package.json"));
const { Api, JsonRpc, Serialize } = require("eosjs");
const { JsSignatureProvider } = require("eosjs/dist/eosjs-jssig");

const keys = fs.readFileSync(0, "utf8").trim().split("\n");
const rpc = new JsonRpc(url, { fetch });
const api = new Api({ rpc, signatureProvider: new JsSignatureProvider(keys) });
const [eosioKey] = await api.signatureProvider.getAvailableKeys();
const hex = (bytes) => Buffer.from(bytes).toString("hex");

async function step(name, run) {
  let said;
  try {
    said = { value: await run() };
  } catch (error) {
    said = { error: error.message, json: error.json ?? null };
  }
  const plain = (_, value) => (value instanceof Uint8Array ? hex(value) : typeof value === "bigint" ? `${value}` : value);
  console.log(JSON.stringify({ step: name, ...said }, plain));
}

const authorization = [{ actor: "eosio", permission: "active" }];
const transfer = (memo, quantity = "1.0000 SYS", to = "eosio.ram") => ({
  account: "eosio.token", name: "transfer", authorization, data: { from: "eosio", to, quantity, memo },
});
const usual = { blocksBehind: 1, expireSeconds: 60 };

for (const [memo, options] of [
  ["blocks behind", usual],
  ["last irreversible", { useLastIrreversible: true, expireSeconds: 60 }],
  ["not sent", { ...usual, broadcast: false }],
  ["neither signed nor sent", { ...usual, sign: false, broadcast: false }],
  ["read only", { ...usual, readOnlyTrx: true }],
  ["read only with its failure", { ...usual, readOnlyTrx: true, returnFailureTraces: true }],
]) {
  await step(memo, () => api.transact({ actions: [transfer(memo)] }, options));
}
// How far a transaction is compressed depends on its reference block and expiration, so that its net usage differs
// by a word now and then. It must be that of these bytes.
await step("compressed", async () => {
  const { head_block_num, head_block_time } = await rpc.get_info();
  const { block_num, ref_block_prefix } = await rpc.get_block(head_block_num);
  const expiration = Serialize.timePointSecToDate(Serialize.dateToTimePointSec(head_block_time) + 60);
  const given = { expiration, ref_block_num: block_num & 0xffff, ref_block_prefix, actions: [transfer("compressed")] };
  const made = await api.transact(given, { broadcast: false });
  const length = (bytes) => api.deflateSerializedArray(bytes).length;
  const prunable = 1 + 66 + length(new Uint8Array(0));
  const expected = 8 * Math.ceil((12 + 16 + length(made.serializedTransaction) + Math.ceil(prunable / 5)) / 8);
  const { processed } = await api.transact(given, { compression: true });
  const { net_usage, receipt: { net_usage_words, ...receipt }, ...trace } = processed;
  return { ...trace, receipt, net_usage_off_by: [net_usage - expected, 8 * net_usage_words - expected] };
});
const nonce = { account: "eosio.null", name: "nonce", authorization: [], data: "00" };
await step("context-free", () => api.transact({ context_free_actions: [nonce], actions: [transfer("free")] }, usual));
await step("overdrawn", () => api.transact({ actions: [transfer("much", "1999999999.0000 SYS")] }, usual));
await step("to nobody", () => api.transact({ actions: [transfer("", "1.0000 SYS", "nobody")] }, usual));
await step("two actions", () => api.transact({ actions: [transfer("a"), transfer("b")] }, usual));
await step("two actions, the second fails", () => api.transact({ actions: [transfer("a"), transfer("b", "0.0000 SYS")] }, usual));
await step("with builder", () => api.with("eosio.token").as("eosio").transfer("eosio", "eosio.ram", "1.0000 SYS", "built"));
await step("signed by hand", async () => {
  const made = await api.transact({ actions: [transfer("by hand")] }, { ...usual, broadcast: false });
  return rpc.push_transaction({ ...made, signatures: made.signatures });
});
await step("sent by send_transaction", async () => {
  const made = await api.transact({ actions: [transfer("sent")] }, { ...usual, broadcast: false });
  return rpc.send_transaction(made);
});
await step("pushed many", async () => {
  const made = [];
  for (const memo of ["m", "n"]) made.push(await api.transact({ actions: [transfer(memo)] }, { ...usual, broadcast: false }));
  return rpc.push_transactions(made);
});
await step("serialized", async () => (await api.serializeActions([transfer("x")]))[0].data);

for (const [name, ...given] of [
  ["get_abi", "eosio.token"], ["get_abi", "nobody"],
  ["get_account", "eosio.token"], ["get_account", "nobody"],
  ["get_activated_protocol_features", { limit: 100 }],
  ["get_block", 2], ["get_block", 99999999], ["get_block_info", 2], ["get_block_header_state", 99999999],
  ["get_code_hash", "eosio.token"], ["get_code_hash", "nobody"],
  ["get_currency_balance", "eosio.token", "eosio.rex", "SYS"], ["get_currency_balance", "eosio.token", "nobody"],
  ["get_currency_stats", "eosio.token", "SYS"], ["get_currency_stats", "eosio.token", "NONE"],
  ["get_producer_schedule"], ["get_scheduled_transactions", true, "", 10],
  ["get_raw_code_and_abi", "eosio.token"], ["getRawAbi", "eosio.msig"], ["get_raw_abi", "eosio.token"],
  ["get_table_rows", { code: "eosio.token", scope: "SYS", table: "stat", json: true }],
  ["get_table_rows", { code: "eosio", scope: "eosio", table: "rammarket", show_payer: true }],
  ["get_table_rows", { code: "eosio.token", scope: "SYS", table: "missing" }],
  ["get_table_by_scope", { code: "eosio.token", table: "accounts", limit: 3 }],
  ["get_table_by_scope", { code: "eosio.token", lower_bound: "eosio.ram", upper_bound: "eosio.rex" }],
]) {
  await step(`${name} ${JSON.stringify(given)}`, () => rpc[name](...given));
}
await step("get_accounts_by_authorizers", async () => {
  const { accounts } = await rpc.get_accounts_by_authorizers([], [eosioKey]);
  const name = (it) => `${it.account_name}@${it.permission_name}`;
  return accounts.sort((a, b) => (name(a) < name(b) ? -1 : 1));
});
await step("get_required_keys", () => rpc.getRequiredKeys({
  transaction: {
    expiration: "2030-01-01T00:00:00", ref_block_num: 1, ref_block_prefix: 2, max_net_usage_words: 0,
    max_cpu_usage_ms: 0, delay_sec: 0, context_free_actions: [], transaction_extensions: [],
    actions: [{ ...transfer(""), data: "" }],
  },
  availableKeys: [eosioKey],
}));
await step("get_info", async () => Object.keys(await rpc.get_info()).sort());
