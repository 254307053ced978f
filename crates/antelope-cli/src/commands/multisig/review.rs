//! `multisig review`: what a proposal would do, and who has approved it.
//!
//! An approval is invalid once its account has invalidated all that it gave before.

use crate::given::readable;
use crate::transact::propose::MSIG;
use crate::{Failure, Fallible, Report, Session};
use antelope_rpc_client::TableQuery;
use antelope_types::json::bytes;
use antelope_types::{Decode, Name, PermissionLevel, SignedTransaction, Transaction, name};
use clap::Args;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A proposal.
#[derive(Args, Clone, Debug)]
pub struct ReviewArgs {
    /// Who has proposed it
    pub proposer: Name,
    /// Its name
    pub proposal_name: Name,
    /// Taken for habit's sake: approvals are always shown
    #[arg(long)]
    pub show_approvals: bool,
}

/// When one of nothing happened, as tables write it.
const NEVER: &str = "1970-01-01T00:00:00.000";

pub(super) fn run(session: &Session, given: &ReviewArgs) -> Fallible<Report> {
    let (proposer, name) = (given.proposer, given.proposal_name);
    let row = |scope, table, key: Name| -> Fallible<Option<Value>> {
        let query = TableQuery::new(MSIG, scope, table).exactly(key);
        let rows = session.client.get_table_rows(&query)?.rows;
        Ok(rows.into_iter().next())
    };
    let Some(proposal) = row(proposer, name!("proposal"), name)? else {
        let message = format!("{proposer} has no proposal {name}");
        return Err(Failure::not_found("proposal.none", message)
            .hint("it may have been executed or cancelled")
            .hint(format!(
                "those that there are: get table eosio.msig {proposer} proposal"
            )));
    };
    let packed = proposal["packed_transaction"].as_str().unwrap_or_default();
    let packed = bytes::parse(packed).unwrap_or_default();
    let transaction = Transaction::from_bytes(&packed).map_err(|error| {
        Failure::new(
            "node.answer",
            format!("the proposal cannot be read: {error}"),
        )
    })?;
    let approvals = approvals(proposer, name, row)?;
    let mut data = Map::new();
    data.insert("proposer".to_owned(), json!(proposer));
    data.insert("transaction_id".to_owned(), json!(transaction.id()));
    for (field, value) in proposal.as_object().into_iter().flatten() {
        data.insert(field.clone(), value.clone());
    }
    let signed = SignedTransaction {
        transaction,
        ..SignedTransaction::default()
    };
    let shown = readable(&session.client, &signed);
    let text = text(&signed.transaction, &shown, &approvals, given);
    data.insert("transaction".to_owned(), shown);
    data.insert("approvals".to_owned(), Value::Array(approvals));
    Ok(Report::new(Value::Object(data), text))
}

/// Each approval that was asked for, with its state.
fn approvals(
    proposer: Name,
    name: Name,
    row: impl Fn(Name, Name, Name) -> Fallible<Option<Value>>,
) -> Fallible<Vec<Value>> {
    let mut all: BTreeMap<PermissionLevel, Value> = BTreeMap::new();
    let level = |value: &Value| serde_json::from_value::<PermissionLevel>(value.clone()).ok();
    let lists = |row: &Value, field: &str| row[field].as_array().cloned().unwrap_or_default();
    let Some(found) = row(proposer, name!("approvals2"), name)? else {
        // A proposal of before the contract knew times.
        let old = row(proposer, name!("approvals"), name)?.unwrap_or_default();
        for (field, status) in [
            ("requested_approvals", "unapproved"),
            ("provided_approvals", "approved"),
        ] {
            for level in lists(&old, field).iter().filter_map(level) {
                all.insert(level, json!({ "level": level, "status": status }));
            }
        }
        return Ok(all.into_values().collect());
    };
    for it in lists(&found, "requested_approvals") {
        if let Some(level) = level(&it["level"]) {
            let mut shown = json!({ "level": level, "status": "unapproved" });
            if it["time"] != json!(NEVER) {
                shown["last_unapproval_time"] = it["time"].clone();
            }
            all.insert(level, shown);
        }
    }
    for it in lists(&found, "provided_approvals") {
        let Some(level) = level(&it["level"]) else {
            continue;
        };
        let time = it["time"].as_str().unwrap_or(NEVER);
        let mut shown = json!({ "level": level, "status": "approved", "last_approval_time": time });
        if let Some(row) = row(MSIG, name!("invals"), level.actor)? {
            let invalidated = row["last_invalidation_time"].as_str().unwrap_or(NEVER);
            // Times of one form are in the order of their texts.
            if invalidated >= time {
                shown["status"] = json!("invalidated");
                shown["invalidation_time"] = json!(invalidated);
            }
        }
        all.insert(level, shown);
    }
    Ok(all.into_values().collect())
}

fn text(
    transaction: &Transaction,
    shown: &Value,
    approvals: &[Value],
    given: &ReviewArgs,
) -> String {
    let mut text = format!(
        "proposal {} of {}\ntransaction {}  until {}\n\n",
        given.proposal_name,
        given.proposer,
        transaction.id(),
        transaction.header.expiration
    );
    for (number, action) in transaction.actions.iter().enumerate() {
        let levels = action.authorization.iter().map(ToString::to_string);
        let levels: Vec<_> = levels.collect();
        let _ = writeln!(
            text,
            "{}. {}::{}  by {}",
            number + 1,
            action.account,
            action.name,
            levels.join(", ")
        );
        let _ = writeln!(text, "   {}", shown["actions"][number]["data"]);
    }
    let _ = writeln!(text, "\napprovals");
    for approval in approvals {
        let of = |field: &str| approval[field].as_str();
        let level = serde_json::from_value::<PermissionLevel>(approval["level"].clone());
        let level = level.map_or_else(|_| String::new(), |it| it.to_string());
        let status = of("status").unwrap_or_default();
        let time = of("invalidation_time").or(of("last_approval_time"));
        let line = format!("  {level:<25} {status:<11} {}", time.unwrap_or_default());
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}
