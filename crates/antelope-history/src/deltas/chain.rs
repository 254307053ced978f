//! What is there once: parameters and features. And deferred transactions, which stand between them.

use super::table::{Blocks, Output, Rows, Table, put};
use crate::version::{V0, V1, Version};
use antelope_ledger::state::{Deferred, DeferredKey, Map, State};
use antelope_types::{ChainConfig, Checksum256, Encode, Feature, Name, Schedule, WasmConfig};

/// The block to which features are counted that a chain has begun with, as in answers of
/// `get_activated_protocol_features`.
const GENESIS_BLOCK: u32 = 1;

/// Appends the tables of this module.
pub(super) fn write(chain_id: &Checksum256, blocks: Blocks<'_>, out: &mut Output) {
    let mut row = Vec::new();
    put(&parameters(chain_id, blocks.after), &mut row);
    // Parameters that were set to what they were are a change, too.
    let set = blocks.after.global.parameters_set;
    let differs = |before: &State| before.global.parameters_set != set;
    out.rows("global_property", Rows::one(blocks, differs, row));
    out.table::<Generated>(blocks);
    let (after, mut row) = (features(blocks.after), Vec::new());
    put(&Version::<0, _>(&after[..]), &mut row);
    let differs = |before: &State| features(before) != after;
    out.rows("protocol_state", Rows::one(blocks, differs, row));
}

/// `global_property_v1`.
#[derive(Encode)]
struct Parameters {
    /// The block that proposed a schedule, until that is announced.
    proposed_schedule_block_num: Option<u32>,
    /// The proposed schedule; without producers where none is proposed.
    proposed_schedule: Schedule,
    /// The parameters that producers vote for.
    configuration: V1<Configuration>,
    /// The chain.
    chain_id: Checksum256,
    /// The limits of modules.
    wasm_configuration: V0<WasmConfig>,
}

/// `chain_config_v1`.
#[derive(Encode)]
struct Configuration {
    /// The fields of `chain_config_v0`.
    config: ChainConfig,
    /// The most bytes that an action may return.
    max_action_return_value_size: u32,
}

/// The parameters of the chain.
fn parameters(chain_id: &Checksum256, state: &State) -> V1<Parameters> {
    let global = &state.global;
    let proposed = global.proposed.as_ref();
    Version(Parameters {
        proposed_schedule_block_num: proposed.map(|proposed| proposed.block_num),
        proposed_schedule: proposed.map_or_else(Schedule::default, |proposed| {
            Schedule::clone(&proposed.schedule)
        }),
        configuration: Version(Configuration {
            config: global.config,
            max_action_return_value_size: global.max_return_value,
        }),
        chain_id: *chain_id,
        wasm_configuration: Version(global.wasm_config),
    })
}

/// `activated_protocol_feature_v0`.
#[derive(PartialEq, Encode)]
struct Activated {
    /// The digest by which the feature is known.
    feature_digest: Checksum256,
    /// The block that activated it.
    activation_block_num: u32,
}

/// The activated features in the order of their activation.
fn features(state: &State) -> Vec<V0<Activated>> {
    let protocol = state.protocol();
    let by_block = || protocol.activated();
    let at_first = protocol.active().iter();
    let at_first = at_first.filter(|feature| by_block().all(|(other, _)| other != *feature));
    let at_first = at_first.map(|feature| (feature, GENESIS_BLOCK));
    let all = at_first.chain(by_block());
    all.map(|(Feature { digest, .. }, block)| {
        Version(Activated {
            feature_digest: digest,
            activation_block_num: block,
        })
    })
    .collect()
}

/// The table `generated_transaction`.
struct Generated;

/// `generated_transaction_v0`.
#[derive(Encode)]
struct GeneratedRow<'a> {
    /// The contract that sent it; empty for a delayed transaction of a user.
    sender: Name,
    /// The sender's number for it.
    sender_id: u128,
    /// Who pays for its RAM.
    payer: Name,
    /// Its id.
    trx_id: Checksum256,
    /// The packed transaction, without signatures.
    packed_trx: &'a [u8],
}

impl Table for Generated {
    const NAME: &'static str = "generated_transaction";
    type Key = DeferredKey;
    type Value = Deferred;

    fn map(state: &State) -> &Map<DeferredKey, Deferred> {
        &state.deferred
    }

    fn number(_: &State, _: &DeferredKey, deferred: &Deferred) -> u64 {
        deferred.number
    }

    fn differs(_: &Deferred, _: &Deferred) -> bool {
        // One that replaces another is another object.
        true
    }

    fn row(_: &State, _: &DeferredKey, deferred: &Deferred, out: &mut Vec<u8>) {
        let row = GeneratedRow {
            sender: deferred.sender,
            sender_id: deferred.sender_id,
            payer: deferred.payer,
            trx_id: deferred.id,
            packed_trx: &deferred.packed,
        };
        put(&Version::<0, _>(row), out);
    }
}
