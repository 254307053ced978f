//! Money and property.

mod contribution;
mod entry;
mod incoming;
mod outgoing;
mod property;
mod references;
mod returns;
mod sums;
mod wallet;

pub(crate) use incoming::Invoice;
pub(crate) use sums::is_amount;
