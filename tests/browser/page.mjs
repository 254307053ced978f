// What a member's page does with the package, and nothing that a real page could not.
import * as coop from "/coop-wasm/index.js";

await coop.init();

const call = async (path, body) => {
  const response = await fetch(`/v1/chain/${path}`, { method: "POST", body: JSON.stringify(body ?? {}) });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error?.details?.[0]?.message ?? JSON.stringify(answer));
  return answer;
};

/** Sends actions in one transaction that the passkey signs. */
async function push(actions, passkey) {
  const info = await call("get_info");
  const expiration = new Date(`${info.head_block_time}Z`).getTime() + 60_000;
  const packed = coop.packTransaction({
    actions,
    block_id: info.last_irreversible_block_id,
    expiration: new Date(expiration).toISOString().slice(0, 19),
  });
  const signature = await coop.signTransactionByPasskey(packed, info.chain_id, passkey);
  const sent = await call("send_transaction", coop.signedTransaction(packed, [signature]));
  if (sent.transaction_id !== coop.transactionId(packed)) throw new Error("another transaction");
  return sent.transaction_id;
}

/** A new credential of the device, without what createPasskey asks for or catches. */
const raw = (options) =>
  navigator.credentials.create({
    publicKey: {
      rp: { id: location.hostname, name: "desk" },
      user: { id: new Uint8Array([1]), name: "a", displayName: "a" },
      pubKeyCredParams: [{ type: "public-key", alg: -7 }],
      ...options,
    },
  });

const functions = {
  createPasskey: coop.createPasskey,
  signDigest: coop.signDigest,
  secondKey: coop.secondKey,
  enrol: coop.enrol,

  /** Signs packed documents now, by the chain's clock. */
  async signDocuments(packed, signer, passkey) {
    const info = await call("get_info");
    const signed = [];
    for (const bytes of packed) {
      const document = coop.unpackDocument(bytes);
      const made = await coop.signDocumentByPasskey(document, info.chain_id, signer, passkey, info.head_block_time);
      if (!coop.isSigned(made, info.chain_id)) throw new Error("not signed");
      signed.push(made);
    }
    return signed;
  },

  packDocument: coop.packDocument,
  documentHash: coop.documentHash,

  /** Sends [name, data] pairs as actions. */
  act: (named, setting, passkey) =>
    push(named.map(([name, data]) => coop.action(name, data, setting)), passkey),

  push,

  /** The second key alone signs. */
  async pushByPaper(named, setting, paper) {
    const info = await call("get_info");
    const expiration = new Date(new Date(`${info.head_block_time}Z`).getTime() + 60_000);
    const packed = coop.packTransaction({
      actions: named.map(([name, data]) => coop.action(name, data, setting)),
      block_id: info.last_irreversible_block_id,
      expiration: expiration.toISOString().slice(0, 19),
    });
    const key = coop.PrivateKey.parse(paper);
    const signature = coop.signTransaction(packed, info.chain_id, key);
    key.free();
    return (await call("send_transaction", coop.signedTransaction(packed, [signature]))).transaction_id;
  },

  /** A passkey whose site is said to be another one. */
  async ofAnotherSite(rpid) {
    const challenge = new Uint8Array(32);
    const credential = await raw({ challenge, authenticatorSelection: { userVerification: "required" } });
    return coop.passkeyKey(credential.response, rpid, challenge);
  },

  /** A passkey whose user nobody has verified. */
  async ofNobody() {
    const challenge = new Uint8Array(32);
    const credential = await raw({ challenge, authenticatorSelection: { userVerification: "discouraged" } });
    return coop.passkeyKey(credential.response, location.hostname, challenge);
  },

  /** A passkey on a device that has RS256 alone: the browser is told to ask for that. */
  async ofRsa(username) {
    const create = navigator.credentials.create.bind(navigator.credentials);
    navigator.credentials.create = ({ publicKey }) =>
      create({ publicKey: { ...publicKey, pubKeyCredParams: [{ type: "public-key", alg: -257 }] } });
    try {
      return await coop.createPasskey({ username });
    } finally {
      navigator.credentials.create = create;
    }
  },
};

globalThis.desk = async (name, given) => {
  try {
    return await functions[name](...given);
  } catch (error) {
    const { name: kind, code, message, ru } = error;
    return { failed: { name: kind, code, message, ru } };
  }
};
