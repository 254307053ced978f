//! What indexers read of a chain that has just begun, from a node that makes blocks itself.

use crate::shared::history::producing;
use antelope_chain::{Chain, FeatureSet, Genesis, wasm};
use antelope_history::{GetBlocks, Request, Response, decode_deltas};
use antelope_types::Decode;

#[test]
fn the_first_block_has_the_state_of_the_genesis() {
    let Some((node, mut session)) = producing() else {
        return;
    };
    let genesis = Genesis {
        initial_key: node.public_key(),
        features: FeatureSet::NONE,
        ..Genesis::default()
    };
    let chain_id = node.client().get_info().unwrap().chain_id;
    assert_eq!(chain_id, genesis.chain_id());
    session.send(&Request::GetBlocks(GetBlocks {
        start_block_num: 1,
        end_block_num: 2,
        max_messages_in_flight: 1,
        fetch_traces: true,
        fetch_deltas: true,
        ..GetBlocks::default()
    }));
    let Response::Blocks(there) = Response::from_bytes(&session.receive()).unwrap() else {
        panic!("another answer");
    };
    let mut chain = Chain::start(genesis, wasm::Engine::shared().unwrap()).unwrap();
    chain.record_history();
    let here = chain.history().unwrap();
    assert_eq!(
        there.this_block.map(|it| it.block_id),
        here.position(1).unwrap()
    );
    assert_eq!((there.traces, here.traces(1).unwrap()), (None, None));
    let read = |bytes: Option<Vec<u8>>| {
        let mut tables = decode_deltas(&bytes.unwrap()).unwrap();
        // A node writes the first block when it starts, and by then `onblock` of the second one may
        // have used CPU and NET of `eosio`.
        let usage = tables
            .iter_mut()
            .find(|table| table.name == "resource_usage");
        usage.unwrap().rows.remove(0);
        tables
    };
    assert_eq!(read(there.deltas), read(here.deltas(1).unwrap()));
}
