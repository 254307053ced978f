//! The package in Node.js beside the crates of this workspace, which must give the same bytes, and beside
//! eosjs and WharfKit where set-up could bring them.

mod actions;
mod webauthn;

use antelope_abi::Abi;
use antelope_build::cache_folder;
use antelope_keys::{Signer, WebAuthnKey, signing};
use antelope_types::{
    Action, Checksum256, Encode, Name, PackedTransaction, PermissionLevel, PrivateKey,
    SignedTransaction, TimePoint, TimePointSec, Transaction, TransactionHeader, UserPresence,
    VarUint32,
};
use coop_documents::{Record, Rendered, is_signed, sign};
use coop_model::document::subject::{ActSubject, DecisionSubject, MoneySubject};
use coop_model::{Document, Meta, Subject};
use coop_wasm_build::Package;
use serde_json::{Value, json};
use std::hash::{BuildHasher, RandomState};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Documents, transactions and keys of each run.
const CASES: usize = 25;

/// Random values, others in each run; the seed is told where something fails.
pub(crate) struct Draw {
    seed: u64,
    count: u64,
}

impl Draw {
    pub(crate) fn new() -> Self {
        let seed = RandomState::new().hash_one(0);
        println!("the seed is {seed}");
        Self { seed, count: 0 }
    }

    pub(crate) fn hash(&mut self) -> Checksum256 {
        self.count += 1;
        Checksum256::sha256_of(&[&self.seed.to_le_bytes(), &self.count.to_le_bytes()])
    }

    pub(crate) fn number(&mut self) -> u64 {
        let hash = self.hash();
        let number = u64::from_le_bytes(*hash.0.first_chunk().expect("8 bytes"));
        // Small numbers are as common as large ones.
        number >> (hash.0[8] % 64)
    }

    fn below(&mut self, bound: usize) -> usize {
        self.number() as usize % bound
    }

    fn name(&mut self) -> Name {
        // Of thirteen characters the last has four bits.
        Name::from_raw(self.number())
    }

    /// At a millisecond, as other programs read moments.
    fn moment(&mut self) -> TimePoint {
        let millis = self.number() % 4_000_000_000_000;
        TimePoint::from_micros(millis as i64 * 1000)
    }

    pub(crate) fn key(&mut self) -> PrivateKey {
        PrivateKey::K1(self.hash().0)
    }

    fn text(&mut self, most: usize) -> String {
        let letters = ['a', 'я', '"', '\\', '中', ' ', '\n', '😀'];
        let mut text = String::new();
        for _ in 0..self.below(most / 4 + 1) {
            text.push(letters[self.below(letters.len())]);
        }
        text
    }

    fn subject(&mut self) -> Option<Subject> {
        let valuation = antelope_types::asset!("12.34 RUB");
        match self.below(4) {
            0 => None,
            1 => Some(Subject::Money(MoneySubject {
                quantity: valuation,
            })),
            2 => Some(Subject::Decision(DecisionSubject {
                decision_id: self.number(),
                hash: self.hash(),
                votes_for: self.number(),
                votes_against: self.number(),
                quorum_percent: self.below(101) as u8,
            })),
            _ => Some(Subject::Act(ActSubject {
                property_id: self.number(),
                hash: self.hash(),
                description: self.hash(),
                valuation,
            })),
        }
    }

    fn meta(&mut self) -> Meta {
        let links = (0..self.below(17)).map(|_| self.hash()).collect();
        Meta {
            registry_id: self.number(),
            coopname: self.name(),
            username: self.name(),
            title: self.text(256),
            lang: self.text(8),
            generator: self.text(32),
            version: self.text(32),
            block_num: self.number() as u32,
            created_at: self.moment(),
            timezone: self.text(64),
            links,
            subject: self.subject(),
        }
    }

    pub(crate) fn rendered(&mut self) -> Rendered {
        Rendered {
            file_name: "a.txt".to_owned(),
            text: "text\n".to_owned(),
            doc_hash: self.hash(),
            meta: self.meta(),
            record: Record {
                form: "statement/admission".to_owned(),
                stem: "statement".to_owned(),
                facts: Value::Null,
            },
        }
    }

    fn action(&mut self) -> Action {
        let levels = (0..self.below(3)).map(|_| PermissionLevel::new(self.name(), self.name()));
        let authorization = levels.collect();
        let data = (0..self.below(100)).map(|_| self.number() as u8).collect();
        Action {
            account: self.name(),
            name: self.name(),
            authorization,
            data,
        }
    }
}

