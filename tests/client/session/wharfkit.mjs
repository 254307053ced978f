// A session by WharfKit's session kit: a line of JSON for each step.

import { chain, chain_id, key, require, sent, session, step, weighed } from "./wharf.mjs";
const { Action, PrivateKey, Serializer, SignedTransaction, Transaction } = require("@wharfkit/session");

const authorization = [session.permissionLevel];
const transfer = (memo, quantity = "1.0000 SYS", to = "eosio.ram") => ({
  account: "eosio.token", name: "transfer", authorization, data: { from: "eosio", to, quantity, memo },
});

await step("an action", () => sent({ action: transfer("one") }));
await step("two actions", () => sent({ actions: [transfer("a"), transfer("b")] }));
await step("not sent", () => sent({ action: transfer("not sent") }, { broadcast: false }));
await step("expires late", () => sent({ action: transfer("late") }, { expireSeconds: 300 }));
await step("overdrawn", () => sent({ action: transfer("much", "1999999999.0000 SYS") }));
await step("to nobody", () => sent({ action: transfer("", "1.0000 SYS", "nobody") }));
await step("a transaction", async () => {
  const { abi } = await chain.get_abi("eosio.token");
  const header = (await chain.get_info()).getTransactionHeader(60);
  return sent({ transaction: { ...header, actions: [Action.from(transfer("whole"), abi)] } });
});
await step("an account", async () => {
  const authority = { threshold: 1, keys: [{ key: PrivateKey.from(key).toPublic(), weight: 1 }], accounts: [], waits: [] };
  const act = (name, data) => ({ account: "eosio", name, authorization, data });
  return sent({
    actions: [
      act("newaccount", { creator: "eosio", name: "wharfwharfwh", owner: authority, active: authority }),
      act("buyrambytes", { payer: "eosio", receiver: "wharfwharfwh", bytes: 8000 }),
      act("delegatebw", {
        from: "eosio", receiver: "wharfwharfwh", stake_net_quantity: "1.0000 SYS", stake_cpu_quantity: "1.0000 SYS", transfer: false,
      }),
    ],
  });
});
const by = async (call) => {
  const { abi } = await chain.get_abi("eosio.token");
  const header = (await chain.get_info()).getTransactionHeader(60);
  const transaction = Transaction.from({ ...header, actions: [Action.from(transfer(call), abi)] });
  const signature = PrivateKey.from(key).signDigest(transaction.signingDigest(chain_id));
  const signed = SignedTransaction.from({ ...transaction, signatures: [signature] });
  return weighed(await chain[call](signed), signed);
};
for (const call of ["push_transaction", "send_transaction", "send_transaction2", "compute_transaction"]) {
  await step(call, () => by(call));
}

for (const [name, ...given] of [
  ["get_abi", "eosio.msig"], ["get_abi", "nobody"], ["get_raw_abi", "eosio.msig"],
  ["get_account", "eosio.token"], ["get_account", "wharfwharfwh"], ["get_account", "nobody"],
  ["get_accounts_by_authorizers", { accounts: ["eosio.bpay"] }],
  ["get_block", 2], ["get_block", 99999999], ["get_block_info", 2],
  ["get_currency_balance", "eosio.token", "eosio.ram"], ["get_currency_balance", "eosio.token", "nobody", "SYS"],
  ["get_currency_stats", "eosio.token", "SYS"],
  ["get_producer_schedule"],
  ["get_table_rows", { code: "eosio.token", scope: "SYS", table: "stat" }],
  ["get_table_rows", { code: "eosio", scope: "wharfwharfwh", table: "userres", limit: 1, show_payer: true }],
  ["get_table_rows", { code: "eosio.token", scope: "SYS", table: "missing" }],
  ["get_table_by_scope", { code: "eosio.token", table: "accounts", limit: 3 }],
]) {
  await step(`${name} ${JSON.stringify(given)}`, () => chain[name](...given));
}
await step("get_info", async () => Object.keys(Serializer.objectify(await chain.get_info())).sort());
