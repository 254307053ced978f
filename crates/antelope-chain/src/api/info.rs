//! Calls about the chain as a whole.

use crate::block::Schedule;
use crate::chain::Chain;
use antelope_types::Feature;
use antelope_types::{BlockTimestamp, TimePoint};
use serde_json::{Value, json};
use std::sync::Arc;

/// An object of these fields.
macro_rules! fields {
    ($of:expr; $($field:ident)*) => { json!({ $(stringify!($field): $of.$field),* }) };
}

/// `get_info`.
pub(super) fn info(chain: &Chain, (): ()) -> Value {
    let head = chain.head();
    let irreversible = chain.last_irreversible();
    let irreversible = chain.block(irreversible);
    let irreversible = irreversible.as_ref().unwrap_or(head);
    let resources = &chain.state().global.block_resources;
    let time = |timestamp: BlockTimestamp| TimePoint::from(timestamp);
    json!({
        "server_version": "00000000",
        "chain_id": chain.chain_id(),
        "head_block_num": head.number(),
        "last_irreversible_block_num": irreversible.number(),
        "last_irreversible_block_id": irreversible.id,
        "head_block_id": head.id,
        "head_block_time": time(head.header.timestamp),
        "head_block_producer": head.header.producer,
        "virtual_block_cpu_limit": resources.cpu.virtual_limit,
        "virtual_block_net_limit": resources.net.virtual_limit,
        "block_cpu_limit": resources.cpu.left(),
        "block_net_limit": resources.net.left(),
        "server_version_string": concat!("antelope-chain-", env!("CARGO_PKG_VERSION")),
        "fork_db_head_block_num": head.number(),
        "fork_db_head_block_id": head.id,
        "server_full_version_string": concat!("antelope-chain-", env!("CARGO_PKG_VERSION")),
        "total_cpu_weight": resources.cpu.total_weight,
        "total_net_weight": resources.net.total_weight,
        "earliest_available_block_num": 1,
        "last_irreversible_block_time": time(irreversible.header.timestamp),
    })
}

/// `get_consensus_parameters`: those of modules only where they can be set.
pub(super) fn consensus_parameters(chain: &Chain, (): ()) -> Value {
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

/// `get_finalizer_info` of Spring: no policy of finalizers ever takes effect here.
pub(super) fn finalizer_info(_: &Chain, (): ()) -> Value {
    json!({
        "active_finalizer_policy": null,
        "pending_finalizer_policy": null,
        "last_tracked_votes": [],
    })
}

/// `get_producer_schedule`, as of the block in the making.
pub(super) fn schedule(chain: &Chain, (): ()) -> Value {
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
