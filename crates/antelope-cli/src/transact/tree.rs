//! What a transaction did, as a tree of its actions.
//!
//! ```text
//! executed 5c2e…  block 812  CPU 157 µs  NET 128 bytes
//! └─ eosio.token::transfer  {"from":"alice","memo":"","quantity":"1.0000 EOS","to":"bob"}
//!    ├─ notifies alice
//!    └─ notifies bob
//! RAM  alice +128
//! ```

use crate::branches::Branches;
use crate::given::unpacked;
use antelope_rpc_client::{Abi, ActionTrace, Client, TransactionTrace};
use antelope_types::Name;
use antelope_types::json::bytes;
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
    let actions = Branches::new(
        &trace.action_traces,
        |it| it.creator_action_ordinal,
        |it| it.action_ordinal,
        true,
    );
    actions.show(&0, "", |action, place| {
        let line = line(client, &mut abis, action);
        let _ = writeln!(text, "{}{line}", place.first);
        for printed in action.console.lines() {
            let _ = writeln!(text, "{}>> {printed}", place.rest);
        }
    });
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
        abi()?;
        unpacked(client, act.account, act.name, &act.data)
    });
    let arguments = arguments.map_or_else(|| bytes::text(&act.data), |it| it.to_string());
    let mut line = format!("{}::{}  {}", act.account, act.name, cut(&arguments));
    if !action.return_value.is_empty() {
        let returned = action.return_value_data.clone().or_else(|| {
            let abi = abi()?;
            abi.unpack_result(act.name, &action.return_value).ok()
        });
        let returned =
            returned.map_or_else(|| bytes::text(&action.return_value), |it| it.to_string());
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
