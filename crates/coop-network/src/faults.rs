//! Faults, counted: transfers are sent all the time, something breaks and is mended, and afterwards
//! every acknowledged transfer is looked up in the irreversible blocks.

use crate::error::{During, NetworkError};
use crate::keys;
use crate::network::DelegateNetwork;
use crate::rounds::slot;
use crate::state::API;
use crate::voting::{HOLDERS, TOKEN, action};
use antelope_rpc_client::{Client, ClientError, TableQuery, TransactionOptions, transaction};
use antelope_types::{Checksum256, Name, PrivateKey, TimePoint, name};
use rustix::process::Signal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// Blocks that a fault lasts, so that each delegate's turn comes.
const LASTS: u32 = 60;
/// The pause between two transfers.
const BETWEEN: Duration = Duration::from_millis(250);
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
    /// Whether all nodes have the same block at the end, and the same balances.
    pub is_equal: bool,
}

/// How transfers go to nodes.
#[derive(Clone, Copy)]
enum Route {
    /// To the first of them; to the next where it does not answer.
    First,
    /// The same transaction to all of them.
    All,
}

/// A transfer that was sent.
struct Transfer {
    id: Checksum256,
    is_acknowledged: bool,
}

impl DelegateNetwork {
    /// Breaks the network in one way after the other, and counts. It takes two minutes or more for
    /// each of the ten faults.
    ///
    /// # Errors
    /// Those of the single commands; [`NetworkError::Waited`] where the network does not recover.
    pub fn faults(&mut self) -> Result<Vec<FaultReport>, NetworkError> {
        self.need()?;
        let mut reports = Vec::new();
        for name in ["a", "b", "c", "d", "e"] {
            let fault = format!("kill -9 of {name}, restart");
            reports.push(self.under_load(&fault, &[API], Route::First, |it| it.fall(&[name]))?);
        }
        let fault = "kill -9 of d and e at once, restart";
        reports.push(self.under_load(fault, &[API], Route::First, |it| it.fall(&["d", "e"]))?);
        let fault = "kill -9 of api, restart; clients go on with a";
        reports.push(self.under_load(fault, &[API, "a"], Route::First, |it| it.fall(&[API]))?);
        let fault = "a,b cut from c,d,e and api, healed; clients at api";
        reports.push(self.under_load(fault, &[API], Route::First, Self::part)?);
        let fault = "the same; clients at a";
        reports.push(self.under_load(fault, &["a"], Route::First, Self::part)?);
        let fault = "none; each transaction sent to api, a and b";
        reports.push(self.under_load(fault, &[API, "a", "b"], Route::All, |it| it.last())?);
        Ok(reports)
    }

    /// Kills nodes, lets blocks follow if they do, and starts the nodes again.
    fn fall(&mut self, names: &[&str]) -> Result<(), NetworkError> {
        for name in names {
            self.kill(name, Signal::KILL)?;
        }
        let others: Vec<_> = self.state.nodes.iter().map(|it| it.name.clone()).collect();
        let witness = others.iter().find(|it| !names.contains(&it.as_str()));
        self.wait_for_blocks(witness.map_or(API, String::as_str))?;
        names.iter().try_for_each(|name| self.start(name))
    }

    /// Cuts two delegates off, and connects them again.
    fn part(&mut self) -> Result<(), NetworkError> {
        self.cut("a,b|c,d,e")?;
        self.wait_for_blocks(API)?;
        self.heal()
    }

    /// Breaks nothing.
    fn last(&mut self) -> Result<(), NetworkError> {
        self.wait_for_blocks(API)
    }

    /// Waits until a node has so many blocks more that each delegate had its turn.
    fn wait_for_blocks(&self, name: &str) -> Result<(), NetworkError> {
        let client = self.client(self.state.node(name)?)?;
        let head = || client.get_info().map(|info| info.head_block_num);
        let first = head().during(|| format!("ask {name} for its head"))?;
        self.wait("blocks during the fault", || match head() {
            Ok(now) if now >= first + LASTS => Ok(()),
            Ok(now) => Err(format!("{} of {LASTS}", now - first)),
            Err(error) => Err(error.to_string()),
        })
    }

