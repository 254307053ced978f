//! `get scope`: which tables a contract has, and in which scopes.

use crate::{Fallible, Report, Session};
use antelope_types::Name;
use clap::Args;
use serde_json::{Value, json};

/// The tables of a contract, with scopes and numbers of rows
#[derive(Args, Clone, Debug)]
pub struct ScopeArgs {
    /// The contract
    pub contract: Name,
    /// Only this table
    #[arg(short, long)]
    pub table: Option<Name>,
    /// How many at most
    #[arg(short, long, default_value_t = 10)]
    pub limit: u32,
    /// All of them, in as many calls as it takes
    #[arg(long, conflicts_with = "limit")]
    pub all: bool,
    /// Milliseconds that the node may take for each call
    #[arg(long, value_name = "MS")]
    pub time_limit: Option<u32>,
    /// The first scope
    #[arg(short = 'L', long)]
    pub lower: Option<String>,
    /// The last scope
    #[arg(short = 'U', long)]
    pub upper: Option<String>,
    /// The last ones first
    #[arg(short, long)]
    pub reverse: bool,
}

/// Runs the command.
///
/// # Errors
/// Those of the client.
pub(super) fn run(session: &Session, given: &ScopeArgs) -> Fallible<Report> {
    let table = given.table.map_or_else(String::new, |it| it.to_string());
    let mut request = json!({
        "code": given.contract,
        "table": table,
        "lower_bound": given.lower.clone().unwrap_or_default(),
        "upper_bound": given.upper.clone().unwrap_or_default(),
        "reverse": given.reverse,
    });
    if let Some(limit) = given.time_limit {
        request["time_limit_ms"] = json!(limit);
    }
    let wanted = if given.all {
        usize::MAX
    } else {
        given.limit as usize
    };
    let mut rows: Vec<Value> = Vec::new();
    let more = loop {
        request["limit"] = json!((wanted - rows.len()).min(1000));
        let answer: Value = session
            .client
            .call("/v1/chain/get_table_by_scope", &request)?;
        let page = answer["rows"].as_array().cloned().unwrap_or_default();
        let is_stuck = page.is_empty();
        rows.extend(page);
        let next = answer["more"].as_str().unwrap_or_default().to_owned();
        if next.is_empty() || is_stuck || rows.len() >= wanted {
            break next;
        }
        let bound = match given.reverse {
            true => "upper_bound",
            false => "lower_bound",
        };
        request[bound] = json!(next);
    };
    Ok(Report::json(json!({ "rows": rows, "more": more })))
}
