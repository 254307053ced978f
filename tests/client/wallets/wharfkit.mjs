// One transfer by WharfKit. The key comes by standard input.
//
// usage: node wharfkit.mjs FOLDER-WITH-node_modules URL CONTRACT FROM TO QUANTITY

import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [folder, url, account, from, to, quantity] = process.argv.slice(2);
const require = createRequire(path.join(folder, "package.json"));
const { APIClient, Session } = require("@wharfkit/session");
const { WalletPluginPrivateKey } = require("@wharfkit/wallet-plugin-privatekey");

const key = fs.readFileSync(0, "utf8").trim();
const client = new APIClient({ url });
const { chain_id } = await client.v1.chain.get_info();
const session = new Session({
  chain: { id: chain_id, url },
  actor: from,
  permission: "active",
  walletPlugin: new WalletPluginPrivateKey(key),
});
const authorization = [session.permissionLevel];
const action = { account, name: "transfer", authorization, data: { from, to, quantity, memo: "WharfKit" } };
const done = await session.transact({ action });
const status = done.response.processed.receipt.status;
console.log(status, (await client.v1.chain.get_currency_balance(account, to)).join());
