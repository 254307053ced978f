// A session by WharfKit's account kit: a line of JSON for each step.

import { chain_id, client, key, pages, require, sent, session, settled, step, url } from "./wharf.mjs";
const { API, Asset, Bytes, PrivateKey, UInt128, UInt64 } = require("@wharfkit/session");
const { ContractKit } = require("@wharfkit/contract");
const { Account, AccountKit, Permission, SystemContract } = require("@wharfkit/account");
const { ChainDefinition } = require("@wharfkit/common");

const place = ChainDefinition.from({ id: chain_id, url, accountDataType: API.v1.AccountObject });
const kit = new AccountKit(place);
const system = new SystemContract.Contract({ client });
const publicKey = PrivateKey.from(key).toPublic();
const authority = { threshold: 1, keys: [{ key: publicKey, weight: 1 }], accounts: [], waits: [] };

// Accounts that the kit's own contract makes; `amy` is asked about from here on.
for (const name of ["amy", "bea", "cy", "proxy"]) {
  await step(`an account: ${name}`, () => sent({
    actions: [
      system.action("newaccount", { creator: "eosio", name, owner: authority, active: authority }),
      system.action("buyrambytes", { payer: "eosio", receiver: name, bytes: 20000 }),
      system.action("delegatebw", {
        from: "eosio", receiver: name, stake_net_quantity: "20.0000 SYS", stake_cpu_quantity: "20.0000 SYS", transfer: true,
      }),
      { account: "eosio.token", name: "transfer", authorization: [session.permissionLevel], data: { from: "eosio", to: name, quantity: "100000.0000 SYS", memo: "" } },
    ],
  }));
}
await settled();
let amy = await kit.load("amy");
const by = (run, who = "amy") => sent({ action: run }, {}, who);
const again = async () => {
  await settled();
  amy = await kit.load("amy");
};

// What the node tells of it.
await step("an account that is missing", () => kit.load("nobody"));
await step("its data", () => amy.data);
await step("its name and token", () => [amy.accountName, amy.systemToken]);
await step("its permissions", () => amy.permissions);
await step("a permission", () => amy.permission("active"));
await step("a permission that is missing", () => amy.permission("missing"));
for (const resource of ["cpu", "net", "ram"]) {
  await step(`a resource: ${resource}`, () => amy.resource(resource));
}
await step("a resource that is missing", () => amy.resource("disk"));
await step("its balance", () => amy.balance());
await step("its balance of a symbol", () => amy.balance("SYS"));
await step("its balance at a contract", () => amy.balance("SYS", "eosio.token"));
await step("its balance of another symbol", () => amy.balance("OTHER"));
await step("a balance that is missing", async () => (await kit.load("eosio.bpay")).balance("SYS"));
await step("a privileged account", async () => {
  const { permissions, data } = await kit.load("eosio");
  return { permissions, privileged: data.privileged, created: data.created };
});
await step("a transfer", async () => by(await amy.token.transfer("amy", "bea", "1.0000 SYS", "by the kit")));
await step("with a contract from the chain", async () => {
  const contract = await new ContractKit({ client }).load("eosio");
  const account = await new AccountKit(place, { client, contract }).load("amy");
  return by(account.buyRamBytes(100));
});

// RAM and stake.
const ram = async () => {
  await again();
  return { ...amy.resource("ram").toJSON(), cpu: amy.data.cpu_weight, net: amy.data.net_weight, refund: amy.data.refund_request ?? null };
};
await step("buys RAM", () => by(amy.buyRam("2.0000 SYS")));
await step("buys RAM for another", () => by(amy.buyRam("1.0000 SYS", { receiver: "bea" })));
await step("buys bytes", () => by(amy.buyRamBytes(1024)));
await step("buys bytes for another", () => by(amy.buyRamBytes(512, { receiver: "bea" })));
await step("sells RAM", () => by(amy.sellRam(500)));
await step("sells more than there is", () => by(amy.sellRam(50000000)));
await step("its RAM", ram);
await step("delegates", () => by(amy.delegate({ cpu: "3.0000 SYS", net: "2.0000 SYS" })));
await step("delegates to another", () => by(amy.delegate({ cpu: "1.0000 SYS", receiver: "bea" })));
await step("gives a stake away", () => by(amy.delegate({ net: "1.0000 SYS", receiver: "cy", transfer: true })));
await step("delegates more than there is", () => by(amy.delegate({ cpu: "999999.0000 SYS" })));
await step("undelegates", () => by(amy.undelegate({ cpu: "1.0000 SYS", net: "0.5000 SYS" })));
await step("undelegates from another", () => by(amy.undelegate({ cpu: "0.5000 SYS", receiver: "bea" })));
await step("undelegates more than there is", () => by(amy.undelegate({ cpu: "500.0000 SYS" })));
await step("its stake", ram);
await step("what it delegates", () => pages(system.table("delband", "amy").query({ rowsPerAPIRequest: 1 })));
await step("its refund", () => system.table("refunds", "amy").all());

