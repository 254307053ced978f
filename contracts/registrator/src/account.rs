//! An account of a person: for which cooperative it was made, and which statements it has used.

use antelope_contract::prelude::*;

/// An account that registrator made. Scope: registrator.
#[table("accounts")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Twelve letters a–z.
    #[primary]
    pub username: Name,
    /// The cooperative that asked for it.
    pub coopname: Name,
    /// When it was made.
    pub created_at: TimePoint,
    /// When the last statement was rendered that was taken from the person; a statement serves once.
    pub last_statement: TimePoint,
}
