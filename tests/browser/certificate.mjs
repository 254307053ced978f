// A self-signed certificate for localhost, made anew for each run: Node.js makes keys, but no certificates.
import { createHash, generateKeyPairSync, sign } from "node:crypto";

const DAY = 86_400_000;

// DER: a tag, a length and the content.
const der = (tag, ...contents) => {
  const content = Buffer.concat(contents.map((it) => Buffer.from(it)));
  const size = content.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
};
const sequence = (...items) => der(0x30, ...items);
const oid = (hex) => der(6, Buffer.from(hex, "hex"));
const time = (moment) => der(0x17, moment.toISOString().replace(/^..|[-:T]|\..*/g, "") + "Z");

const ECDSA_WITH_SHA256 = sequence(oid("2a8648ce3d040302"));
const NAME = sequence(der(0x31, sequence(oid("550403"), der(0x0c, "localhost"))));
// subjectAltName: localhost.
const EXTENSIONS = der(0xa3, sequence(sequence(oid("551d11"), der(4, sequence(der(0x82, "localhost"))))));

/** The certificate and its key in PEM, and the hash by which Chromium is told to trust it. */
export function certificate(now = Date.now()) {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const spki = publicKey.export({ type: "spki", format: "der" });
  const validity = sequence(time(new Date(now - DAY)), time(new Date(now + DAY)));
  const version3 = der(0xa0, der(2, [2]));
  const body = sequence(version3, der(2, [1]), ECDSA_WITH_SHA256, NAME, validity, NAME, spki, EXTENSIONS);
  const signature = der(3, [0], sign("sha256", body, privateKey));
  const whole = sequence(body, ECDSA_WITH_SHA256, signature).toString("base64");
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${whole.replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }),
    spkiHash: createHash("sha256").update(spki).digest("base64"),
  };
}
