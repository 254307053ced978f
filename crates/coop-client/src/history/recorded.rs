//! History as blocks with what they did: `/v1/trace_api/get_block`.
//!
//! There is no index: each block is a read. Several are asked for at once, since most of the time goes by
//! waiting for answers.

use super::listed::partition;
use super::{Before, Executed};
use crate::cooperative::Contracts;
use crate::error::ReadError;
use antelope_rpc_client::{Client, ClientError};
use antelope_types::rpc::{BlockInfo, RecordedTransaction};
use antelope_types::{Name, TimePoint};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::thread;

const CALL: &str = "/v1/trace_api/get_block";

/// How many blocks are asked for at once.
const AT_ONCE: u32 = 16;

/// How many blocks a second a chain makes at most.
const BLOCKS_PER_SECOND: i64 = 2;

/// The newest blocks may not be recorded yet when the head is known already.
const SLACK: u32 = 8;

/// Blocks from the head down.
#[derive(Debug)]
pub(super) struct Recorded {
    client: Client,
    contracts: [Name; 3],
    /// The next older block; 0 where the recording begins above it.
    block: u32,
    /// How many of the newest blocks may be missing.
    slack: u32,
    ready: VecDeque<Executed>,
}

#[derive(Deserialize)]
struct Block {
    #[serde(default)]
    transactions: Vec<RecordedTransaction>,
}

impl Recorded {
    /// Where the walk begins; none where the node records nothing.
    pub(super) fn open(
        client: &Client,
        contracts: &Contracts,
        before: Before,
    ) -> Result<Option<Self>, ReadError> {
        let info = client.get_info()?;
        let head = info.head_block_num;
        let block = match before {
            Before::Now => head,
            Before::Block(block) => head.min(block.saturating_sub(1)),
            Before::Time(time) => before_time(client, head, info.head_block_time, time)?,
        };
        // Which answer a node without the plugin gives does not depend on the block.
        match read(client, block.max(1)) {
            Err(ClientError::Unsupported { .. }) => return Ok(None),
            Err(error) => return Err(error.into()),
            Ok(_) => {}
        }
        Ok(Some(Self {
            client: client.clone(),
            contracts: [contracts.soviet, contracts.registrator, contracts.gateway],
            block,
            slack: match before {
                Before::Now => SLACK,
                _ => 0,
            },
            ready: VecDeque::new(),
        }))
    }

    pub(super) fn take(&mut self) -> Option<Executed> {
        self.ready.pop_front()
    }

    /// The oldest block that was read.
    pub(super) fn oldest(&self) -> u32 {
        self.block + 1
    }

    /// Reads some blocks, at most `left`; how many.
    pub(super) fn read(&mut self, left: u32) -> Result<u32, ReadError> {
        let count = AT_ONCE.min(left).min(self.block);
        let numbers: Vec<u32> = (0..count).map(|below| self.block - below).collect();
        let client = &self.client;
        let blocks: Vec<_> = thread::scope(|scope| {
            let asked = numbers
                .iter()
                .map(|number| scope.spawn(|| read(client, *number)));
            let asked: Vec<_> = asked.collect();
            asked.into_iter().map(|it| it.join()).collect()
        });
        for block in blocks {
            let Ok(block) = block else {
                // A thread that panics has no answer; it is a fault of this program.
                continue;
            };
            match block? {
                Some(block) => self.take_in(block),
                None if self.slack > 0 => {}
                None => {
                    self.block = 0;
                    return Ok(count);
                }
            }
            self.slack = self.slack.saturating_sub(1);
            self.block -= 1;
        }
        Ok(count)
    }

    fn take_in(&mut self, block: Block) {
        let mut found = Vec::new();
        take_in(&self.client, &self.contracts, block, &mut found);
        found.sort_by_key(|it| std::cmp::Reverse(it.sequence));
        self.ready.extend(found);
    }
}

/// The actions that these contracts have executed in a block.
fn take_in(client: &Client, contracts: &[Name], block: Block, found: &mut Vec<Executed>) {
    for transaction in block.transactions {
        for action in transaction.actions {
            let contract = action.account;
            if action.receiver != contract || !contracts.contains(&contract) {
                continue;
            }
            let abi = client.abi(contract).ok();
            let data = abi.and_then(|abi| abi.unpack_action(action.action, &action.data).ok());
            found.push(Executed {
                sequence: action.global_sequence,
                block: transaction.block_num,
                time: transaction.block_time,
                transaction: transaction.id,
                contract,
                action: action.action,
                data: data.unwrap_or(Value::Null),
            });
        }
    }
}

/// The block of this time; `None` where there is none.
pub(super) fn block_at(client: &Client, time: TimePoint) -> Result<Option<u32>, ClientError> {
    let info = client.get_info()?;
    let (head, head_time) = (info.head_block_num, info.head_block_time);
    let block = before_time(client, head, head_time, time)? + 1;
    Ok((block <= head).then_some(block))
}

/// The actions of this account in a block, with their arguments; none where the node has not recorded it.
pub(super) fn native_actions(
    client: &Client,
    account: Name,
    block: u32,
) -> Result<Vec<Executed>, ClientError> {
    let block = match read(client, block) {
        Err(ClientError::Unsupported { .. }) => None,
        block => block?,
    };
    let mut found = Vec::new();
    if let Some(block) = block {
        take_in(client, &[account], block, &mut found);
    }
    Ok(found)
}

/// The newest block that is older than this. A chain never makes more than two blocks a second, so that
/// the block is not older than the head by more than that.
fn before_time(
    client: &Client,
    head: u32,
    head_time: TimePoint,
    time: TimePoint,
) -> Result<u32, ClientError> {
    let seconds = (head_time.micros() - time.micros()) / 1_000_000 + 1;
    let span = seconds.max(0) * BLOCKS_PER_SECOND + 1;
    let first = (i64::from(head) - span).max(1);
    let found = partition(i64::from(head) - first + 1, |place| {
        let request = json!({ "block_num": first + place });
        let block: BlockInfo = client.call("/v1/chain/get_block_info", &request)?;
        Ok::<_, ClientError>(block.timestamp < time)
    })?;
    Ok(u32::try_from(first + found - 1).unwrap_or_default())
}

/// A block; none where it was not recorded.
fn read(client: &Client, number: u32) -> Result<Option<Block>, ClientError> {
    match client.call(CALL, &json!({ "block_num": number })) {
        Ok(block) => Ok(Some(block)),
        Err(ClientError::Chain(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The bytes that hexadecimal text stands for.
pub(super) fn bytes_of(hex: &str) -> Option<Vec<u8>> {
    let digits = hex.as_bytes();
    let pairs = digits.chunks(2).map(|pair| {
        let text = std::str::from_utf8(pair).ok()?;
        u8::from_str_radix(text, 16).ok()
    });
    digits.len().is_multiple_of(2).then_some(())?;
    pairs.collect()
}
