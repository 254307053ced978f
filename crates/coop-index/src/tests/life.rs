//! A cooperative that lives in a generated chain: what a block does to it, in the encoding of the contracts.

use antelope_abi::Abi;
use antelope_follow::{AbiChange, FollowedAction, RowChange};
use antelope_types::{Checksum256, Name, PublicKey, Signature, TimePoint, name};
use coop_client::Contracts;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

pub(super) const COOP: Name = name!("zarechyekoop");
const NOBODY: &str = "";
pub(super) const PEOPLE: [&str; 4] = [
    "nolifarubime",
    "mirodaluvaxe",
    "kasetufipola",
    "tavobelusigi",
];
const START: i64 = 1_767_225_600_000_000;

pub(super) static CONTRACTS: Contracts = Contracts {
    chain_id: Checksum256([7; 32]),
    registrator: name!("registrator"),
    soviet: name!("soviet"),
    gateway: name!("gateway"),
};

pub(super) static ABIS: LazyLock<BTreeMap<Name, Abi>> = LazyLock::new(|| {
    let abi = |text| Abi::from_json(text).unwrap();
    BTreeMap::from([
        (
            CONTRACTS.soviet,
            abi(include_str!("../../../../abi/soviet.abi")),
        ),
        (
            CONTRACTS.gateway,
            abi(include_str!("../../../../abi/gateway.abi")),
        ),
        (
            CONTRACTS.registrator,
            abi(include_str!("../../../../abi/registrator.abi")),
        ),
    ])
});

/// What a block does.
#[derive(Clone, Debug, Default)]
pub(super) struct Deeds {
    pub(super) actions: Vec<FollowedAction>,
    pub(super) rows: Vec<RowChange>,
    pub(super) abis: Vec<AbiChange>,
}

/// The state of the cooperative after a block.
#[derive(Clone, Debug, Default)]
pub(super) struct Life {
    sequence: u64,
    last_question: u64,
    last_payment: u64,
    open: BTreeMap<u64, Value>,
    payments: BTreeMap<u64, Value>,
    participants: BTreeSet<usize>,
    /// Rows of other tables by table and key, with the block that made them.
    pub(super) holdings: BTreeMap<(Name, u64), (u32, Value)>,
    pub(super) last_holding: u64,
}

/// Numbers that follow from a seed.
pub(super) struct Draw(u64);

impl Draw {
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    pub(super) fn of<'a, T>(&mut self, all: impl IntoIterator<Item = &'a T>) -> Option<&'a T> {
        let all: Vec<_> = all.into_iter().collect();
        let bound = u64::try_from(all.len()).unwrap();
        (bound > 0).then(|| all[self.below(bound) as usize])
    }
}

pub(super) fn time(number: u32) -> TimePoint {
    TimePoint::from_micros(START + i64::from(number) * 500_000)
}

pub(super) fn hash(parts: &str) -> Checksum256 {
    Checksum256::sha256(parts.as_bytes())
}

/// A document about this, and its hash.
pub(super) fn document(
    registry_id: u64,
    username: &str,
    title: &str,
    number: u32,
) -> (Value, Checksum256) {
    let meta = json!({
        "registry_id": registry_id, "coopname": COOP, "username": username, "title": title,
        "lang": "ru", "generator": "veche", "version": "1", "block_num": number,
        "created_at": time(number), "timezone": "UTC", "links": [hash(title)], "subject": null,
    });
    let doc_hash = hash(&meta.to_string());
    let packed = ABIS[&CONTRACTS.soviet].pack("Meta", &meta).unwrap();
    let document = json!({
        "meta": meta, "doc_hash": doc_hash,
        "signatures": [{
            "signer": username, "public_key": PublicKey::K1([2; 33]).to_string(),
            "signature": Signature::K1([31; 65]).to_string(), "signed_at": time(number),
        }],
    });
    (document, Checksum256::sha256_of(&[&packed, &doc_hash.0]))
}

