//! Proposals that need several, and wrapped transactions.

use crate::world::World;
use antelope_types::{TimePointSec, Transaction};
use serde_json::{Value, json};
use std::time::Duration;

pub fn run(world: &mut World) {
    proposal(world);
    refusals(world);
    invalidation(world);
    wrapped(world);
}

fn transfer(world: &World, from: &str, quantity: &str) -> Transaction {
    let arguments = json!({ "from": from, "to": "frank", "quantity": quantity, "memo": "agreed" });
    let action = world.action("eosio.token", "transfer", from, arguments);
    let now = world.twin.chain.now().micros() / 1_000_000;
    let mut transaction = Transaction {
        actions: vec![action],
        ..Transaction::default()
    };
    transaction.header.expiration = TimePointSec::from_seconds(now as u32 + 3600);
    transaction
}

fn json_of(transaction: &Transaction) -> Value {
    let mut value = serde_json::to_value(transaction).unwrap();
    let fields = value.as_object_mut().unwrap();
    fields.entry("context_free_actions").or_insert(json!([]));
    fields.entry("transaction_extensions").or_insert(json!([]));
    value
}

fn propose(world: &mut World, name: &str, requested: &[&str], transaction: &Transaction) -> bool {
    let levels: Vec<_> = requested
        .iter()
        .map(|who| json!({ "actor": who, "permission": "active" }))
        .collect();
    let arguments = json!({
        "proposer": "alice", "proposal_name": name, "requested": levels, "trx": json_of(transaction),
    });
    world.act_in_block("eosio.msig", "propose", "alice", arguments)
}

fn say(world: &mut World, action: &str, who: &str, name: &str) -> bool {
    let arguments = json!({
        "proposer": "alice", "proposal_name": name, "level": { "actor": who, "permission": "active" },
    });
    world.act_in_block("eosio.msig", action, who, arguments)
}

fn exec(world: &mut World, name: &str) -> bool {
    let arguments = json!({ "proposer": "alice", "proposal_name": name, "executer": "dave" });
    world.act_in_block("eosio.msig", "exec", "dave", arguments)
}

fn cancel(world: &mut World, who: &str, name: &str) -> bool {
    let arguments = json!({ "proposer": "alice", "proposal_name": name, "canceler": who });
    world.act_in_block("eosio.msig", "cancel", who, arguments)
}

fn proposal(world: &mut World) {
    let transaction = transfer(world, "bob", "12.0000 SYS");
    assert!(propose(world, "pay", &["bob", "carol"], &transaction));
    assert!(!propose(world, "pay", &["bob"], &transaction));
    assert!(!exec(world, "pay"));
    assert!(say(world, "approve", "bob", "pay"));
    assert!(!say(world, "approve", "bob", "pay"));
    assert!(!say(world, "approve", "dave", "pay"));
    assert!(say(world, "unapprove", "bob", "pay"));
    assert!(!exec(world, "pay"));
    assert!(say(world, "approve", "bob", "pay"));
    world.rows("eosio.msig");
    assert!(exec(world, "pay"));
    world.twin.block();
    world.twin.block();
    assert!(!exec(world, "pay"));
    world.rows("eosio.msig");
    world.rows("eosio.token");
}

fn refusals(world: &mut World) {
    let mut late = transfer(world, "bob", "1.0000 SYS");
    assert!(propose(world, "late", &["bob"], &late));
    assert!(!cancel(world, "carol", "late"));
    world.twin.advance(Duration::from_secs(2 * 60 * 60));
    assert!(say(world, "approve", "bob", "late"));
    assert!(!exec(world, "late"));
    assert!(cancel(world, "carol", "late"));
    late.header.expiration = TimePointSec::from_seconds(1);
    assert!(!propose(world, "past", &["bob"], &late));
    let mine = transfer(world, "bob", "1.0000 SYS");
    propose(world, "twice", &["bob", "bob"], &mine);
    propose(world, "nobody", &["carol"], &mine);
    assert!(propose(world, "mine", &["bob"], &mine));
    assert!(cancel(world, "alice", "mine"));
    let hashed = json!({
        "proposer": "alice", "proposal_name": "hashed", "proposal_hash": mine.id(),
        "level": { "actor": "bob", "permission": "active" },
    });
    assert!(propose(world, "hashed", &["bob"], &mine));
    world.act_in_block("eosio.msig", "approve", "bob", hashed);
    let delayed = {
        let mut delayed = transfer(world, "bob", "2.0000 SYS");
        delayed.header.delay_sec = antelope_types::VarUint32(10);
        delayed
    };
    assert!(propose(world, "delayed", &["bob"], &delayed));
    assert!(say(world, "approve", "bob", "delayed"));
    exec(world, "delayed");
    for _ in 0..25 {
        world.twin.block();
    }
    exec(world, "delayed");
    world.twin.block();
    world.rows("eosio.msig");
    world.rows("eosio.token");
}

fn invalidation(world: &mut World) {
    let transaction = transfer(world, "bob", "4.0000 SYS");
    assert!(propose(world, "stale", &["bob"], &transaction));
    assert!(say(world, "approve", "bob", "stale"));
    assert!(world.act_in_block(
        "eosio.msig",
        "invalidate",
        "bob",
        json!({ "account": "bob" })
    ));
    assert!(!exec(world, "stale"));
    assert!(say(world, "unapprove", "bob", "stale"));
    assert!(say(world, "approve", "bob", "stale"));
    assert!(exec(world, "stale"));
    world.twin.block();
    world.rows("eosio.msig");
}

fn wrapped(world: &mut World) {
    let transaction = transfer(world, "bob", "1.0000 SYS");
    let arguments = json!({ "executer": "dave", "trx": json_of(&transaction) });
    world.fails("eosio.wrap", "exec", "dave", arguments.clone());
    world.act_in_block("eosio.wrap", "exec", "dave,eosio.wrap", arguments);
    world.twin.block();
    world.twin.block();
    world.rows("eosio.token");
}