    /// Sends transfers while `work` breaks and mends something, and looks them up once everything
    /// sent is irreversible or expired.
    fn under_load(
        &mut self,
        fault: &str,
        nodes: &[&str],
        route: Route,
        work: impl FnOnce(&mut Self) -> Result<(), NetworkError>,
    ) -> Result<FaultReport, NetworkError> {
        self.tell(&format!("── {fault}"));
        let clients = nodes.iter().map(|name| self.client(self.state.node(name)?));
        let clients = clients.collect::<Result<Vec<_>, _>>()?;
        let key = keys::read(&self.folder, HOLDERS[1])?;
        let public = self.public_client()?;
        let info = |client: &Client| client.get_info().during(|| "ask for the head".to_owned());
        let before = info(&public)?;
        let is_over = AtomicBool::new(false);
        let (worked, transfers) = thread::scope(|scope| {
            let sender = scope.spawn(|| send(&clients, &key, route, &is_over));
            let worked = work(self);
            is_over.store(true, Ordering::Relaxed);
            (worked, sender.join().unwrap_or_default())
        });
        worked?;
        let mended = info(&public)?;
        // What was sent last has expired a minute later, 120 blocks, or is in a block.
        let last = mended.head_block_num + 2 * LASTS;
        self.wait("all nodes to have everything irreversible", || {
            for node in &self.state.nodes {
                let client = self.client(node).map_err(|it| it.to_string())?;
                let info = client.get_info().map_err(|it| it.to_string())?;
                if info.last_irreversible_block_num < last {
                    let irreversible = info.last_irreversible_block_num;
                    return Err(format!("{irreversible} of {last} at {}", node.name));
                }
            }
            Ok(())
        })?;
        let (found, longest_gap) = blocks(&public, before.head_block_num, last)
            .during(|| "read the blocks of a fault".to_owned())?;
        let count = |is: &dyn Fn(&Transfer, u32) -> bool| {
            let times = |it: &Transfer| found.get(&it.id).copied().unwrap_or(0);
            transfers.iter().filter(|it| is(it, times(it))).count()
        };
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
            is_equal: self.is_equal(last)?,
        };
        self.tell(&format!(
            "{} sent, {} acknowledged, {} lost, {} doubled",
            report.sent, report.acknowledged, report.lost, report.doubled
        ));
        Ok(report)
    }

    /// Whether all nodes have the same block of this number, and the same balances.
    fn is_equal(&self, number: u32) -> Result<bool, NetworkError> {
        let mut seen: Vec<(Value, Vec<Vec<Value>>)> = Vec::new();
        for node in &self.state.nodes {
            let what = || format!("read the rows of {}", node.name);
            let client = self.client(node)?;
            let request = json!({ "block_num": number });
            let block: Value = client
                .call("/v1/chain/get_block_info", &request)
                .during(what)?;
            let balances = HOLDERS.iter().map(|holder| {
                let holder = Name::parse(holder).unwrap_or_default();
                client.all_rows(&TableQuery::new(TOKEN, holder, name!("accounts")))
            });
            let balances = balances.collect::<Result<_, _>>().during(what)?;
            seen.push((block["id"].clone(), balances));
        }
        Ok(seen.windows(2).all(|pair| pair[0] == pair[1]))
    }
}

/// Sends transfers until it is over.
fn send(clients: &[Client], key: &PrivateKey, route: Route, is_over: &AtomicBool) -> Vec<Transfer> {
    let mut transfers = Vec::new();
    while !is_over.load(Ordering::Relaxed) && transfers.len() < MOST {
        let number = transfers.len();
        // A node that does not answer makes none; the next one is asked.
        let signed = clients.iter().find_map(|it| transfer(it, key, number).ok());
        if let Some(signed) = signed {
            let mut answers = clients.iter().map(|client| client.send(&signed).is_ok());
            let is_acknowledged = match route {
                Route::First => answers.any(|it| it),
                // All are asked, whatever the first says.
                Route::All => answers.filter(|it| *it).count() > 0,
            };
            transfers.push(Transfer {
                id: signed.transaction.id(),
                is_acknowledged,
            });
        }
        thread::sleep(BETWEEN);
    }
    transfers
}

/// A signed transfer with a memo of its own.
fn transfer(
    client: &Client,
    key: &PrivateKey,
    number: usize,
) -> Result<antelope_types::SignedTransaction, ClientError> {
    let [_, from, to] = HOLDERS;
    let holder = Name::parse(from).unwrap_or_default();
    let data = json!([from, to, "0.0001 SYS", format!("{number}")]);
    let action = action(client, holder, TOKEN, name!("transfer"), &data)?;
    let built = client.build(&[action], &TransactionOptions::default())?;
    Ok(transaction::sign(&client.chain_id()?, built, &[key])?)
}

/// How often each transaction is in the blocks between these, and the longest gap in slots.
fn blocks(
    client: &Client,
    first: u32,
    last: u32,
) -> Result<(HashMap<Checksum256, u32>, u32), ClientError> {
    #[derive(Deserialize)]
    struct Packed {
        timestamp: TimePoint,
        transactions: Vec<Receipt>,
    }
    #[derive(Deserialize)]
    struct Receipt {
        trx: Value,
    }
    let mut found = HashMap::new();
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
                *found.entry(id).or_insert(0) += 1;
            }
        }
    }
    Ok((found, longest))
}
