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
    out.table::<Limits>(blocks);
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

struct Limits;

#[derive(Encode)]
struct LimitsRow {
    owner: Name,
    net_weight: i64,
    cpu_weight: i64,
    ram_bytes: i64,
}

impl Table for Limits {
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

struct Used;

#[derive(Encode)]
struct UsedRow {
    owner: Name,
    net_usage: V0<Accumulator>,
    cpu_usage: V0<Accumulator>,
    ram_usage: u64,
}

/// `usage_accumulator_v0`.
#[derive(PartialEq, Encode)]
struct Accumulator {
    last_ordinal: u32,
    value_ex: u64,
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
    average_block_net_usage: V0<Accumulator>,
    average_block_cpu_usage: V0<Accumulator>,
    total_net_weight: u64,
    total_cpu_weight: u64,
    total_ram_bytes: u64,
    virtual_net_limit: u64,
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
    cpu_limit_parameters: V0<Elastic>,
    net_limit_parameters: V0<Elastic>,
    account_cpu_usage_average_window: u32,
    account_net_usage_average_window: u32,
}

/// `elastic_limit_parameters_v0`.
#[derive(PartialEq, Encode)]
struct Elastic {
    target: u64,
    max: u64,
    periods: u32,
    max_multiplier: u32,
    contract_rate: V0<(u64, u64)>,
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
