//! Which chain the story is played on.

use serde::Serialize;
use std::str::FromStr;

/// What runs the chain that the story is played on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum NodeKind {
    /// The chain of this process, whose clock the story moves.
    #[default]
    Embedded,
    /// A real node.
    Nodeos,
}

impl FromStr for NodeKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "embedded" => Ok(Self::Embedded),
            "nodeos" => Ok(Self::Nodeos),
            _ => Err(format!(
                "unknown chain {text:?}, expected embedded or nodeos"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chains_have_names() {
        assert_eq!("embedded".parse(), Ok(NodeKind::Embedded));
        assert_eq!("nodeos".parse(), Ok(NodeKind::Nodeos));
        assert!("both".parse::<NodeKind>().is_err());
    }
}
