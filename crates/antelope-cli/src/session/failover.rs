//! Several nodes of one chain as one: a node that does not answer is left for the next.

use super::freshness::is_behind;
use crate::progress::Progress;
use antelope_rpc_client::{Answer, Client, ClientError, Info, Transport};
use antelope_types::rpc::ErrorAnswer;
use antelope_types::{Checksum256, TimePoint};
use serde::de::IgnoredAny;
use std::cmp::Reverse;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::SystemTime;

/// The way to the first node that answers. It stays with it until it fails.
///
/// A call that got no answer is sent to the next node, unless it sends a transaction: whoever sent that
/// has to know that it may have arrived. The next attempt then goes to the next node. The answer of a proxy
/// whose node is down or slow counts as none, as does what is not a node's: behind a 504 the node may have
/// executed the transaction.
///
/// Where there are several nodes, each is asked for its chain and its head before its first call, and every
/// answer about them is looked at. A node of another chain than the network's, or than that of the node that
/// answered first, is never used. One whose head is old is used where the others fail, the youngest head
/// first.
#[derive(Debug)]
pub(super) struct Failover {
    nodes: Vec<Node>,
    /// The node that answered last.
    current: AtomicUsize,
    /// The chain that all nodes must be of: that of the network, or of the node that answered first.
    chain_id: OnceLock<Checksum256>,
    /// Nobody is told that a node is slow.
    quiet: bool,
}

/// One of the nodes.
#[derive(Debug)]
struct Node {
    client: Client,
    /// What it has said about itself.
    standing: Mutex<Option<Standing>>,
    /// How often it has failed since it last answered.
    failures: AtomicUsize,
}

/// What a node says about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Fresh,
    /// Its head is of this time, long ago.
    Behind(TimePoint),
    /// It is of this other chain.
    Foreign(Checksum256),
}

/// The call that tells the chain and its head.
const INFO: &str = "/v1/chain/get_info";

/// How often a node may fail before those that are behind are tried first.
const FAILURES: usize = 2;

impl Node {
    fn new(client: Client) -> Self {
        Self {
            client,
            standing: Mutex::default(),
            failures: AtomicUsize::new(0),
        }
    }

    /// What it has said about itself; nothing before it was met.
    fn standing(&self) -> Option<Standing> {
        *self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps what it says about itself; what it said before.
    fn says(&self, standing: Standing) -> Option<Standing> {
        let mut kept = self.standing.lock().unwrap_or_else(PoisonError::into_inner);
        kept.replace(standing)
    }

    /// In which order it is tried: the lower, the sooner.
    fn rank(&self) -> (u8, Reverse<TimePoint>) {
        let behind = match self.standing() {
            Some(Standing::Behind(head)) => Some(head),
            _ => None,
        };
        let head = Reverse(behind.unwrap_or_default());
        match (self.failures.load(Ordering::Relaxed), behind) {
            (FAILURES.., _) => (2, head),
            (_, Some(_)) => (1, head),
            (_, None) => (0, head),
        }
    }

    fn failed(&self) {
        self.failures.fetch_add(1, Ordering::Relaxed);
    }
}

impl Failover {
    /// Over nodes in the order in which they are to be tried; there must be one. They must be of this
    /// chain, where the network has one.
    pub(super) fn over(nodes: Vec<Client>, chain_id: Option<Checksum256>, quiet: bool) -> Self {
        Self {
            nodes: nodes.into_iter().map(Node::new).collect(),
            current: AtomicUsize::new(0),
            chain_id: chain_id.map_or_else(OnceLock::new, OnceLock::from),
            quiet,
        }
    }

    /// The node to try next, of those that were not tried yet.
    fn next(&self, tried: &[bool]) -> Option<usize> {
        let (count, first) = (self.nodes.len(), self.current.load(Ordering::Relaxed));
        let ring = (0..count).map(|step| (first + step) % count);
        let is_left = |number: &usize| {
            let standing = self.nodes[*number].standing();
            !tried[*number] && !matches!(standing, Some(Standing::Foreign(_)))
        };
        // The first of those of the lowest rank.
        ring.filter(is_left)
            .min_by_key(|number| self.nodes[*number].rank())
    }

    /// What a node says about itself by an answer of `get_info`.
    fn standing_by(&self, info: &Info) -> Standing {
        if *self.chain_id.get_or_init(|| info.chain_id) != info.chain_id {
            return Standing::Foreign(info.chain_id);
        }
        match is_behind(SystemTime::now(), info.head_block_time) {
            true => Standing::Behind(info.head_block_time),
            false => Standing::Fresh,
        }
    }

    /// Whether a node can be used before those that were not tried, now that it was asked for its chain and
    /// its head if it had not told them yet. The only node always can: whoever is about to sign compares its
    /// chain.
    fn is_met(&self, number: usize) -> Result<bool, ClientError> {
        let node = &self.nodes[number];
        if self.nodes.len() == 1 || node.standing().is_some() {
            return Ok(true);
        }
        let standing = self.standing_by(&node.client.get_info()?);
        node.says(standing);
        Ok(standing == Standing::Fresh)
    }

