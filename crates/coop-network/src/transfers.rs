//! Transfers that are sent while something breaks, and what became of each: looked up in the irreversible
//! blocks afterwards.

use crate::error::{During, NetworkError};
use crate::network::DelegateNetwork;
use crate::rounds::slot;
use crate::voting::{HOLDERS, TOKEN, action};
use crate::{keys, state::API};
use antelope_rpc_client::{Client, ClientError, TransactionOptions, transaction};
use antelope_types::{Checksum256, Name, PrivateKey, SignedTransaction, TimePoint, name};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Blocks of a round of everybody and some more.
pub(crate) const ROUND: u32 = 60;
/// The pause between two transfers.
const BETWEEN: Duration = Duration::from_millis(250);
/// How often it is looked which block is irreversible.
const LOOK: Duration = Duration::from_millis(250);
/// How often clients send again what is in no block, and how long they wait before.
const AGAIN: u32 = 3;
const BEFORE_AGAIN: Duration = Duration::from_secs(8);
/// The most transfers of one fault.
const MOST: usize = 10_000;

/// What a fault did.
#[derive(Debug, Clone, Serialize)]
pub struct FaultReport {
    /// What was broken.
    pub fault: String,
    /// Transfers sent.
    pub sent: usize,
    /// Those that a node has acknowledged: executed, not yet irreversible.
    pub acknowledged: usize,
    /// Acknowledged ones that are in no irreversible block.
    pub lost: usize,
    /// Those that no node has acknowledged, and that are in an irreversible block all the same.
    pub unacknowledged: usize,
    /// Those that are in more than one block.
    pub doubled: usize,
    /// Half seconds without a block, at most, in a row.
    pub longest_gap: u32,
    /// Blocks that became irreversible while the fault lasted.
    pub irreversible: u32,
    /// Seconds from sending a transfer to its block being irreversible, for half of them.
    pub p50_s: f64,
    /// The same for 99 of 100.
    pub p99_s: f64,
    /// How many of the transfers are in blocks of each delegate.
    pub carried: BTreeMap<Name, usize>,
    /// Whether all nodes have the same state at the end, by its hash at the same block.
    pub is_equal: bool,
}

/// How transfers go to nodes.
#[derive(Clone, Copy)]
pub(crate) enum Route {
    /// To the first of them; to the next where it does not answer.
    First,
    /// The same transaction to all of them.
    All,
}

/// How transfers are sent.
pub(crate) struct Load<'a> {
    /// The nodes.
    pub(crate) nodes: &'a [&'a str],
    pub(crate) route: Route,
    /// How long a transaction may wait for its block.
    pub(crate) expires_in: Duration,
    /// Whether what is in no block after the fault is sent again, the same transaction.
    pub(crate) again: bool,
}

impl<'a> Load<'a> {
    /// Each once, to the first of these nodes that answers.
    pub(crate) fn at(nodes: &'a [&'a str]) -> Self {
        Self {
            nodes,
            route: Route::First,
            expires_in: Duration::from_secs(60),
            again: false,
        }
    }
}

/// A transfer that was sent.
struct Transfer {
    id: Checksum256,
    signed: SignedTransaction,
    is_acknowledged: bool,
    at: Instant,
}

/// Where a transaction is.
#[derive(Default)]
struct InBlocks {
    times: u32,
    block: u32,
    producer: Name,
}