// Permissions.
const other = new PrivateKey("K1", Bytes.from("07".repeat(32))).toPublic();
await step("a new permission", () => by(amy.setPermission(Permission.from({
  perm_name: "pay", parent: "active", required_auth: authority,
}))));
await again();
await step("a permission with a key, an account and a wait", () => {
  const permission = amy.permission("pay");
  permission.addKey(other, 1);
  permission.addAccount("bea@active", 1);
  permission.addAccount("cy@active", 1);
  permission.addWait({ wait_sec: 60, weight: 1 });
  return by(amy.setPermission(permission));
});
await again();
await step("the permission", () => amy.permission("pay"));
await step("the same key once more", () => amy.permission("pay").addKey(other));
await step("a permission with less", () => {
  const permission = amy.permission("pay");
  permission.removeKey(other);
  permission.removeAccount("cy@active");
  permission.removeWait({ wait_sec: 60, weight: 1 });
  return by(amy.setPermission(permission));
});
await step("an authority that cannot be met", () => by(amy.setPermission(Permission.from({
  perm_name: "never", parent: "active", required_auth: { threshold: 9, keys: [], accounts: [], waits: [] },
}))));
await step("links", () => by(amy.linkauth("eosio.token", "transfer", "pay")));
await step("links all of a contract", () => by(amy.linkauth("eosio.msig", "", "pay")));
await step("links to a permission that is missing", () => by(amy.linkauth("eosio.token", "open", "missing")));
await again();
await step("the linked actions", () => amy.permissions);
await step("removes a permission that is linked", () => by(amy.removePermission("pay")));
await step("unlinks", () => by(amy.unlinkauth("eosio.token", "transfer")));
await step("unlinks all of a contract", () => by(amy.unlinkauth("eosio.msig", "")));
await step("unlinks what is not linked", () => by(amy.unlinkauth("eosio.token", "issue")));
await step("removes a permission", () => by(amy.removePermission("pay")));
await step("removes an owner", () => by(amy.removePermission("owner")));
await again();
await step("the permissions that are left", () => amy.permissions);

// Votes and REX by the kit's contract of the system.
await step("a proxy", () => by(system.action("regproxy", { proxy: "proxy", isproxy: true }), "proxy"));
await step("a vote by proxy", () => by(system.action("voteproducer", { voter: "amy", proxy: "proxy", producers: [] })));
await again();
await step("its vote", () => amy.data.voter_info);
await step("pays in", () => by(system.action("deposit", { owner: "amy", amount: "60000.0000 SYS" })));
await step("buys REX", () => by(system.action("buyrex", { from: "amy", amount: "50000.0000 SYS" })));
await step("sells REX too soon", () => by(system.action("sellrex", { from: "amy", rex: "1.0000 REX" })));
for (const receiver of ["amy", "bea", "cy"]) {
  const loan = { from: "amy", receiver, loan_payment: "1.0000 SYS", loan_fund: "0.0000 SYS" };
  await step(`rents CPU for ${receiver}`, () => by(system.action("rentcpu", loan)));
  await step(`rents NET for ${receiver}`, () => by(system.action("rentnet", { ...loan, loan_payment: "2.0000 SYS" })));
}
await step("saves", () => by(system.action("mvtosavings", { owner: "amy", rex: "100.0000 REX" })));
await step("pays out", () => by(system.action("withdraw", { owner: "amy", amount: "10.0000 SYS" })));
await again();
await step("its REX", () => [amy.data.rex_info ?? null, amy.data.self_delegated_bandwidth]);
for (const table of ["rexbal", "rexfund", "rexpool", "rexretpool", "cpuloan", "netloan"]) {
  await step(`a table of REX: ${table}`, () => system.table(table).all());
}
const byOwner = { index_position: "tertiary", key_type: "name", rowsPerAPIRequest: 1 };
await step("loans by owner", () => pages(system.table("cpuloan").query(byOwner)));
await step("loans of an owner", () => system.table("netloan").query({ ...byOwner, from: "amy", to: "amy", rowsPerAPIRequest: 10 }).all());
await step("loans of another", () => system.table("netloan").query({ ...byOwner, from: "bea" }).all());
await step("loans by expiration", () => system.table("cpuloan").query({ index_position: "secondary", key_type: "i64" }).all());
await step("a loan by its number", () => system.table("cpuloan").get(UInt64.from(1)));

