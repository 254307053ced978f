//! What a transaction did, as a tree of its actions.
//!
//! ```text
//! executed 5c2e…  block 812  CPU 157 µs  NET 128 bytes
//! └─ eosio.token::transfer  {"from":"alice","memo":"","quantity":"1.0000 EOS","to":"bob"}
//!    ├─ notifies alice
//!    └─ notifies bob
//! RAM  alice +128
//! ```

use crate::hex;
use antelope_rpc_client::{Abi, ActionTrace, Client, TransactionTrace};
use antelope_types::Name;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

/// The most characters that arguments take; the whole is in the JSON.
const SHOWN: usize = 200;

/// The tree as text. Arguments and returned values are decoded by the ABIs of their contracts, which the
/// client fetches where the node has not decoded them.
#[must_use]
pub fn tree(client: &Client, trace: &TransactionTrace, executed: bool) -> String {
    let mut text = String::new();
    let done = if executed { "executed" } else { "computed" };
    let _ = write!(text, "{done} {}", trace.id);
    if trace.block_num > 0 {
        let _ = write!(text, "  block {}", trace.block_num);
    }
    if let Some(receipt) = &trace.receipt {
        let (cpu, net) = (receipt.cpu_usage_us, trace.net_bytes());
        let _ = write!(text, "  CPU {cpu} µs  NET {net} bytes");
    }
    text.push('\n');
    let mut abis = BTreeMap::new();
    branch(client, &mut abis, &mut text, trace, 0, "");
    let ram: Vec<_> = trace
        .ram_deltas()
        .into_iter()
        .filter(|(_, bytes)| *bytes != 0)
        .collect();
    if !ram.is_empty() {
        let ram: Vec<_> = ram
            .iter()
            .map(|(who, bytes)| format!("{who} {bytes:+}"))
            .collect();
        let _ = writeln!(text, "RAM  {}", ram.join(", "));
    }
    text
}

type Abis = BTreeMap<Name, Option<Arc<Abi>>>;

/// The actions below one, each with its own.
fn branch(
    client: &Client,
    abis: &mut Abis,
    text: &mut String,
    trace: &TransactionTrace,
    creator: u32,
    indent: &str,
) {
    let below = trace.action_traces.iter();
    let below: Vec<_> = below
        .filter(|it| it.creator_action_ordinal == creator)
        .collect();
    for (number, action) in below.iter().enumerate() {
        let is_last = number + 1 == below.len();
        let (mark, next) = if is_last {
            ("└─", "   ")
        } else {
            ("├─", "│  ")
        };
        let _ = writeln!(text, "{indent}{mark} {}", line(client, abis, action));
        let indent = format!("{indent}{next}");
        for printed in action.console.lines() {
            let _ = writeln!(text, "{indent}>> {printed}");
        }
        branch(client, abis, text, trace, action.action_ordinal, &indent);
    }
}

fn line(client: &Client, abis: &mut Abis, action: &ActionTrace) -> String {
    if action.is_notification() {
        return format!("notifies {}", action.receiver);
    }
    let act = &action.act;
    let mut abi = || {
        let fetched = abis.entry(act.account);
        fetched
            .or_insert_with(|| client.abi(act.account).ok())
            .clone()
    };
    let arguments = act.json.clone().filter(Value::is_object).or_else(|| {
        let abi = abi()?;
        abi.unpack_action(act.name, &act.data).ok()
    });
    let arguments = arguments.map_or_else(|| hex::encode(&act.data), |it| it.to_string());
    let mut line = format!("{}::{}  {}", act.account, act.name, cut(&arguments));
    if !action.return_value.is_empty() {
        let returned = action.return_value_data.clone().or_else(|| {
            let abi = abi()?;
            abi.unpack_result(act.name, &action.return_value).ok()
        });
        let returned =
            returned.map_or_else(|| hex::encode(&action.return_value), |it| it.to_string());
        let _ = write!(line, "  → {}", cut(&returned));
    }
    line
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}…", &text[..at]),
    }
}
