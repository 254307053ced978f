// A session by WharfKit's contract kit: a line of JSON for each step.
//
// usage: node contractkit.mjs FOLDER-WITH-node_modules URL WASM ABI
//
// WASM and ABI are of the contract `soviet`, which has an action that only reads.

import fs from "node:fs";
import { chain_id, client, key, more, pages, require, sent, settled, step } from "./wharf.mjs";
const { Asset, Float64, Name, PrivateKey, Struct, Transaction, UInt64 } = require("@wharfkit/session");
const { abiToBlob, blobStringToAbi, ContractKit, Table } = require("@wharfkit/contract");

const kit = new ContractKit({ client });
const [system, token, msig] = [await kit.load("eosio"), await kit.load("eosio.token"), await kit.load("eosio.msig")];
const raw = new ContractKit({ client }, { debug: true });

// Contracts and their ABIs.
for (const [name, contract] of Object.entries({ system, token, msig })) {
  await step(`${name}: its names`, () => ({
    account: contract.account, actions: contract.actionNames, tables: contract.tableNames,
    has: [contract.hasAction("transfer"), contract.hasTable("accounts"), contract.hasTable("voters"), contract.hasAction("none")],
  }));
  await step(`${name}: its ABI`, () => contract.abi);
}
await step("an ABI there and back", () => blobStringToAbi(String(abiToBlob(token.abi))).equals(token.abi));
await step("a contract that is loaded again", async () => [(await kit.load("eosio.token")).abi.equals(token.abi), kit.abiCache.cache.size]);
await step("an ABI that is given", async () => {
  const given = new ContractKit({ client }, { abis: [{ name: "given", abi: token.abi }] });
  return (await given.load("given")).actionNames;
});
await step("no account", () => kit.load("nobody"));
await step("no contract", () => kit.load("eosio.ram"));
await step("a ricardian contract", () => token.ricardian("transfer"));
await step("a ricardian contract that is missing", () => system.ricardian("buyram"));
await step("an action that is missing", () => token.action("nothing", {}));
await step("a table that is missing", () => token.table("nothing"));

// Actions.
const to = (memo, quantity = "1.0000 SYS", receiver = "eosio.ram") => ({ from: "eosio", to: receiver, quantity, memo });
await step("an action", () => sent({ action: token.action("transfer", to("one")) }));
await step("an action by a permission", () => sent({ action: token.action("transfer", to("by owner"), { authorization: ["eosio@owner"] }) }));
await step("actions", () => sent({
  actions: token.actions([{ name: "transfer", data: to("a") }, { name: "open", data: { owner: "eosio.ram", symbol: "4,SYS", ram_payer: "eosio" } }]),
}));
await step("actions by permissions", () => sent({
  actions: token.actions([{ name: "transfer", data: to("b") }, { name: "transfer", data: to("c"), authorization: ["eosio@active"] }], {
    authorization: ["eosio@owner"],
  }),
}));
await step("overdrawn", () => sent({ action: token.action("transfer", to("much", "1999999999.0000 SYS")) }));
await step("to nobody", () => sent({ action: token.action("transfer", to("", "1.0000 SYS", "nobody")) }));
await step("by another", () => sent({ action: token.action("transfer", to("by another"), { authorization: ["eosio.ram@active"] }) }));

// People with stakes, registered producers, votes and bids, so that tables have several pages.
const people = ["ann", "ben", "cat", "dan", "eve", "fay", "gus"];
const producers = people.slice(0, 5);
const publicKey = PrivateKey.from(key).toPublic();
const authority = { threshold: 1, keys: [{ key: publicKey, weight: 1 }], accounts: [], waits: [] };
for (const [at, name] of people.entries()) {
  const stake = `${10 * (at + 1)}.0000 SYS`;
  await step(`an account: ${name}`, () => sent({
    actions: [
      system.action("newaccount", { creator: "eosio", name, owner: authority, active: authority }),
      system.action("buyrambytes", { payer: "eosio", receiver: name, bytes: 9000 + at }),
      system.action("delegatebw", { from: "eosio", receiver: name, stake_net_quantity: stake, stake_cpu_quantity: stake, transfer: true }),
      system.action("delegatebw", { from: "eosio", receiver: name, stake_net_quantity: stake, stake_cpu_quantity: stake, transfer: false }),
      token.action("transfer", to("for bids", "200.0000 SYS", name)),
    ],
  }));
}
for (const [at, producer] of producers.entries()) {
  const data = { producer, producer_key: publicKey, url: `https://${producer}.example`, location: at };
  await step(`a producer: ${producer}`, () => sent({ action: system.action("regproducer", data) }, {}, producer));
}
for (const [voter, votes] of [["ann", ["ben"]], ["ben", ["ann", "cat"]], ["fay", ["cat", "eve"]], ["gus", ["ann", "ben", "dan"]]]) {
  await step(`a vote: ${voter}`, () => sent({ action: system.action("voteproducer", { voter, proxy: "", producers: votes }) }, {}, voter));
}
for (const [bidder, newname, bid] of [["ann", "sun", 3], ["ben", "moon", 7], ["cat", "star", 5], ["dan", "sky", 5], ["eve", "sun", 11]]) {
  await step(`a bid: ${bidder}`, () => sent({ action: system.action("bidname", { bidder, newname, bid: `${bid}.0000 SYS` }) }, {}, bidder));
}
await step("a bid that is too low", () => sent({ action: system.action("bidname", { bidder: "gus", newname: "sun", bid: "11.5000 SYS" }) }, {}, "gus"));
await settled();

