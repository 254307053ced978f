// One transfer by eosjs. The key comes by standard input.
//
// usage: node eosjs.mjs FOLDER-WITH-node_modules URL CONTRACT FROM TO QUANTITY

import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [folder, url, account, from, to, quantity] = process.argv.slice(2);
const require = createRequire(path.join(folder, "package.json"));
const { Api, JsonRpc } = require("eosjs");
const { JsSignatureProvider } = require("eosjs/dist/eosjs-jssig");

const key = fs.readFileSync(0, "utf8").trim();
const rpc = new JsonRpc(url, { fetch });
const api = new Api({ rpc, signatureProvider: new JsSignatureProvider([key]) });
const authorization = [{ actor: from, permission: "active" }];
const action = { account, name: "transfer", authorization, data: { from, to, quantity, memo: "eosjs" } };
const done = await api.transact({ actions: [action] }, { blocksBehind: 3, expireSeconds: 30 });
console.log(done.processed.receipt.status, (await rpc.get_currency_balance(account, to)).join());
