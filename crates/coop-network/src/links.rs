//! Who is connected with whom.
//!
//! Of two nodes the later one dials the earlier, so that there is one connection between them. A
//! partition closes the connections between its groups by the nodes' own API, which also makes them
//! forget the address; nodes that are started meanwhile get only the peers of their group.

use crate::error::{During, NetworkError};
use crate::network::DelegateNetwork;
use crate::state::{NetworkState, NodeRecord};
use serde_json::{Value, json};

impl NetworkState {
    /// Whether these nodes are in one group.
    pub(crate) fn connects(&self, one: &str, other: &str) -> bool {
        let group = |name: &str| {
            let has = |group: &Vec<String>| group.iter().any(|it| it == name);
            self.groups.iter().position(has)
        };
        self.groups.is_empty() || group(one) == group(other)
    }

    /// The addresses that a node dials: of the nodes before it, in its group.
    pub(crate) fn peers(&self, node: &NodeRecord) -> Vec<String> {
        let before = self.nodes.iter().take_while(|it| it.name != node.name);
        let peers = before.filter(|it| self.connects(&it.name, &node.name));
        peers.map(NodeRecord::p2p_address).collect()
    }

    /// The groups of a partition from text such as `a,b|c,d,e`. Nodes that are not named belong to
    /// the last group.
    pub(crate) fn parse_groups(&self, text: &str) -> Result<Vec<Vec<String>>, NetworkError> {
        let mut groups: Vec<Vec<String>> = Vec::new();
        let mut named: Vec<&str> = Vec::new();
        for group in text.split('|') {
            let names = group.split(',').map(str::trim).filter(|it| !it.is_empty());
            let names: Vec<_> = names.collect();
            for name in &names {
                self.node(name)?;
                if named.contains(name) {
                    return Err(NetworkError::Use {
                        problem: format!("node `{name}` is named twice"),
                        expected: "each node in one group".to_owned(),
                    });
                }
                named.push(name);
            }
            if !names.is_empty() {
                groups.push(names.into_iter().map(str::to_owned).collect());
            }
        }
        match groups.last_mut() {
            Some(last) => {
                let rest = self.nodes.iter().map(|it| &it.name);
                last.extend(rest.filter(|it| !named.contains(&it.as_str())).cloned());
            }
            None => groups.clear(),
        }
        if groups.len() < 2 {
            return Err(NetworkError::Use {
                problem: format!("`{text}` names {} group", groups.len()),
                expected: "two groups or more, such as a,b|c,d,e".to_owned(),
            });
        }
        Ok(groups)
    }
}

impl DelegateNetwork {
    /// Cuts the connections between groups of nodes, given as `a,b|c,d,e`; nodes that are not named
    /// belong to the last group. Replaces an earlier partition.
    ///
    /// # Errors
    /// [`NetworkError::Use`], [`NetworkError::Call`].
    pub fn cut(&mut self, groups: &str) -> Result<(), NetworkError> {
        self.need()?;
        let groups = self.state.parse_groups(groups)?;
        let text: Vec<_> = groups.iter().map(|group| group.join(",")).collect();
        self.state.groups = groups;
        self.state.write(&self.folder)?;
        self.connect()?;
        self.tell(&format!("cut: {}", text.join(" | ")));
        Ok(())
    }

    /// Connects all nodes again.
    ///
    /// # Errors
    /// [`NetworkError::Call`].
    pub fn heal(&mut self) -> Result<(), NetworkError> {
        self.need()?;
        self.state.groups.clear();
        self.state.write(&self.folder)?;
        self.connect()?;
        self.tell("healed: all nodes are connected");
        Ok(())
    }

    /// Makes the nodes that run dial those they should, and leave the others.
    fn connect(&self) -> Result<(), NetworkError> {
        for (place, node) in self.state.nodes.iter().enumerate() {
            if !self.runs(node) {
                continue;
            }
            for peer in &self.state.nodes[..place] {
                let is_wanted = self.state.connects(&node.name, &peer.name);
                self.dial(node, &peer.p2p_address(), is_wanted)?;
            }
        }
        Ok(())
    }

    /// Makes a node connect to an address, or forget it. Doing so again changes nothing.
    pub(crate) fn dial(
        &self,
        node: &NodeRecord,
        address: &str,
        is_wanted: bool,
    ) -> Result<(), NetworkError> {
        let path = match is_wanted {
            true => "/v1/net/connect",
            false => "/v1/net/disconnect",
        };
        let client = self.client(node)?;
        client
            .call::<Value>(path, &json!(address))
            .during(|| format!("{path} {address} at node {}", node.name))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::delegate;

    fn state() -> NetworkState {
        let node = |name: &str| NodeRecord {
            name: name.to_owned(),
            account: delegate(name).ok(),
            http_port: 1,
            p2p_port: u16::from(name.as_bytes()[0]),
            snapshot: None,
        };
        NetworkState {
            is_booted: true,
            nodes: ["a", "b", "c", "api"].map(node).to_vec(),
            ..NetworkState::default()
        }
    }

    #[test]
    fn who_is_not_named_belongs_to_the_last_group() {
        let mut state = state();
        state.groups = state.parse_groups(" a | b ").unwrap();
        assert_eq!(state.groups, [vec!["a"], vec!["b", "c", "api"]]);
        assert!(!state.connects("a", "b") && state.connects("api", "c"));
        assert_eq!(state.peers(state.node("c").unwrap()), ["127.0.0.1:98"]);
        state.groups.clear();
        assert_eq!(state.peers(state.node("c").unwrap()).len(), 2);
    }

    #[test]
    fn wrong_groups_are_told() {
        for (text, problem) in [
            ("a,b", "names 1 group"),
            ("", "names 0 group"),
            ("a|b,a", "named twice"),
            ("a|z", "no node `z`"),
        ] {
            let error = state().parse_groups(text).unwrap_err().to_string();
            assert!(error.contains(problem), "{text}: {error}");
        }
    }
}
