//! Parameters in ricardian contracts and clauses: the ABI carries the finished texts.

use antelope_contract::prelude::*;

/// What the texts below speak of.
mod model {
    /// Names and values.
    pub const TEXTS: &[(&str, &str)] = &[("hours", "48"), ("seats", "64")];
}

/// Without parameters texts stay as they are.
#[contract]
pub mod plain {
    use super::*;

    /// Votes.
    #[action(ricardian = "tests/texts/vote.md")]
    pub fn vote(who: Name) {
        let _ = who;
    }
}

/// The contract.
#[contract(parameters(model::TEXTS))]
pub mod council {
    use super::*;

    /// Votes.
    #[action(ricardian = "tests/texts/vote.md")]
    pub fn vote(who: Name) {
        let _ = who;
    }

    /// Has no text.
    #[action]
    pub fn silent() {}
}

#[test]
fn values_stand_in_the_text() {
    let text = |abi: antelope_contract::types::abi::AbiDef, at: usize| {
        abi.actions[at].ricardian_contract.clone()
    };
    assert_eq!(
        text(council::abi().expect("records"), 1),
        "{{who}} votes within 48 hours; 64 seats, 100 %.\n"
    );
    assert_eq!(text(council::abi().expect("records"), 0), "");
    assert_eq!(
        text(plain::abi().expect("records"), 0),
        "{{who}} votes within %hours% hours; %seats% seats, 100 %%.\n"
    );
}
