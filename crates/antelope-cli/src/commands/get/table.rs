//! `get table`: rows of a contract's table, as many pages as it takes.
//!
//! A node gives as many rows as fit into its limits of time and number, with the key of the next one.
//! By the primary key the next page begins there. Keys of other indexes repeat, so that a page may end
//! among rows of one key; such an index is read in one call, whose limit grows until all is there.

use super::paging::{PAGE, Read, Wanted, at_once, pages};
use crate::progress::Progress;
use crate::{Console, Failure, Fallible, Report, Session};
use antelope_rpc_client::Client;
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
    /// How many rows each call asks for
    #[arg(long, value_name = "ROWS", default_value_t = PAGE,
          value_parser = clap::value_parser!(u32).range(1..))]
    pub page: u32,
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

/// Runs the command.
///
/// # Errors
/// Those of the client; `node.limit` where the node does not give all that was asked for.
pub(super) fn run(
    session: &Session,
    console: &mut Console<'_>,
    given: &TableArgs,
) -> Fallible<Report> {
    let progress = Progress::begin(session.options.quiet, "reading rows");
    let read = read(&session.client, given, &progress);
    drop(progress);
    let (rows, next) = read?;
    if let Some(next) = &next {
        let count = rows.len();
        console.say(&format!(
            "{count} rows; more from {next}: --all, or a larger --limit"
        ));
    }
    Ok(report((rows, next)))
}

fn report((rows, next): Read) -> Report {
    let (more, next_key) = (next.is_some(), next.unwrap_or_default());
    Report::json(json!({ "rows": rows, "more": more, "next_key": next_key }))
}

fn read(client: &Client, given: &TableArgs, progress: &Progress) -> Fallible<Read> {
    let wanted = Wanted::new(given.all, given.limit, given.page);
    let mut request = request(given);
    let mut count = 0;
    match &*given.index {
        "" | "1" | "first" | "primary" | "one" => pages(wanted, report, |limit, from| {
            if let Some(from) = from {
                begin_at(&mut request, from);
            }
            let read = page(client, &mut request, limit)?;
            count += read.0.len();
            progress.tell(format!("{count} rows"));
            Ok(read)
        }),
        _ => at_once(wanted, report, |limit| page(client, &mut request, limit)),
    }
}

/// Changes a request to that for the next page.
fn begin_at(request: &mut Value, from: &str) {
    let bound = match request["reverse"] == true {
        true => "upper_bound",
        false => "lower_bound",
    };
    request[bound] = json!(from);
    // A name comes back as the number that it is kept as.
    if request["key_type"] == "name" && from.bytes().all(|it| it.is_ascii_digit()) {
        request["key_type"] = json!("i64");
        for other in ["lower_bound", "upper_bound"] {
            // An empty bound is none, and not the name that has no letters.
            let name = request[other].as_str().unwrap_or_default();
            if other != bound && !name.is_empty() {
                let raw = name.parse::<Name>().map(|it| it.raw().to_string());
                request[other] = json!(raw.unwrap_or_else(|_| name.to_owned()));
            }
        }
    }
}

fn page(client: &Client, request: &mut Value, limit: usize) -> Fallible<Read> {
    request["limit"] = json!(limit);
    let answer: Value = client
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_page_of_names_is_bounded_as_the_first() {
        let request = |lower: &str, upper: &str| json!({ "key_type": "name", "reverse": false, "lower_bound": lower, "upper_bound": upper });
        let alice = "3773036822876127232";
        let mut open = request("", "");
        begin_at(&mut open, alice);
        assert_eq!(
            open,
            json!({ "key_type": "i64", "reverse": false, "lower_bound": alice, "upper_bound": "" })
        );
        let mut bounded = request("", "bob");
        begin_at(&mut bounded, alice);
        assert_eq!(bounded["upper_bound"], "4399453885987553280");
        // Numbers stay as they are from then on, though 12345 is a name as well.
        bounded["upper_bound"] = json!("12345");
        begin_at(&mut bounded, "7");
        assert_eq!(bounded["lower_bound"], "7");
        assert_eq!(bounded["upper_bound"], "12345");
        let mut reversed = request("", "");
        reversed["reverse"] = json!(true);
        begin_at(&mut reversed, alice);
        assert_eq!(reversed["upper_bound"], alice);
        assert_eq!(reversed["lower_bound"], "");
    }
}
