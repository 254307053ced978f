//! What a node says on stdout: for people when it starts, for programs at each event.

use crate::table::columns;
use antelope_envelope::Message;
use coop_node::{KnownAccount, Node, NodeOptions, Production};
use serde_json::{Value, json};
use std::io::Write;

/// Something that happened to the node.
pub(super) enum Event<'a> {
    /// It answers from now on.
    Started(&'a Node, &'a NodeOptions),
    /// A signal came.
    Stopping(&'static str),
    /// Everything is written.
    Stopped,
    /// It did not start, or did not end in order.
    Failed(&'a Message),
}

/// The form in which events are told.
#[derive(Clone, Copy)]
pub(super) struct Told {
    is_json: bool,
}

impl Told {
    pub(super) fn new(is_json: bool) -> Self {
        Self { is_json }
    }

    /// Tells an event; people are told only of the start. Nobody may be listening, and that is no
    /// reason to stop.
    pub(super) fn tell(self, event: &Event<'_>, out: &mut dyn Write) {
        let text = match (event, self.is_json) {
            (_, true) => format!("{}\n", object(event)),
            (Event::Started(node, options), false) => greeting(node, options),
            (_, false) => return,
        };
        let _ = out.write_all(text.as_bytes());
        let _ = out.flush();
    }
}

fn object(event: &Event<'_>) -> Value {
    match event {
        Event::Started(node, options) => {
            let chain = node.chain();
            let about = node.about();
            json!({
                "event": "started",
                "url": node.url(),
                "state_history": node.state_history_url(),
                "chain_id": node.chain_id(),
                "head_block_num": chain.head().number(),
                "head_block_id": chain.head().id,
                "head_block_time": chain.head_time(),
                "data": options.data,
                "is_new": node.is_new(),
                "boot": about.map(|about| about.boot.name()),
                "fork": node.origin().map(|origin| json!({
                    "url": origin.url,
                    "chain_id": origin.chain_id,
                    "block_num": origin.head_block_num,
                })),
                "accounts": about.map(|about| about.accounts.iter().map(account).collect::<Vec<_>>()),
                "questions": about.map(|about| &about.questions),
            })
        }
        Event::Stopping(signal) => json!({ "event": "stopping", "signal": signal }),
        Event::Stopped => json!({ "event": "stopped" }),
        Event::Failed(message) => json!({ "event": "failed", "error": message }),
    }
}

fn account(known: &KnownAccount) -> Value {
    json!({
        "account": known.account,
        "role": known.role,
        "title": known.title,
        "public_key": known.key,
        "development_key": known.private_key(),
    })
}

/// What a person needs to use the node.
fn greeting(node: &Node, options: &NodeOptions) -> String {
    let chain = node.chain();
    let kept = match &options.data {
        Some(folder) => format!("in {}", folder.display()),
        None => "in memory: nothing is kept when it ends (--data DIR keeps it)".to_owned(),
    };
    let blocks = match options.production {
        Production::Every(interval) => format!("every {interval:?}"),
        Production::PerTransaction => "after each transaction".to_owned(),
        Production::OnDemand => "on demand".to_owned(),
    };
    let began = match (node.booted_otherwise(options.boot), node.about()) {
        (Some(found), _) => {
            format!("{found}; --boot is for new folders, and this one keeps what it has")
        }
        (None, Some(about)) if node.is_new() => format!("{}, new", about.boot),
        (None, Some(about)) => about.boot.to_string(),
        (None, None) => "not known: the folder has no node.json".to_owned(),
    };
    let began = match node.origin() {
        Some(origin) => format!(
            "a fork of {} at its block {}",
            origin.url, origin.head_block_num
        ),
        None => began,
    };
    let head = format!("block {}, {} UTC", chain.head().number(), chain.head_time());
    let history = node.state_history_url();
    let facts = [
        ("listens on", node.url().to_owned()),
        (
            "indexers",
            history.unwrap_or_else(|| "no state history".to_owned()),
        ),
        ("chain id", node.chain_id().to_string()),
        ("head", head),
        ("kept", kept),
        ("blocks", blocks),
        ("begun with", began),
    ];
    let facts = facts.map(|(title, fact)| [format!("  {title}"), fact]);
    let mut text = format!("The node has started.\n{}", columns(&facts));
    if let Some(about) = node.about() {
        text.push_str(&accounts(&about.accounts));
        let questions: Vec<_> = about.questions.iter().map(u64::to_string).collect();
        if !questions.is_empty() && node.is_new() {
            text.push_str(&format!(
                "\nOn the agenda: questions {}\n",
                questions.join(", ")
            ));
        }
    }
    if options.development {
        text.push_str(
            "\nWith --dev anybody who reaches the node moves its time and acts as anybody: /v1/dev/\n",
        );
    }
    let url = node.url();
    text.push_str(&format!(
        "\nTry:   curl {url}/v1/chain/get_info\nWatch: {url}/health, {url}/metrics\nStop:  Ctrl+C, or \
         kill {}\n",
        std::process::id()
    ));
    text
}

/// The accounts with their keys.
fn accounts(accounts: &[KnownAccount]) -> String {
    let rows: Vec<_> = accounts
        .iter()
        .map(|known| {
            let key = known.private_key();
            let role = match known.title.as_str() {
                "" => known.role.clone(),
                title => format!("{}, {title}", known.role),
            };
            [
                format!("  {}", known.account),
                role,
                key.unwrap_or_else(|| format!("the key of {}", known.key)),
            ]
        })
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    let warning = match accounts.iter().any(|known| known.is_development) {
        true => " with development keys: anybody has these keys, use them for nothing of value",
        false => "",
    };
    format!("\nAccounts{warning}\n{}", columns(&rows))
}
