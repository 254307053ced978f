//! The life of a cooperative of any size, as blocks in the encoding of the contracts, for tests and measurements.

use crate::scope::IndexScope;
use antelope_abi::Abi;
use antelope_follow::{
    AbiChange, BlockEvent, BlockPosition, FollowedAction, FollowedBlock, RowChange,
};
use antelope_types::{Checksum256, Name, PublicKey, Signature, TimePoint, name};
use coop_client::Contracts;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The cooperative.
pub const COOP: Name = name!("zarechyekoop");
/// Who presides over its council.
pub const CHAIRMAN: Name = name!("mirodaluvaxe");
/// The first moment, in microseconds: the start of 2026.
const START: i64 = 1_767_225_600_000_000;

/// The kinds of the three contracts, with the form and the title of what asks for each.
pub const KINDS: [(&str, u64, &str); 9] = [
    ("joincoop", 100, "Заявление о приёме в кооператив"),
    ("sharemoney", 910, "Заявление о паевом взносе деньгами"),
    ("shareprop", 700, "Заявление о паевом взносе имуществом"),
    ("returnmoney", 900, "Заявление о возврате паевого взноса"),
    ("returnprop", 800, "Заявление о возврате имущества"),
    ("leavecoop", 200, "Заявление о выходе из кооператива"),
    (
        "moveuser",
        210,
        "Заявление о переходе на новую учётную запись",
    ),
    ("blockuser", 220, "Предложение о блокировке пайщика"),
    ("freedecision", 599, "Предложение повестки дня"),
];

/// How a question ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Its decision takes effect.
    CarriedOut,
    /// The council declines it.
    Declined,
    /// Nobody approves it in time.
    NotApproved,
    /// The chairman does not sign it in time.
    NotSigned,
    /// Its decision takes effect, and the transfer that follows fails.
    Failed,
}

/// All ends.
pub const ENDS: [End; 5] = [
    End::CarriedOut,
    End::Declined,
    End::NotApproved,
    End::NotSigned,
    End::Failed,
];

/// Makes the key and the signature of a digest.
pub type Sign = dyn Fn(&Checksum256) -> (PublicKey, Signature);

/// A cooperative that lives block by block. All blocks are final.
pub struct Sample {
    abis: BTreeMap<Name, Abi>,
    sign: Box<Sign>,
    block: FollowedBlock,
    sequence: u64,
    last_question: u64,
    participants: u32,
    open: BTreeMap<u64, Value>,
    text: Option<String>,
}

impl Sample {
    /// A cooperative without people, whose documents are signed so.
    ///
    /// # Panics
    /// Never: the ABIs are those of this repository.
    pub fn new(sign: Box<Sign>) -> Self {
        let abi = |text| Abi::from_json(text).expect("an ABI of this repository");
        let contracts = contracts();
        let abis = BTreeMap::from([
            (
                contracts.registrator,
                abi(include_str!("../../../abi/registrator.abi")),
            ),
            (
                contracts.soviet,
                abi(include_str!("../../../abi/soviet.abi")),
            ),
            (
                contracts.gateway,
                abi(include_str!("../../../abi/gateway.abi")),
            ),
        ]);
        let changes = abis.iter().map(|(contract, abi)| AbiChange {
            contract: *contract,
            global_sequence: None,
            abi: abi.to_binary(),
        });
        let block = FollowedBlock {
            abis: changes.collect(),
            ..block(1, Checksum256::default())
        };
        let mut new = Self {
            abis,
            sign,
            block,
            sequence: 0,
            last_question: 0,
            participants: 0,
            open: BTreeMap::new(),
            text: None,
        };
        new.coop();
        new
    }

    /// With signatures that are of no key.
    pub fn unsigned() -> Self {
        let nobody = |_: &Checksum256| (PublicKey::K1([2; 33]), Signature::K1([31; 65]));
        Self::new(Box::new(nobody))
    }

    /// What an index of it is about.
    pub fn scope() -> IndexScope {
        IndexScope {
            contracts: contracts(),
            cooperative: Some(COOP),
        }
    }

    /// Ends the block, and begins the next one.
    pub fn take(&mut self) -> BlockEvent {
        let position = self.block.position;
        let next = block(position.block_num + 1, position.block_id);
        let done = std::mem::replace(&mut self.block, next);
        BlockEvent::Apply(Box::new(done))
    }

    /// The account of the participant with this number.
    pub fn account(number: u32) -> Name {
        let letters = b"abcdefghijklmnopqrstuvwxyz";
        let mut text = String::from("uchastn");
        let mut rest = number as usize;
        for _ in 0..5 {
            text.push(char::from(letters[rest % letters.len()]));
            rest /= letters.len();
        }
        text.parse().unwrap_or_default()
    }

    /// Another participant, with a share.
    pub fn admit(&mut self) {
        let username = Self::account(self.participants);
        self.participants += 1;
        let contracts = contracts();
        let row = json!({
            "username": username, "kind": "individual", "hash": hash("statement"),
            "authorization": hash("protocol"), "initial": "100.0000 RUB",
            "minimum": "300.0000 RUB", "created_at": self.block.time, "status": "active",
        });
        let table = (contracts.registrator, name!("participants"), "Participant");
        self.row(true, table, COOP, username.raw(), &row);
        self.wallet(username, 0, true);
    }

