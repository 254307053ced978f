//! A client for any Antelope node.
//!
//! [`Client`] has a method for each call of a node's HTTP API that programs commonly need. A method
//! blocks the calling thread until the answer is there or the time allowed is over, and returns a
//! typed answer or a [`ClientError`]. The client also packs arguments by a contract's ABI, builds
//! and signs transactions, and reports a refusal with the chain's own error code and message.
//!
//! Send a transfer, and tell one expected refusal from every other failure:
//!
//! ```no_run
//! use antelope_rpc_client::{Client, ClientError, signing};
//! use antelope_types::{PermissionLevel, name};
//! use serde_json::json;
//!
//! # fn main() -> Result<(), ClientError> {
//! let client = Client::new("http://127.0.0.1:8888")?;
//! let key = signing::generate_k1()?;
//! let alice = PermissionLevel::active(name!("alice"));
//! let transfer = client.action(
//!     name!("eosio.token"),
//!     name!("transfer"),
//!     alice,
//!     &json!({ "from": "alice", "to": "bob", "quantity": "1.0000 EOS", "memo": "" }),
//! )?;
//! match client.push(&[transfer], &[&key]) {
//!     Ok(trace) => println!("{}: {} us", trace.id, trace.cpu_us()),
//!     Err(e) if e.assertion() == Some("overdrawn balance") => println!("not enough"),
//!     Err(e) => return Err(e),
//! }
//! # Ok(()) }
//! ```
//!
//! Nothing above the transport knows about HTTP. Tests can therefore answer the calls themselves:
//!
//! ```
//! use antelope_rpc_client::{Answer, Client, ClientError, Transport};
//! use antelope_types::name;
//! use std::sync::Arc;
//!
//! #[derive(Debug)]
//! struct Canned;
//!
//! impl Transport for Canned {
//!     fn address(&self) -> &str {
//!         "canned:"
//!     }
//!
//!     fn post(&self, path: &str, body: &[u8]) -> Result<Answer, ClientError> {
//!         assert_eq!(path, "/v1/chain/get_code_hash");
//!         assert_eq!(body, br#"{"account_name":"alice"}"#);
//!         let body = format!(r#"{{"code_hash":"{}"}}"#, "00".repeat(32)).into_bytes();
//!         Ok(Answer { status: 200, body })
//!     }
//! }
//!
//! let client = Client::over(Arc::new(Canned));
//! let hash = client.get_code_hash(name!("alice"))?;
//! assert_eq!(hash.0, [0; 32], "the account has no code");
//! # Ok::<(), ClientError>(())
//! ```
//!
//! | to | use |
//! |---|---|
//! | read the chain, accounts, blocks | [`Client::get_info`], [`Client::get_account`], [`Client::get_block`] |
//! | read tables, by any index, page after page | [`TableQuery`], [`Client::all_rows`], [`Client::all_rows_as`] |
//! | pack and unpack by an ABI | [`Abi`], [`Client::abi`], [`Client::action`] |
//! | send a transaction | [`Client::push`], [`Client::push_with`], [`TransactionOptions`] |
//! | try one, or ask a read-only action | [`Client::compute`], [`Client::read_only_json`] |
//! | see what it did | [`TransactionTrace`], [`ActionTrace`] |
//! | see why it did not | [`ClientError`], [`Refusal`], [`ChainError`] |
//! | make accounts, set code and permissions | [`native`] |
//! | reach a node otherwise than by HTTP | [`Client::over`], [`Transport`] |
//! | make keys and sign | [`signing`], [`Signer`], [`WebAuthnKey`] |
//!
//! # Time-outs and retries
//!
//! Every call is one POST, and no call is repeated by the client: a failed call returns its error at
//! once. [`ClientOptions`] limits the time of a call and the size of its answer. A method that needs
//! several requests, such as [`Client::all_rows`], is limited for each of them and not in total.
//!
//! When [`Client::push`] fails with [`ClientError::Transport`], the transaction may have been
//! executed all the same, since only the answer may have been lost. Calling `push` again builds
//! another transaction, which the chain would execute as well. To be able to repeat a transaction
//! safely, make it with [`Client::build`] and [`transaction::sign`] and send it with
//! [`Client::send`]: a chain takes the same signed transaction once, and refuses it with
//! `tx_duplicate` (3040008) until it has expired, and as expired from then on.
//!
//! # What is remembered
//!
//! A client and its clones share three things, for as long as one of them lives: the chain's id,
//! ABIs that [`Client::abi`] has read, and which of the calls that send transactions the node has.
//! Everything else is asked for each time. An ABI is not read again after the contract has changed
//! it, see [`Client::forget_abi`].
//!
//! # Features
//!
//! | feature | default | |
//! |---|---|---|
//! | `http` | yes | `Client::new`, `ClientOptions` and the HTTP and TLS libraries; without it, only [`Client::over`] makes a client |

pub use antelope_types::{base64, native};
mod bound;
mod client;
mod error;
#[cfg(test)]
#[cfg(feature = "http")]
mod fake_node;
#[cfg(feature = "http")]
mod http;
mod push;
mod read;
mod refusal;
mod rows;
mod table;
pub mod transaction;
mod transport;

pub use antelope_abi::{Abi, AbiError};
pub use antelope_keys::signing::{self, Signer, SigningError, WebAuthnKey};
/// What nodes answer, in the vocabulary of the chain.
pub use antelope_types::rpc::{
    Account, AccountResource, Block, BlockTransaction, FinalityStatus, Info, KeyText, Permission,
    RecordedAction, RecordedTransaction, RequiredAuth, RequiredKey,
};
/// What transactions do, and why they fail, in the vocabulary of the chain.
pub use antelope_types::{ActionTrace, ChainError, ErrorKind, TransactionTrace};
pub use bound::{Bound, Scope};
pub use client::Client;
pub use error::ClientError;
#[cfg(feature = "http")]
pub use http::ClientOptions;
pub use read::RawAbi;
pub use refusal::Refusal;
pub use table::{KeyType, PaidRow, Rows, TableQuery, TableScope};
pub use transaction::{ReferenceBlock, TransactionOptions};
pub use transport::{Answer, Transport};
