// Does with the package what the test says, one JSON line each, and answers each with a line: what the
// functions gave, or the code that they threw.
//
// usage: node vectors.mjs PACKAGE [FOLDER-WITH-node_modules]
//
// With eosjs and WharfKit, unchanged, they do the same beside it.
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [packed, wallets] = process.argv.slice(2);
const coop = await import(pathToFileURL(join(packed, "node.js")));
const require = wallets && createRequire(join(wallets, "package.json"));
const kit = require?.("@wharfkit/antelope");
const eosjs = require?.("eosjs");

const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const response = (parts) => Object.fromEntries(Object.entries(parts).map(([name, hex]) => [name, bytes(hex)]));
const same = (one, other, what) => {
  if (String(one) !== String(other)) throw new Error(`${what}: ${one}, others say ${other}`);
};

// Objects with the same fields are the same, in whatever order they stand.
const sorted = (key, value) =>
  value && typeof value === "object" && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;
const alike = (one, other, what) => same(JSON.stringify(one, sorted), JSON.stringify(other, sorted), what);

const functions = {
  sha256: ({ text }) => [coop.sha256(text), coop.sha256(new TextEncoder().encode(text))],

  document({ document, chain, signer, at, key }) {
    const read = coop.unpackDocument(document);
    same(coop.packDocument(read), document, "read and packed again");
    const secret = coop.PrivateKey.parse(key);
    const signed = coop.signDocument(read, chain, signer, secret, at);
    const digest = coop.documentDigest(read, chain, signer, at);
    const signature = secret.sign(digest);
    const added = { signer, public_key: secret.publicKey(), signature, signed_at: at };
    alike(coop.addSignature(read, chain, added), signed, "signed by hand");
    if (kit) {
      const recovered = kit.Signature.from(signature).recoverDigest(kit.Checksum256.from(digest));
      same(kit.PublicKey.from(recovered).toString(), secret.publicKey(), "recovered");
    }
    return { hash: coop.documentHash(read), digest, signed: coop.packDocument(signed), read: signed };
  },

  isSigned: ({ document, chain }) => coop.isSigned(coop.unpackDocument(document), chain),

  action({ name, data, setting, abi }) {
    const action = coop.action(name, data, setting);
    if (kit) {
      const definition = kit.ABI.from(abi);
      same(kit.Serializer.encode({ abi: definition, type: name, object: data }).hexString, action.data, name);
      const types = eosjs.Serialize.getTypesFromAbi(eosjs.Serialize.createInitialTypes(), abi);
      const buffer = new eosjs.Serialize.SerialBuffer({ textEncoder: new TextEncoder(), textDecoder: new TextDecoder() });
      types.get(name).serialize(buffer, data);
      same(eosjs.Serialize.arrayToHex(buffer.asUint8Array()).toLowerCase(), action.data, name);
    }
    return action;
  },

  transaction({ plan, chain, key }) {
    const packed = coop.packTransaction(plan);
    const secret = coop.PrivateKey.parse(key);
    const signature = coop.signTransaction(packed, chain, secret);
    const [id, digest] = [coop.transactionId(packed), coop.transactionDigest(packed, chain)];
    same(coop.recoverKey(digest, signature), secret.publicKey(), "recovered");
    const read = coop.unpackTransaction(packed);
    alike(read.actions, plan.actions, "read again");
    if (kit) {
      const theirs = kit.Serializer.decode({ data: packed, type: kit.Transaction });
      same(theirs.id.hexString, id, "id");
      same(theirs.signingDigest(kit.Checksum256.from(chain)).hexString, digest, "digest");
      const signed = kit.PrivateKey.from(key).signDigest(kit.Checksum256.from(digest));
      same(coop.recoverKey(digest, String(signed)), secret.publicKey(), "of a signature by WharfKit");
    }
    return { packed, id, digest, signed: coop.signedTransaction(packed, [signature]) };
  },

  key({ text }) {
    const key = coop.PrivateKey.parse(text);
    return [key.toText(), key.toWif(), key.publicKey()];
  },

  generate() {
    const key = coop.PrivateKey.generate();
    const made = [key.toText(), key.publicKey()];
    key.free();
    return made;
  },

  publicKey: ({ text }) => coop.publicKey(text),
  passkeyKey: ({ parts, rpid, challenge }) => coop.passkeyKey(response(parts), rpid, challenge),
  passkeySignature: ({ key, digest, parts }) => coop.passkeySignature(key, digest, response(parts)),
  enrol: ({ username, keys }) => coop.enrol(username, keys),

  // Texts and documents of many lengths, the same in each half; answers the bytes of memory after each.
  memory({ rounds }) {
    const key = coop.PrivateKey.generate();
    const [hash, at, chain] = [coop.sha256(""), "2026-01-31T12:00:00.000", "00".repeat(32)];
    const half = () => {
      for (let round = 0; round < rounds / 2; round++) {
        coop.sha256("я".repeat((round * 7919) % 500_000));
        const links = Array(round % 17).fill(hash);
        const meta = {
          registry_id: round, coopname: "coop", username: "ivan", title: "т".repeat(round % 100), lang: "ru",
          generator: "", version: "", block_num: 0, created_at: at, timezone: "", links,
        };
        const document = coop.signDocument({ meta, doc_hash: hash }, chain, "ivan", key, at);
        same(coop.packDocument(coop.unpackDocument(coop.packDocument(document))), coop.packDocument(document), round);
        try {
          coop.action("votefor", { coopname: "x".repeat(round) });
        } catch (error) {
          if (error.name !== "CoopError") throw error;
        }
      }
      return coop.initSync().memory.buffer.byteLength;
    };
    return [half(), half()];
  },

  // Values of every kind where others are expected: errors of the package, and nothing else.
  hostile() {
    const strange = [
      undefined, null, true, -1, 1.5, NaN, 2 ** 64, 10n ** 30n, "", "x".repeat(1e6), "00", {}, [], [{}], () => 1,
      new Uint8Array(1e6), { meta: {} }, { actions: Array(1000).fill({}) }, Object.create(null),
      { get meta() { throw new Error("a getter that throws"); } },
    ];
    const called = [
      (v) => coop.sha256(v), (v) => coop.documentHash(v), (v) => coop.documentDigest(v, "", "", ""),
      (v) => coop.addSignature(v, "00".repeat(32), v), (v) => coop.isSigned(v, "zz"), (v) => coop.packDocument(v),
      (v) => coop.unpackDocument(v), (v) => coop.action("votefor", v), (v) => coop.action("authorize", v, v),
      (v) => coop.enrol("alice", v), (v) => coop.packTransaction(v), (v) => coop.signedTransaction("00", v),
      (v) => coop.passkeyKey(v, "localhost", v), (v) => coop.passkeySignature("PUB_WA_x", "00", v),
    ];
    let refused = 0;
    for (const call of called) {
      for (const value of strange) {
        try {
          call(value);
        } catch (error) {
          if (error.name !== "CoopError" || !error.code || !error.ru) throw error;
          refused++;
        }
      }
    }
    for (const text of ["", "5", "PVT_R1_x", "K".repeat(60), "PUB_K1_1", "ключ"]) {
      try {
        coop.PrivateKey.parse(text);
      } catch (error) {
        same(error.code, "private_key", text);
        refused++;
      }
    }
    return refused;
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { run, ...given } = JSON.parse(line);
  let answer;
  try {
    answer = { done: functions[run](given) };
  } catch (error) {
    if (error.name !== "CoopError") throw error;
    answer = { code: error.code, field: error.field, message: error.message, ru: error.ru };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
