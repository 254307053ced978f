//! The bodies of nodes' HTTP API, `/v1/chain` and `/v1/trace_api`: what the client reads, and what the
//! embedded chain answers.
//!
//! Numbers are read from digits and from text, and fields that nodes of some versions leave out may
//! be missing. What another chain or a later version may write in a form that is not known here is
//! kept as text or JSON, so that one odd field does not make the whole answer unreadable.
//!
//! | call | type |
//! |---|---|
//! | `get_info` | [`Info`] |
//! | `get_account` | [`Account`] |
//! | `get_block` | [`Block`] |
//! | `get_block_info` | [`BlockInfo`] |
//! | `get_transaction_status` | [`FinalityStatus`] |
//! | `/v1/trace_api/get_transaction_trace` | [`RecordedTransaction`] |
//! | `send_transaction` | [`TransactionTrace`](crate::TransactionTrace), inside of `processed` |
//! | a call that failed | [`ErrorAnswer`] |

mod account;
mod block;
mod error;
mod info;
mod key_text;
mod recorded;

pub use account::{Account, AccountResource, LinkedAction, Permission, RequiredAuth, RequiredKey};
pub use block::{Block, BlockInfo, BlockTransaction, TransactionBody, WholeTransaction};
pub use error::ErrorAnswer;
pub use info::{FinalityStatus, Info};
pub use key_text::KeyText;
pub use recorded::{RecordedAction, RecordedTransaction};
