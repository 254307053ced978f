//! What is told of the state behind a header, by the version of nodes that a chain imitates.
//!
//! The forms are those of `read_only::get_finalizer_info` and `read_only::get_block_header_state` in
//! Spring's `plugins/chain_plugin/chain_plugin.cpp`. The state that nodes before Spring tell is compared
//! with theirs in `tests/life`.

use crate::puppets::{ALICE, chain_of};
use antelope_chain::api::{Api, Production};
use antelope_chain::{Chain, FeatureSet, Genesis};
use serde_json::{Value, json};

fn start(features: FeatureSet) -> Chain {
    let genesis = Genesis {
        features,
        ..Genesis::default()
    };
    let mut chain = chain_of(genesis, &[], &[ALICE]);
    for _ in 0..4 {
        chain.produce_block().unwrap();
    }
    chain
}

fn ask(chain: &Chain, call: &str, body: &Value) -> (u16, Value) {
    let api = Api::new(chain.clone(), Production::OnDemand);
    let answer = api.answer(&format!("/v1/chain/{call}"), body.to_string().as_bytes());
    (answer.status, serde_json::from_slice(&answer.body).unwrap())
}

#[test]
fn no_finalizer_policy_is_told_before_one_takes_effect() {
    let (status, told) = ask(&start(FeatureSet::ALL), "get_finalizer_info", &json!({}));
    let expected = json!({
        "active_finalizer_policy": null,
        "pending_finalizer_policy": null,
        "last_tracked_votes": [],
    });
    assert_eq!((status, told), (200, expected));
    let (status, _) = ask(&start(FeatureSet::LEAP_5), "get_finalizer_info", &json!({}));
    assert_eq!(status, 404);
}

#[test]
fn spring_tells_the_header_of_any_block_and_nodes_before_it_the_state_of_reversible_ones() {
    let of = |chain: &Chain, number: u32| {
        let request = json!({ "block_num_or_id": number.to_string() });
        ask(chain, "get_block_header_state", &request)
    };
    let spring = start(FeatureSet::ALL);
    let head = spring.head().number();
    for number in 1..=head {
        let (status, told) = of(&spring, number);
        assert_eq!((status, &told["block_num"]), (200, &json!(number)));
        assert_eq!(told["active_schedule"]["producers"], json!([]));
        assert_eq!(told["activated_protocol_features"], Value::Null);
    }
    let leap = start(FeatureSet::LEAP_4);
    for number in 1..head {
        assert_eq!(of(&leap, number).0, 400, "{number}");
    }
    let (status, told) = of(&leap, head);
    assert_eq!(
        (status, &told["dpos_irreversible_blocknum"]),
        (200, &json!(head - 1))
    );
    assert_eq!(told["producer_to_last_produced"], json!([["eosio", head]]));
    // The ids of all blocks before it.
    assert_eq!(told["blockroot_merkle"]["_node_count"], json!(head - 1));
    let features = &told["activated_protocol_features"]["protocol_features"];
    assert_eq!(
        features.as_array().unwrap().len(),
        FeatureSet::LEAP_4.iter().count()
    );
}
