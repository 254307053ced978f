//! Networks by name: where their nodes are, which chain they are, and whether what is done there counts.
//!
//! | name | chain id | production |
//! |---|---|---|
//! | `local` | of whatever node listens on 127.0.0.1:8888 | no |
//! | `jungle4`, `kylin`, `telos-testnet`, `wax-testnet` | fixed, see [`known`] | no |
//! | `eos`, `telos`, `wax` | fixed | yes |
//! | any other | in the configuration, see [`Configuration`] | as it says |
//!
//! A chain id that is fixed is compared with the node's before anything is signed, so that a wrong
//! address cannot move anything on another chain.

mod configuration;
pub(crate) mod known;

pub use configuration::{Configuration, configuration_folder};
pub use known::known;

use antelope_types::Checksum256;
use serde::{Deserialize, Serialize};

/// The name that is used where neither arguments nor the configuration name a network.
pub const DEFAULT: &str = "local";

/// A network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Network {
    /// Addresses of nodes, the first to ask first.
    pub urls: Vec<String>,
    /// Its chain; none for one that is not known beforehand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chain_id: Option<Checksum256>,
    /// Whether what is done there counts: every transaction is then confirmed twice.
    #[serde(default)]
    pub production: bool,
    /// What a link to a transaction in a block explorer begins with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explorer: Option<String>,
}

impl Network {
    /// A network of one address whose chain is not known.
    pub fn of_url(url: impl Into<String>) -> Self {
        Self {
            urls: vec![url.into()],
            chain_id: None,
            production: false,
            explorer: None,
        }
    }
}
