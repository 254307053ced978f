//! History as a list of the actions of an account: `/v1/history/get_actions`.
//!
//! Each contract has a list of its own. The walk takes the newest action of the three each time. An action
//! that one contract sends to another is in the lists of both, and is returned once: of its receiver.

use super::{Before, Executed};
use crate::cooperative::Contracts;
use antelope_rpc_client::{Client, ClientError};
use antelope_types::{Checksum256, Name, TimePoint};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::VecDeque;

const CALL: &str = "/v1/history/get_actions";

/// How many actions a page has.
pub(super) const PAGE: i64 = 200;

/// The lists of the three contracts.
#[derive(Debug)]
pub(super) struct Listed {
    client: Client,
    lists: Vec<List>,
}

/// The list of a contract, read from its end.
#[derive(Debug)]
struct List {
    account: Name,
    /// The place of the next older action that was not read; negative at the beginning.
    place: i64,
    ready: VecDeque<Executed>,
}

#[derive(Deserialize)]
struct Answer {
    actions: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(deserialize_with = "crate::read::number")]
    global_action_seq: u64,
    account_action_seq: i64,
    block_num: u32,
    block_time: TimePoint,
    action_trace: Trace,
}

#[derive(Deserialize)]
struct Trace {
    receiver: Name,
    act: Act,
    trx_id: Checksum256,
}

#[derive(Deserialize)]
struct Act {
    account: Name,
    name: Name,
    #[serde(default)]
    data: Value,
}

impl Listed {
    /// Finds the ends of the lists.
    pub(super) fn open(
        client: &Client,
        contracts: &Contracts,
        before: Before,
    ) -> Result<Self, ClientError> {
        let mut lists = Vec::new();
        for account in [contracts.soviet, contracts.registrator, contracts.gateway] {
            let newest = page(client, account, -1, -1)?;
            let count = newest.last().map_or(0, |it| it.account_action_seq + 1);
            let is_before = |entry: &Entry| match before {
                Before::Now => true,
                Before::Block(block) => entry.block_num < block,
                Before::Time(time) => entry.block_time < time,
            };
            let end = match before {
                Before::Now => count,
                _ => partition(count, |place| {
                    let found = page(client, account, place, 0)?;
                    Ok::<_, ClientError>(found.first().is_some_and(is_before))
                })?,
            };
            lists.push(List {
                account,
                place: end - 1,
                ready: VecDeque::new(),
            });
        }
        Ok(Self {
            client: client.clone(),
            lists,
        })
    }

    /// The newest action that is read, if no list may have a newer one.
    pub(super) fn take(&mut self) -> Option<Executed> {
        if self.lists.iter().any(List::is_to_be_read) {
            return None;
        }
        let lists = self.lists.iter_mut();
        let newest = lists.max_by_key(|list| list.ready.front().map(|it| it.sequence));
        newest.and_then(|list| list.ready.pop_front())
    }

    /// Reads a page of the first list that has nothing ready; how many reads that took.
    pub(super) fn read(&mut self) -> Result<u32, ClientError> {
        let Some(list) = self.lists.iter_mut().find(|list| list.is_to_be_read()) else {
            return Ok(0);
        };
        let first = (list.place - PAGE + 1).max(0);
        let entries = page(&self.client, list.account, list.place, first - list.place)?;
        list.place = first - 1;
        let own = entries.into_iter().rev().filter(|it| {
            it.action_trace.receiver == list.account && it.action_trace.act.account == list.account
        });
        for entry in own {
            let Act { name, data, .. } = entry.action_trace.act;
            let data = match data {
                Value::String(text) => unpacked(&self.client, list.account, name, &text),
                other => other,
            };
            list.ready.push_back(Executed {
                sequence: entry.global_action_seq,
                block: entry.block_num,
                time: entry.block_time,
                transaction: entry.action_trace.trx_id,
                contract: list.account,
                action: name,
                data,
            });
        }
        Ok(1)
    }
}

impl List {
    fn is_to_be_read(&self) -> bool {
        self.ready.is_empty() && self.place >= 0
    }
}

/// Arguments that the node did not decode; null where that cannot be done here either.
fn unpacked(client: &Client, account: Name, action: Name, hex: &str) -> Value {
    let bytes = super::recorded::bytes_of(hex);
    let abi = client.abi(account).ok();
    let found = abi.zip(bytes);
    found
        .and_then(|(abi, bytes)| abi.unpack_action(action, &bytes).ok())
        .unwrap_or_default()
}

/// An action that concerns an account.
pub(super) struct Concerning {
    pub(super) receiver: Name,
    pub(super) action: Name,
    pub(super) time: TimePoint,
    pub(super) data: Value,
}

/// A page of the actions that concern an account, from this place on.
pub(super) fn actions_of(
    client: &Client,
    account: Name,
    place: i64,
) -> Result<Vec<Concerning>, ClientError> {
    let found = page(client, account, place, PAGE - 1)?.into_iter();
    let found = found.map(|entry| {
        let Trace { receiver, act, .. } = entry.action_trace;
        let data = match act.data {
            Value::String(text) => unpacked(client, act.account, act.name, &text),
            other => other,
        };
        Concerning {
            receiver,
            action: act.name,
            time: entry.block_time,
            data,
        }
    });
    Ok(found.collect())
}

/// The actions of these places, ascending.
fn page(client: &Client, account: Name, pos: i64, offset: i64) -> Result<Vec<Entry>, ClientError> {
    let request = json!({ "account_name": account, "pos": pos, "offset": offset });
    let answer: Answer = client.call(CALL, &request)?;
    Ok(answer.actions)
}

/// How many of `count` places come before the boundary: the test is true up to it and false from there.
pub(super) fn partition<E>(
    count: i64,
    mut is_before: impl FnMut(i64) -> Result<bool, E>,
) -> Result<i64, E> {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low + (high - low) / 2;
        match is_before(middle)? {
            true => low = middle + 1,
            false => high = middle,
        }
    }
    Ok(low)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_boundary_is_found() {
        for boundary in 0..=9 {
            let found = partition(9, |place| Ok::<_, ()>(place < boundary));
            assert_eq!(found, Ok(boundary));
        }
    }
}
