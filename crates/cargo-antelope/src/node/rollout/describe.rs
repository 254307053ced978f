//! The comparison and its transactions, for people and for programs.

use super::batch::Batch;
use super::shortage::Cost;
use super::survey::{Part, Survey};
use crate::node::deploy::{lines, short};
use antelope_build::BuildInfo;
use antelope_cli::Session;
use antelope_types::{Asset, Checksum256, PermissionLevel, name};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;

/// What is found and what would be done, as text.
pub(super) fn text(
    session: &Session,
    chain_id: Checksum256,
    survey: &Survey,
    batches: &[(Batch, Option<Cost>)],
) -> String {
    let mut text = format!(
        "{} on {}, chain {}\n",
        count(survey.parts.len(), "contract"),
        session.called(),
        short(chain_id)
    );
    // Writing into a string cannot fail.
    for part in &survey.parts {
        let (package, account) = (&part.plan.package, part.plan.account);
        let _ = writeln!(text, "\n{package} -> account {account}");
        let _ = writeln!(text, "  {:<11}  {}", "built by", made_by(&part.info));
        text += &lines_of(part);
    }
    if !survey.calls.is_empty() {
        text += "\nactions\n";
        for call in &survey.calls {
            let state = if call.is_done { "has run" } else { "to run" };
            let _ = writeln!(text, "  {state:<11}  {}", call.text());
        }
    }
    if !survey.purchases.is_empty() {
        text += "\nRAM to buy\n";
        for it in &survey.purchases {
            let price = price(it.price);
            let (receiver, bytes) = (it.receiver, it.bytes);
            let _ = writeln!(
                text,
                "  {receiver:<11}  {bytes} bytes for {price}, paid by {}",
                it.payer
            );
        }
    }
    if !batches.is_empty() {
        let _ = writeln!(text, "\n{}", count(batches.len(), "transaction"));
        for (number, (batch, cost)) in batches.iter().enumerate() {
            let _ = writeln!(
                text,
                "  {:<11}  {}",
                number + 1,
                batch.words.join("\n               ")
            );
            let cpu = cost.and_then(|it| it.cpu_us);
            let cpu = cpu.map_or_else(String::new, |us| format!(", {us} µs of CPU"));
            let ram = cost.and_then(|it| it.ram);
            let ram = ram.map_or_else(String::new, |paid| format!(", {paid} for RAM"));
            let bytes = batch.bytes();
            let _ = writeln!(
                text,
                "  {:<11}  {bytes} bytes of NET{cpu}{ram}, paid by {}",
                "",
                batch.payer()
            );
        }
    }
    text.truncate(text.trim_end().len());
    text
}

/// The lines of a contract; what `deploy` tells to do first is done here.
fn lines_of(part: &Part) -> String {
    let code = PermissionLevel::new(part.plan.account, name!("eosio.code"));
    let mut text = String::new();
    for line in lines(&part.plan).lines() {
        let title = line.trim_start();
        if !title.starts_with("to buy ") && !title.starts_with("lacks ") {
            let _ = writeln!(text, "{line}");
        }
    }
    let holder = &part.plan.holder;
    let left = |limit: &antelope_rpc_client::AccountResource| match limit.available {
        ..0 => "no limit".to_owned(),
        left => format!("{left} of {}", limit.max),
    };
    let _ = writeln!(
        text,
        "  {:<11}  {} µs of CPU, {} bytes of NET",
        "left",
        left(&holder.cpu_limit),
        left(&holder.net_limit)
    );
    let state = match &part.active {
        None if part.info.imports.contains(&"send_inline") => "has it",
        None => "needs none: the contract sends no inline actions",
        Some(_) => "to set: the contract sends inline actions",
    };
    let _ = writeln!(
        text,
        "  {:<11}  {code} in {}@active: {state}",
        "its code", part.plan.account
    );
    text
}

fn price(price: Option<Asset>) -> String {
    match price {
        Some(price) => format!("about {price}"),
        None => "a price that no market tells".to_owned(),
    }
}

fn count(number: usize, what: &str) -> String {
    match number {
        1 => format!("1 {what}"),
        more => format!("{more} {what}s"),
    }
}

/// What decides about the bytes of a build, for whoever builds them again.
pub(super) fn made_by(info: &BuildInfo) -> String {
    let commit = match (&info.commit, info.dirty) {
        (Some(commit), Some(true)) => format!("{commit} with changes that are not in it"),
        (Some(commit), _) => commit.clone(),
        (None, _) => "none".to_owned(),
    };
    let optimizer = info.wasm_opt.as_deref().unwrap_or("no wasm-opt");
    format!("{}, {optimizer}, commit {commit}", info.rustc)
}

/// The same as data.
pub(super) fn data(
    session: &Session,
    chain_id: Checksum256,
    survey: &Survey,
    batches: &[(Batch, Option<Cost>)],
) -> Value {
    let contracts: Vec<_> = survey.parts.iter().map(contract).collect();
    let calls = survey.calls.iter();
    let calls: Vec<_> = calls
        .map(|it| {
            json!({
                "account": it.account, "name": it.name, "data": it.data, "is_done": it.is_done,
            })
        })
        .collect();
    let purchases = survey.purchases.iter();
    let purchases: Vec<_> = purchases
        .map(|it| {
            json!({
                "payer": it.payer, "receiver": it.receiver, "bytes": it.bytes, "price": it.price,
            })
        })
        .collect();
    let bill: BTreeMap<_, _> = survey.bill();
    let transactions = batches.iter();
    let transactions: Vec<_> = transactions
        .map(|(batch, cost)| {
            json!({
                "payer": batch.payer(),
                "net_bytes": batch.bytes(),
                "cpu_us": cost.and_then(|it| it.cpu_us),
                "ram_price": cost.and_then(|it| it.ram),
                "does": batch.words,
            })
        })
        .collect();
    json!({
        "network": session.called(),
        "chain_id": chain_id,
        "contracts": contracts,
        "actions": calls,
        "ram": purchases,
        "bill": bill,
        "transactions": transactions,
        "executed": null,
        "proposal": null,
        "is_done": survey.is_done(),
    })
}

fn contract(part: &Part) -> Value {
    let mut value = json!(part.plan);
    value["sets_code_permission"] = part.active.is_some().into();
    value["build"] = json!({
        "rustc": part.info.rustc,
        "wasm_opt": part.info.wasm_opt,
        "commit": part.info.commit,
        "dirty": part.info.dirty,
        "lock_sha256": part.info.lock_sha256,
    });
    value
}
