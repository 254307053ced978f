//! What executing costs, the same on every machine.

use crate::error::{ChainError, ErrorKind};
use std::ops::AddAssign;

/// What an action or a transaction costs, the same on every machine.
///
/// The unit is one WebAssembly instruction of a contract. Everything else is told in it:
///
/// | what | costs |
/// |---|---|
/// | an instruction; `block`, `loop`, `else`, `end`, `nop` and `drop` are none | 1 |
/// | a call of a function of the contract | 12 |
/// | `memory.grow`, by whatever number | 50 |
/// | a page of memory beyond the first 16 | 8000 |
/// | a call of a host function | [`HOST_CALL`](Self::HOST_CALL) |
/// | what a host function works on: bytes copied, bytes hashed, curves | by the function |
/// | an action or a notification, before its first instruction | [`ACTION`](Self::ACTION) |
/// | a byte of code that `setcode` sets | [`CODE_BYTE`](Self::CODE_BYTE) |
/// | a signature of a transaction | [`SIGNATURE`](Self::SIGNATURE) |
///
/// [`PER_MICROSECOND`](Self::PER_MICROSECOND) of them stand for a microsecond of CPU. That is about
/// what nodes take on today's machines: a model, which a node's bill differs from by the machine and
/// the moment, but which tells the cheaper of two contracts, and by how much.
///
/// ```
/// use antelope_chain::{Chain, Cost};
/// use antelope_types::name;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut chain = Chain::new()?;
/// let trace = chain.create_account(name!("alice"))?;
/// // One action, which the chain executes itself.
/// assert_eq!(trace.cost.total(), Cost::ACTION);
/// assert_eq!(trace.cost.micros(), 10);
/// # Ok(()) }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// Instructions of contracts.
    pub instructions: u64,
    /// How many times contracts called host functions.
    pub host_calls: u64,
    /// What the chain did for them beyond being called, in instructions.
    pub work: u64,
}

impl Cost {
    /// How much stands for a microsecond of CPU.
    pub const PER_MICROSECOND: u64 = 1000;
    /// A call of a host function.
    pub const HOST_CALL: u64 = 50;
    /// An action or a notification.
    pub const ACTION: u64 = 10_000;
    /// A byte of code, when an account is given it.
    pub const CODE_BYTE: u64 = 200;
    /// A signature of a transaction: half of what finding its key takes, as nodes bill it.
    pub const SIGNATURE: u64 = 50_000;

    /// What the chain itself does.
    pub(crate) fn of_work(work: u64) -> Self {
        Self {
            work,
            ..Self::default()
        }
    }

    /// All of it.
    pub fn total(&self) -> u64 {
        self.instructions
            .saturating_add(self.host_calls.saturating_mul(Self::HOST_CALL))
            .saturating_add(self.work)
    }

    /// The microseconds of CPU that it stands for, rounded up.
    pub fn micros(&self) -> u64 {
        self.total().div_ceil(Self::PER_MICROSECOND)
    }
}

impl AddAssign for Cost {
    fn add_assign(&mut self, other: Self) {
        self.instructions = self.instructions.saturating_add(other.instructions);
        self.host_calls = self.host_calls.saturating_add(other.host_calls);
        self.work = self.work.saturating_add(other.work);
    }
}

/// What transactions are billed for CPU. The time that they take on this machine never decides.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, antelope_types::Encode, antelope_types::Decode,
)]
pub enum CpuBilling {
    /// The least there is, `min_transaction_cpu_usage`. A transaction may cost as much as
    /// `max_transaction_cpu_usage` stands for.
    #[default]
    Minimum,
    /// Its [`Cost`] in microseconds, if that is more than the least. It may cost no more than the
    /// chain, the block, its own header and the account that pays leave it.
    Cost,
}

/// What a transaction may still cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budget {
    left: u64,
    /// In microseconds.
    limit: i64,
    /// Which limit it is; empty for that of the block.
    reason: &'static str,
}

impl Budget {
    /// So many microseconds.
    pub(crate) fn new(limit: i64, reason: &'static str) -> Self {
        Self {
            left: u64::try_from(limit).unwrap_or(0) * Cost::PER_MICROSECOND,
            limit,
            reason,
        }
    }

    /// What is left.
    pub(crate) fn left(&self) -> u64 {
        self.left
    }

    /// Takes the cost from what is left; `false` if that is not enough.
    pub(crate) fn take(&mut self, cost: Cost) -> bool {
        let rest = self.left.checked_sub(cost.total());
        self.left = rest.unwrap_or(0);
        rest.is_some()
    }

    /// What a node says when the time is over: here it is over exactly at the limit.
    pub(crate) fn exhausted(&self, id: &antelope_types::Checksum256) -> ChainError {
        let Self { limit, reason, .. } = self;
        if reason.is_empty() {
            let message = format!(
                "not enough time left in block to complete executing transaction {limit}us"
            );
            return ChainError::new(ErrorKind::BlockCpuUsageExceeded, message);
        }
        let message = format!(
            "transaction {id} was executing for too long {limit}us reached {reason} {limit}us"
        );
        ChainError::new(ErrorKind::TxCpuUsageExceeded, message)
    }
}
