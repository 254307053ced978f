// What wallets ask the history of: two transfers by eosjs, then all calls of `/v1/history` by eosjs and by
// WharfKit. A line of JSON for each answer. The key comes by standard input.
//
// usage: node history.mjs FOLDER-WITH-node_modules URL CONTRACT FROM TO QUANTITY

import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [folder, url, account, from, to, quantity] = process.argv.slice(2);
const require = createRequire(path.join(folder, "package.json"));
const { Api, JsonRpc } = require("eosjs");
const { JsSignatureProvider } = require("eosjs/dist/eosjs-jssig");
const { APIClient } = require("@wharfkit/session");

const key = fs.readFileSync(0, "utf8").trim();
const rpc = new JsonRpc(url, { fetch });
const signatureProvider = new JsSignatureProvider([key]);
const api = new Api({ rpc, signatureProvider });
const { history } = new APIClient({ url }).v1;
const [publicKey] = await signatureProvider.getAvailableKeys();

const authorization = [{ actor: from, permission: "active" }];
const ids = [];
for (const memo of ["first", "second"]) {
  const action = { account, name: "transfer", authorization, data: { from, to, quantity, memo } };
  const { transaction_id } = await api.transact({ actions: [action] }, { blocksBehind: 3, expireSeconds: 30 });
  ids.push(transaction_id);
}

const actions = ({ actions, ...rest }) => ({
  ...rest,
  actions: actions.map(({ account_action_seq, action_trace: { receiver, act, trx_id } }) => ({
    place: Number(account_action_seq), receiver, name: act.name, memo: act.data.memo, sent: ids.indexOf(trx_id),
  })),
});
const transaction = ({ id, trx, traces }) => ({
  sent: ids.indexOf(String(id)), status: trx.receipt.status, memo: trx.trx.actions[0].data.memo,
  receivers: traces.map((trace) => trace.receiver),
});
const tell = (answer) => console.log(JSON.stringify(answer));
for (const [pos, offset] of [[-1, -3], [0, 1], [-1, -1]]) {
  tell(actions(await rpc.history_get_actions(to, pos, offset)));
  tell(actions(await history.get_actions(to, pos, offset)));
}
tell(transaction(await rpc.history_get_transaction(ids[0])));
tell(transaction(await history.get_transaction(ids[0])));
const { block_num } = await history.get_transaction(ids[1]);
tell(transaction(await rpc.history_get_transaction(ids[1], Number(block_num))));
tell(transaction(await history.get_transaction(ids[1], { blockNumHint: block_num })));
tell(await rpc.history_get_key_accounts(publicKey));
tell(await history.get_key_accounts(publicKey));
tell(await rpc.history_get_controlled_accounts(from));
tell(await history.get_controlled_accounts(from));
for (const missing of [() => rpc.history_get_transaction("00".repeat(32)), () => history.get_transaction("00".repeat(32))]) {
  tell(await missing().then(() => "there", (error) => ({ missing: error.message })));
}
