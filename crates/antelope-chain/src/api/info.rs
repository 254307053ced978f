//! Calls about the chain as a whole: `get_info`, `get_consensus_parameters`, `get_finalizer_info`,
//! `get_producer_schedule`, `get_activated_protocol_features`.
//!
//! The first four take no parameters and fail with `invalid_http_request` (3200006) if any are
//! given.
//!
//! | field of `get_info` | unit |
//! |---|---|
//! | `block_cpu_limit`, `virtual_block_cpu_limit` | µs |
//! | `block_net_limit`, `virtual_block_net_limit` | bytes |
//! | `total_cpu_weight`, `total_net_weight` | the sum of all accounts' weights |
//! | `head_block_time`, `last_irreversible_block_time` | UTC, with milliseconds |

use crate::block::Schedule;
use crate::chain::Chain;
use antelope_types::Feature;
use antelope_types::rpc::Info;
use serde_json::{Value, json};
use std::sync::Arc;

/// A JSON object of these fields of a value, under their own names.
macro_rules! fields {
    ($of:expr; $($field:ident)*) => { json!({ $(stringify!($field): $of.$field),* }) };
}

/// `get_info`. What a client needs to make a transaction: the chain's id, the head, the last
/// irreversible block, and the chain's time.
///
/// The limits are in µs of CPU and bytes of NET: `block_cpu_limit` is what is left in the block in
/// production, `virtual_block_cpu_limit` the elastic limit of a whole block. A chain here has no
/// forks, so that the fork database's head is the head.
///
/// # Example
///
/// ```json
/// {
///   "chain_id": "…",
///   "head_block_num": 42,
///   "last_irreversible_block_num": 41,
///   "head_block_id": "0000002a…",
///   "head_block_time": "2026-01-01T00:00:20.500",
///   "head_block_producer": "eosio",
///   "server_version_string": "antelope-chain-0.1.0"
/// }
/// ```
///
/// and the limits described above.
pub(super) fn info(chain: &Chain) -> Info {
    let head = chain.head();
    let irreversible = chain.last_irreversible();
    let irreversible = chain.block(irreversible);
    let irreversible = irreversible.as_ref().unwrap_or(head);
    let resources = &chain.state().global.block_resources;
    let version = concat!("antelope-chain-", env!("CARGO_PKG_VERSION"));
    Info {
        server_version: "00000000".to_owned(),
        chain_id: chain.chain_id(),
        head_block_num: head.number(),
        last_irreversible_block_num: irreversible.number(),
        last_irreversible_block_id: irreversible.id,
        last_irreversible_block_time: irreversible.header.timestamp.into(),
        head_block_id: head.id,
        head_block_time: head.header.timestamp.into(),
        head_block_producer: head.header.producer,
        virtual_block_cpu_limit: resources.cpu.virtual_limit,
        virtual_block_net_limit: resources.net.virtual_limit,
        block_cpu_limit: resources.cpu.left(),
        block_net_limit: resources.net.left(),
        server_version_string: version.to_owned(),
        server_full_version_string: version.to_owned(),
        fork_db_head_block_num: head.number(),
        fork_db_head_block_id: head.id,
        total_cpu_weight: resources.cpu.total_weight,
        total_net_weight: resources.net.total_weight,
        earliest_available_block_num: 1,
    }
}

/// Whether [`info`] finds everything in memory. Of a chain in a folder, blocks that are in the log
/// are not.
pub(super) fn is_at_hand(chain: &Chain) -> bool {
    chain.is_in_memory(chain.last_irreversible())
}

/// `get_consensus_parameters`: the chain parameters, and the limits on modules once
/// `CONFIGURABLE_WASM_LIMITS2` is active.
pub(super) fn consensus_parameters(chain: &Chain) -> Value {
    let global = &chain.state().global;
    let config = &global.config;
    let wasm = &global.wasm_config;
    let mut answer = json!({ "chain_config": fields!(config;
        max_block_net_usage target_block_net_usage_pct max_transaction_net_usage
        base_per_transaction_net_usage net_usage_leeway context_free_discount_net_usage_num
        context_free_discount_net_usage_den max_block_cpu_usage target_block_cpu_usage_pct
        max_transaction_cpu_usage min_transaction_cpu_usage max_transaction_lifetime
        deferred_trx_expiration_window max_transaction_delay max_inline_action_size
        max_inline_action_depth max_authority_depth) });
    answer["chain_config"]["max_action_return_value_size"] = global.max_return_value.into();
    if chain.state().has(Feature::CONFIGURABLE_WASM_LIMITS2) {
        answer["wasm_config"] = fields!(wasm;
            max_mutable_global_bytes max_table_elements max_section_elements max_linear_memory_init
            max_func_local_bytes max_nested_structures max_symbol_bytes max_module_bytes
            max_code_bytes max_pages max_call_depth);
    }
    answer
}

/// `get_finalizer_info` of Spring. The embedded chain has no finalizers, so that it is always
/// empty; on chains without the feature `SAVANNA` the call does not exist, as on nodes before
/// Spring.
pub(super) fn finalizer_info() -> Value {
    json!({
        "active_finalizer_policy": null,
        "pending_finalizer_policy": null,
        "last_tracked_votes": [],
    })
}

/// `get_producer_schedule`: the active schedule, the pending one (in a block, not yet in effect)
/// and the proposed one (not yet in a block), as of the block in production. Empty schedules are
/// `null`.
pub(super) fn schedule(chain: &Chain) -> Value {
    let state = chain.state();
    let pending = state.global.rounds.following();
    let proposed = state
        .global
        .proposed
        .as_ref()
        .map(|proposed| &proposed.schedule);
    let some = |schedule: &&Arc<Schedule>| !schedule.producers.is_empty();
    json!({
        "active": *state.global.rounds.active,
        "pending": Some(pending).filter(some).map(|schedule| &**schedule),
        "proposed": proposed.filter(some).map(|schedule| &**schedule),
    })
}
