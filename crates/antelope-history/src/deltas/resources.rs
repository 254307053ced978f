//! Limits and usage, of accounts and of blocks.
//!
//! Units: microseconds for CPU, bytes for NET and RAM. An account's limits and its usage are two
//! objects on a node and one value here.

use super::accounts::number;
use super::table::{Blocks, Output, Rows, Table, put};
use crate::version::{V0, Version};
use antelope_ledger::config::{ACCOUNT_WINDOW, BLOCK_WINDOW, ELASTIC_MULTIPLIER};
use antelope_ledger::state::{AccountResources, ElasticLimit, Map, State, Usage};
use antelope_types::{Encode, Name};

/// By how much the virtual limit falls after a block of a congested chain: to 99/100.
const CONTRACT: (u64, u64) = (99, 100);
/// By how much it grows after other blocks: to 1000/999.
const EXPAND: (u64, u64) = (1000, 999);

/// Appends the tables of this module.
pub(super) fn write(blocks: Blocks<'_>, out: &mut Output) {
    out.table::<AccountLimits>(blocks);
    out.table::<Used>(blocks);
    let (after, mut row) = (block_usage(blocks.after), Vec::new());
    put(&Version::<0, _>(&after), &mut row);
    let differs = |before: &State| block_usage(before) != after;
    out.rows("resource_limits_state", Rows::one(blocks, differs, row));
    let (after, mut row) = (block_limits(blocks.after), Vec::new());
    put(&Version::<0, _>(&after), &mut row);
    let differs = |before: &State| block_limits(before) != after;
    out.rows("resource_limits_config", Rows::one(blocks, differs, row));
}

/// The table `resource_limits`.
struct AccountLimits;

/// `resource_limits_v0`. -1 means no limit.
#[derive(Encode)]
struct LimitsRow {
    /// The account.
    owner: Name,
    /// Its share of NET, against the sum of all weights.
    net_weight: i64,
    /// Its share of CPU, likewise.
    cpu_weight: i64,
    /// The RAM that it may use.
    ram_bytes: i64,
}

impl Table for AccountLimits {
    const NAME: &'static str = "resource_limits";
    type Key = Name;
    type Value = AccountResources;

    fn map(state: &State) -> &Map<Name, AccountResources> {
        &state.resources
    }

    fn number(state: &State, account: &Name, _: &AccountResources) -> u64 {
        number(state, *account)
    }

    fn differs(old: &AccountResources, new: &AccountResources) -> bool {
        old.limits != new.limits
    }

    fn row(_: &State, account: &Name, resources: &AccountResources, out: &mut Vec<u8>) {
        let row = LimitsRow {
            owner: *account,
            net_weight: resources.limits.net_weight,
            cpu_weight: resources.limits.cpu_weight,
            ram_bytes: resources.limits.ram_bytes,
        };
        put(&Version::<0, _>(row), out);
    }
}

/// The table `resource_usage`, of the same map.
struct Used;

/// `resource_usage_v0`.
#[derive(Encode)]
struct UsedRow {
    /// The account.
    owner: Name,
    /// NET, averaged over 24 hours.
    net_usage: V0<Accumulator>,
    /// CPU, averaged over 24 hours.
    cpu_usage: V0<Accumulator>,
    /// The RAM that it is billed for.
    ram_usage: u64,
}

/// `usage_accumulator_v0`: an average that decays.
#[derive(PartialEq, Encode)]
struct Accumulator {
    /// The period up to which it is computed: a slot for accounts, a block for blocks.
    last_ordinal: u32,
    /// The average per period, times 1 000 000.
    value_ex: u64,
    /// The average at the beginning of the period, and what was used in it.
    consumed: u64,
}

impl From<Usage> for V0<Accumulator> {
    fn from(usage: Usage) -> Self {
        Version(Accumulator {
            last_ordinal: usage.last_ordinal,
            value_ex: usage.value_ex,
            consumed: usage.consumed,
        })
    }
}

