//! `get account`: permissions as a tree, resources as bars, balances.
//!
//! ```text
//! alice  created 2026-01-01 00:00:00
//!
//! permissions
//!   owner     1 of EOS6MR…
//!   └─ active    2 of bob@active, carol@active
//!
//! RAM  ███░░░░░░░░░░░░░░░░░  2.6 of 16.0 KiB
//! ```

use crate::branches::Branches;
use crate::{Failure, Fallible, Report, Session};
use antelope_rpc_client::{Account, AccountResource, ClientError, Permission};
use antelope_types::Name;
use clap::Args;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// An account: its permissions, resources and votes
#[derive(Args, Clone, Debug)]
pub struct AccountArgs {
    /// The account
    pub name: Name,
    /// The chain's token, such as 4,EOS, where it is not that of the system contract
    #[arg(value_name = "CORE_SYMBOL")]
    pub core_symbol: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// `account.none`; those of the client.
pub(super) fn run(session: &Session, given: &AccountArgs) -> Fallible<Report> {
    let name = given.name;
    let mut request = json!({ "account_name": name });
    if let Some(symbol) = &given.core_symbol {
        request["expected_core_symbol"] = json!(symbol);
    }
    let answer: Value = match session.client.call("/v1/chain/get_account", &request) {
        Ok(answer) => answer,
        Err(ClientError::Chain(refusal)) => {
            let mut messages = refusal.error.messages();
            let is_unknown = messages.any(|text| text.contains("unknown key"));
            drop(messages);
            return Err(match is_unknown {
                true => {
                    Failure::not_found("account.none", format!("there is no account {name}")).hint(
                        format!("on {}; another network with --network", session.called()),
                    )
                }
                false => ClientError::Chain(refusal).into(),
            });
        }
        Err(error) => return Err(error.into()),
    };
    let account: Account = serde_json::from_value(answer.clone()).map_err(|error| {
        Failure::new(
            "node.answer",
            format!("the account cannot be read: {error}"),
        )
    })?;
    Ok(Report::new(answer, text(&account)))
}

/// What people are told about an account.
#[must_use]
pub(super) fn text(account: &Account) -> String {
    let mut text = format!("{}  created {}\n", account.account_name, account.created);
    if account.privileged {
        text += "privileged: it may do what no other account may\n";
    }
    text += "\npermissions\n";
    let permissions = Branches::new(
        &account.permissions,
        |it| it.parent,
        |it| it.perm_name,
        false,
    );
    permissions.show(&Name::default(), "  ", |permission, place| {
        let name = permission.perm_name;
        let required = authority(permission);
        let _ = writeln!(text, "{}{name:<12} {required}", place.first);
        for linked in &permission.linked_actions {
            let action = linked.action.map_or("*".to_owned(), |it| it.to_string());
            let _ = writeln!(text, "{}   for {}::{action}", place.rest, linked.account);
        }
    });
    text.push('\n');
    resource(
        &mut text,
        "RAM",
        account.ram_usage,
        account.ram_quota,
        bytes,
    );
    for (name, limit, unit) in [
        ("NET", &account.net_limit, bytes as fn(i64) -> String),
        ("CPU", &account.cpu_limit, micros),
    ] {
        resource(&mut text, name, used(limit), limit.max, unit);
    }
    money(account, &mut text);
    votes(account, &mut text);
    text
}

/// `2 of EOS…, bob@active ×2, wait 3600 s`.
fn authority(permission: &Permission) -> String {
    let required = &permission.required_auth;
    let weighted = |what: String, weight: u16| match weight {
        1 => what,
        more => format!("{what} ×{more}"),
    };
    let keys = required.keys.iter();
    let keys = keys.map(|it| weighted(it.key.to_string(), it.weight));
    let accounts = required.accounts.iter();
    let accounts = accounts.map(|it| weighted(it.permission.to_string(), it.weight));
    let waits = required.waits.iter();
    let waits = waits.map(|it| weighted(format!("wait {} s", it.wait_sec), it.weight));
    let all: Vec<_> = keys.chain(accounts).chain(waits).collect();
    format!("{} of {}", required.threshold, all.join(", "))
}

/// What is used by now: what was used before decays while nothing is done.
fn used(resource: &AccountResource) -> i64 {
    match resource.last_usage_update_time.micros() {
        0 => resource.used,
        _ => resource.current_used,
    }
}

fn resource(text: &mut String, name: &str, used: i64, most: i64, unit: fn(i64) -> String) {
    let _ = match most {
        // A quota of less than nothing is none.
        ..0 => writeln!(text, "{name}  {} used, no limit", unit(used)),
        _ => writeln!(
            text,
            "{name}  {}  {} of {}",
            bar(used, most),
            unit(used),
            unit(most)
        ),
    };
}

/// Twenty signs for the whole.
fn bar(part: i64, whole: i64) -> String {
    const SIGNS: i64 = 20;
    let part = part.clamp(0, whole.max(0));
    // Something is shown of whatever is used, and something of whatever is left.
    let full = match (part, whole) {
        (0, _) | (_, 0) => i64::from(whole == 0) * SIGNS,
        (part, whole) if part == whole => SIGNS,
        (part, whole) => (i128::from(part) * i128::from(SIGNS) / i128::from(whole))
            .clamp(1, i128::from(SIGNS) - 1) as i64,
    };
    (0..SIGNS)
        .map(|sign| if sign < full { '█' } else { '░' })
        .collect()
}

fn bytes(count: i64) -> String {
    scaled(count, &["bytes", "KiB", "MiB", "GiB", "TiB"], 1024)
}

fn micros(count: i64) -> String {
    match count {
        ..60_000_000 => scaled(count, &["µs", "ms", "s"], 1000),
        _ => format!("{} min", count / 60_000_000),
    }
}

/// With one digit behind the point, in the largest unit of which there is one.
fn scaled(count: i64, units: &[&str], step: i64) -> String {
    let (mut number, mut divisor) = (0, 1_i64);
    while number + 1 < units.len() && count / divisor >= step {
        number += 1;
        divisor = divisor.saturating_mul(step);
    }
    match number {
        0 => format!("{count} {}", units[0]),
        _ => {
            let tenths = i128::from(count) * 10 / i128::from(divisor);
            format!("{}.{} {}", tenths / 10, tenths % 10, units[number])
        }
    }
}

fn money(account: &Account, text: &mut String) {
    let of = |value: &Value, field: &str| value[field].as_str().map(str::to_owned);
    let total = &account.total_resources;
    let own = &account.self_delegated_bandwidth;
    let refund = &account.refund_request;
    let lines = [
        ("liquid", account.core_liquid_balance.clone()),
        ("staked for NET", of(total, "net_weight")),
        ("  of it by itself", of(own, "net_weight")),
        ("staked for CPU", of(total, "cpu_weight")),
        ("  of it by itself", of(own, "cpu_weight")),
        ("coming back from NET", of(refund, "net_amount")),
        ("coming back from CPU", of(refund, "cpu_amount")),
        ("REX", of(&account.rex_info, "rex_balance")),
    ];
    if lines.iter().any(|(_, amount)| amount.is_some()) {
        text.push('\n');
    }
    for (name, amount) in lines {
        if let Some(amount) = amount {
            let _ = writeln!(text, "{name:<21} {amount:>24}");
        }
    }
}

fn votes(account: &Account, text: &mut String) {
    let info = &account.voter_info;
    let proxy = info["proxy"].as_str().unwrap_or_default();
    let producers = info["producers"].as_array();
    let producers: Vec<_> = producers
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    if !proxy.is_empty() {
        let _ = writeln!(text, "\nvotes by proxy {proxy}");
    } else if !producers.is_empty() {
        let _ = writeln!(text, "\nvotes for {}", producers.join(", "));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_show_something_of_whatever_there_is() {
        let full = |part, whole| bar(part, whole).matches('█').count();
        assert_eq!(
            [
                (0, 10),
                (1, 1000),
                (500, 1000),
                (999, 1000),
                (10, 10),
                (20, 10),
                (0, 0)
            ]
            .map(|(part, whole)| full(part, whole)),
            [0, 1, 10, 19, 20, 20, 20]
        );
    }

    #[test]
    fn amounts_are_told_in_the_largest_unit() {
        assert_eq!(bytes(1023), "1023 bytes");
        assert_eq!(bytes(1536), "1.5 KiB");
        assert_eq!(micros(2_500), "2.5 ms");
        assert_eq!(micros(3_600_000_000), "60 min");
    }

    #[test]
    fn permissions_are_a_tree() {
        let key = "EOS6MRyAjQq8ud7hVNYcfnVPJqcVpscN5So8BhtHuGYqET5GDW5CV";
        let authority = |keys: Value, accounts: Value| json!({ "threshold": 1, "keys": keys, "accounts": accounts, "waits": [] });
        let permission = |name: &str, parent: &str, required: Value| json!({ "perm_name": name, "parent": parent, "required_auth": required });
        let limit = json!({ "used": 1, "available": 1, "max": 2 });
        let account = serde_json::from_value(json!({
            "account_name": "alice", "created": "2026-01-01T00:00:00.000",
            "ram_quota": -1, "ram_usage": 2000, "net_limit": limit, "cpu_limit": limit,
            "permissions": [
                permission("active", "owner", authority(json!([]), json!([
                    { "permission": { "actor": "bob", "permission": "active" }, "weight": 2 }]))),
                permission("owner", "", authority(json!([{ "key": key, "weight": 1 }]), json!([]))),
                permission("pay", "active", authority(json!([{ "key": key, "weight": 1 }]), json!([]))),
            ],
        }))
        .unwrap();
        let text = text(&account);
        let expected = format!(
            "permissions\n  owner        1 of {key}\n  └─ active       1 of bob@active ×2\n     \
             └─ pay          1 of {key}\n\nRAM  1.9 KiB used, no limit\n"
        );
        assert!(text.contains(&expected), "{text}");
    }
}
