//! `get_block_header_state`.
//!
//! | | nodes before Spring, and chains without `SAVANNA` here | Spring, and chains with `SAVANNA` |
//! |---|---|---|
//! | which blocks | those that are not irreversible | all |
//! | `id`, `header`, `block_num` | the block's | the block's |
//! | schedules, confirmations, the Merkle tree of ids | as of the block | those of an empty state |
//! | `activated_protocol_features` | those in effect | `null` |
//!
//! Spring no longer has such a state and answers with a `block_header_state_legacy` of which only
//! the header is filled in: `read_only::get_block_header_state` in `chain_plugin.cpp`.

use super::Reader;
use super::answer::Refusal;
use super::block::{by_number_or_id, signed_header};
use super::request::Request;
use crate::block::{Block, HeaderState};
use crate::chain::Chain;
use antelope_ledger::state::Rounds;
use antelope_types::{ChainError, Checksum256, ErrorKind, Feature, Name, Schedule};
use imbl::OrdMap;
use serde_json::{Value, json};
use std::sync::Arc;

/// `get_block_header_state`. Request: `block_num_or_id`. Response: the fields of a node's
/// `block_header_state`; see the table above.
///
/// # Errors
/// `block_id_type_exception` (3010008) for text that is neither a number nor an id;
/// `unknown_block_exception` (3100002, status 400) for a block that does not exist, or that is
/// irreversible on a chain without Savanna.
pub(super) fn header_state(reader: Reader<'_>, request: &Request) -> Result<Value, Refusal> {
    let wanted = request.text("block_num_or_id")?;
    let chain = reader.chain;
    let block = by_number_or_id(chain, &wanted)?;
    let has_savanna = chain.state().has(Feature::SAVANNA);
    let told = block.and_then(|block| match has_savanna {
        true => Some(without_state(chain, &block)),
        false => {
            let state = chain.header_state(block.number())?;
            Some(whole(chain, &block, state))
        }
    });
    let found = told.ok_or_else(|| {
        let what = if has_savanna {
            "block"
        } else {
            "reversible block"
        };
        let message = format!("Could not find {what}: {wanted}");
        ChainError::new(ErrorKind::UnknownBlock, message)
    })?;
    Ok(found)
}

/// The answer of nodes before Spring.
fn whole(chain: &Chain, block: &Arc<Block>, state: &HeaderState) -> Value {
    let rounds = &*state.rounds;
    let number = block.number();
    let ids = &state.earlier_ids;
    let protocol = chain.state().protocol();
    let later = protocol.activated();
    let later = later.filter(|(_, activated)| *activated <= number);
    let features = chain.genesis().features.iter();
    let features = features.chain(later.map(|(feature, _)| feature));
    let mut features: Vec<_> = features.map(|feature| feature.digest).collect();
    // Nodes keep them in a set.
    features.sort_unstable();
    json!({
        "block_num": number,
        "dpos_proposed_irreversible_blocknum": rounds.proposed_irreversible,
        "dpos_irreversible_blocknum": rounds.irreversible,
        "active_schedule": *rounds.active,
        "blockroot_merkle": {
            "_active_nodes": ids.active_nodes().collect::<Vec<_>>(),
            "_node_count": ids.length(),
        },
        "producer_to_last_produced": pairs(&rounds.last_produced),
        "producer_to_last_implied_irb": pairs(&rounds.implied),
        "valid_block_signing_authority": state.authority,
        "confirm_count": rounds.needed,
        "id": block.id,
        "header": signed_header(chain, block),
        "pending_schedule": pending(rounds, number),
        "activated_protocol_features": { "protocol_features": features },
        // One key makes all signatures.
        "additional_signatures": [],
    })
}

/// The schedule that waits to be promoted after the block. Once it is promoted its producers are
/// taken out; the version, the hash and the number of the announcing block stay.
///
/// A schedule that waits has a later version than the active one. It may be empty, where
/// `DISALLOW_EMPTY_PRODUCER_SCHEDULE` is not active; it is then never promoted.
fn pending(rounds: &Rounds, number: u32) -> Value {
    let (announced, schedule) = match &rounds.new {
        Some(new) => (number, new),
        None => (rounds.announced, &rounds.pending),
    };
    let active = rounds.active.version;
    let schedule = match schedule.version > active {
        true => Schedule::clone(schedule),
        false => Schedule {
            version: active,
            producers: Vec::new(),
        },
    };
    json!({
        "schedule_lib_num": announced,
        "schedule_hash": rounds.schedule_hash,
        "schedule": schedule,
    })
}

/// A map as nodes write it: a list of pairs, in the order of the keys.
fn pairs(map: &OrdMap<Name, u32>) -> Vec<(Name, u32)> {
    map.iter().map(|(name, number)| (*name, *number)).collect()
}

/// The answer of Spring: a state as it is before anything is known, with the block's header.
fn without_state(chain: &Chain, block: &Arc<Block>) -> Value {
    let none = json!({ "version": 0, "producers": [] });
    json!({
        "block_num": block.number(),
        "dpos_proposed_irreversible_blocknum": 0,
        "dpos_irreversible_blocknum": 0,
        "active_schedule": none,
        "blockroot_merkle": { "_active_nodes": [], "_node_count": 0 },
        "producer_to_last_produced": [],
        "producer_to_last_implied_irb": [],
        "valid_block_signing_authority": [0, { "threshold": 0, "keys": [] }],
        "confirm_count": [],
        "id": block.id,
        "header": signed_header(chain, block),
        "pending_schedule": {
            "schedule_lib_num": 0,
            "schedule_hash": Checksum256::ZERO,
            "schedule": none,
        },
        "activated_protocol_features": null,
        "additional_signatures": [],
    })
}