    /// The share of a participant becomes this many roubles above the minimum, or is gone.
    pub fn wallet(&mut self, username: Name, available: u32, is_present: bool) {
        let row = json!({
            "username": username, "minimum": "300.0000 RUB",
            "available": format!("{available}.0000 RUB"), "blocked": "0.0000 RUB",
            "in_kind": "0.0000 RUB", "open": 0, "properties": 0, "last_document": self.block.time,
        });
        let table = (contracts().gateway, name!("wallets"), "Wallet");
        self.row(is_present, table, COOP, username.raw(), &row);
    }

    /// A question of one of the [`KINDS`], by its place, about a participant; its number. The words stand in
    /// the title.
    pub fn ask(&mut self, kind: usize, username: Name, words: &str) -> u64 {
        let (kind, form, title) = KINDS[kind % KINDS.len()];
        let (document, hash) = self.document(form, username, username, &format!("{title}{words}"));
        self.last_question += 1;
        let (id, contracts) = (self.last_question, contracts());
        let (contract, action, mut arguments) = match kind {
            "joincoop" => (
                contracts.registrator,
                "reguser",
                json!({ "kind": "individual" }),
            ),
            "sharemoney" => (
                contracts.gateway,
                "sharemoney",
                json!({ "quantity": sum(id) }),
            ),
            "shareprop" => (
                contracts.gateway,
                "shareprop",
                json!({ "description": hash, "valuation": sum(id) }),
            ),
            "returnmoney" => (
                contracts.gateway,
                "returnmoney",
                json!({ "quantity": sum(id) }),
            ),
            "returnprop" => (
                contracts.gateway,
                "returnprop",
                json!({ "property_id": id }),
            ),
            "leavecoop" => (contracts.registrator, "exitcoop", json!({})),
            "moveuser" => (
                contracts.registrator,
                "moveuser",
                json!({ "newname": Self::account(90_000 + id as u32) }),
            ),
            "blockuser" => (
                contracts.registrator,
                "blockuser",
                json!({ "proposer": CHAIRMAN }),
            ),
            _ => (contracts.soviet, "freedecision", json!({})),
        };
        arguments["coopname"] = json!(COOP);
        arguments["username"] = json!(username);
        let argument = match kind {
            "blockuser" | "freedecision" => "proposal",
            _ => "statement",
        };
        arguments[argument] = document;
        self.act(contract, action, &arguments);
        let event = json!({
            "coopname": COOP, "username": username, "kind": kind, "hash": hash, "decision_id": id,
        });
        self.act(contracts.soviet, "newsubmitted", &event);
        let row = json!({
            "id": id, "username": username, "kind": kind, "hash": hash, "board": 1, "seats": 5,
            "quorum_percent": 50, "votes_for": 0, "votes_against": 0, "status": "open",
            "created_at": self.block.time, "expires_at": self.later(172_800),
            "approved_at": "1970-01-01T00:00:00.000", "authorized_by": "",
            "authorization": Checksum256::default(),
        });
        self.decision(true, id, &row);
        self.open.insert(id, row);
        id
    }

    /// What the next document says. The chain has its hash; without this the text is one that says nothing.
    pub fn write(&mut self, text: &str) {
        self.text = Some(text.to_owned());
    }

    /// A vote on an open question.
    pub fn vote(&mut self, id: u64, username: Name, is_for: bool) {
        let action = if is_for { "votefor" } else { "voteagainst" };
        let arguments = json!({
            "coopname": COOP, "username": username, "decision_id": id,
            "hash": self.open[&id]["hash"],
        });
        self.act(contracts().soviet, action, &arguments);
    }

    /// A question ends.
    pub fn end(&mut self, id: u64, end: End) {
        let Some(row) = self.open.remove(&id) else {
            return;
        };
        let soviet = contracts().soviet;
        let mut event = json!({
            "coopname": COOP, "username": row["username"], "kind": row["kind"],
            "hash": row["hash"], "decision_id": id,
        });
        let reason = match end {
            End::CarriedOut | End::Failed => None,
            End::Declined => Some("declined by the council"),
            End::NotApproved => Some("not approved in time"),
            End::NotSigned => Some("not authorized in time"),
        };
        if let Some(reason) = reason {
            event["reason"] = json!(reason);
            self.act(soviet, "newdeclined", &event);
        } else {
            let about = row["username"].as_str().and_then(|it| it.parse().ok());
            let title = format!("Протокол решения совета № {id}");
            let about = about.unwrap_or_default();
            let (protocol, hash) = self.document(600, about, CHAIRMAN, &title);
            let arguments = json!({
                "coopname": COOP, "chairman": CHAIRMAN, "decision_id": id, "protocol": protocol,
            });
            self.act(soviet, "authorize", &arguments);
            event["authorization"] = json!(hash);
            self.act(soviet, "newresolved", &event);
            self.act(soviet, "newdecision", &event);
        }
        if end == End::Failed {
            let arguments = json!({
                "coopname": COOP, "actor": CHAIRMAN, "hash": row["hash"],
                "reason": "=the bank has sent it back",
            });
            self.act(contracts().gateway, "outdecline", &arguments);
        }
        let is_own = row["created_at"] == json!(self.block.time);
        match is_own {
            // What came and went within a block is in no delta.
            true => {
                let rows = self.block.rows.iter_mut();
                rows.for_each(|rows| rows.retain(|it| it.primary_key != id || it.scope != COOP));
            }
            false => self.decision(false, id, &row),
        }
    }

