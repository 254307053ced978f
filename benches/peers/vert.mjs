// VeRT: token transfers, alone and beside copies of a large contract. One JSON line on stdout.
//
// usage: node vert.mjs FOLDER-WITH-node_modules TOKEN-WASM TOKEN-ABI LARGE-WASM LARGE-ABI NUMBER

import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [folder, tokenWasm, tokenAbi, largeWasm, largeAbi, number] = process.argv.slice(2);
const require = createRequire(path.join(folder, "package.json"));
const { Blockchain } = require("@eosnetwork/vert");

function varuint(number) {
  const bytes = [];
  do {
    const low = number & 0x7f;
    number >>>= 7;
    bytes.push(number ? low | 0x80 : low);
  } while (number);
  return bytes;
}

function readVaruint(bytes, at) {
  let number = 0;
  let shift = 0;
  for (;;) {
    const byte = bytes[at++];
    number |= (byte & 0x7f) << shift;
    if (!(byte & 0x80)) return [number >>> 0, at];
    shift += 7;
  }
}

// VeRT reaches a contract's memory by its export, which contracts of CDT 1 do not have.
function withMemoryExport(module) {
  const exports = WebAssembly.Module.exports(new WebAssembly.Module(module));
  if (exports.some(({ name }) => name === "memory")) return module;
  const entry = [6, ...Buffer.from("memory"), 2, 0];
  const parts = [module.subarray(0, 8)];
  for (let at = 8; at < module.length; ) {
    const kind = module[at];
    const [size, body] = readVaruint(module, at + 1);
    const end = body + size;
    if (kind !== 7) {
      parts.push(module.subarray(at, end));
    } else {
      const [count, first] = readVaruint(module, body);
      const content = [...varuint(count + 1), ...entry, ...module.subarray(first, end)];
      parts.push(Buffer.from([7, ...varuint(content.length), ...content]));
    }
    at = end;
  }
  return Buffer.concat(parts);
}

const contract = (wasm, abi) => ({
  wasm: withMemoryExport(fs.readFileSync(wasm)),
  abi: JSON.parse(fs.readFileSync(abi, "utf8")),
});

const chain = new Blockchain();
const token = chain.createAccount({ name: "eosio.token", ...contract(tokenWasm, tokenAbi) });
chain.createAccounts("alice", "bob");
await token.actions.create(["alice", "1000000000.0000 EOS"]).send("eosio.token@active");
const firstTransaction = process.uptime() * 1000;
await token.actions.issue(["alice", "1000000.0000 EOS", ""]).send("alice@active");

async function transfers(number) {
  const begin = performance.now();
  for (let n = 0; n < number; n++) {
    await token.actions.transfer(["alice", "bob", "0.0001 EOS", `m${n}`]).send("alice@active");
  }
  return number / ((performance.now() - begin) / 1000);
}

await transfers(20);
const alone = await transfers(Number(number));
const before = chain.store.snapshot();
await transfers(1);
const revertAt = performance.now();
chain.store.revertTo(before);
const revert = (performance.now() - revertAt) * 1000;
const large = contract(largeWasm, largeAbi);

// VeRT makes an instance of each contract before each transaction, and cannot where it lacks a host function. It is
// given those that the large contract needs; nobody calls that contract.
const needed = WebAssembly.Module.imports(new WebAssembly.Module(large.wasm));
const instantiate = WebAssembly.instantiate;
WebAssembly.instantiate = (bytes, imports) => {
  for (const { name } of needed) {
    imports.env[name] ??= () => {
      throw new Error(`VeRT has no ${name}`);
    };
  }
  return instantiate(bytes, imports);
};
for (let n = 1; n <= 9; n++) {
  chain.createAccount({ name: `large${"12345".at(n % 5)}${"abcde".at(n / 5)}`, ...large });
}
await transfers(2);
const beside = await transfers(Math.max(10, Number(number) / 10));
const rss = process.memoryUsage().rss / (1 << 20);
console.log(
  JSON.stringify({ cold_start_ms: firstTransaction, declared_tps: alone, beside_large_tps: beside, revert_us: revert, rss_mb: rss }),
);
