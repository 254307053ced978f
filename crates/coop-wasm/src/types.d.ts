/** What functions throw. */
export interface CoopError extends Error {
  name: "CoopError";
  /** Does not change: value, too_long, action, packed, private_key, random, signature, algorithm, relying_party, unverified, challenge, authenticator, two_keys. */
  code: string;
  /** The path of the value that it is about, such as `meta.created_at`; may be empty. */
  field: string;
  /** The message in Russian. */
  ru: string;
}

/** A number of up to 64 bits; numbers above 32 bits are answered as text. */
export type U64 = number | bigint | string;

/** What a document binds itself to. */
export type Subject =
  | ["ProjectSubject", { project: string }]
  | ["DecisionSubject", { decision_id: U64; hash: string; votes_for: U64; votes_against: U64; quorum_percent: number }]
  | ["FoundersSubject", { members: string }]
  | ["BoardSubject", { version: U64; kind: string; members: string }]
  | ["ApplicationSubject", { kind: string }]
  | ["MoneySubject", { quantity: string }]
  | ["PropertySubject", { description: string; valuation: string }]
  | ["ReturnSubject", { property_id: U64; valuation: string }]
  | ["ActSubject", { property_id: U64; hash: string; description: string; valuation: string }]
  | ["MoveSubject", { newname: string }]
  | ["BlockSubject", { is_blocked: boolean }]
  | ["CharterSubject", { charter: Charter }];

/** What a charter says about decisions. */
export interface Charter { quorum_percent: number; board_support: number }

/** A seat of a board. */
export interface Seat { username: string; is_voting: boolean; position: "chairman" | "member" }

/** What a document is and what it is about. */
export interface Meta {
  registry_id: U64;
  coopname: string;
  username: string;
  title: string;
  lang: string;
  generator: string;
  version: string;
  block_num: number;
  /** UTC, `2026-01-31T12:00:00.000`. */
  created_at: string;
  timezone: string;
  /** SHA-256 of other documents, 64 hexadecimal digits each. */
  links: string[];
  subject?: Subject | null;
}

export interface DocumentSignature {
  signer: string;
  public_key: string;
  signature: string;
  /** By the signer's clock, UTC. */
  signed_at: string;
}

/** A document that may have no signatures yet. */
export interface Unsigned {
  meta: Meta;
  /** SHA-256 of the rendered text. */
  doc_hash: string;
  signatures?: DocumentSignature[];
}

export interface Document extends Unsigned {
  signatures: DocumentSignature[];
}

export interface Action {
  account: string;
  name: string;
  authorization: { actor: string; permission: string }[];
  /** Packed, in hexadecimal. */
  data: string;
}

/** Who signs and under which permission, and the accounts of the contracts. */
export interface Setting {
  /** Left out, the account that the data names as acting; to be named where it names none, as of `seatboard`. */
  actor?: string;
  /** Left out, `active`. */
  permission?: string;
  /** Left out, their usual names. */
  registrator?: string;
  soviet?: string;
  gateway?: string;
}

interface OfCoop { coopname: string }
interface OfPerson extends OfCoop { username: string }
interface OfActor extends OfCoop { actor: string }
interface OfChairman extends OfCoop { chairman: string }
interface Vote extends OfPerson { decision_id: U64; hash: string }
interface Paid extends OfActor { hash: string; quantity: string; reference: string }
interface Declined extends OfActor { hash: string; reason: string }
interface Meeting extends OfCoop { meeting: Document }
interface Election extends OfCoop { version: U64 }
interface Voice extends OfPerson { version: U64 }
interface Rights extends OfChairman { username: string; rights: { contract: string; action: string }[] }

/** The data of each action. */
export interface ActionData {
  newaccount: OfActor & { username: string; public_key: string };
  signagree: OfPerson & { documents: Document[] };
  reguser: OfPerson & { kind: "individual" | "entrepreneur" | "organization"; statement: Document };
  regfounders: Meeting & { founders: string[] };
  setcharter: Meeting & { charter: Charter };
  exitcoop: OfPerson & { statement: Document };
  moveuser: OfPerson & { newname: string; statement: Document };
  /** Of the old account, which signs; the new one signs as `actor`. */
  vetomove: OfPerson;
  /** Of the old account; anybody signs, as `actor`. */
  completemove: OfPerson;
  blockuser: OfPerson & { proposer: string; proposal: Document };
  retryrefund: OfActor & { hash: string };
  freedecision: OfPerson & { proposal: Document };
  votefor: Vote;
  voteagainst: Vote;
  authorize: OfChairman & { decision_id: U64; protocol: Document };
  exec: OfCoop & { executer: string; decision_id: U64 };
  createboard: Meeting & { members: Seat[] };
  updateboard: Meeting & { kind: "council" | "executive" | "audit" | "other"; members: Seat[] };
  support: Voice;
  object: Voice;
  /** Anybody signs, as `actor`. */
  seatboard: Election;
  /** Anybody signs, as `actor`; before the term is over, the cooperative. */
  dropboard: Election;
  /** Anybody signs, as `actor`. */
  freevoices: OfCoop & { limit: number };
  addstaff: Rights;
  setrights: Rights;
  rmstaff: OfActor & { username: string };
  accepttype: OfChairman & { kind: string };
  droptype: OfChairman & { kind: string };
  incomplete: Paid;
  indecline: Declined;
  outcomplete: Paid;
  outdecline: Declined;
  retrypay: OfActor & { hash: string };
  sharemoney: OfPerson & { quantity: string; statement: Document };
  shareprop: OfPerson & { description: string; valuation: string; statement: Document };
  acceptprop: OfActor & { property_id: U64; act: Document };
  cancelprop: OfActor & { property_id: U64 };
  handprop: OfActor & { property_id: U64; act: Document };
  returnmoney: OfPerson & { quantity: string; statement: Document };
  returnprop: OfPerson & { property_id: U64; statement: Document };
}

/** A transaction to pack. */
export interface Plan {
  actions: Action[];
  /** Id of a recent block, best of the last irreversible one: the transaction is valid on its chain alone. */
  block_id: string;
  /** UTC, to the second: no block after it takes the transaction. */
  expiration: string;
  max_net_usage_words?: number;
  max_cpu_usage_ms?: number;
}

export interface Unpacked {
  expiration: string;
  ref_block_num: number;
  ref_block_prefix: number;
  max_net_usage_words: number;
  max_cpu_usage_ms: number;
  delay_sec: number;
  context_free_actions: Action[];
  actions: Action[];
  transaction_extensions: { type: number; data: string }[];
}

/** The body of `push_transaction` and `send_transaction`. */
export interface SignedTransaction {
  signatures: string[];
  compression: "none";
  packed_context_free_data: "";
  packed_trx: string;
}

type Bytes = ArrayBuffer | Uint8Array;

/** As `AuthenticatorAttestationResponse`. */
export interface Registration { attestationObject: Bytes; clientDataJSON: Bytes }

/** As `AuthenticatorAssertionResponse`. */
export interface Assertion { authenticatorData: Bytes; clientDataJSON: Bytes; signature: Bytes }
