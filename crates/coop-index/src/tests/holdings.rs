//! Money, property, people on their way, boards and staff in a generated life.

use super::life::{CONTRACTS, COOP, Deeds, Draw, Life, PEOPLE, hash, time};
use antelope_types::{Name, name};
use serde_json::{Value, json};

/// The tables of which rows come and go, with the type of their rows.
const TABLES: [(Name, &str, bool); 17] = [
    (name!("wallets"), "Wallet", true),
    (name!("properties"), "Property", true),
    (name!("candidates"), "Candidate", true),
    (name!("boards"), "Board", true),
    (name!("elections"), "Election", true),
    (name!("seats"), "SittingMember", true),
    (name!("staff"), "Staff", true),
    (name!("exits"), "Exit", true),
    (name!("undelivered"), "Undelivered", true),
    (name!("funds"), "Funds", false),
    (name!("councils"), "Council", false),
    (name!("accepted"), "Accepted", true),
    (name!("voices"), "Voice", true),
    (name!("agreements"), "Agreements", true),
    (name!("blockings"), "Blocking", true),
    (name!("moves"), "Move", true),
    (name!("untold"), "Untold", true),
];

const OF_GATEWAY: [Name; 4] = [
    name!("wallets"),
    name!("properties"),
    name!("funds"),
    name!("untold"),
];
const OF_REGISTRATOR: [Name; 5] = [
    name!("candidates"),
    name!("exits"),
    name!("agreements"),
    name!("blockings"),
    name!("moves"),
];

impl Life {
    /// A row is made, changed or removed, with an action that has something to do with it.
    pub(super) fn holding(&mut self, deeds: &mut Deeds, number: u32, draw: &mut Draw) {
        let (table, ty, may_go) = *draw.of(&TABLES).unwrap();
        let contract = contract(table);
        let kept = self.holdings.keys().filter(|(of, _)| *of == table);
        let keys: Vec<u64> = kept.map(|(_, key)| *key).collect();
        let old = draw.of(&keys).copied();
        if let Some(key) = old
            && may_go
            && draw.below(3) == 0
        {
            // What this block has made is in no delta when it goes.
            if self.holdings[&(table, key)].0 == number {
                return;
            }
            let (_, row) = self.holdings.remove(&(table, key)).unwrap();
            self.ends(deeds, table, &row, draw);
            Self::row(deeds, false, (contract, table, ty), key, &row);
            return;
        }
        self.last_holding += 1;
        let who = *draw.of(&PEOPLE).unwrap();
        let (key, row) = row_of(table, who, self.last_holding, number, draw);
        let key = match (old, is_by_number(table)) {
            (Some(old), true) if draw.below(2) == 0 => old,
            _ => key,
        };
        let mut row = with_key(table, key, row);
        // An election ends before the next one begins.
        if table == name!("elections")
            && let Some((_, before)) = self.holdings.get(&(table, key))
        {
            row["version"] = before["version"].clone();
        }
        let made = self.holdings.get(&(table, key)).map_or(number, |it| it.0);
        self.holdings.insert((table, key), (made, row.clone()));
        Self::row(deeds, true, (contract, table, ty), key, &row);
    }

    /// The action that ends a row.
    fn ends(&mut self, deeds: &mut Deeds, table: Name, row: &Value, draw: &mut Draw) {
        let (name, arguments) = match table {
            it if it == name!("properties") => (
                name!("cancelprop"),
                json!({ "coopname": COOP, "actor": PEOPLE[0], "property_id": row["id"] }),
            ),
            it if it == name!("candidates") => (
                *draw.of(&[name!("refundpay"), name!("confirmpay")]).unwrap(),
                json!({ "coopname": COOP, "hash": row["hash"] }),
            ),
            it if it == name!("elections") => (
                *draw.of(&[name!("newboard"), name!("lostboard")]).unwrap(),
                json!({
                    "coopname": COOP, "kind": "soviet", "version": row["version"],
                    "meeting": row["meeting_hash"],
                }),
            ),
            _ => return,
        };
        self.act(deeds, contract(table), name, &arguments);
    }
}

fn contract(table: Name) -> Name {
    match table {
        it if OF_GATEWAY.contains(&it) => CONTRACTS.gateway,
        it if OF_REGISTRATOR.contains(&it) => CONTRACTS.registrator,
        _ => CONTRACTS.soviet,
    }
}

