//! What the system contract tells: producers, stakes, bids, protocol features.

use super::SYSTEM;
use crate::answers::features;
use crate::{Failure, Fallible, Report, Session};
use antelope_types::{Checksum256, Name};
use clap::Args;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// Which producers.
#[derive(Args, Clone, Debug)]
pub struct ListProducers {
    /// How many at most
    #[arg(short, long, default_value_t = 50)]
    pub limit: u32,
    /// The first one
    #[arg(short = 'L', long, default_value = "")]
    pub lower: String,
    /// Milliseconds that the node may take
    #[arg(long, value_name = "MS")]
    pub time_limit: Option<u32>,
}

pub(super) fn producers(session: &Session, given: &ListProducers) -> Fallible<Report> {
    let mut request = json!({ "json": true, "lower_bound": given.lower, "limit": given.limit });
    if let Some(limit) = given.time_limit {
        request["time_limit_ms"] = json!(limit);
    }
    let path = "/v1/chain/get_producers";
    let answer: Value = session.client.call(path, &request)?;
    let number = |value: &Value| -> f64 {
        let text = value.as_str().and_then(|it| it.parse().ok());
        text.or(value.as_f64()).unwrap_or_default()
    };
    let total = number(&answer["total_producer_vote_weight"]);
    let mut text = String::new();
    for row in answer["rows"].as_array().into_iter().flatten() {
        let of = |field: &str| row[field].as_str().unwrap_or_default().to_owned();
        let share = match total > 0.0 {
            true => 100.0 * number(&row["total_votes"]) / total,
            false => 0.0,
        };
        let (owner, key, url) = (of("owner"), of("producer_key"), of("url"));
        let _ = writeln!(text, "{owner:<13} {share:>7.3} %  {key}  {url}");
    }
    if text.is_empty() {
        text = "no producers are registered".to_owned();
    }
    if let Some(more) = answer["more"].as_str().filter(|it| !it.is_empty()) {
        let _ = writeln!(text, "more: -L {more}");
    }
    Ok(Report::new(answer, text))
}

pub(super) fn bandwidth(session: &Session, account: Name) -> Fallible<Report> {
    let request = json!({
        "json": true, "code": SYSTEM, "scope": account, "table": "delband", "limit": 1000,
    });
    let path = "/v1/chain/get_table_rows";
    let answer: Value = session.client.call(path, &request)?;
    let mut text = String::new();
    for row in answer["rows"].as_array().into_iter().flatten() {
        let of = |field: &str| row[field].as_str().unwrap_or_default().to_owned();
        let (to, net, cpu) = (of("to"), of("net_weight"), of("cpu_weight"));
        let _ = writeln!(text, "{to:<13} NET {net:<24} CPU {cpu}");
    }
    if text.is_empty() {
        text = format!("{account} has staked nothing");
    }
    Ok(Report::new(answer, text))
}

pub(super) fn bid(session: &Session, newname: Name) -> Fallible<Report> {
    let raw = newname.raw().to_string();
    let request = json!({
        "json": true, "code": SYSTEM, "scope": SYSTEM, "table": "namebids",
        "lower_bound": raw, "upper_bound": raw, "limit": 1,
    });
    let path = "/v1/chain/get_table_rows";
    let answer: Value = session.client.call(path, &request)?;
    let Some(row) = answer["rows"].get(0) else {
        return Err(Failure::not_found(
            "bid.none",
            format!("nobody has bid for {newname}"),
        ));
    };
    let number = &row["high_bid"];
    let bid = number.as_str().and_then(|it| it.parse().ok());
    let bid: i64 = bid.or(number.as_i64()).unwrap_or_default();
    let of = |field: &str| row[field].as_str().unwrap_or_default().to_owned();
    // A sold name keeps its bid with the other sign.
    let is_sold = if bid < 0 { ", and has got it" } else { "" };
    let text = format!(
        "{newname}: {} bids {} smallest units{is_sold}, last at {}",
        of("high_bidder"),
        bid.unsigned_abs(),
        of("last_bid_time"),
    );
    Ok(Report::new(&answer, text))
}

/// The digest of a protocol feature by its name.
pub(super) fn feature(session: &Session, name: &str) -> Fallible<Checksum256> {
    let path = "/v1/producer/get_supported_protocol_features";
    let request = json!({ "exclude_disabled": false, "exclude_unactivatable": false });
    let answer: Value = session.client.call(path, &request)?;
    if let Some((_, digest)) = features(&answer).find(|(found, _)| *found == name) {
        return digest.parse().map_err(|_| {
            let message = format!("the node's digest of {name} is not a SHA-256 in hexadecimal");
            Failure::new("node.answer", message)
        });
    }
    let names: Vec<_> = features(&answer).map(|(name, _)| name).collect();
    Err(
        Failure::not_found("feature.none", format!("the node knows no feature {name}"))
            .expected(names.join(", ")),
    )
}
