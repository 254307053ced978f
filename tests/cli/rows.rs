//! What anybody can read of a chain by `veche`: every table of the contracts, accounts, and the
//! cooperative's own commands.

use super::Desk;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What commands have answered, by command.
pub(super) type Rows = BTreeMap<String, Value>;

/// Reads everything.
pub(super) fn read(desk: &Desk) -> Rows {
    let mut rows = without_agenda(desk);
    rows.insert("agenda".to_owned(), desk.data("agenda"));
    rows
}

/// Reads everything but the agenda, which a contract computes: a real node that makes no blocks answers no
/// read-only transaction.
pub(super) fn without_agenda(desk: &Desk) -> Rows {
    let mut rows = Rows::new();
    let mut keep = |command: String| {
        let data = desk.data(&command);
        rows.insert(command, data.clone());
        data
    };
    let texts = |table: &Value, field: &str| -> Vec<String> {
        let rows = table["rows"].as_array().expect("rows").iter();
        let text = |row: &Value| match &row[field] {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        rows.map(text).collect()
    };
    let contracts @ [registrator, soviet, gateway] = desk.contracts();
    for contract in contracts {
        let scopes = keep(format!("get scope {contract} --limit 1000"));
        for (scope, table) in texts(&scopes, "scope").iter().zip(texts(&scopes, "table")) {
            keep(format!("get table {contract} {scope} {table} --limit 1000"));
        }
    }
    for command in ["coop", "board", "staff", "pay"] {
        keep(command.to_owned());
    }
    let of = |contract: &str, table: &str| {
        format!("get table {contract} zarechyekoop {table} --limit 1000")
    };
    let decisions = keep(of(soviet, "decisions"));
    for id in texts(&decisions, "id") {
        keep(format!("show {id}"));
    }
    let wallets = keep(of(gateway, "wallets"));
    for name in texts(&wallets, "username") {
        keep(format!("wallet-of {name}"));
    }
    let people = keep(of(registrator, "participants"));
    let accounts = contracts.iter().chain(&["zarechyekoop", "gipavudorezo"]);
    for account in accounts
        .map(|it| (*it).to_owned())
        .chain(texts(&people, "username"))
    {
        keep(format!("get account {account}"));
    }
    rows
}

/// The same without when it was asked for, to compare a chain with itself.
pub(super) fn of_the_chain(rows: &Rows) -> Value {
    let all = rows.iter().map(|(command, data)| {
        let mut data = data.clone();
        if let Value::Object(fields) = &mut data {
            fields.retain(|name, _| !is_of_the_machine(name));
        }
        (command.clone(), data)
    });
    Value::Object(all.collect())
}

/// The same without ids and times, and rows in an order that does not depend on them.
pub(super) fn lasting(rows: &Rows) -> Value {
    let all = rows
        .iter()
        .map(|(command, data)| (command.clone(), without(data)));
    Value::Object(all.collect())
}

fn without(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.iter().filter(|(name, _)| !is_of_the_machine(name));
            let kept = kept.map(|(name, value)| (name.clone(), without(value)));
            Value::Object(kept.collect::<Map<_, _>>())
        }
        Value::Array(items) => {
            let mut items: Vec<_> = items.iter().map(without).collect();
            items.sort_by_key(Value::to_string);
            Value::Array(items)
        }
        Value::String(text) => {
            let is_id = text.len() >= 16 && text.bytes().all(|it| it.is_ascii_hexdigit());
            let is_time = text.len() >= 19 && text.as_bytes()[10] == b'T' && text.contains(':');
            match (is_id, is_time) {
                (true, _) => "<id>".into(),
                (_, true) => "<time>".into(),
                _ => value.clone(),
            }
        }
        _ => value.clone(),
    }
}

/// Whether a field of an account is about when it was asked for, or is measured by the clock.
fn is_of_the_machine(name: &str) -> bool {
    matches!(
        name,
        "head_block_num" | "head_block_time" | "subjective_cpu_bill_limit" | "cpu_limit"
    )
}