impl Life {
    /// The first block of a history: the contracts, and the cooperative.
    pub(super) fn begin(&mut self) -> Deeds {
        let mut deeds = Deeds::default();
        for (contract, abi) in ABIS.iter() {
            deeds.abis.push(AbiChange {
                contract: *contract,
                global_sequence: None,
                abi: abi.to_binary(),
            });
        }
        self.cooperative(&mut deeds, 0);
        deeds
    }

    /// What a block with this number and seed does.
    pub(super) fn block(&mut self, number: u32, seed: u64) -> Deeds {
        let mut draw = Draw(seed ^ (u64::from(number) << 40));
        let mut deeds = Deeds::default();
        for _ in 0..draw.below(5) {
            match draw.below(17) {
                0..=2 => {
                    self.publish(&mut deeds, number, &mut draw);
                }
                3..=5 => self.vote(&mut deeds, number, &mut draw),
                6 => {
                    let id = draw.of(self.open.keys()).copied();
                    self.finish(&mut deeds, number, &mut draw, id);
                }
                7 => {
                    let id = self.publish(&mut deeds, number, &mut draw);
                    self.finish(&mut deeds, number, &mut draw, Some(id));
                }
                8 => self.pay(&mut deeds, number, &mut draw),
                9 => self.settle(&mut deeds, number, &mut draw),
                10 => self.join_or_leave(&mut deeds, number, &mut draw),
                11..=15 => self.holding(&mut deeds, number, &mut draw),
                _ => self.odd(&mut deeds, &mut draw),
            }
        }
        // Of several changes of a row in a block there is only the last.
        let mut last = BTreeMap::new();
        for row in deeds.rows.drain(..) {
            last.insert((row.contract, row.table, row.primary_key), row);
        }
        deeds.rows = last.into_values().collect();
        // What was made and removed in one block is in no delta. Nothing else is removed twice.
        deeds
            .rows
            .retain(|row| row.is_present || !row.value.is_empty());
        deeds
    }

    pub(super) fn act(&mut self, deeds: &mut Deeds, contract: Name, name: Name, arguments: &Value) {
        let data = ABIS[&contract].pack_action(name, arguments).unwrap();
        self.raw(deeds, contract, name, data);
    }

    fn raw(&mut self, deeds: &mut Deeds, contract: Name, name: Name, data: Vec<u8>) {
        self.sequence += 1;
        deeds.actions.push(FollowedAction {
            global_sequence: self.sequence,
            ordinal: Some(1),
            creator_ordinal: Some(0),
            transaction: hash(&format!("transaction {}", self.sequence)),
            receiver: contract,
            account: contract,
            name,
            authorization: Vec::new(),
            data,
        });
    }

    pub(super) fn row(
        deeds: &mut Deeds,
        is_present: bool,
        table: (Name, Name, &str),
        key: u64,
        row: &Value,
    ) {
        let (contract, table, ty) = table;
        let own = [
            name!("coops"),
            name!("funds"),
            name!("elections"),
            name!("councils"),
        ];
        let scope = match own.contains(&table) {
            true => contract,
            false => COOP,
        };
        deeds.rows.push(RowChange {
            is_present,
            contract,
            scope,
            table,
            primary_key: key,
            value: ABIS[&contract].pack(ty, row).unwrap(),
        });
    }

    fn decision(&self, deeds: &mut Deeds, is_present: bool, id: u64, row: &Value) {
        let table = (CONTRACTS.soviet, name!("decisions"), "Decision");
        Self::row(deeds, is_present, table, id, row);
    }

    fn publish(&mut self, deeds: &mut Deeds, number: u32, draw: &mut Draw) -> u64 {
        self.last_question += 1;
        let id = self.last_question;
        let username = *draw.of(&PEOPLE).unwrap();
        let titles = [
            "Предложение повестки дня",
            "Заявление о вступлении",
            "Proposal of a decision",
        ];
        let title = *draw.of(&titles).unwrap();
        let kind = *draw
            .of(&["freedecision", "joincoop", "returnmoney"])
            .unwrap();
        let (proposal, hash) = document(599, username, title, number);
        let arguments = json!({ "coopname": COOP, "username": username, "proposal": proposal });
        self.act(deeds, CONTRACTS.soviet, name!("freedecision"), &arguments);
        let arguments = json!({
            "coopname": COOP, "username": username, "kind": kind, "hash": hash, "decision_id": id,
        });
        self.act(deeds, CONTRACTS.soviet, name!("newsubmitted"), &arguments);
        let row = json!({
            "id": id, "username": username, "kind": kind, "hash": hash, "board": 1, "seats": 4,
            "quorum_percent": 0, "votes_for": 0, "votes_against": 0, "status": "open",
            "created_at": time(number), "expires_at": time(number + 1000),
            "approved_at": "1970-01-01T00:00:00.000", "authorized_by": NOBODY,
            "authorization": Checksum256::default(),
        });
        self.decision(deeds, true, id, &row);
        self.open.insert(id, row);
        id
    }

