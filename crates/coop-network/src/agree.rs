//! Whether the nodes agree: on a block, and on everything that contracts and accounts have.

use crate::error::{During, NetworkError};
use crate::network::DelegateNetwork;
use antelope_types::Checksum256;
use serde::Deserialize;
use serde_json::json;
use std::collections::{HashMap, HashSet};

impl DelegateNetwork {
    /// The number of the newest block at the node that answers the public.
    ///
    /// # Errors
    /// [`NetworkError::Call`].
    pub fn head(&self) -> Result<u32, NetworkError> {
        let info = self.public_client()?.get_info();
        Ok(info
            .during(|| "ask for the head".to_owned())?
            .head_block_num)
    }

    /// The number of the newest block of all nodes that answer; 0 where none does.
    pub(crate) fn highest_head(&self) -> u32 {
        let clients = self
            .state
            .nodes
            .iter()
            .filter_map(|it| self.impatient_client(it).ok());
        let heads = clients.filter_map(|it| it.get_info().ok());
        heads.map(|it| it.head_block_num).max().unwrap_or(0)
    }

    /// Waits until a block is irreversible at all nodes that run.
    ///
    /// # Errors
    /// [`NetworkError::Waited`] after ten minutes.
    pub fn wait_until_irreversible(&self, number: u32) -> Result<(), NetworkError> {
        self.wait("all nodes to have everything irreversible", || {
            for node in self.state.nodes.iter().filter(|node| self.runs(node)) {
                let client = self.client(node).map_err(|it| it.to_string())?;
                let info = client.get_info().map_err(|it| it.to_string())?;
                let irreversible = info.last_irreversible_block_num;
                if irreversible < number {
                    return Err(format!("{irreversible} of {number} at {}", node.name));
                }
            }
            Ok(())
        })
    }

    /// Whether all nodes that run have the same state, once they have the same head: the hash that a node
    /// computes over all accounts, permissions, rows of all tables, and limits.
    ///
    /// # Errors
    /// [`NetworkError::Waited`] where the nodes are at no common block within ten minutes.
    pub fn is_one_state(&self) -> Result<bool, NetworkError> {
        #[derive(Deserialize)]
        struct Answer {
            head_block_id: Checksum256,
            integrity_hash: Checksum256,
        }
        // By head: which nodes have told, and what.
        let mut told: HashMap<Checksum256, (HashSet<&str>, HashSet<Checksum256>)> = HashMap::new();
        let running: Vec<_> = self.state.nodes.iter().filter(|it| self.runs(it)).collect();
        self.wait("all nodes to have the same head", || {
            for node in &running {
                let client = self.client(node).map_err(|it| it.to_string())?;
                let answer = client.call("/v1/producer/get_integrity_hash", &json!({}));
                let answer: Answer = answer.map_err(|it| it.to_string())?;
                let (nodes, hashes) = told.entry(answer.head_block_id).or_default();
                nodes.insert(&node.name);
                hashes.insert(answer.integrity_hash);
                if hashes.len() > 1 {
                    return Ok(false);
                }
                if nodes.len() == running.len() {
                    return Ok(true);
                }
            }
            let most = told.values().map(|(nodes, _)| nodes.len()).max();
            Err(format!("{} of {}", most.unwrap_or(0), running.len()))
        })
    }
}
