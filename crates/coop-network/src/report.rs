//! What is said about the nodes of a network, and about one delegate of any chain.

use crate::error::{During, NetworkError};
use crate::network::DelegateNetwork;
use crate::rounds::{RoundCount, SLOTS, count, slot};
use crate::state::NodeRecord;
use crate::voting::{ElectedSchedule, schedule};
use antelope_rpc_client::{Client, ClientError, Info};
use antelope_types::{Name, TimePoint};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::time::{SystemTime, UNIX_EPOCH};

/// The most rounds that are looked at, so that no more than some thousand blocks are read.
const MOST_ROUNDS: u32 = 100;

/// How often the last blocks are read where that fails: a node that changes to another fork, or is
/// busy with that, may not have the next one.
const TRIES: usize = 3;

/// A network at a moment.
#[derive(Debug, Serialize)]
pub struct NetworkReport {
    /// The highest head of all nodes.
    pub head: u32,
    /// The highest irreversible block of all nodes.
    pub irreversible: u32,
    /// The number of the schedule in effect; 0 where no node tells.
    pub schedule: u32,
    /// The groups of the partition; none while all are connected.
    pub groups: Vec<Vec<String>>,
    /// The nodes.
    pub nodes: Vec<NodeReport>,
    /// What each delegate did in its last rounds, by the chain of the node with the highest head;
    /// empty where it does not tell.
    pub rounds: Vec<RoundCount>,
}

/// A node at a moment.
#[derive(Debug, Serialize)]
pub struct NodeReport {
    /// Its name.
    pub name: String,
    /// The delegate's account; none for `api`.
    pub account: Option<Name>,
    /// The address of its API.
    pub url: String,
    /// Its address for other nodes.
    pub p2p_address: String,
    /// The process; none where it does not run.
    pub process: Option<i32>,
    /// Whether the process runs.
    pub is_alive: bool,
    /// What its chain is; none where it does not answer.
    pub chain: Option<NodeChain>,
    /// The names of the nodes that it is connected with.
    pub peers: Vec<String>,
}

/// The chain of a node.
#[derive(Debug, Serialize)]
pub struct NodeChain {
    /// Its newest block.
    pub head: u32,
    /// The id of that.
    pub head_id: String,
    /// The newest block that cannot be undone.
    pub irreversible: u32,
    /// Who produced the newest block.
    pub producer: Name,
    /// Blocks behind the highest head of all nodes.
    pub behind: u32,
    /// The age of its newest block in milliseconds.
    pub lag_ms: i64,
}

/// How a delegate does, by the chain of one node.
#[derive(Debug, Serialize)]
pub struct DelegateCheck {
    /// The delegate's account.
    pub producer: Name,
    /// Whether it is in the schedule.
    pub is_elected: bool,
    /// What it did in its last rounds; none for one that is not in the schedule.
    pub rounds: Option<RoundCount>,
    /// The newest block of the node.
    pub head: u32,
    /// The age of that in milliseconds.
    pub lag_ms: i64,
    /// Blocks between it and the irreversible one.
    pub reversible: u32,
    /// What is wrong, in words; nothing where all is well.
    pub problems: Vec<String>,
}

impl DelegateNetwork {
    /// Looks at all nodes, and at this many last rounds.
    ///
    /// # Errors
    /// [`NetworkError::Use`] for more than 100 rounds. A node that does not answer is no error.
    pub fn report(&self, rounds: u32) -> Result<NetworkReport, NetworkError> {
        bound(rounds)?;
        let mut seen: Vec<(NodeReport, Option<(Client, Info)>)> = Vec::new();
        for node in &self.state.nodes {
            seen.push(self.look_at(node)?);
        }
        let infos = || seen.iter().filter_map(|(_, chain)| chain.as_ref());
        let head = infos().map(|(_, info)| info.head_block_num).max();
        let irreversible = infos().map(|(_, info)| info.last_irreversible_block_num);
        let best = infos().max_by_key(|(_, info)| info.head_block_num);
        let (elected, counts) = match best {
            Some((client, info)) => (0..TRIES)
                .find_map(|_| last_rounds(client, info, rounds).ok())
                .unwrap_or_default(),
            None => (None, Vec::new()),
        };
        let head = head.unwrap_or(0);
        Ok(NetworkReport {
            head,
            irreversible: irreversible.max().unwrap_or(0),
            schedule: elected.map_or(0, |it| it.version),
            groups: self.state.groups.clone(),
            rounds: counts,
            nodes: seen
                .into_iter()
                .map(|(mut report, _)| {
                    if let Some(chain) = &mut report.chain {
                        chain.behind = head - chain.head;
                    }
                    report
                })
                .collect(),
        })
    }

    /// Looks at one node.
    fn look_at(
        &self,
        node: &NodeRecord,
    ) -> Result<(NodeReport, Option<(Client, Info)>), NetworkError> {
        let process = self.process(node).map(|process| process.id);
        let client = self.impatient_client(node)?;
        let info = match process {
            Some(_) => client.get_info().ok(),
            None => None,
        };
        let report = NodeReport {
            name: node.name.clone(),
            account: node.account,
            url: node.url(),
            p2p_address: node.p2p_address(),
            process,
            is_alive: process.is_some(),
            peers: match &info {
                Some(_) => self.peers_of(&client),
                None => Vec::new(),
            },
            chain: info.as_ref().map(|info| NodeChain {
                head: info.head_block_num,
                head_id: info.head_block_id.to_string(),
                irreversible: info.last_irreversible_block_num,
                producer: info.head_block_producer,
                behind: 0,
                lag_ms: age(info.head_block_time),
            }),
        };
        Ok((report, info.map(|info| (client, info))))
    }