    fn vote(&mut self, deeds: &mut Deeds, number: u32, draw: &mut Draw) {
        let Some(id) = draw.of(self.open.keys()).copied() else {
            return;
        };
        let voter = *draw.of(&PEOPLE).unwrap();
        let mut row = self.open[&id].clone();
        let arguments = json!({
            "coopname": COOP, "username": voter, "decision_id": id, "hash": row["hash"],
        });
        let vote = *draw.of(&[name!("votefor"), name!("voteagainst")]).unwrap();
        self.act(deeds, CONTRACTS.soviet, vote, &arguments);
        // Who votes again has changed their mind.
        let bit = 1u64 << PEOPLE.iter().position(|it| *it == voter).unwrap();
        for (field, action) in [("votes_for", "votefor"), ("votes_against", "voteagainst")] {
            let others = row[field].as_u64().unwrap() & !bit;
            let own = if vote.to_string() == action { bit } else { 0 };
            row[field] = json!(others | own);
        }
        if draw.below(3) == 0 {
            row["status"] = json!("approved");
            row["approved_at"] = json!(time(number));
        }
        self.decision(deeds, true, id, &row);
        self.open.insert(id, row);
    }

    fn finish(&mut self, deeds: &mut Deeds, number: u32, draw: &mut Draw, id: Option<u64>) {
        let Some((id, row)) = id.and_then(|id| self.open.remove_entry(&id)) else {
            return;
        };
        let username = row["username"].as_str().unwrap().to_owned();
        let (kind, hash) = (row["kind"].clone(), row["hash"].clone());
        let soviet = CONTRACTS.soviet;
        let reasons = [
            "declined by the council",
            "not approved in time",
            "not authorized in time",
        ];
        match draw.below(4) {
            0 => {
                let (protocol, protocol_hash) =
                    document(600, &username, "Протокол решения", number);
                let arguments = json!({
                    "coopname": COOP, "chairman": PEOPLE[1], "decision_id": id, "protocol": protocol,
                });
                self.act(deeds, soviet, name!("authorize"), &arguments);
                let event = json!({
                    "coopname": COOP, "username": username, "kind": kind, "hash": hash,
                    "decision_id": id, "authorization": protocol_hash,
                });
                self.act(deeds, soviet, name!("newresolved"), &event);
                self.act(deeds, soviet, name!("newdecision"), &event);
                let act = json!({
                    "coopname": COOP, "username": username, "registry_id": 702, "hash": hash,
                    "document": protocol_hash,
                });
                self.act(deeds, soviet, name!("newact"), &act);
            }
            other => {
                let event = json!({
                    "coopname": COOP, "username": username, "kind": kind, "hash": hash,
                    "decision_id": id, "reason": reasons[other as usize - 1],
                });
                self.act(deeds, soviet, name!("newdeclined"), &event);
            }
        }
        self.erased(deeds, (soviet, name!("decisions"), "Decision"), id, &row);
    }

    /// A row is removed; one that this block has made is in no delta.
    fn erased(&self, deeds: &mut Deeds, table: (Name, Name, &str), key: u64, row: &Value) {
        let is_own = deeds.actions.iter().any(|action| {
            action.name == name!("newsubmitted")
                && ABIS[&action.account]
                    .unpack_action(action.name, &action.data)
                    .unwrap()["decision_id"]
                    == json!(key)
                && table.1 == name!("decisions")
        });
        Self::row(deeds, false, table, key, row);
        if is_own && let Some(last) = deeds.rows.last_mut() {
            last.value.clear();
        }
    }

