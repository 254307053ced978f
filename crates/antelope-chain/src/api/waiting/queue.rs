//! The transactions that wait, and the pass over them in each block.
//!
//! Order is kept where somebody can tell: the transactions of one payer, and those of one list, are
//! executed in the order in which they came. Those of different payers overtake one another, so that a
//! large transaction does not hold up all others.
//!
//! In a pass each transaction is tried once. One that does not fit goes to the end of the line, with all
//! behind it in the same lines, and is tried again in the next block. After [`MISSES`] of them the block
//! counts as full. One that has expired is told so without being tried.

use super::{Bell, Promise, Room, WaitingBounds, does_not_fit, room};
use crate::chain::{Chain, Failure};
use antelope_ledger::transaction::RecoveredTransaction;
use antelope_types::{
    ChainError, Checksum256, ErrorKind, Name, TimePoint, TransactionTrace, ensure,
};
use std::collections::{HashMap, HashSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long the chain is kept locked at a time by those that wait.
const SLICE: Duration = Duration::from_millis(2);

/// After so many transactions that did not fit, a block counts as full: each of them was executed
/// for nothing.
const MISSES: u32 = 16;

/// The bytes that are counted for a transaction beside twice its packed size.
const BESIDE: usize = 512;

/// A transaction that waits.
pub(in crate::api) struct Item<T> {
    /// The transaction, its signers known.
    pub(in crate::api) recovered: RecoveredTransaction,
    /// The list that it came with, if it came with one: those of a list are executed in order.
    pub(in crate::api) list: Option<u64>,
    /// What it has come to is given here.
    pub(in crate::api) promise: Promise<T>,
}

/// What must not be overtaken.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Line {
    /// The transactions that an account pays for.
    Payer(Name),
    /// The transactions of a list.
    List(u64),
}

/// The lines that a transaction stands in.
fn lines(
    recovered: &RecoveredTransaction,
    list: Option<u64>,
) -> impl Iterator<Item = Line> + use<> {
    let actions = recovered.signed().transaction.actions.iter();
    let mut levels = actions.flat_map(|action| &action.authorization);
    let payer = levels.next().map(|level| Line::Payer(level.actor));
    payer.into_iter().chain(list.map(Line::List))
}

/// What is counted for a transaction, in bytes.
fn size(recovered: &RecoveredTransaction) -> usize {
    let packed = recovered.packed();
    let packed = packed.packed_trx.len() + packed.packed_context_free_data.len();
    let signatures = recovered.packed().signatures.len() * 66;
    2 * (packed + signatures) + BESIDE
}

/// What is done with a transaction that comes.
pub(in crate::api) enum Verdict {
    /// It is executed. `spare` is true where it may fail for want of room.
    Try { spare: bool },
    /// It waits without being tried.
    Wait,
}

/// What becomes of a transaction that is tried.
pub(in crate::api) type Tried = Result<TransactionTrace, Failure>;

/// The transactions that wait, in order of arrival. Used with the chain locked only.
pub(in crate::api) struct Queue<T> {
    bounds: WaitingBounds,
    /// Told how many wait.
    bell: Arc<Bell>,
    /// Those that are still to be tried in this block.
    next: VecDeque<Item<T>>,
    /// Those that were tried in this block, or stand behind one of them.
    tried: VecDeque<Item<T>>,
    /// The lines of those in `tried`.
    blocked: HashSet<Line>,
    /// How many of all that wait stand in each line.
    lines: HashMap<Line, usize>,
    /// The ids of all that wait.
    ids: HashSet<Checksum256>,
    /// The bytes of all that wait.
    bytes: usize,
    /// The block before the one for which the following hold. Its id, since after a revert another
    /// block may have its number.
    head: Checksum256,
    /// Whether all that waited when it began were tried.
    passed: bool,
    /// How many transactions did not fit into it.
    misses: u32,
}

impl<T> Queue<T> {
    /// Nothing waits yet.
    pub(in crate::api) fn new(bounds: WaitingBounds, bell: Arc<Bell>) -> Self {
        Self {
            bounds,
            bell,
            next: VecDeque::new(),
            tried: VecDeque::new(),
            blocked: HashSet::new(),
            lines: HashMap::new(),
            ids: HashSet::new(),
            bytes: 0,
            head: Checksum256::ZERO,
            passed: true,
            misses: 0,
        }
    }

    /// Bounds those that come from now on.
    pub(in crate::api) fn bound(&mut self, bounds: WaitingBounds) {
        self.bounds = bounds;
    }

    /// Whether nothing waits.
    pub(in crate::api) fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Begins anew where the chain has another block in production than before.
    fn turn_to(&mut self, chain: &Chain) {
        let head = chain.head().id;
        if head == self.head {
            return;
        }
        self.head = head;
        self.misses = 0;
        // In order of arrival again.
        self.tried.append(&mut self.next);
        std::mem::swap(&mut self.tried, &mut self.next);
        self.blocked.clear();
        self.passed = self.next.is_empty();
    }

    /// Whether the block has room for no transaction, as far as is known.
    fn is_full(&self, room: Room) -> bool {
        room == Room::Nothing || self.misses >= MISSES
    }

