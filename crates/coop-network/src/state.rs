//! What is known of a network between commands: `network.json` in its folder.
//!
//! | in the folder | |
//! |---|---|
//! | `network.json` | nodes with their ports, the partition, whether the chain is booted |
//! | `lock` | locked while a command changes the network |
//! | `genesis.json` | the genesis that nodes begin with |
//! | `development-keys/` | private keys, mode 0600: of producers, accounts and token holders |
//! | `nodes/NAME/` | configuration, blocks, state, log and process id of a node |
//! | `snapshots/` | snapshots that joining nodes began with |

use crate::error::{During, NetworkError};
use antelope_types::Name;
use serde::{Deserialize, Serialize};
use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;

/// The node that produces nothing.
pub(crate) const API: &str = "api";
/// The delegates of a new network.
pub(crate) const DELEGATES: [&str; 5] = ["a", "b", "c", "d", "e"];
/// The file.
const FILE: &str = "network.json";

/// A network as its folder describes it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct NetworkState {
    /// Whether the delegates are elected and produce. A network that was interrupted before is made
    /// anew.
    pub is_booted: bool,
    /// The nodes, in the order in which they are started.
    pub nodes: Vec<NodeRecord>,
    /// The groups of a partition, by names of nodes; empty while all are connected.
    pub groups: Vec<Vec<String>>,
    /// How many milliseconds the wall clocks of all nodes are ahead of the machine's.
    #[serde(default)]
    pub clock_ahead_ms: i64,
}

/// A node of the network.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NodeRecord {
    /// A letter, or `api`.
    pub name: String,
    /// The delegate's account; none for `api`.
    pub account: Option<Name>,
    /// The port of its HTTP API on loopback.
    pub http_port: u16,
    /// The port for other nodes on loopback.
    pub p2p_port: u16,
    /// The file in `snapshots` that it began with; none for one that began with the genesis.
    pub snapshot: Option<String>,
}

impl NodeRecord {
    /// A node with free ports.
    pub(crate) fn new(name: &str, account: Option<Name>) -> Result<Self, NetworkError> {
        let [http_port, p2p_port] = free_ports()?;
        Ok(Self {
            name: name.to_owned(),
            account,
            http_port,
            p2p_port,
            snapshot: None,
        })
    }

    /// The address of its HTTP API.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.http_port)
    }

    /// The address for other nodes.
    #[must_use]
    pub fn p2p_address(&self) -> String {
        format!("127.0.0.1:{}", self.p2p_port)
    }
}

impl NetworkState {
    /// Reads the state; the default where there is none.
    pub(crate) fn read(folder: &Path) -> Result<Self, NetworkError> {
        let path = folder.join(FILE);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self::default());
            }
            Err(source) => {
                let what = format!("read {}", path.display());
                return Err(NetworkError::Io { what, source });
            }
        };
        serde_json::from_str(&text).map_err(|error| NetworkError::Damaged {
            path,
            problem: error.to_string(),
        })
    }

    /// Writes the state, whole or not at all.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), NetworkError> {
        let path = folder.join(FILE);
        let new = folder.join("network.json.new");
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        fs::write(&new, text + "\n").during(|| format!("write {}", new.display()))?;
        fs::rename(&new, &path).during(|| format!("write {}", path.display()))
    }

    /// The node of that name.
    ///
    /// # Errors
    /// [`NetworkError::Use`] with the names that there are.
    pub fn node(&self, name: &str) -> Result<&NodeRecord, NetworkError> {
        let found = self.nodes.iter().find(|node| node.name == name);
        found.ok_or_else(|| {
            let names: Vec<_> = self.nodes.iter().map(|node| &*node.name).collect();
            NetworkError::Use {
                problem: format!("no node `{name}`"),
                expected: format!("one of {}", names.join(", ")),
            }
        })
    }

    /// The delegates' accounts, of nodes with these names.
    pub(crate) fn accounts(&self, names: &[String]) -> Result<Vec<Name>, NetworkError> {
        let account = |name: &String| {
            self.node(name)?.account.ok_or_else(|| NetworkError::Use {
                problem: format!("node `{name}` is not a delegate's"),
                expected: "a delegate's node".to_owned(),
            })
        };
        let mut accounts = names.iter().map(account).collect::<Result<Vec<_>, _>>()?;
        // The system contract wants them in the order of their values, each once.
        accounts.sort_unstable();
        accounts.dedup();
        Ok(accounts)
    }
}

/// The account of the delegate whose node has this letter, such as `delegateaaaa`. It has twelve
/// characters, so that anyone may create it.
pub(crate) fn delegate(letter: &str) -> Result<Name, NetworkError> {
    let is_letter = letter.len() == 1 && letter.bytes().all(|it| it.is_ascii_lowercase());
    let name = is_letter.then(|| Name::parse(&format!("delegate{}", letter.repeat(4))).ok());
    name.flatten().ok_or_else(|| NetworkError::Use {
        problem: format!("`{letter}` is no name for a delegate's node"),
        expected: "one letter a–z".to_owned(),
    })
}

/// Different ports that were free a moment ago. All are bound before any is released.
pub(crate) fn free_ports() -> Result<[u16; 2], NetworkError> {
    let ports = || -> std::io::Result<[u16; 2]> {
        let bind = || TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
        let sockets = [bind()?, bind()?];
        Ok([
            sockets[0].local_addr()?.port(),
            sockets[1].local_addr()?.port(),
        ])
    };
    ports().during(|| "find free ports".to_owned())
}

/// Whether a port is free now.
pub(crate) fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delegates_have_names_that_anyone_may_create() {
        assert_eq!(delegate("f").unwrap().to_string(), "delegateffff");
        for wrong in ["", "ff", "A", "1", "é"] {
            assert!(
                matches!(delegate(wrong), Err(NetworkError::Use { .. })),
                "{wrong}"
            );
        }
    }

    #[test]
    fn a_state_is_read_as_it_was_written_and_a_damaged_one_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!NetworkState::read(folder.path()).unwrap().is_booted);
        let mut state = NetworkState {
            is_booted: true,
            ..NetworkState::default()
        };
        state
            .nodes
            .push(NodeRecord::new("a", delegate("a").ok()).unwrap());
        state.write(folder.path()).unwrap();
        let read = NetworkState::read(folder.path()).unwrap();
        assert_eq!(read.node("a").unwrap().url(), state.nodes[0].url());
        let error = read.node("z").unwrap_err().to_string();
        assert_eq!(error, "no node `z`; expected one of a");
        fs::write(folder.path().join(FILE), "{").unwrap();
        let error = NetworkState::read(folder.path()).unwrap_err();
        assert!(matches!(error, NetworkError::Damaged { .. }), "{error}");
    }
}