    /// Whether an answer of `get_info` puts other nodes before this one, or excludes it.
    fn is_overtaken(&self, number: usize, answer: &Answer) -> bool {
        let Ok(info) = serde_json::from_slice::<Info>(&answer.body) else {
            return false;
        };
        let standing = self.standing_by(&info);
        let before = self.nodes[number].says(standing);
        match standing {
            Standing::Fresh => false,
            Standing::Behind(_) => !matches!(before, Some(Standing::Behind(_))),
            Standing::Foreign(_) => true,
        }
    }

    /// A node of another chain and that chain, where no other kind has answered.
    fn foreign(&self) -> Option<(&Node, Checksum256)> {
        let mut foreign = None;
        for node in &self.nodes {
            match node.standing() {
                Some(Standing::Foreign(found)) => foreign = Some((node, found)),
                Some(_) => return None,
                None => {}
            }
        }
        foreign
    }
}

impl Transport for Failover {
    fn address(&self) -> &str {
        let current = self.current.load(Ordering::Relaxed);
        self.nodes[current].client.url()
    }

    fn post(&self, path: &str, body: &[u8]) -> Result<Answer, ClientError> {
        let mut last = None;
        let mut tried = vec![false; self.nodes.len()];
        let mut is_first_round = true;
        let progress = Progress::begin(self.quiet, "");
        loop {
            let Some(number) = self.next(&tried) else {
                if !is_first_round || sends(path) {
                    break;
                }
                // Whoever has ever answered is asked once more.
                is_first_round = false;
                for (node, tried) in self.nodes.iter().zip(&mut tried) {
                    *tried = node.standing().is_none();
                }
                continue;
            };
            let node = &self.nodes[number];
            progress.tell(format!("waiting for {}", node.client.url()));
            if path != INFO {
                match self.is_met(number) {
                    Ok(true) => {}
                    Ok(false) => continue,
                    Err(error) => {
                        node.failed();
                        tried[number] = true;
                        last = Some(Err(error));
                        continue;
                    }
                }
            }
            tried[number] = true;
            let answered = node.client.post(path, body);
            let good = answered.as_ref().ok().filter(|it| is_of_a_node(it));
            if let Some(answer) = good {
                if path == INFO && self.nodes.len() > 1 && self.is_overtaken(number, answer) {
                    tried[number] = false;
                    continue;
                }
                node.failures.store(0, Ordering::Relaxed);
                self.current.store(number, Ordering::Relaxed);
                return answered;
            }
            node.failed();
            if sends(path) {
                self.current
                    .store((number + 1) % self.nodes.len(), Ordering::Relaxed);
                let answer = answered?;
                return Err(ClientError::Transport {
                    url: format!("{}{path}", node.client.url()),
                    problem: match is_of_a_proxy(answer.status) {
                        true => format!("status {} of a proxy", answer.status),
                        false => format!("status {}, and no answer of a node", answer.status),
                    },
                    timed_out: answer.status == 504,
                });
            }
            last = Some(answered);
        }
        match (self.foreign(), last) {
            // Whoever is about to sign is told by it that the chain is another.
            (Some((node, _)), _) if path == INFO => node.client.post(path, body),
            (Some((node, found)), _) => Err(ClientError::Shape {
                url: format!("{}{path}", node.client.url()),
                problem: format!("the node is of another chain: {found}"),
            }),
            (None, Some(last)) => last,
            (None, None) => Err(ClientError::Transport {
                url: path.to_owned(),
                problem: format!("none of {} nodes answers", self.nodes.len()),
                timed_out: false,
            }),
        }
    }
}

/// What the problem of an answer begins with where the nodes that answer are of another chain.
pub(crate) const OTHER_CHAIN: &str = "the node is of another chain:";

/// Whether an answer is a node's: JSON, and with another status than 2xx the error of a node.
fn is_of_a_node(answer: &Answer) -> bool {
    match answer.status {
        status if is_of_a_proxy(status) => false,
        200..300 => serde_json::from_slice::<IgnoredAny>(&answer.body).is_ok(),
        _ => serde_json::from_slice::<ErrorAnswer>(&answer.body).is_ok(),
    }
}

/// Whether a status is that of a proxy in front of a node that is down, slow or busy.
pub(crate) fn is_of_a_proxy(status: u16) -> bool {
    matches!(status, 502..=504 | 429)
}

/// Whether a call sends a transaction that may last.
fn sends(path: &str) -> bool {
    [
        "send_transaction",
        "send_transaction2",
        "push_transaction",
        "push_transactions",
    ]
    .iter()
    .any(|call| path.strip_prefix("/v1/chain/") == Some(call))
}

#[cfg(test)]
mod tests;
