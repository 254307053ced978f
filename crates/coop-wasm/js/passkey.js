// Passkeys in a browser: made, and asked for signatures. Everything that can be wrong with what an
// authenticator answers is checked by the module.
import {
  PrivateKey,
  addSignature,
  coopError,
  digestBytes,
  documentDigest,
  enrol,
  passkeyKey,
  passkeySignature,
  transactionDigest,
} from "./coop_wasm.js";

const ES256 = { type: "public-key", alg: -7 };

const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

const descriptor = (credentialId) => ({ type: "public-key", id: toBytes(credentialId) });

export async function createPasskey({ username, displayName = username, site = location.hostname, exclude = [] }) {
  const challenge = crypto.getRandomValues(new Uint8Array(32));
  // A parent domain would make a key that nodes do not read, so that the host is never asked for.
  const rpid = location.hostname;
  let credential;
  try {
    credential = await navigator.credentials.create({
      publicKey: {
        challenge,
        rp: { id: rpid, name: site },
        user: { id: new TextEncoder().encode(username), name: username, displayName },
        pubKeyCredParams: [ES256],
        authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
        excludeCredentials: exclude.map((passkey) => descriptor(passkey.credentialId)),
        attestation: "none",
      },
    });
  } catch (error) {
    // No authenticator here makes such a key, or the one that was chosen has a key already.
    if (error.name === "NotSupportedError") throw coopError("algorithm");
    if (error.name === "InvalidStateError") throw coopError("two_keys");
    throw error;
  }
  return {
    publicKey: passkeyKey(credential.response, rpid, challenge),
    credentialId: toText(credential.rawId),
  };
}

export async function signDigest(digest, passkey) {
  const credential = await navigator.credentials.get({
    publicKey: {
      challenge: digestBytes(digest),
      rpId: location.hostname,
      allowCredentials: [descriptor(passkey.credentialId)],
      userVerification: "required",
    },
  });
  return passkeySignature(passkey.publicKey, digest, credential.response);
}

export async function signDocumentByPasskey(document, chainId, signer, passkey, signedAt) {
  const signature = await signDigest(documentDigest(document, chainId, signer, signedAt), passkey);
  const made = { signer, public_key: passkey.publicKey, signature, signed_at: signedAt };
  return addSignature(document, chainId, made);
}

export async function signTransactionByPasskey(packed, chainId, passkey) {
  return signDigest(transactionDigest(packed, chainId), passkey);
}

export async function secondKey(username, first, kind) {
  if (kind === "passkey") {
    const passkey = await createPasskey({ username, exclude: [first] });
    return { passkey, actions: enrol(username, [first.publicKey, passkey.publicKey]) };
  }
  const key = PrivateKey.generate();
  try {
    return { paper: key.toText(), actions: enrol(username, [first.publicKey, key.publicKey()]) };
  } finally {
    key.free();
  }
}