    fn coop(&mut self) {
        let contracts = contracts();
        let row = json!({
            "coopname": COOP, "status": "active",
            "charter": { "quorum_percent": 50, "board_support": 0 }, "participants": 0,
            "initial": "100.0000 RUB", "minimum": "300.0000 RUB", "org_initial": "1000.0000 RUB",
            "org_minimum": "3000.0000 RUB", "document_hash": hash("charter"),
            "meeting_hash": hash("meeting"), "created_at": self.block.time,
            "meeting_at": self.block.time, "candidates": 0, "accounts": 0, "max_accounts": 10,
            "max_participants": 100,
        });
        let table = (contracts.registrator, name!("coops"), "Coop");
        self.row(true, table, contracts.registrator, COOP.raw(), &row);
    }

    /// A signed document, and its hash.
    fn document(
        &mut self,
        registry_id: u64,
        username: Name,
        signer: Name,
        title: &str,
    ) -> (Value, Checksum256) {
        let (time, number) = (self.block.time, self.block.position.block_num);
        let meta = json!({
            "registry_id": registry_id, "coopname": COOP, "username": username, "title": title,
            "lang": "ru", "generator": "veche", "version": "0.1.0", "block_num": number,
            "created_at": time, "timezone": "Europe/Moscow", "links": [], "subject": null,
        });
        let text = self.text.take();
        let doc_hash = hash(&text.unwrap_or_else(|| format!("{meta} {}", self.sequence)));
        let abi = &self.abis[&contracts().soviet];
        let packed = abi.pack("Meta", &meta).unwrap_or_default();
        let hash = Checksum256::sha256_of(&[&packed, &doc_hash.0]);
        // As the contracts compute what a signature covers.
        let digest = Checksum256::sha256_of(&[
            &contracts().chain_id.0,
            &hash.0,
            &signer.raw().to_le_bytes(),
            &time.micros().to_le_bytes(),
        ]);
        let (key, signature) = (self.sign)(&digest);
        let document = json!({
            "meta": meta, "doc_hash": doc_hash,
            "signatures": [{
                "signer": signer, "public_key": key.to_string(),
                "signature": signature.to_string(), "signed_at": time,
            }],
        });
        (document, hash)
    }

    fn later(&self, seconds: i64) -> TimePoint {
        TimePoint::from_micros(self.block.time.micros() + seconds * 1_000_000)
    }

    fn decision(&mut self, is_present: bool, id: u64, row: &Value) {
        let table = (contracts().soviet, name!("decisions"), "Decision");
        self.row(is_present, table, COOP, id, row);
    }

    fn act(&mut self, contract: Name, action: &str, arguments: &Value) {
        let name = action.parse().unwrap_or_default();
        let data = self.abis[&contract].pack_action(name, arguments);
        self.sequence += 1;
        self.block.actions.push(FollowedAction {
            global_sequence: self.sequence,
            ordinal: Some(1),
            creator_ordinal: Some(0),
            transaction: hash(&format!("transaction {}", self.sequence)),
            receiver: contract,
            account: contract,
            name,
            authorization: Vec::new(),
            data: data.unwrap_or_default(),
        });
    }

    fn row(
        &mut self,
        is_present: bool,
        (contract, table, ty): (Name, Name, &str),
        scope: Name,
        primary_key: u64,
        row: &Value,
    ) {
        let value = self.abis[&contract].pack(ty, row).unwrap_or_default();
        self.block.rows.get_or_insert_default().push(RowChange {
            is_present,
            contract,
            scope,
            table,
            primary_key,
            value,
        });
    }
}

/// The contracts, on a chain that is nowhere.
fn contracts() -> Contracts {
    Contracts {
        chain_id: Checksum256([7; 32]),
        registrator: name!("registrator"),
        soviet: name!("soviet"),
        gateway: name!("gateway"),
    }
}

fn block(number: u32, previous: Checksum256) -> FollowedBlock {
    FollowedBlock {
        position: BlockPosition {
            block_num: number,
            block_id: hash(&format!("block {number}")),
        },
        previous,
        time: TimePoint::from_micros(START + i64::from(number) * 500_000),
        rows: Some(Vec::new()),
        is_final: true,
        ..FollowedBlock::default()
    }
}

fn hash(text: &str) -> Checksum256 {
    Checksum256::sha256(text.as_bytes())
}

fn sum(id: u64) -> String {
    format!("{}.0000 RUB", 100 + id % 900)
}