    /// The names of nodes that this one has connections with.
    fn peers_of(&self, client: &Client) -> Vec<String> {
        #[derive(Deserialize)]
        struct Connection {
            connecting: bool,
            last_handshake: Handshake,
        }
        #[derive(Deserialize)]
        struct Handshake {
            /// The address, then ` - ` and the beginning of the node's id.
            p2p_address: String,
        }
        let answer = client.call::<Vec<Connection>>("/v1/net/connections", &json!({}));
        let open = answer
            .unwrap_or_default()
            .into_iter()
            .filter(|it| !it.connecting);
        let open: Vec<_> = open.map(|it| it.last_handshake.p2p_address).collect();
        let is_open = |node: &&NodeRecord| {
            let address = node.p2p_address();
            open.iter().any(|it| it.split(' ').next() == Some(&address))
        };
        let found = self.state.nodes.iter().filter(is_open);
        found.map(|node| node.name.clone()).collect()
    }
}

/// Looks at a delegate through a node of any chain: whether it misses rounds, whether the node is
/// behind, and whether blocks become irreversible. `lag_ms` is how old the newest block may be.
///
/// # Errors
/// [`NetworkError::Use`] for more than 100 rounds, [`NetworkError::Call`] where the node does not
/// answer.
pub fn check(
    url: &str,
    producer: Name,
    rounds: u32,
    lag_ms: i64,
) -> Result<DelegateCheck, NetworkError> {
    bound(rounds)?;
    let what = || format!("ask {url}");
    let client = Client::new(url).during(what)?;
    let info = client.get_info().during(what)?;
    let (elected, counts) = last_rounds(&client, &info, rounds).during(what)?;
    let elected = elected.map(|it| it.producers).unwrap_or_default();
    let mut check = DelegateCheck {
        producer,
        is_elected: elected.contains(&producer),
        rounds: counts.into_iter().find(|it| it.producer == producer),
        head: info.head_block_num,
        lag_ms: age(info.head_block_time),
        reversible: info
            .head_block_num
            .saturating_sub(info.last_irreversible_block_num),
        problems: Vec::new(),
    };
    if !check.is_elected {
        check.problems.push("not in the schedule".to_owned());
    }
    if let Some(count) = check.rounds.as_ref().filter(|it| it.missed_rounds > 0) {
        let problem = format!("{} of {} rounds missed", count.missed_rounds, count.rounds);
        check.problems.push(problem);
    }
    if check.lag_ms > lag_ms {
        check
            .problems
            .push(format!("the newest block is {} ms old", check.lag_ms));
    }
    // Irreversible are blocks that more than two thirds of the delegates have built on twice.
    let usual = SLOTS * (elected.len() as u32 * 2 + 2);
    if check.reversible > usual {
        let problem = format!("{} blocks are not irreversible", check.reversible);
        check.problems.push(problem);
    }
    Ok(check)
}

/// Refuses a number of rounds that would take too long.
fn bound(rounds: u32) -> Result<(), NetworkError> {
    match rounds {
        1..=MOST_ROUNDS => Ok(()),
        _ => Err(NetworkError::Use {
            problem: format!("{rounds} rounds"),
            expected: format!("1 to {MOST_ROUNDS}"),
        }),
    }
}

/// The schedule, and what its delegates did in the last rounds, up to now by this machine's clock.
/// Blocks of an older schedule are left out.
fn last_rounds(
    client: &Client,
    info: &Info,
    rounds: u32,
) -> Result<(Option<ElectedSchedule>, Vec<RoundCount>), ClientError> {
    #[derive(Deserialize)]
    struct BlockInfo {
        timestamp: TimePoint,
        producer: Name,
        schedule_version: u32,
        block_num: u32,
    }
    let elected = schedule(client)?;
    // The slot of now may still get its block.
    let to = slot(now()).saturating_sub(2);
    let length = SLOTS * elected.producers.len() as u32;
    let mut from = to.saturating_sub(rounds * length) / SLOTS * SLOTS;
    let mut blocks = Vec::new();
    let mut number = info.head_block_num;
    while number > 1 {
        let request = json!({ "block_num": number });
        let block: BlockInfo = client.call("/v1/chain/get_block_info", &request)?;
        let slot = slot(block.timestamp);
        if slot < from {
            break;
        }
        if block.schedule_version != elected.version {
            from = from.max(slot + 1);
            break;
        }
        blocks.push((slot, block.producer));
        number = block.block_num - 1;
    }
    let counts = count(&elected.producers, &blocks, from, to);
    Ok((Some(elected), counts))
}

/// The time of this machine.
fn now() -> TimePoint {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let micros = since.map_or(0, |it| it.as_micros());
    TimePoint::from_micros(i64::try_from(micros).unwrap_or(i64::MAX))
}

/// The age of a block in milliseconds.
fn age(time: TimePoint) -> i64 {
    (now().micros() - time.micros()) / 1000
}