impl Table for Used {
    const NAME: &'static str = "resource_usage";
    const REWRITES: bool = true;
    type Key = Name;
    type Value = AccountResources;

    fn map(state: &State) -> &Map<Name, AccountResources> {
        &state.resources
    }

    fn number(state: &State, account: &Name, _: &AccountResources) -> u64 {
        number(state, *account)
    }

    fn differs(old: &AccountResources, new: &AccountResources) -> bool {
        old.net_usage != new.net_usage
            || old.cpu_usage != new.cpu_usage
            || old.ram_usage != new.ram_usage
    }

    fn row(_: &State, account: &Name, resources: &AccountResources, out: &mut Vec<u8>) {
        let row = UsedRow {
            owner: *account,
            net_usage: resources.net_usage.into(),
            cpu_usage: resources.cpu_usage.into(),
            ram_usage: resources.ram_usage,
        };
        put(&Version::<0, _>(row), out);
    }
}

/// `resource_limits_state_v0`.
#[derive(PartialEq, Encode)]
struct BlockUsage {
    /// The NET of blocks, averaged over 120 of them.
    average_block_net_usage: V0<Accumulator>,
    /// The CPU of blocks, averaged over 120 of them.
    average_block_cpu_usage: V0<Accumulator>,
    /// The sum of the weights for NET.
    total_net_weight: u64,
    /// The sum of the weights for CPU.
    total_cpu_weight: u64,
    /// The sum of the limits of RAM.
    total_ram_bytes: u64,
    /// The NET of a block that accounts share by weight.
    virtual_net_limit: u64,
    /// The CPU of a block that accounts share by weight.
    virtual_cpu_limit: u64,
}

/// What blocks have used.
fn block_usage(state: &State) -> BlockUsage {
    let resources = &state.global.block_resources;
    BlockUsage {
        average_block_net_usage: resources.net.average.into(),
        average_block_cpu_usage: resources.cpu.average.into(),
        total_net_weight: resources.net.total_weight,
        total_cpu_weight: resources.cpu.total_weight,
        total_ram_bytes: resources.total_ram_bytes,
        virtual_net_limit: resources.net.virtual_limit,
        virtual_cpu_limit: resources.cpu.virtual_limit,
    }
}

/// `resource_limits_config_v0`.
#[derive(PartialEq, Encode)]
struct BlockLimits {
    /// Limits of CPU.
    cpu_limit_parameters: V0<Elastic>,
    /// Limits of NET.
    net_limit_parameters: V0<Elastic>,
    /// Over how many slots the CPU of accounts is averaged.
    account_cpu_usage_average_window: u32,
    /// Over how many slots the NET of accounts is averaged.
    account_net_usage_average_window: u32,
}

/// `elastic_limit_parameters_v0`.
#[derive(PartialEq, Encode)]
struct Elastic {
    /// The use of a block above which the chain counts as congested.
    target: u64,
    /// The most that a block may use.
    max: u64,
    /// Over how many blocks use is averaged.
    periods: u32,
    /// How many times `max` the virtual limit may become.
    max_multiplier: u32,
    /// How it falls after a block of a congested chain.
    contract_rate: V0<(u64, u64)>,
    /// How it grows after another.
    expand_rate: V0<(u64, u64)>,
}

impl From<&ElasticLimit> for V0<Elastic> {
    fn from(limit: &ElasticLimit) -> Self {
        Version(Elastic {
            target: limit.target,
            max: limit.max,
            periods: BLOCK_WINDOW,
            max_multiplier: ELASTIC_MULTIPLIER as u32,
            contract_rate: Version(CONTRACT),
            expand_rate: Version(EXPAND),
        })
    }
}

/// The limits of blocks.
fn block_limits(state: &State) -> BlockLimits {
    let resources = &state.global.block_resources;
    BlockLimits {
        cpu_limit_parameters: (&resources.cpu).into(),
        net_limit_parameters: (&resources.net).into(),
        account_cpu_usage_average_window: ACCOUNT_WINDOW,
        account_net_usage_average_window: ACCOUNT_WINDOW,
    }
}