/// Whether its rows have a number of their own.
fn is_by_number(table: Name) -> bool {
    [
        name!("properties"),
        name!("boards"),
        name!("undelivered"),
        name!("untold"),
    ]
    .contains(&table)
}

/// The key and the contents of a row of this table.
fn row_of(table: Name, who: &str, id: u64, number: u32, draw: &mut Draw) -> (u64, Value) {
    let sum = |draw: &mut Draw| format!("{}.0000 RUB", draw.below(3));
    let account: Name = who.parse().unwrap();
    let process = hash(&format!("process {}", draw.below(9)));
    let seats = json!([{ "username": who, "is_voting": true, "position": "chairman" }]);
    let row = match table {
        it if it == name!("wallets") => json!({
            "username": who, "minimum": "300.0000 RUB", "available": sum(draw),
            "blocked": sum(draw), "in_kind": sum(draw), "open": 0, "properties": 0,
            "last_document": time(number),
        }),
        it if it == name!("properties") => json!({
            "id": id, "username": who, "hash": process, "status": "shared",
            "description": hash("thing"), "valuation": "9.0000 RUB", "created_at": time(number),
            "expires_at": time(number + 50), "authorized_by": "", "is_overdue": draw.below(2) == 0,
        }),
        it if it == name!("candidates") => json!({
            "username": who, "status": "created", "kind": "individual",
            "hash": hash(&format!("statement of {who}")), "initial": "100.0000 RUB",
            "minimum": "300.0000 RUB", "created_at": time(number),
        }),
        it if it == name!("boards") => json!({
            "version": id, "kind": "soviet", "members": seats, "meeting_hash": hash("meeting"),
            "created_at": time(number),
        }),
        it if it == name!("elections") => json!({
            "coopname": COOP, "version": id, "kind": "soviet", "members": seats,
            "meeting_hash": hash("meeting"), "support": draw.below(9), "objections": 0,
            "support_needed": 5, "created_at": time(number), "ends_at": time(number + 50),
        }),
        it if it == name!("seats") => json!({
            "username": who, "board": 1 + draw.below(3), "bit": 0, "is_chairman": draw.below(2) == 0,
        }),
        it if it == name!("staff") => json!({
            "username": who, "board": 1,
            "rights": [{ "contract": "gateway", "action": "incomplete" }],
        }),
        it if it == name!("exits") => json!({
            "username": who, "hash": process, "status": "asked", "before": "active",
            "created_at": time(number),
        }),
        it if it == name!("undelivered") => json!({
            "id": id, "kind": "sharemoney", "hash": process, "reason": 0,
        }),
        it if it == name!("councils") => json!({
            "coopname": COOP, "board": draw.below(9), "signed_by": who, "executive": 0, "audit": 0,
            "other": 0, "seats": 4, "last_board": id, "last_decision": id, "unfinished": 0,
            "questions": 0, "free": 0, "foreign": 0,
        }),
        it if it == name!("accepted") => json!({
            "kind": who, "contract": "gateway", "unfinished": draw.below(9), "undelivered": 0,
        }),
        it if it == name!("voices") => json!({
            "username": who, "version": id, "supports": draw.below(2) == 0,
        }),
        it if it == name!("agreements") => json!({ "username": who, "signed": draw.below(16) }),
        it if it == name!("blockings") => json!({
            "username": who, "hash": process, "is_blocked": draw.below(2) == 0,
        }),
        it if it == name!("moves") => json!({
            "newname": who, "username": PEOPLE[0], "hash": process, "ready_at": time(number),
        }),
        it if it == name!("untold") => json!({
            "id": id, "contract": "gateway", "action": "confirmin", "data": "00ff",
        }),
        _ => json!({
            "coopname": COOP, "last_payment": id, "entrance": sum(draw), "share": sum(draw),
            "processing": sum(draw), "incoming": sum(draw), "outgoing": sum(draw),
            "accepted": sum(draw), "handed_back": sum(draw), "last_property": 0,
            "last_reference": 0, "invoices": 0, "alone": 0, "foreign": 0, "overdue": 0,
        }),
    };
    let key = match table {
        it if is_by_number(it) => id,
        it if [name!("elections"), name!("funds"), name!("councils")].contains(&it) => COOP.raw(),
        _ => account.raw(),
    };
    (key, row)
}

fn with_key(table: Name, key: u64, mut row: Value) -> Value {
    let field = if table == name!("boards") {
        "version"
    } else {
        "id"
    };
    if is_by_number(table) {
        row[field] = json!(key);
    }
    row
}
