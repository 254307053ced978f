//! Calls about the chain as a whole.

use super::answer::Refusal;
use super::request::Request;
use crate::block::Schedule;
use crate::chain::Chain;
use antelope_types::{BlockTimestamp, TimePoint};
use serde_json::{Value, json};
use std::sync::Arc;

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

/// `get_activated_protocol_features`: those in effect, in the order of their activation.
pub(super) fn features(chain: &Chain, request: &Request) -> Result<Value, Refusal> {
    let first = request.number("lower_bound", 0)? as usize;
    let last = request.number("upper_bound", u32::MAX)? as usize;
    let limit = request.number("limit", 10)? as usize;
    let activated = chain.state().protocol().activated().enumerate();
    let mut wanted = activated.filter(|(ordinal, _)| (first..=last).contains(ordinal));
    let page = wanted.by_ref().take(limit);
    let features: Vec<_> = page
        .map(|(ordinal, (feature, block_num))| {
            let codename = json!({ "name": "builtin_feature_codename", "value": feature.name });
            let needed = feature.depends_on().iter().map(|needed| needed.digest);
            let mut needed: Vec<_> = needed.collect();
            needed.sort_unstable();
            json!({
                "feature_digest": feature.digest,
                "activation_ordinal": ordinal,
                "activation_block_num": block_num,
                "dependencies": needed,
                "protocol_feature_type": "builtin",
                "specification": [codename],
            })
        })
        .collect();
    let mut answer = json!({ "activated_protocol_features": features });
    if let Some((ordinal, _)) = wanted.next() {
        answer["more"] = ordinal.into();
    }
    Ok(answer)
}