// Power-ups.
const resource = {
  current_weight_ratio: "10000000000000", target_weight_ratio: "10000000000000", assumed_stake_weight: "1000000000",
  target_timestamp: "1970-01-01T00:00:00", exponent: "2.0", decay_secs: 86400, min_price: "0.0000 SYS", max_price: "100000.0000 SYS",
};
await step("power-ups are set up", () => sent({
  actions: [
    system.action("newaccount", { creator: "eosio", name: "eosio.reserv", owner: authority, active: authority }),
    system.action("buyrambytes", { payer: "eosio", receiver: "eosio.reserv", bytes: 8000 }),
    system.action("cfgpowerup", { args: { net: resource, cpu: resource, powerup_days: 1, min_powerup_fee: "0.0001 SYS" } }),
  ],
}));
for (const receiver of ["amy", "bea"]) {
  const powerup = { payer: "amy", receiver, days: 1, net_frac: "10000000000", cpu_frac: "10000000000", max_payment: "100.0000 SYS" };
  await step(`a power-up for ${receiver}`, () => by(system.action("powerup", powerup)));
  // The next one is in another second, which counts in the utilization.
  await settled();
}
await step("a power-up that costs more", () => by(system.action("powerup", {
  payer: "amy", receiver: "cy", days: 1, net_frac: "10000000000", cpu_frac: "10000000000", max_payment: "0.0001 SYS",
})));
await settled();
await step("power-ups", async () => [await system.table("powup.state").all({ scope: "" }), await system.table("powup.order").all({ scope: "" })]);
await step("power-ups by owner", () => pages(system.table("powup.order").query({ scope: "", index_position: "secondary", key_type: "name", rowsPerAPIRequest: 1 })));

// What the kit computes of the system's state.
const resources = amy.resources("amy");
await step("the state of REX", async () => {
  const rex = await resources.v1.rex.get_state();
  const sample = { account: amy.data, cpu: UInt128.from(1000), net: UInt128.from(100) };
  return { rex, value: rex.value, reserved: rex.reserved, cpu: rex.cpu_price_per_ms(sample), net: rex.net_price_per_kb(sample), exchange: rex.exchange(Asset.from("1.0000 REX")) };
});
await step("the state of RAM", async () => {
  const market = await resources.v1.ram.get_state();
  return { market, price: market.price_per(1000), kilobytes: market.price_per_kb(8) };
});
await step("the state of power-ups", async () => {
  const state = await resources.v1.powerup.get_state();
  return { state, cpu: [state.cpu.allocated, state.cpu.reserved], net: [state.net.allocated, state.net.reserved] };
});
await step("a sample of use", async () => Object.keys(await resources.getSampledUsage()).sort());

// The tables of the system that the kit's contract knows.
for (const table of ["global2", "global3", "global4", "rammarket", "voters", "abihash"]) {
  await step(`a table of the system: ${table}`, async () => {
    const rows = await system.table(table).first(3).all();
    return table.startsWith("global") ? rows.length : rows;
  });
}
await step("a table that is missing here", () => system.table("rexmaturity").all());
await step("an action that is missing here", () => by(system.action("buyramself", { account: "amy", quant: "1.0000 SYS" })));
await step("a value that is missing here", () => system.readonly("buyrambytes", { payer: "amy", receiver: "amy", bytes: 10 }));
await step("an account with other data", () => new Account({ client, data: amy.data }).resource("net").weight);
