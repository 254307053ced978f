//! `get`: what is on the chain.
//!
//! Each command prints what the node answers, as JSON in `data` of the envelope and in the form that
//! cleos uses as text, except where people are better served: accounts, schedules and balances.

mod account;
mod block;
mod code;
mod currency;
mod paging;
mod scope;
mod table;
mod transaction;

use crate::answers::features;
use crate::{Console, Failure, Fallible, Report, Session};
use antelope_types::{Checksum256, Name, PublicKey};
use clap::Subcommand;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// Read the chain.
#[derive(Subcommand, Clone, Debug)]
pub enum Get {
    /// The chain's head, its id and its limits
    Info,
    /// Whether a transaction is in a block, and whether that is final
    #[command(name = "transaction-status")]
    TransactionStatus {
        /// Its id
        id: Checksum256,
    },
    /// The limits that all nodes of the chain have in common
    #[command(name = "consensus_parameters")]
    ConsensusParameters,
    /// A block with its transactions
    Block(block::BlockArgs),
    /// An account: its permissions, resources and votes
    Account(account::AccountArgs),
    /// The hash of an account's code; the code and the ABI into files
    Code(code::CodeArgs),
    /// The ABI of an account
    Abi(code::AbiArgs),
    /// The code and the ABI of an account as the chain keeps them, in base64
    #[command(name = "raw_code_and_abi")]
    RawCodeAndAbi {
        /// The account
        account: Name,
    },
    /// Rows of a contract's table
    Table(table::TableArgs),
    /// The tables of a contract, with scopes and numbers of rows
    Scope(scope::ScopeArgs),
    /// Balances and supplies of tokens
    #[command(subcommand)]
    Currency(currency::Currency),
    /// The accounts that a key, or a permission of another account, has power over
    Accounts {
        /// A public key, or ACCOUNT@PERMISSION
        #[arg(value_name = "PUBLIC_KEY")]
        authorizer: String,
    },
    /// The accounts that an account has power over
    Servants {
        /// The account
        account: Name,
    },
    /// A transaction with all that it did, from a node with a history (trace_api)
    #[command(alias = "transaction_trace")]
    Transaction(transaction::TransactionArgs),
    /// What the transactions of a block did, from a node with a history (trace_api)
    #[command(name = "block_trace")]
    BlockTrace {
        /// Its number
        block: u32,
    },
    /// The actions that concern an account, from a node with the old history plugin
    #[command(allow_negative_numbers = true)]
    Actions {
        /// The account
        account_name: Name,
        /// Number of the first; -1 for the last
        #[arg(default_value_t = -1)]
        pos: i64,
        /// How many after it, or before it where it is negative
        #[arg(default_value_t = -20)]
        offset: i64,
    },
    /// The producers: active, proposed and pending
    Schedule,
    /// The id of a transaction that is given
    #[command(name = "transaction_id")]
    TransactionId {
        /// The transaction as JSON, or a file that holds it
        transaction: String,
    },
    /// The protocol features that the node knows
    #[command(name = "supported_protocol_features")]
    SupportedProtocolFeatures,
    /// The protocol features that are active
    #[command(name = "activated_protocol_features")]
    ActivatedProtocolFeatures,
    /// The finalizers of a chain with instant finality
    #[command(name = "finalizer_info")]
    FinalizerInfo,
}

