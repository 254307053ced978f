//! Arguments nested up to the limit of nodes, in everything that a node reads or shows as a whole.

use crate::calls::{Same, compare};
use crate::shared::difference::difference;
use crate::transactions::LATER;
use crate::world::{ALICE, World};
use antelope_rpc_client::signing::Signer;
use antelope_types::{
    Action, PackedTransaction, PermissionLevel, SignedTransaction, TimePointSec, Transaction, name,
};
use serde_json::{Value, json};

/// Levels around the limits, which are 9 for bytes by themselves and 14 for JSON.
const LEVELS: std::ops::Range<usize> = 5..16;

/// So many structures inside each other, each in a list of one.
fn nested(levels: usize) -> Value {
    let inner = json!({ "in": [] });
    (1..levels).fold(inner, |value, _| json!({ "in": [value] }))
}

/// A transaction with these arguments as bytes.
fn transaction(world: &World, levels: usize) -> Transaction {
    let now = world.both.chain.now().micros() / 1_000_000;
    let mut transaction = Transaction::default();
    transaction.header.expiration = TimePointSec::from_seconds((now + LATER) as u32);
    let mut data = vec![1; levels];
    data[levels - 1] = 0;
    transaction.actions.push(Action {
        account: ALICE,
        name: name!("nest"),
        authorization: vec![PermissionLevel::active(ALICE)],
        data,
    });
    transaction
}

/// What an answer shows of the arguments, or why it has none.
fn shown(status: u16, body: &[u8]) -> Value {
    let value: Value = serde_json::from_slice(body).unwrap();
    let act = &value["processed"]["action_traces"][0]["act"];
    json!({ "status": status, "code": value["error"]["code"], "data": act["data"] })
}

pub fn run(world: &World) -> Vec<String> {
    let mut different = Vec::new();
    let key = world.both.key.clone();
    for levels in LEVELS {
        let transaction = transaction(world, levels);
        let digest = transaction.signing_digest(&world.both.chain.chain_id(), &[]);
        let signed = SignedTransaction {
            signatures: vec![key.sign(&digest).unwrap()],
            transaction,
            context_free_data: Vec::new(),
        };
        let mut by_abi = json!(signed.transaction);
        by_abi["actions"][0]["data"] = nested(levels);
        let request = json!({ "transaction": by_abi, "available_keys": [key.public_key()] });
        different.extend(compare(world, "get_required_keys", &request, Same::All));
        let as_json = json!({
            "signatures": signed.signatures,
            "compression": "none",
            "transaction": by_abi,
        });
        let packed = serde_json::to_value(PackedTransaction::pack(&signed)).unwrap();
        for (call, request) in [
            ("push_transaction", &packed),
            ("send_transaction", &as_json),
        ] {
            let path = format!("/v1/chain/{call}");
            let request = serde_json::to_vec(request).unwrap();
            let there = world.both.node.client().post(&path, &request).unwrap();
            let here = world.api.answer(&path, &request);
            let told = [there, here].map(|answer| shown(answer.status, &answer.body));
            let lines = difference(&told[0], &told[1]);
            different.extend(lines.map(|it| format!("== {levels} levels, {call}\n{it}")));
        }
    }
    eprintln!(
        "{} depths of arguments, {} differ",
        LEVELS.len(),
        different.len()
    );
    different
}
