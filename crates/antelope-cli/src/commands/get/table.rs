//! `get table`: rows of a contract's table, as many pages as it takes.
//!
//! A node gives as many rows as fit into its limits of time and number, with the key of the next one.
//! By the primary key the next page begins there. Keys of other indexes repeat, so that a page may end
//! among rows of one key; such an index is read in one call, whose limit grows until all is there.

use crate::{Console, Failure, Fallible, Report, Session};
use antelope_types::Name;
use clap::Args;
use serde_json::{Value, json};

/// Rows of a contract's table
#[derive(Args, Clone, Debug)]
pub struct TableArgs {
    /// The contract
    pub account: Name,
    /// The scope: an account, a symbol or a number
    pub scope: String,
    /// The table
    pub table: Name,
    /// How many rows at most
    #[arg(short, long, default_value_t = 10)]
    pub limit: u32,
    /// All rows, in as many calls as it takes
    #[arg(long, conflicts_with = "limit")]
    pub all: bool,
    /// Milliseconds that the node may take for each call
    #[arg(long, value_name = "MS")]
    pub time_limit: Option<u32>,
    /// Taken for habit's sake: the name of the key, which nodes do not look at
    #[arg(short, long, hide = true)]
    pub key: Option<String>,
    /// The first key
    #[arg(short = 'L', long, allow_hyphen_values = true)]
    pub lower: Option<String>,
    /// The last key
    #[arg(short = 'U', long, allow_hyphen_values = true)]
    pub upper: Option<String>,
    /// The index: 1 or primary, 2 or secondary, …
    #[arg(long, default_value = "")]
    pub index: String,
    /// What its keys are: i64, i128, i256, float64, float128, ripemd160, sha256 or name
    #[arg(long, default_value = "")]
    pub key_type: String,
    /// How bounds are written: dec or hex
    #[arg(long, default_value = "dec")]
    pub encode_type: String,
    /// Rows as bytes, not as JSON
    #[arg(short, long)]
    pub binary: bool,
    /// The last rows first
    #[arg(short, long)]
    pub reverse: bool,
    /// With each row the account that pays for it
    #[arg(long)]
    pub show_payer: bool,
}

/// The most rows that one call is asked for.
const PAGE: usize = 1000;

/// Runs the command.
///
/// # Errors
/// Those of the client; `node.limit` where the node does not give all that was asked for.
pub(super) fn run(
    session: &Session,
    console: &mut Console<'_>,
    given: &TableArgs,
) -> Fallible<Report> {
    let wanted = match given.all {
        true => usize::MAX,
        false => given.limit as usize,
    };
    let is_primary = matches!(&*given.index, "" | "1" | "first" | "primary" | "one");
    let (rows, next) = match is_primary {
        true => by_primary_key(session, given, wanted)?,
        false => by_another_index(session, given, wanted)?,
    };
    if let Some(next) = &next {
        let count = rows.len();
        console.say(&format!(
            "{count} rows; more from {next}: --all, or a larger --limit"
        ));
    }
    let (more, next_key) = (next.is_some(), next.unwrap_or_default());
    let data = json!({ "rows": rows, "more": more, "next_key": next_key });
    Ok(Report::json(data))
}

type Read = (Vec<Value>, Option<String>);

fn by_primary_key(session: &Session, given: &TableArgs, wanted: usize) -> Fallible<Read> {
    let mut request = request(given);
    let mut rows = Vec::new();
    loop {
        let limit = (wanted - rows.len()).min(PAGE);
        let (page, next) = page(session, &mut request, limit)?;
        let is_stuck = page.is_empty();
        rows.extend(page);
        match next {
            Some(next) if rows.len() < wanted && !is_stuck => {
                let bound = match given.reverse {
                    true => "upper_bound",
                    false => "lower_bound",
                };
                request[bound] = json!(next);
                // A name comes back as the number that it is kept as.
                if given.key_type == "name" && next.bytes().all(|it| it.is_ascii_digit()) {
                    request["key_type"] = json!("i64");
                    for other in ["lower_bound", "upper_bound"] {
                        if let Some(name) = request[other].as_str().filter(|it| *it != next) {
                            let raw = name.parse::<Name>().map(|it| it.raw().to_string());
                            request[other] = json!(raw.unwrap_or_else(|_| name.to_owned()));
                        }
                    }
                }
            }
            next => return Ok((rows, next)),
        }
    }
}

fn by_another_index(session: &Session, given: &TableArgs, wanted: usize) -> Fallible<Read> {
    let mut request = request(given);
    let mut limit = wanted.min(PAGE);
    let mut before = 0;
    loop {
        let (rows, next) = page(session, &mut request, limit)?;
        if next.is_none() || rows.len() >= wanted {
            return Ok((rows, next));
        }
        if rows.len() <= before {
            let message = format!("the node gives no more than {before} rows at once");
            return Err(Failure::new("node.limit", message)
                .hint("read the rest with -L, or give it more time with --time-limit"));
        }
        before = rows.len();
        limit = limit.saturating_mul(2).min(u32::MAX as usize);
    }
}

fn page(session: &Session, request: &mut Value, limit: usize) -> Fallible<Read> {
    request["limit"] = json!(limit);
    let answer: Value = session
        .client
        .call("/v1/chain/get_table_rows", &*request)
        .map_err(|error| {
            let failure = Box::<Failure>::from(error);
            let account = request["code"].as_str().unwrap_or_default();
            match failure.message.contains("not specified in the ABI") {
                true => failure.hint(format!(
                    "`get abi {account}` lists its tables, `get scope {account}` those with rows"
                )),
                false => failure,
            }
        })?;
    let rows = answer["rows"].as_array().cloned().unwrap_or_default();
    let next = answer["next_key"].as_str().unwrap_or_default().to_owned();
    let more = answer["more"].as_bool().unwrap_or_default();
    Ok((rows, more.then_some(next)))
}

/// As cleos asks it.
fn request(given: &TableArgs) -> Value {
    let mut request = json!({
        "json": !given.binary,
        "code": given.account,
        "scope": given.scope,
        "table": given.table,
        "table_key": "",
        "lower_bound": given.lower.clone().unwrap_or_default(),
        "upper_bound": given.upper.clone().unwrap_or_default(),
        "key_type": given.key_type,
        "index_position": given.index,
        "encode_type": given.encode_type,
        "reverse": given.reverse,
        "show_payer": given.show_payer,
    });
    if let Some(limit) = given.time_limit {
        request["time_limit_ms"] = json!(limit);
    }
    request
}