// Tables: one row.
class Balance extends Struct {
  static abiName = "account";
  static abiFields = [{ name: "balance", type: Asset }];
}
await step("get the first", () => token.table("stat", Asset.SymbolCode.from("SYS").value).get());
await step("get by its key", () => system.table("producers").get("cat"));
await step("get as JSON", () => system.table("producers").get("cat", { json: true }));
await step("get from the node as JSON", async () => (await raw.load("eosio")).table("producers").get("cat"));
await step("get what is not there", async () => (await system.table("producers").get("gus")) ?? null);
await step("get in a scope", () => system.table("userres", "ann").get());
await step("get in a scope by number", async () => (await system.table("userres").get(undefined, { scope: 7 })) ?? null);
await step("get in a scope without rows", async () => (await token.table("accounts").get(undefined, { scope: "nobody" })) ?? null);
await step("get the last", () => system.table("producers").get(undefined, { reverse: true }));
await step("get by a symbol", () => token.table("accounts", "ann").get(Asset.SymbolCode.from("SYS").value, { index_position: "primary" }));
await step("get as a type", () => token.table("accounts", "ann", Balance).get());
await step("get by a field", () => system.table("producers").get("cat", { index: "owner" }));
await step("get by an index", () => system.table("namebids").get(undefined, { index_position: "secondary", key_type: "i64" }));
await step("get by an index that is missing", () => system.table("producers").get("cat", { index_position: "fifth", key_type: "i64" }));
await step("get by a key of another type", () => system.table("producers").get(UInt64.from(7), { index_position: "secondary", key_type: "sha256" }));
await step("get by a field that is given", async () => {
  const fieldToIndex = { high_bid: { type: "i64", index_position: "secondary" } };
  const bids = Table.from({ abi: system.abi, account: "eosio", name: "namebids", client, fieldToIndex });
  return [await bids.get(undefined, { index: "high_bid", key_type: "i64" }), bids.getFieldToIndex(), system.table("voters").getFieldToIndex()];
});

// Tables: many rows, in pages, by all indexes that the contracts have.
const two = { rowsPerAPIRequest: 2 };
await step("all", () => system.table("producers").all());
await step("all in pages", () => system.table("voters").all(two));
await step("all of a table without rows", () => system.table("refunds", "ann").all());
await step("pages", () => pages(system.table("producers").query(two)));
await step("pages of one row", () => pages(system.table("producers").query({ rowsPerAPIRequest: 1 })));
await step("pages of one row by a number of rows", async () => {
  const cursor = system.table("producers").query();
  return [await cursor.next(1), await cursor.next(3), await cursor.next(), await cursor.next()];
});
await step("pages backwards", () => pages(system.table("producers").query({ ...two, reverse: true }), 2));
await step("pages between bounds", () => pages(system.table("producers").query({ ...two, from: "ben", to: "dan" })));
await step("pages from a bound", () => pages(system.table("voters").query({ ...two, from: "cat" })));
await step("pages to a bound, backwards", () => pages(system.table("voters").query({ ...two, to: "cat", reverse: true }), 2));
await step("bounds that cross", () => system.table("voters").query({ from: "dan", to: "cat" }).all());
await step("as JSON from the node", async () => pages((await raw.load("eosio")).table("voters").query(two)));
await step("as a type", () => token.table("accounts", "eosio", Balance).all());
await step("first", () => system.table("voters").first(3).all());
await step("first in pages", () => pages(system.table("voters").first(3, two)));
await step("first, backwards", () => system.table("voters").first(3, { reverse: true }).all());
await step("none", () => system.table("voters").first(0).next(0));
await step("a limit of the table", async () => {
  const table = system.table("voters");
  table.defaultRowLimit = 3;
  return [await pages(table.query()), table.query().params.limit];
});
await step("row by row", async () => {
  const rows = [];
  for await (const row of system.table("namebids").query(two)) rows.push(row);
  return rows;
});
await step("once more from the start", async () => {
  const cursor = system.table("namebids").query(two);
  const first = await cursor.next();
  await cursor.next();
  await cursor.reset();
  return [first, await cursor.next()];
});
const byVotes = { index_position: "secondary", key_type: "float64" };
await step("producers by votes", () => pages(system.table("producers").query({ ...byVotes, ...two })));
await step("producers by votes, backwards", () => pages(system.table("producers").query({ ...byVotes, ...two, reverse: true }), 2));
await step("producers by votes from a bound", async () => {
  const [most] = await system.table("producers").query({ ...byVotes, rowsPerAPIRequest: 1 }).next();
  const votes = Number(most.total_votes);
  const table = system.table("producers");
  return [
    await table.query({ ...byVotes, from: Float64.from(-votes), to: Float64.from(-votes) }).all(),
    await table.query({ ...byVotes, from: Float64.from(-votes / 2) }).all(),
    await table.query({ ...byVotes, to: Float64.from(-votes / 2), reverse: true }).all(),
    await table.get(Float64.from(-votes), byVotes),
  ];
});
const byBid = { index_position: "secondary", key_type: "i64" };
await step("names by bids", () => pages(system.table("namebids").query({ ...byBid, ...two })));
await step("names by bids, one by one", () => pages(system.table("namebids").query({ ...byBid, rowsPerAPIRequest: 1 })));
await step("names by bids, backwards", () => pages(system.table("namebids").query({ ...byBid, ...two, reverse: true }), 2));
await step("names by bids between bounds", () => {
  const least = (bid) => UInt64.from(String(2n ** 64n - BigInt(bid) * 10000n));
  return pages(system.table("namebids").query({ ...byBid, ...two, from: least(7), to: least(5) }));
});
await step("an index of another type", () => system.table("namebids").query({ index_position: "secondary", key_type: "float64" }).all());
await step("an index that is missing", () => system.table("namebids").query({ index_position: "third", key_type: "i64" }).all());
await step("an index with a wrong name", () => system.table("namebids").query({ index_position: "last", key_type: "i64" }).all());
await step("a field that the ABI does not list", () => system.table("producers").query({ index: "owner" }).all());

