use antelope_contract::prelude::*;

#[error_codes]
pub enum WithoutNumber {
    /// no such order
    NoOrder,
}

#[error_codes]
pub enum WithoutText {
    NoOrder = 1,
}

#[error_codes]
pub enum WithFields {
    /// no such order
    NoOrder(u64),
}

#[error_codes]
pub enum Reserved {
    /// no such order
    NoOrder = 8_000_000_000_000_000_000,
}

fn main() {}
