//! Answers of a node's read calls as typed data.

mod account;
mod block;
mod info;
mod recorded;

pub use account::{Account, AccountResource, Permission, RequiredAuth};
pub use block::{Block, BlockTransaction};
pub use info::{Info, TransactionStatus};
pub use recorded::{RecordedAction, RecordedPermission, RecordedTransaction};