/// Runs a command of the group.
///
/// # Errors
/// Those of the client.
pub fn run(session: &Session, console: &mut Console<'_>, command: &Get) -> Fallible<Report> {
    let chain = |call: &str, request: Value| -> Fallible<Report> {
        let path = format!("/v1/chain/{call}");
        Ok(Report::json(session.client.call(&path, &request)?))
    };
    match command {
        Get::Info => chain("get_info", json!({})),
        Get::TransactionStatus { id } => chain("get_transaction_status", json!({ "id": id })),
        Get::ConsensusParameters => chain("get_consensus_parameters", json!({})),
        Get::Block(given) => block::run(session, given),
        Get::Account(given) => account::run(session, given),
        Get::Code(given) => code::code(session, given),
        Get::Abi(given) => code::abi(session, given),
        Get::RawCodeAndAbi { account } => {
            chain("get_raw_code_and_abi", json!({ "account_name": account }))
        }
        Get::Table(given) => table::run(session, console, given),
        Get::Scope(given) => scope::run(session, given),
        Get::Currency(command) => currency::run(session, command),
        Get::Accounts { authorizer } => accounts(session, authorizer),
        Get::Servants { account } => authorized(
            session,
            json!({ "accounts": [{ "actor": account, "permission": "active" },
                                  { "actor": account, "permission": "owner" }] }),
        ),
        Get::Transaction(given) => transaction::run(session, given),
        Get::BlockTrace { block } => {
            let path = "/v1/trace_api/get_block";
            let request = json!({ "block_num": block });
            Ok(Report::json(session.client.call(path, &request)?))
        }
        Get::Actions {
            account_name,
            pos,
            offset,
        } => {
            let request = json!({ "account_name": account_name, "pos": pos, "offset": offset });
            let path = "/v1/history/get_actions";
            Ok(Report::json(session.client.call(path, &request)?))
        }
        Get::Schedule => schedule(session),
        Get::TransactionId { transaction } => transaction::id(session, transaction),
        Get::SupportedProtocolFeatures => {
            let path = "/v1/producer/get_supported_protocol_features";
            let request = json!({ "exclude_disabled": false, "exclude_unactivatable": false });
            let answer: Value = session.client.call(path, &request)?;
            let names: Vec<_> = features(&answer).map(|(name, _)| name).collect();
            let text = names.join("\n");
            Ok(Report::new(answer, text))
        }
        Get::ActivatedProtocolFeatures => {
            chain("get_activated_protocol_features", json!({ "limit": 1000 }))
        }
        Get::FinalizerInfo => chain("get_finalizer_info", json!({})),
    }
}

/// The accounts of a key or of a permission.
fn accounts(session: &Session, authorizer: &str) -> Fallible<Report> {
    let request = match authorizer.split_once('@') {
        Some((actor, permission)) => {
            json!({ "accounts": [{ "actor": actor, "permission": permission }] })
        }
        None => {
            let key = PublicKey::parse_of_any_chain(authorizer).map_err(|error| {
                Failure::usage(format!("{authorizer:?} is not a key: {error}"))
                    .expected("EOS…, PUB_K1_…, PUB_R1_… or ACCOUNT@PERMISSION")
            })?;
            json!({ "keys": [key] })
        }
    };
    authorized(session, request)
}

fn authorized(session: &Session, request: Value) -> Fallible<Report> {
    let path = "/v1/chain/get_accounts_by_authorizers";
    let answer: Value = session.client.call(path, &request).map_err(|error| {
        let failure = Box::<Failure>::from(error);
        match &*failure.code {
            "node" | "node.unsupported" | "chain.refused" => failure
                .hint("only nodes with enable-account-queries know this: another one with --url"),
            _ => failure,
        }
    })?;
    let mut text = String::new();
    for row in answer["accounts"].as_array().into_iter().flatten() {
        let of = |field: &str| row[field].as_str().unwrap_or_default().to_owned();
        let level = format!("{}@{}", of("account_name"), of("permission_name"));
        let _ = writeln!(
            text,
            "{level:<25} weight {} of {}",
            row["weight"], row["threshold"]
        );
    }
    Ok(Report::new(answer, text))
}

/// Which producers there are.
fn schedule(session: &Session) -> Fallible<Report> {
    let path = "/v1/chain/get_producer_schedule";
    let answer: Value = session.client.call(path, &json!({}))?;
    let mut text = String::new();
    for name in ["active", "pending", "proposed"] {
        let schedule = &answer[name];
        if schedule.is_null() {
            let _ = writeln!(text, "{name} schedule: none");
            continue;
        }
        let _ = writeln!(text, "{name} schedule version {}", schedule["version"]);
        for producer in schedule["producers"].as_array().into_iter().flatten() {
            let name = producer["producer_name"].as_str().unwrap_or_default();
            // Of a block-signing authority the keys are the second member of a pair.
            let keys = producer["authority"][1]["keys"].as_array();
            let keys = keys.into_iter().flatten().map(|it| &it["key"]);
            let legacy = producer.get("block_signing_key");
            let keys: Vec<_> = keys.chain(legacy).filter_map(Value::as_str).collect();
            let _ = writeln!(text, "  {name:<13} {}", keys.join(" "));
        }
    }
    Ok(Report::new(answer, text))
}
