//! What a new chain begins with.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What a new chain begins with. The genesis is that of a node without a genesis file: wallets know
/// one chain id for all of them. With a producer key of one's own the id is another. All protocol
/// features are active from the first block on, unless it says otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Boot {
    /// The three contracts and a cooperative with people and an agenda, see
    /// [`coop_demo::found_sample`].
    #[default]
    Sample,
    /// The three contracts.
    Contracts,
    /// `eosio.system`, `eosio.token`, `eosio.msig` and `eosio.wrap` from the node's package, as on a
    /// public chain: RAM is bought, CPU and NET are staked for, and the protocol features of Leap 4
    /// are activated by blocks, which a real node can replay.
    System,
    /// The account `eosio` and nothing else.
    Empty,
}

impl Boot {
    /// Its name in arguments.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sample => "sample",
            Self::Contracts => "contracts",
            Self::System => "system",
            Self::Empty => "empty",
        }
    }
}

impl fmt::Display for Boot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Boot {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let all = [Self::Sample, Self::Contracts, Self::System, Self::Empty];
        let found = all.into_iter().find(|boot| boot.name() == text);
        found.ok_or_else(|| format!("expected sample, contracts, system or empty, not {text:?}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_and_others_are_refused_with_the_choice() {
        for boot in [Boot::Sample, Boot::Contracts, Boot::System, Boot::Empty] {
            assert_eq!(boot.to_string().parse(), Ok(boot));
        }
        let error = "full".parse::<Boot>().unwrap_err();
        assert!(
            error.contains("sample, contracts, system or empty"),
            "{error}"
        );
    }
}
