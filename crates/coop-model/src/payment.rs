//! Payments, as the contracts and the programs around them name their states.

/// Statuses of a payment.
pub mod status {
    use antelope_contract::prelude::{Name, name};

    /// Money is expected.
    pub const PENDING: Name = name!("pending");
    /// Money came and is in processing.
    pub const RECEIVED: Name = name!("received");
    /// Money in processing is to be sent back.
    pub const RETURNING: Name = name!("returning");
    /// Money in processing could not be sent back.
    pub const FAILED: Name = name!("failed");
    /// A share is asked back and blocked in its wallet.
    pub const BLOCKED: Name = name!("blocked");
    /// A blocked share is to be paid out.
    pub const PAYING: Name = name!("paying");
}
