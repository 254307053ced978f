//! Exit codes.

use std::process::ExitCode;

/// How a command ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done.
    #[default]
    Success = 0,
    /// It failed, or something required is missing.
    Failure = 1,
    /// The arguments or the input are wrong; nothing was started. clap ends with the same code.
    WrongUse = 2,
    /// The user or the command's own caution said no: a question was answered with no, or a step that
    /// must be confirmed was not. Nothing was sent.
    Declined = 3,
    /// What was asked for does not exist: an account, a table, a transaction, a key.
    NotFound = 4,
    /// No usable answer from the network. What was sent may have arrived.
    Network = 5,
    /// The chain refused: a contract's check, a missing authority, a limit.
    Rejected = 6,
    /// It was sent, and what became of it was not known in the time allowed.
    Unconfirmed = 7,
    /// The command worked, and the result is not what was expected: a file that is out of date, a limit
    /// that is exceeded, code that differs.
    Mismatch = 8,
}

impl From<Exit> for u8 {
    fn from(exit: Exit) -> Self {
        exit as Self
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(u8::from(exit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scripts depend on these numbers.
    #[test]
    fn codes_stay_as_they_are() {
        let all = [
            Exit::Success,
            Exit::Failure,
            Exit::WrongUse,
            Exit::Declined,
            Exit::NotFound,
            Exit::Network,
            Exit::Rejected,
            Exit::Unconfirmed,
            Exit::Mismatch,
        ];
        assert_eq!(all.map(u8::from), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
    }
}
