//! The trace API of nodeos: `/v1/trace_api/get_block`, for nodes without state history.
//!
//! | state history has | the trace API |
//! |---|---|
//! | blocks up to the head | final blocks only: of a fork it keeps what was written last |
//! | rows of tables | none: who needs them reads tables when a block has come |
//! | ordinals of actions | none; the global sequence orders them |
//! | ABIs from the beginning of the history | those that are set in the blocks; others have to be read |
//!
//! It asks `/v1/chain/get_info` for the last irreversible block, then for one block after the other up to it,
//! and every quarter of a second again once it has them all. Blocks are as old as the chain takes to make them
//! final: about three minutes on a chain of 21 producers.
//!
//! All blocks come with [`is_final`](FollowedBlock::is_final), and nothing is ever undone. A cursor that
//! another source has filled should have an irreversible head: where its head is on a branch that was
//! abandoned, this source cannot undo it and fails with [`FollowError::Disconnected`].

use crate::block::{FollowedAction, FollowedBlock, Interest};
use crate::cursor::FollowCursor;
use crate::error::FollowError;
use crate::linker::{Arrival, Linker, Step};
use crate::set_abi::abi_set;
use crate::source::{BlockEvent, BlockSource, SourceProgress};
use antelope_history::BlockPosition;
use antelope_rpc_client::{Client, ClientError};
use antelope_types::rpc::{RecordedAction, RecordedTransaction};
use antelope_types::{Checksum256, TimePoint, TransactionStatus, name};
use serde::Deserialize;
use serde_json::json;
use std::time::{Duration, Instant};

/// The pause between two questions for the last irreversible block.
const PAUSE: Duration = Duration::from_millis(250);

/// A node that is followed by its trace API.
///
/// `wait` bounds only the pauses between requests. How long a request may take, and how long an answer may
/// be, are options of the [`Client`].
#[derive(Debug)]
pub struct TraceApiSource {
    client: Client,
    interest: Interest,
    first: u32,
    linker: Linker,
}

/// A block of the trace API.
#[derive(Deserialize)]
struct TracedBlock {
    id: Checksum256,
    number: u32,
    previous_id: Checksum256,
    timestamp: TimePoint,
    #[serde(default)]
    transactions: Vec<RecordedTransaction>,
}

impl TraceApiSource {
    /// The node of this client; an empty cursor begins with block `first`, which the node must have recorded:
    /// otherwise the first call fails with [`FollowError::Missing`]. `first` is of no account for a cursor
    /// that has blocks. To get the ABIs of contracts that were deployed earlier, ask the node for them.
    pub fn new(client: Client, interest: Interest, first: u32) -> Self {
        let mut linker = Linker::default();
        linker.begin_at(first);
        Self {
            client,
            interest,
            first,
            linker,
        }
    }

    /// How far the node is; the number of its last irreversible block.
    fn ask(&mut self) -> Result<u32, FollowError> {
        let info = self.client.get_info().map_err(|error| self.failed(error))?;
        let last_irreversible = info.last_irreversible_block_num;
        self.linker.tell(SourceProgress {
            head: BlockPosition {
                block_num: info.head_block_num,
                block_id: info.head_block_id,
            },
            last_irreversible: BlockPosition {
                block_num: last_irreversible,
                block_id: info.last_irreversible_block_id,
            },
        });
        Ok(last_irreversible)
    }

    /// Reads the block of this number, which is irreversible, and hands it to the linker.
    fn receive(&mut self, number: u32) -> Result<(), FollowError> {
        let request = json!({ "block_num": number });
        let found: Result<TracedBlock, _> = self.client.call("/v1/trace_api/get_block", &request);
        let traced = match found {
            Ok(traced) => traced,
            Err(ClientError::Chain(_)) => {
                return Err(FollowError::Missing {
                    what: "traces",
                    block: number,
                    hint: "its trace API begins later, or has forgotten it; follow another node",
                });
            }
            Err(error) => return Err(self.failed(error)),
        };
        let Some(progress) = self.linker.progress() else {
            return Ok(());
        };
        let block = read(traced, &self.interest);
        self.linker.arrive(Arrival { block, progress });
        Ok(())
    }

    fn failed(&self, error: ClientError) -> FollowError {
        let (address, problem) = (self.client.url().to_owned(), error.to_string());
        match error {
            ClientError::Unsupported { .. } => FollowError::Missing {
                what: "trace API",
                block: self.first,
                hint: "start it with trace_api_plugin, or follow its state history",
            },
            ClientError::Shape { .. } => FollowError::Protocol { address, problem },
            _ => FollowError::Connection { address, problem },
        }
    }
}

fn read(traced: TracedBlock, interest: &Interest) -> FollowedBlock {
    let mut block = FollowedBlock {
        position: BlockPosition {
            block_num: traced.number,
            block_id: traced.id,
        },
        previous: traced.previous_id,
        time: traced.timestamp,
        ..FollowedBlock::default()
    };
    for transaction in traced.transactions {
        if transaction.status != TransactionStatus::Executed {
            continue;
        }
        for action in transaction.actions {
            take(transaction.id, action, interest, &mut block);
        }
    }
    block.actions.sort_by_key(|action| action.global_sequence);
    block.abis.sort_by_key(|abi| abi.global_sequence);
    block
}

fn take(
    transaction: Checksum256,
    action: RecordedAction,
    interest: &Interest,
    block: &mut FollowedBlock,
) {
    let is_native = action.receiver == name!("eosio") && action.account == action.receiver;
    if is_native && action.action == name!("setabi") {
        let found = abi_set(&action.data, action.global_sequence, interest);
        block.abis.extend(found);
    }
    if interest.has(action.receiver) {
        block.actions.push(FollowedAction {
            global_sequence: action.global_sequence,
            ordinal: None,
            creator_ordinal: None,
            transaction,
            receiver: action.receiver,
            account: action.account,
            name: action.action,
            authorization: action.authorization,
            data: action.data,
        });
    }
}

impl BlockSource for TraceApiSource {
    fn chain_id(&mut self) -> Result<Checksum256, FollowError> {
        let info = self.client.get_info().map_err(|error| self.failed(error))?;
        Ok(info.chain_id)
    }

    fn next(
        &mut self,
        cursor: &FollowCursor,
        wait: Duration,
    ) -> Result<Option<BlockEvent>, FollowError> {
        let until = Instant::now() + wait;
        loop {
            match self.linker.step(cursor)? {
                Step::Tell(event) => return Ok(Some(event)),
                // A final block that does not follow a final block.
                Step::AskAgain => self.linker.reset(),
                Step::Receive => {}
            }
            let number = cursor.next_number().unwrap_or(self.first);
            let known = self
                .linker
                .progress()
                .map(|it| it.last_irreversible.block_num);
            let is_final = known >= Some(number) || self.ask()? >= number;
            if is_final {
                self.receive(number)?;
                continue;
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(None);
            }
            std::thread::sleep(left.min(PAUSE));
        }
    }

    fn progress(&self) -> Option<SourceProgress> {
        self.linker.progress()
    }

    fn is_final_only(&self) -> bool {
        true
    }
}