/// Gives all lines to the script and reads its answers; `None` where the package cannot be made.
pub(crate) fn answers(lines: &[Value]) -> Option<Vec<Value>> {
    let package = Package::find()?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/vectors.mjs");
    let mut child = Command::new(&package.node)
        .arg(script)
        .arg(&package.folder)
        .args(wallets())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("node runs");
    let mut stdin = child.stdin.take().expect("its input");
    let input: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().expect("the script ends");
    // A script that fails does not read to the end.
    let _ = writer.join().expect("a thread");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let told = String::from_utf8(output.stdout).expect("text");
    let answers: Vec<Value> = told
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(answers.len(), lines.len());
    Some(answers)
}

/// The ABI of a contract, as it is committed.
pub(crate) fn abi(contract: &str) -> Abi {
    let file = format!("../../abi/{contract}.abi");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let json = std::fs::read_to_string(path).expect("an ABI");
    Abi::from_json(&json).expect("an ABI")
}

/// Where eosjs and WharfKit are.
fn wallets() -> Option<PathBuf> {
    let folder = cache_folder()?.join("wallets");
    let is_there = folder.join("node_modules/@wharfkit/antelope").is_dir();
    is_there.then_some(folder)
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn digits(document: &Document) -> String {
    hex(&document.to_bytes())
}

/// Read as text with microseconds.
fn text(moment: TimePoint) -> String {
    moment.to_string()
}

#[test]
fn documents_are_hashed_and_signed_as_by_coop_documents() {
    let mut draw = Draw::new();
    let mut lines = Vec::new();
    let mut expected = Vec::new();
    for _ in 0..CASES {
        let (rendered, chain, key) = (draw.rendered(), draw.hash(), draw.key());
        let (signer, at) = (draw.name(), draw.moment());
        let unsigned = Document {
            meta: rendered.meta.clone(),
            doc_hash: rendered.doc_hash,
            signatures: Vec::new(),
        };
        let signed = sign(&rendered, &chain, &[(signer, &key)], at).expect("a signature");
        lines.push(json!({
            "run": "document", "document": digits(&unsigned), "chain": chain, "signer": signer,
            "at": text(at), "key": key.to_text(),
        }));
        expected.push((unsigned.hash(), signed));
    }
    let Some(answers) = answers(&lines) else {
        return;
    };
    let abi = abi("soviet");
    for ((answer, (hash, signed)), line) in answers.iter().zip(&expected).zip(&lines) {
        let done = &answer["done"];
        assert_eq!(done["hash"], hash.to_string(), "{line}: {answer}");
        assert_eq!(done["signed"], digits(signed));
        // What is read is JSON that a node packs to the same bytes.
        let packed = abi.pack("Document", &done["read"]).expect("by the ABI");
        assert_eq!(packed, signed.to_bytes());
    }
}

#[test]
fn signatures_of_every_kind_are_verified_as_by_coop_documents() {
    let mut draw = Draw::new();
    let passkey = WebAuthnKey::generate("coop.example", UserPresence::VERIFIED).expect("a key");
    let (k1, r1) = (draw.key(), signing::generate_r1().expect("a key"));
    let mut lines = Vec::new();
    let mut expected = Vec::new();
    for case in 0..CASES {
        let (rendered, chain) = (draw.rendered(), draw.hash());
        let all: [(Name, &dyn Signer); 3] = [
            (draw.name(), &k1),
            (draw.name(), &r1),
            (draw.name(), &passkey),
        ];
        let signers = &all[case % 3..];
        let mut signed = sign(&rendered, &chain, signers, draw.moment()).expect("signatures");
        match case % 5 {
            0 => signed.meta.block_num ^= 1,
            1 => signed.signatures[0].signer = Name::from_raw(1),
            2 => signed.signatures.clear(),
            _ => {}
        }
        lines.push(json!({ "run": "isSigned", "document": digits(&signed), "chain": chain }));
        expected.push(is_signed(&signed, &chain));
    }
    assert!(expected.contains(&true) && expected.contains(&false));
    let Some(answers) = answers(&lines) else {
        return;
    };
    let found: Vec<_> = answers.iter().map(|answer| &answer["done"]).collect();
    assert_eq!(found, expected.iter().collect::<Vec<_>>());
}

#[test]
fn transactions_are_packed_and_signed_as_by_the_client() {
    let mut draw = Draw::new();
    let mut lines = Vec::new();
    let mut expected = Vec::new();
    for _ in 0..CASES {
        let (chain, key, block) = (draw.hash(), draw.key(), draw.hash());
        let mut header = TransactionHeader {
            expiration: TimePointSec::from_seconds(draw.number() as u32),
            max_net_usage_words: VarUint32(draw.number() as u32),
            max_cpu_usage_ms: draw.number() as u8,
            ..TransactionHeader::default()
        };
        header.set_reference_block(&block);
        let actions: Vec<_> = (0..1 + draw.below(4)).map(|_| draw.action()).collect();
        lines.push(json!({
            "run": "transaction", "chain": chain, "key": key.to_text(),
            "plan": {
                "actions": actions, "block_id": block, "expiration": header.expiration,
                "max_net_usage_words": header.max_net_usage_words.0,
                "max_cpu_usage_ms": header.max_cpu_usage_ms,
            },
        }));
        let transaction = Transaction {
            header,
            actions,
            ..Transaction::default()
        };
        let digest = transaction.signing_digest(&chain, &[]);
        let signature = key.sign(&digest).expect("a signature");
        let packed = PackedTransaction::pack(&SignedTransaction {
            transaction: transaction.clone(),
            signatures: vec![signature],
            context_free_data: Vec::new(),
        });
        expected.push(json!({
            "packed": hex(&transaction.to_bytes()), "id": transaction.id(), "digest": digest,
            "signed": packed,
        }));
    }
    let Some(answers) = answers(&lines) else {
        return;
    };
    for (answer, expected) in answers.iter().zip(&expected) {
        assert_eq!(answer["done"], *expected, "{answer}");
    }
}

#[test]
fn keys_are_read_and_written_in_every_form() {
    let mut draw = Draw::new();
    let keys: Vec<_> = (0..CASES).map(|_| draw.key()).collect();
    let mut lines = Vec::new();
    for key in &keys {
        let wif = key.to_legacy_text().expect("a K1 key");
        lines.push(json!({ "run": "key", "text": key.to_text() }));
        lines.push(json!({ "run": "key", "text": wif }));
        lines.push(json!({ "run": "publicKey", "text": key.public_key().to_string() }));
    }
    lines.push(json!({ "run": "generate" }));
    lines.push(json!({ "run": "generate" }));
    let Some(answers) = answers(&lines) else {
        return;
    };
    for (answers, key) in answers.chunks_exact(3).zip(&keys) {
        let public = key.public_key().to_text();
        let expected = json!([key.to_text(), key.to_legacy_text(), public]);
        assert_eq!(answers[0]["done"], expected);
        assert_eq!(answers[1]["done"], expected);
        assert_eq!(answers[2]["done"], public);
    }
    let [.., one, other] = answers.as_slice() else {
        panic!("two generated keys");
    };
    assert_ne!(one, other);
    let text = one["done"][0].as_str().expect("a key");
    let key: PrivateKey = text.parse().expect("a private key");
    assert_eq!(one["done"][1], key.public_key().to_text());
}

#[test]
fn texts_are_hashed_in_utf_8() {
    let texts = ["", "abc", "Заявление\n", "\u{1f600}"];
    let lines = texts.map(|text| json!({ "run": "sha256", "text": text }));
    let Some(answers) = answers(&lines) else {
        return;
    };
    for (answer, text) in answers.iter().zip(texts) {
        let hash = Checksum256::sha256(text.as_bytes());
        assert_eq!(answer["done"], json!([hash, hash]));
    }
}

#[test]
fn anything_else_is_refused_with_a_code() {
    let Some(answers) = answers(&[json!({ "run": "hostile" })]) else {
        return;
    };
    // Fourteen functions, twenty values, of which a few are right.
    assert!(answers[0]["done"].as_u64() > Some(250), "{answers:?}");
}

/// What is freed is used again: a page that stays open for days does not grow.
#[test]
fn memory_does_not_grow_with_the_number_of_calls() {
    let Some(answers) = answers(&[json!({ "run": "memory", "rounds": 400 })]) else {
        return;
    };
    let sizes = answers[0]["done"].as_array().expect("sizes");
    let [half, whole] = &sizes[..] else {
        panic!("{sizes:?}");
    };
    assert_eq!(half, whole, "bytes after half of the calls, and after all");
}

/// The most bytes, compressed with gzip, of everything that a browser loads.
const MOST: usize = 60_000;

#[test]
fn the_package_has_a_bound() {
    let Some(package) = Package::find() else {
        return;
    };
    println!("{}", package.sizes);
    let total = package.sizes.lines().last().expect("a total");
    let gzip = total.split_whitespace().rev().nth(1).expect("a number");
    let gzip: usize = gzip.parse().expect("a number");
    assert!(gzip <= MOST, "{}", package.sizes);

    // The page for users has the same figures.
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/signing.md");
    let page = std::fs::read_to_string(page).expect("a page");
    for line in package.sizes.lines() {
        let words: Vec<_> = line.split_whitespace().collect();
        let [name, raw, _, gzip, _] = words[..] else {
            panic!("{line}");
        };
        let row = format!("| {name} | {raw} | {gzip} |");
        assert!(page.contains(&row), "docs/signing.md lacks {row}");
    }
}
