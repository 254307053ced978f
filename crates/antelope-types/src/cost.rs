//! What executing costs, the same on every machine.
//!
//! Nodes bill the time that they took, which no test can expect. Here execution is counted instead: the
//! same transaction on the same state costs the same everywhere, so that tests can hold contracts to it.

use core::ops::AddAssign;

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
/// use antelope_types::Cost;
///
/// // One action, which the chain executes itself.
/// let cost = Cost::of_work(Cost::ACTION);
/// assert_eq!(cost.total(), Cost::ACTION);
/// assert_eq!(cost.micros(), 10);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// Instructions of contracts.
    /// Calls of functions and growing memory are counted among them, at what the table says.
    pub instructions: u64,
    /// How many times contracts called host functions.
    pub host_calls: u64,
    /// What the chain did for them beyond being called, in instructions.
    /// Actions, signatures and code are counted here.
    pub work: u64,
}

impl Cost {
    /// How much stands for a microsecond of CPU.
    ///
    /// A contract's million instructions are a millisecond then.
    pub const PER_MICROSECOND: u64 = 1000;
    /// A call of a host function.
    pub const HOST_CALL: u64 = 50;
    /// An action or a notification.
    pub const ACTION: u64 = 10_000;
    /// A byte of code, when an account is given it.
    pub const CODE_BYTE: u64 = 200;
    /// A signature of a transaction: half of what finding its key takes, as nodes bill it.
    pub const SIGNATURE: u64 = 50_000;

    /// So much that the chain itself does.
    ///
    /// In units of instructions.
    pub fn of_work(work: u64) -> Self {
        Self {
            work,
            ..Self::default()
        }
    }

    /// All of it.
    ///
    /// In units of instructions, at most `u64::MAX`.
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

/// Sums saturate at `u64::MAX`.
impl AddAssign for Cost {
    fn add_assign(&mut self, other: Self) {
        self.instructions = self.instructions.saturating_add(other.instructions);
        self.host_calls = self.host_calls.saturating_add(other.host_calls);
        self.work = self.work.saturating_add(other.work);
    }
}

/// What transactions are billed for CPU. The time that they take on this machine never decides.
///
/// On the wire it is the number of the alternative, 0 or 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, crate::Encode, crate::Decode)]
pub enum CpuBilling {
    /// The least there is, `min_transaction_cpu_usage`. A transaction may cost as much as
    /// `max_transaction_cpu_usage` stands for.
    #[default]
    Minimum,
    /// Its [`Cost`] in microseconds, if that is more than the least. It may cost no more than the
    /// chain, the block, its own header and the account that pays leave it.
    Cost,
}
