//! A client for any Antelope node.
//!
//! Blocking HTTP with limits on time and size, typed answers, JSON to binary and back by a
//! contract's ABI, transactions built, signed and sent, and the chain's own words when it refuses.
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
    Account, AccountResource, Block, BlockTransaction, FinalityStatus, Info, Permission,
    RecordedAction, RecordedTransaction, RequiredAuth,
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