    fn pay(&mut self, deeds: &mut Deeds, number: u32, draw: &mut Draw) {
        self.last_payment += 1;
        let id = self.last_payment;
        let row = json!({
            "id": id, "username": draw.of(&PEOPLE), "hash": hash(&format!("process {}", draw.below(9))),
            "status": "pending", "quantity": format!("{}.0000 RUB", 1 + draw.below(900)),
            "callback_contract": "gateway", "confirm_callback": "confirmin",
            "decline_callback": "declinein", "created_at": time(number),
            "expires_at": time(number + 99), "kind": "sharemoney", "authorized_by": NOBODY,
            "is_alone": false, "is_overdue": draw.below(2) == 0,
        });
        let table = (CONTRACTS.gateway, name!("payments"), "Payment");
        Self::row(deeds, true, table, id, &row);
        self.payments.insert(id, row);
    }

    fn settle(&mut self, deeds: &mut Deeds, number: u32, draw: &mut Draw) {
        let old = self
            .payments
            .iter()
            .filter(|(_, row)| row["created_at"] != json!(time(number)));
        let paid: Vec<_> = old.map(|(id, _)| *id).collect();
        let Some(id) = draw.of(&paid).copied() else {
            return;
        };
        let row = self.payments.remove(&id).unwrap();
        let mut arguments = json!({ "coopname": COOP, "actor": PEOPLE[2], "hash": row["hash"] });
        let action = match draw.below(2) {
            0 => {
                arguments["quantity"] = row["quantity"].clone();
                arguments["reference"] = json!(hash("bank"));
                name!("incomplete")
            }
            _ => {
                arguments["reason"] = json!("no money\0came");
                name!("indecline")
            }
        };
        self.act(deeds, CONTRACTS.gateway, action, &arguments);
        let table = (CONTRACTS.gateway, name!("payments"), "Payment");
        Self::row(deeds, false, table, id, &row);
    }

    fn join_or_leave(&mut self, deeds: &mut Deeds, number: u32, draw: &mut Draw) {
        let who = draw.below(4) as usize;
        let joins = !self.participants.remove(&who);
        if joins {
            self.participants.insert(who);
        }
        let username: Name = PEOPLE[who].parse().unwrap();
        let row = json!({
            "username": username, "kind": "individual", "hash": hash("statement"),
            "authorization": hash("protocol"), "initial": "100.0000 RUB", "minimum": "300.0000 RUB",
            "created_at": time(number), "status": "active",
        });
        let table = (CONTRACTS.registrator, name!("participants"), "Participant");
        Self::row(deeds, joins, table, username.raw(), &row);
        self.cooperative(deeds, self.participants.len());
    }

    fn cooperative(&self, deeds: &mut Deeds, participants: usize) {
        let row = json!({
            "coopname": COOP, "status": "active",
            "charter": { "quorum_percent": 50, "board_support": 0 }, "participants": participants,
            "initial": "100.0000 RUB", "minimum": "300.0000 RUB", "org_initial": "1000.0000 RUB",
            "org_minimum": "3000.0000 RUB", "document_hash": hash("charter"),
            "meeting_hash": hash("meeting"), "created_at": time(1), "meeting_at": time(1),
            "candidates": 0, "accounts": 0, "max_accounts": 10, "max_participants": 100,
        });
        let table = (CONTRACTS.registrator, name!("coops"), "Coop");
        Self::row(deeds, true, table, COOP.raw(), &row);
    }

    /// What the index cannot read, or has read already.
    fn odd(&mut self, deeds: &mut Deeds, draw: &mut Draw) {
        match draw.below(2) {
            0 => self.raw(deeds, CONTRACTS.soviet, name!("votefor"), vec![1, 2, 3]),
            _ => {
                self.sequence += 1;
                deeds.abis.push(AbiChange {
                    contract: CONTRACTS.soviet,
                    global_sequence: Some(self.sequence),
                    abi: ABIS[&CONTRACTS.soviet].to_binary(),
                });
            }
        }
    }
}