impl DelegateNetwork {
    /// Sends transfers while `work` breaks and mends something, and looks them up once everything
    /// sent is irreversible or expired.
    pub(crate) fn under_load(
        &mut self,
        fault: &str,
        load: &Load<'_>,
        work: impl FnOnce(&mut Self) -> Result<(), NetworkError>,
    ) -> Result<FaultReport, NetworkError> {
        self.tell(&format!("── {fault}"));
        let clients = load
            .nodes
            .iter()
            .map(|name| self.client(self.state.node(name)?));
        let clients = clients.collect::<Result<Vec<_>, _>>()?;
        // Those who are looked at, one after the other, where the first does not answer.
        let witnesses = [API, "a", "e"].map(|name| self.impatient_client(self.state.node(name)?));
        let witnesses = witnesses.into_iter().collect::<Result<Vec<_>, _>>()?;
        let all = self.state.nodes.iter().map(|node| self.client(node));
        let all = all.collect::<Result<Vec<_>, _>>()?;
        let key = keys::read(&self.folder, HOLDERS[1])?;
        let public = self.public_client()?;
        let info = |client: &Client| client.get_info().during(|| "ask for the head".to_owned());
        let before = info(&public)?;
        let (is_mended, is_over) = (AtomicBool::new(false), AtomicBool::new(false));
        let seen = Mutex::new(Vec::new());
        let done = thread::scope(|scope| {
            scope.spawn(|| watch(&witnesses, &seen, &is_over));
            let sender = scope.spawn(|| send(&clients, &key, load, &is_mended));
            let worked = work(self);
            is_mended.store(true, Ordering::Relaxed);
            let transfers = sender.join().unwrap_or_default();
            let ended = worked.and_then(|()| {
                let mended = info(&public)?;
                if load.again {
                    send_again(&public, &all, &transfers);
                }
                // What was sent last has expired a minute later, 120 blocks, or is in a block. A node that has
                // just come back is behind.
                let last = self.highest_head() + 2 * ROUND;
                self.wait_until_irreversible(last)?;
                Ok((mended, last))
            });
            is_over.store(true, Ordering::Relaxed);
            ended.map(|ended| (ended, transfers))
        });
        let ((mended, last), transfers) = done?;
        let (found, longest_gap) = blocks(&public, before.head_block_num, last)
            .during(|| "read the blocks of a fault".to_owned())?;
        let times = |it: &Transfer| found.get(&it.id).map_or(0, |it| it.times);
        let count = |is: &dyn Fn(&Transfer, u32) -> bool| {
            transfers.iter().filter(|it| is(it, times(it))).count()
        };
        let mut carried = BTreeMap::new();
        for place in transfers.iter().filter_map(|it| found.get(&it.id)) {
            *carried.entry(place.producer).or_default() += 1;
        }
        let waits = waits(&transfers, &found, &seen.into_inner().unwrap_or_default());
        let irreversible = mended.last_irreversible_block_num;
        let report = FaultReport {
            fault: fault.to_owned(),
            sent: transfers.len(),
            acknowledged: count(&|it, _| it.is_acknowledged),
            lost: count(&|it, times| it.is_acknowledged && times == 0),
            unacknowledged: count(&|it, times| !it.is_acknowledged && times > 0),
            doubled: count(&|_, times| times > 1),
            longest_gap,
            irreversible: irreversible.saturating_sub(before.last_irreversible_block_num),
            p50_s: quantile(&waits, 50),
            p99_s: quantile(&waits, 99),
            carried,
            is_equal: self.is_one_state()?,
        };
        self.tell(&format!(
            "{} sent, {} acknowledged, {} lost, {} doubled; irreversible after {} s, 99 % after {} s",
            report.sent,
            report.acknowledged,
            report.lost,
            report.doubled,
            report.p50_s,
            report.p99_s
        ));
        Ok(report)
    }
}

/// Sends transfers until the fault is mended.
fn send(
    clients: &[Client],
    key: &PrivateKey,
    load: &Load<'_>,
    is_mended: &AtomicBool,
) -> Vec<Transfer> {
    let mut transfers = Vec::new();
    while !is_mended.load(Ordering::Relaxed) && transfers.len() < MOST {
        let number = transfers.len();
        // A node that does not answer makes none; the next one is asked.
        let signed = clients
            .iter()
            .find_map(|it| transfer(it, key, number, load.expires_in).ok());
        if let Some(signed) = signed {
            let at = Instant::now();
            let mut answers = clients.iter().map(|client| client.send(&signed).is_ok());
            let is_acknowledged = match load.route {
                Route::First => answers.any(|it| it),
                // All are asked, whatever the first says.
                Route::All => answers.filter(|it| *it).count() > 0,
            };
            transfers.push(Transfer {
                id: signed.transaction.id(),
                signed,
                is_acknowledged,
                at,
            });
        }
        thread::sleep(BETWEEN);
    }
    transfers
}