// Scopes.
await step("scopes", () => system.table("delband").scopes().all());
await step("scopes in pages", () => pages(system.table("delband").scopes({ rowsPerAPIRequest: 3 })));
await step("scopes between bounds", () => pages(token.table("accounts").scopes({ ...two, from: "ben", to: "eve" })));
await step("first scopes", () => pages(token.table("accounts").scopes({ ...two, maxRows: 3 })));
await step("scopes backwards", () => pages(token.table("accounts").scopes({ ...two, reverse: true }), 2));
await step("what is delegated", () => system.table("delband", "eosio").all(two));
await step("global", () => system.table("rammarket").all());
await step("by name", async () => Name.from((await system.table("voters").first(1).next())[0].owner));

// A contract that is deployed by the kit, with actions that return what they read.
const [wasm, abi] = more.map((file) => fs.readFileSync(file).toString("hex"));
const books = "books";
await step("its account", () => sent({
  actions: [
    system.action("newaccount", { creator: "eosio", name: books, owner: authority, active: authority }),
    system.action("buyrambytes", { payer: "eosio", receiver: books, bytes: 900000 }),
    system.action("delegatebw", { from: "eosio", receiver: books, stake_net_quantity: "50.0000 SYS", stake_cpu_quantity: "50.0000 SYS", transfer: true }),
  ],
}));
await step("its code", async () => {
  const { response } = await sent({
    actions: [
      system.action("setcode", { account: books, vmtype: 0, vmversion: 0, code: wasm }),
      system.action("setabi", { account: books, abi }),
    ],
  }, {}, books);
  return [response.processed.receipt.status, response.processed.account_ram_delta, response.processed.action_traces.length];
});
await settled();
const council = await kit.load(books);
// What the kit sends for `readonly`.
const readOnly = (action) => {
  action.authorization = [];
  return client.v1.chain.send_read_only_transaction(Transaction.from({ ref_block_num: 0, ref_block_prefix: 0, expiration: 0, actions: [action] }));
};
await step("its names", () => [council.actionNames, council.tableNames, council.abi.action_results, council.abi.version]);
await step("its ricardian contract", () => council.ricardian("getagenda"));
await step("it begins", () => sent({
  action: council.action("init", { config: { chain_id, registrator: "ann", soviet: books, gateway: "ben" } }),
}, {}, books));
await settled();
await step("its rows", async () => [await council.table("config").all(), await council.table("config").scopes().all()]);
const page = { coopname: "ann", from_id: 0, limit: 10 };
await step("reads", () => council.readonly("getagenda", page));
await step("reads too much", async () => {
  const { processed } = await readOnly(council.action("getagenda", { ...page, limit: 100000 }));
  return processed;
});
await step("reads and tells all", async () => (await readOnly(council.action("getagenda", page))).processed);
await step("reads by an action that writes", async () => {
  const kind = { kind: "new", contract: "ann", confirm: "yes", decline: "no", protocol_id: 7 };
  return (await readOnly(council.action("regtype", kind))).processed;
});
await step("reads by an action that returns nothing", () => council.readonly("init", { config: { chain_id, registrator: "ann", soviet: books, gateway: "ben" } }));
await step("reads without arguments", () => council.readonly("getagenda"));