    /// What is done with a transaction that comes now; see the table of the module.
    ///
    /// # Errors
    /// `tx_duplicate` (3040008) where the same transaction waits.
    pub(in crate::api) fn receive(
        &mut self,
        chain: &Chain,
        recovered: &RecoveredTransaction,
        list: Option<u64>,
    ) -> Result<Verdict, ChainError> {
        self.turn_to(chain);
        let id = recovered.id();
        ensure!(
            !self.ids.contains(&id),
            TxDuplicate,
            "duplicate transaction {id}"
        );
        let room = room(chain);
        let behind = || lines(recovered, list).any(|line| self.lines.contains_key(&line));
        if !self.passed || self.is_full(room) || (!self.ids.is_empty() && behind()) {
            let expired = TimePoint::from(recovered.expiration()) < chain.now();
            if !expired && !chain.state().transactions.contains_key(&id) {
                return Ok(Verdict::Wait);
            }
        }
        let spare = room != Room::Ample;
        Ok(Verdict::Try { spare })
    }

    /// Keeps a transaction for the next block. `tried` says whether it did not fit into this one.
    ///
    /// # Errors
    /// `tx_resource_exhaustion` (3040018) where there is no room.
    pub(in crate::api) fn keep(&mut self, item: Item<T>, tried: bool) -> Result<(), ChainError> {
        // One that is refused was executed for nothing as well.
        self.misses += u32::from(tried);
        let (id, size) = (item.recovered.id(), size(&item.recovered));
        let WaitingBounds {
            transactions,
            bytes,
        } = self.bounds;
        let (waiting, held) = (self.ids.len(), self.bytes);
        ensure!(
            held + size <= bytes,
            TxResourceExhaustion,
            "Transaction {id}, size {size} bytes would exceed configured incoming-transaction-queue-size-mb {}, current queue size {held} bytes: send it again after the next block",
            bytes >> 20
        );
        ensure!(
            waiting < transactions,
            TxResourceExhaustion,
            "Transaction {id} does not fit into this block, and {waiting} transactions wait for the next one, which is the most: send it again after the next block"
        );
        self.note(&item);
        match self.passed {
            true => self.put_back(item),
            false => self.next.push_back(item),
        }
        Ok(())
    }

    /// Counts an item that waits: its bytes, its id and its lines.
    fn note(&mut self, item: &Item<T>) {
        self.bytes += size(&item.recovered);
        self.ids.insert(item.recovered.id());
        for line in lines(&item.recovered, item.list) {
            *self.lines.entry(line).or_default() += 1;
        }
        self.bell.set_waiting(self.ids.len());
    }

    /// Puts an item behind those that were tried in this block.
    fn put_back(&mut self, item: Item<T>) {
        self.blocked.extend(lines(&item.recovered, item.list));
        self.tried.push_back(item);
    }

    /// Forgets an item that waits no more, and its lines where it was the last in them.
    fn forget(&mut self, item: &Item<T>) {
        self.bytes -= size(&item.recovered);
        self.ids.remove(&item.recovered.id());
        for line in lines(&item.recovered, item.list) {
            if let Some(count) = self.lines.get_mut(&line) {
                *count -= 1;
                if *count == 0 {
                    self.lines.remove(&line);
                }
            }
        }
        self.bell.set_waiting(self.ids.len());
    }

    /// Tries those that wait in the block in production, for [`SLICE`] or until it is full. `ended`
    /// is called with each that waits no more, and what it has come to; not with one that makes the
    /// engine panic, whose promise is dropped. Returns whether there is nothing more to try in this
    /// block.
    pub(in crate::api) fn pass(
        &mut self,
        chain: &mut Chain,
        mut ended: impl FnMut(&Chain, Item<T>, Tried),
    ) -> bool {
        self.turn_to(chain);
        if let Some(problem) = chain.problem() {
            // No block will be completed, and their time does not come.
            for item in self.drain(|_| true) {
                let error = ChainError::new(ErrorKind::Database, problem.clone());
                ended(chain, item, Err(error.into()));
            }
        }
        if self.passed {
            return true;
        }
        let now = chain.now();
        for item in self.drain(|item| TimePoint::from(item.recovered.expiration()) <= now) {
            let (id, expiration) = (item.recovered.id(), item.recovered.expiration());
            let expiration = TimePoint::from(expiration);
            let message =
                format!("expired transaction {id}, expiration {expiration}, block time {now}");
            let error = ChainError::new(ErrorKind::ExpiredTx, message);
            ended(chain, item, Err(error.into()));
        }
        let began = Instant::now();
        while began.elapsed() < SLICE {
            if self.is_full(room(chain)) {
                break;
            }
            let Some(item) = self.next.pop_front() else {
                break;
            };
            if lines(&item.recovered, item.list).any(|line| self.blocked.contains(&line)) {
                self.put_back(item);
                continue;
            }
            self.forget(&item);
            let recovered = item.recovered.clone();
            // Those before it are in the block, which has to be told. A transaction takes effect at its
            // end and in one step, so that the chain is as it was before.
            let tried = catch_unwind(AssertUnwindSafe(|| chain.push_recovered(recovered)));
            match tried {
                // It was printed.
                Err(_) => drop(item),
                Ok(Err(failure)) if does_not_fit(failure.error().kind()) => {
                    self.misses += 1;
                    self.note(&item);
                    self.put_back(item);
                }
                Ok(tried) => ended(chain, item, tried),
            }
        }
        if self.is_full(room(chain)) {
            self.tried.append(&mut self.next);
        }
        self.passed = self.next.is_empty();
        self.passed
    }

    /// Takes out those for which this holds, in order of arrival.
    fn drain(&mut self, take: impl Fn(&Item<T>) -> bool) -> Vec<Item<T>> {
        let mut taken = Vec::new();
        for list in [&mut self.tried, &mut self.next] {
            if !list.iter().any(&take) {
                continue;
            }
            let (out, kept) = std::mem::take(list)
                .into_iter()
                .partition::<Vec<_>, _>(&take);
            *list = kept.into();
            taken.extend(out);
        }
        for item in &taken {
            self.forget(item);
        }
        taken
    }
}