/// Sends what is in no block once more, through all of these nodes, as a client does that has nothing to show
/// for it. A node that knows the transaction refuses it, though it may have told nobody of it.
fn send_again(public: &Client, clients: &[Client], transfers: &[Transfer]) {
    for _ in 0..AGAIN {
        thread::sleep(BEFORE_AGAIN);
        for transfer in transfers {
            if public.get_transaction(transfer.id).is_ok() {
                continue;
            }
            for client in clients {
                let _ = client.send(&transfer.signed);
            }
        }
    }
}

/// Notes when which block was irreversible, until it is over.
fn watch(clients: &[Client], seen: &Mutex<Vec<(Instant, u32)>>, is_over: &AtomicBool) {
    while !is_over.load(Ordering::Relaxed) {
        let info = clients.iter().find_map(|client| client.get_info().ok());
        if let (Some(info), Ok(mut seen)) = (info, seen.lock()) {
            seen.push((Instant::now(), info.last_irreversible_block_num));
        }
        thread::sleep(LOOK);
    }
}

/// How long each transfer took from being sent to being irreversible, in seconds, ascending.
fn waits(
    transfers: &[Transfer],
    found: &HashMap<Checksum256, InBlocks>,
    seen: &[(Instant, u32)],
) -> Vec<f64> {
    let wait = |transfer: &Transfer| {
        let block = found.get(&transfer.id)?.block;
        let (at, _) = seen.iter().find(|(_, number)| *number >= block)?;
        Some(at.saturating_duration_since(transfer.at).as_secs_f64())
    };
    let mut waits: Vec<f64> = transfers.iter().filter_map(wait).collect();
    waits.sort_by(f64::total_cmp);
    waits
}

/// The value that so many of a hundred do not exceed, with one digit; 0 of nothing.
fn quantile(ascending: &[f64], percent: usize) -> f64 {
    let place = (ascending.len() * percent).div_ceil(100).saturating_sub(1);
    let value = ascending.get(place).copied().unwrap_or(0.0);
    (value * 10.0).round() / 10.0
}

/// A signed transfer with a memo of its own.
fn transfer(
    client: &Client,
    key: &PrivateKey,
    number: usize,
    expires_in: Duration,
) -> Result<SignedTransaction, ClientError> {
    let [_, from, to] = HOLDERS;
    let holder = Name::parse(from).unwrap_or_default();
    let data = json!([from, to, "0.0001 SYS", format!("{number}")]);
    let action = action(client, holder, TOKEN, name!("transfer"), &data)?;
    let options = TransactionOptions {
        expiration: expires_in,
        ..TransactionOptions::default()
    };
    let built = client.build(&[action], &options)?;
    Ok(transaction::sign(&client.chain_id()?, built, &[key])?)
}

/// Where each transaction is in the blocks between these, and the longest gap in slots.
fn blocks(
    client: &Client,
    first: u32,
    last: u32,
) -> Result<(HashMap<Checksum256, InBlocks>, u32), ClientError> {
    #[derive(Deserialize)]
    struct Packed {
        timestamp: TimePoint,
        producer: Name,
        transactions: Vec<Receipt>,
    }
    #[derive(Deserialize)]
    struct Receipt {
        trx: Value,
    }
    let mut found: HashMap<_, InBlocks> = HashMap::new();
    let (mut before, mut longest) = (None, 0);
    for number in first..=last {
        let block: Packed =
            client.call("/v1/chain/get_block", &json!({ "block_num_or_id": number }))?;
        let slot = slot(block.timestamp);
        let gap = before.map_or(0, |before: u32| slot.saturating_sub(before + 1));
        longest = longest.max(gap);
        before = Some(slot);
        for receipt in block.transactions {
            // A deferred transaction is only an id; nobody here sends one.
            let id: Option<Checksum256> = serde_json::from_value(receipt.trx["id"].clone()).ok();
            if let Some(id) = id {
                let found = found.entry(id).or_default();
                found.times += 1;
                (found.block, found.producer) = (number, block.producer);
            }
        }
    }
    Ok((found, longest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_that_occurred() {
        let hundred: Vec<f64> = (1..=100).map(f64::from).collect();
        assert_eq!([50, 99].map(|it| quantile(&hundred, it)), [50.0, 99.0]);
        assert_eq!([50, 99].map(|it| quantile(&[0.26], it)), [0.3, 0.3]);
        assert_eq!(quantile(&[], 99), 0.0);
    }
}
