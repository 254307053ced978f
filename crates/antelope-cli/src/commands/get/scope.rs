//! `get scope`: which tables a contract has, and in which scopes.

use super::paging::{PAGE, Read, Wanted, pages};
use crate::progress::Progress;
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
    /// How many each call asks for
    #[arg(long, value_name = "ROWS", default_value_t = PAGE,
          value_parser = clap::value_parser!(u32).range(1..))]
    pub page: u32,
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
/// Those of the client; `node.limit` where the node does not get on.
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
    let _progress = Progress::begin(session.options.quiet, "reading scopes");
    let wanted = Wanted::new(given.all, given.limit, given.page);
    let read = pages(wanted, report, |limit, from| {
        if let Some(from) = from {
            let bound = match given.reverse {
                true => "upper_bound",
                false => "lower_bound",
            };
            request[bound] = json!(from);
        }
        request["limit"] = json!(limit);
        let path = "/v1/chain/get_table_by_scope";
        let answer: Value = session.client.call(path, &request)?;
        let rows = answer["rows"].as_array().cloned().unwrap_or_default();
        let next = answer["more"].as_str().filter(|it| !it.is_empty());
        Ok((rows, next.map(str::to_owned)))
    });
    Ok(report(read?))
}

fn report((rows, more): Read) -> Report {
    Report::json(json!({ "rows": rows, "more": more.unwrap_or_default() }))
}
