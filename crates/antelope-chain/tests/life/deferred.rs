//! Transactions that contracts defer, and those that are sent with a delay.

use crate::puppet::Puppet;
use crate::system::{activate, bios};
use crate::world::{World, level, n};
use antelope_chain::{Feature, FeatureSet};
use antelope_rpc_client::native;
use antelope_types::{
    Action, Authority, Checksum256, Encode, Transaction, TransactionHeader, TransactionStatus,
    VarUint32, WaitWeight,
};
use serde_json::json;
use std::time::Duration;

pub fn run(world: &mut World) {
    bios(world);
    world.accounts(&["puppet", "other", "stubborn", "alice", "bob"]);
    let code = Puppet::new().deferring().printing_errors().code();
    for account in ["puppet", "other"] {
        assert!(world.push(&[native::set_code(n(account), &code)]));
    }
    let code = Puppet::new().deferring().failing_errors().code();
    assert!(world.push(&[native::set_code(n("stubborn"), &code)]));
    let told = world.twin.tells_senders();
    world.twin.block();
    // Before the features that mended deferred transactions.
    life(world, 1);
    if told {
        failures(world, 1);
    }
    activate(
        world,
        FeatureSet::NONE
            .with(Feature::PREACTIVATE_FEATURE)
            .with(Feature::REPLACE_DEFERRED),
    );
    life(world, 2);
    if told {
        failures(world, 2);
    }
    activate(world, FeatureSet::LEAP_4.without(Feature::REPLACE_DEFERRED));
    life(world, 3);
    if told {
        failures(world, 3);
    }
    delays(world);
    limits(world);
}

/// An action of the puppet that does nothing.
fn nothing(account: &str, by: &str) -> Action {
    Action {
        account: n(account),
        name: n("nothing"),
        authorization: vec![level(by)],
        data: vec![],
    }
}

fn later(delay: u32, actions: Vec<Action>) -> Transaction {
    let header = TransactionHeader {
        delay_sec: VarUint32(delay),
        ..TransactionHeader::default()
    };
    Transaction {
        header,
        actions,
        ..Transaction::default()
    }
}

/// Lets the puppet send a transaction.
fn send(
    world: &mut World,
    by: &str,
    id: u128,
    payer: &str,
    replace: bool,
    transaction: &Transaction,
) -> bool {
    let mut data = id.to_bytes();
    data.extend(n(payer).to_bytes());
    data.extend(u32::from(replace).to_bytes());
    data.extend(transaction.to_bytes());
    let authorization = by.split(',').map(level).collect();
    world.push(&[Action {
        account: n("puppet"),
        name: n("send"),
        authorization,
        data,
    }])
}

/// Deferred transactions that fail, of which their sender is told.
fn failures(world: &mut World, round: u128) {
    let before = world.twin.chain.head().number();
    let mut number = round << 64 | 100;
    let mut send = |world: &mut World, sender: &str, delay: u32, actions: Vec<Action>| {
        let mut data = number.to_bytes();
        data.extend(n(sender).to_bytes());
        data.extend(0u32.to_bytes());
        data.extend(later(delay, actions).to_bytes());
        number += 1;
        assert!(world.push(&[Action {
            name: n("send"),
            data,
            ..nothing(sender, sender)
        }]));
    };
    let fail = |by: &str| Action {
        name: n("fail"),
        ..nothing("puppet", by)
    };
    // The first and the second action, and one of several transactions of a block.
    send(world, "puppet", 0, vec![fail("puppet")]);
    world.twin.block();
    world.twin.block();
    for actions in [
        vec![nothing("other", "puppet"), fail("puppet")],
        vec![nothing("other", "puppet")],
        vec![fail("puppet"), fail("puppet")],
    ] {
        send(world, "puppet", 1, actions);
    }
    // A sender that fails too, and one that has no code any more.
    send(world, "stubborn", 1, vec![fail("stubborn")]);
    send(world, "stubborn", 5, vec![fail("stubborn")]);
    for _ in 0..4 {
        world.twin.block();
    }
    assert!(world.push(&[native::set_code(n("stubborn"), &[])]));
    for _ in 0..10 {
        world.twin.block();
    }
    let code = Puppet::new().deferring().failing_errors().code();
    assert!(world.push(&[native::set_code(n("stubborn"), &code)]));
    // A block comes so late that one has expired that would have failed.
    send(world, "puppet", 1, vec![fail("puppet")]);
    world.twin.advance(Duration::from_secs(1200));
    world.twin.block();
    world.twin.accounts();
    let chain = &world.twin.chain;
    let blocks = (before + 1..=chain.head().number()).filter_map(|number| chain.block(number));
    let ended = |status: TransactionStatus| {
        let transactions = blocks.clone().flat_map(|block| block.transactions.clone());
        let deferred = transactions.filter(|it| it.packed.is_none());
        deferred.filter(|it| it.receipt.status == status).count()
    };
    assert_eq!(ended(TransactionStatus::SoftFail), 4);
    assert_eq!(ended(TransactionStatus::HardFail), 1);
    assert_eq!(ended(TransactionStatus::Executed), 1);
    assert_eq!(ended(TransactionStatus::Expired), 1);
}

fn cancel(world: &mut World, id: u128) -> bool {
    let (account, name) = (n("puppet"), n("cancel"));
    let authorization = vec![level("puppet")];
    world.push(&[Action {
        account,
        name,
        authorization,
        data: id.to_bytes(),
    }])
}

fn life(world: &mut World, round: u128) {
    let id = |number: u128| round << 64 | number;
    let own = || nothing("other", "puppet");
    assert!(send(
        world,
        "puppet",
        id(0),
        "puppet",
        false,
        &later(0, vec![own()])
    ));
    world.twin.block();
    world.twin.block();
    for delay in [1, 3, 2] {
        assert!(send(
            world,
            "puppet",
            id(delay),
            "puppet",
            false,
            &later(delay as u32, vec![own(), own()])
        ));
    }
    send(
        world,
        "puppet",
        id(1),
        "puppet",
        false,
        &later(9, vec![own()]),
    );
    send(
        world,
        "puppet",
        id(1),
        "puppet",
        true,
        &later(4, vec![own()]),
    );
    assert!(cancel(world, id(2)));
    assert!(!cancel(world, id(2)));
    for _ in 0..10 {
        world.twin.block();
    }
    // Under another's authority, and on another's account.
    send(
        world,
        "puppet",
        id(5),
        "puppet",
        false,
        &later(0, vec![nothing("other", "alice")]),
    );
    send(
        world,
        "puppet,alice",
        id(6),
        "alice",
        false,
        &later(0, vec![own()]),
    );
    send(
        world,
        "puppet",
        id(7),
        "alice",
        false,
        &later(0, vec![own()]),
    );
    send(
        world,
        "alice",
        id(8),
        "alice",
        false,
        &later(0, vec![nothing("puppet", "alice")]),
    );
    send(
        world,
        "puppet",
        id(9),
        "puppet",
        false,
        &later(0, vec![nothing("nobody", "puppet")]),
    );
    send(world, "puppet", id(10), "puppet", false, &later(0, vec![]));
    let mut free = later(0, vec![own()]);
    free.context_free_actions.push(Action {
        authorization: vec![],
        ..own()
    });
    send(world, "puppet", id(11), "puppet", false, &free);
    world.twin.block();
    world.twin.block();
    // Two with the same content, and one after which its block comes late.
    send(
        world,
        "puppet",
        id(12),
        "puppet",
        false,
        &later(1, vec![own()]),
    );
    send(
        world,
        "puppet",
        id(13),
        "puppet",
        false,
        &later(1, vec![own()]),
    );
    world.twin.block();
    world.twin.advance(Duration::from_secs(20));
    send(
        world,
        "puppet",
        id(14),
        "puppet",
        false,
        &later(1, vec![own()]),
    );
    world.twin.advance(Duration::from_secs(1200));
    world.twin.block();
    world.twin.accounts();
}

/// Transactions that are sent with a delay, and `canceldelay`.
fn delays(world: &mut World) {
    let delayed = |world: &mut World, by: &str, seconds: u32| -> (Checksum256, bool) {
        let action = nothing("other", by);
        let mut transaction = world.twin.chain.transaction(&[action]);
        transaction.header.delay_sec = VarUint32(seconds);
        (transaction.id(), world.send(transaction))
    };
    assert!(delayed(world, "alice", 2).1);
    let (id, done) = delayed(world, "alice", 60);
    assert!(done);
    world.twin.block();
    let cancel = |by: &str, id: Checksum256| {
        json!({
            "canceling_auth": { "actor": by, "permission": "active" }, "trx_id": id,
        })
    };
    world.fails("eosio", "canceldelay", "bob", cancel("bob", id));
    world.fails(
        "eosio",
        "canceldelay",
        "alice",
        cancel("alice", Checksum256([1; 32])),
    );
    world.does("eosio", "canceldelay", "alice", cancel("alice", id));
    world.fails("eosio", "canceldelay", "alice", cancel("alice", id));
    for _ in 0..6 {
        world.twin.block();
    }
    // A permission that waits.
    let mut slow = Authority::from_key(world.key());
    slow.keys[0].weight = 1;
    slow.threshold = 2;
    slow.waits.push(WaitWeight {
        wait_sec: 10,
        weight: 1,
    });
    let update = native::update_auth(n("alice"), n("slow"), n("active"), slow);
    assert!(world.push(&[update]));
    let link = native::link_auth(n("alice"), n("other"), n("nothing"), n("slow"));
    assert!(world.push(&[link]));
    world.twin.block();
    for seconds in [0, 5, 10, 20] {
        delayed(world, "alice@slow", seconds);
    }
    world.twin.block();
    let (id, _) = delayed(world, "alice@slow", 30);
    let cancel =
        json!({ "canceling_auth": { "actor": "alice", "permission": "slow" }, "trx_id": id });
    world.act("eosio", "canceldelay", "alice@slow", cancel);
    for _ in 0..50 {
        world.twin.block();
    }
    // One that fails when its time has come, and one whose time passes.
    let fail = Action {
        name: n("fail"),
        ..nothing("puppet", "bob")
    };
    let mut transaction = world.twin.chain.transaction(&[fail]);
    transaction.header.delay_sec = VarUint32(1);
    world.send(transaction);
    for _ in 0..4 {
        world.twin.block();
    }
    delayed(world, "bob", 5);
    world.twin.advance(Duration::from_secs(5 + 601));
    world.twin.block();
}

/// RAM and time that there are.
fn limits(world: &mut World) {
    let poor = json!({ "account": "bob", "ram_bytes": 3100, "net_weight": -1, "cpu_weight": -1 });
    world.does("eosio", "setalimits", "eosio", poor);
    world.twin.block();
    let many = (0..20).map(|_| nothing("other", "puppet")).collect();
    send(world, "puppet,bob", 900, "bob", false, &later(1, many));
    let mut transaction = world.twin.chain.transaction(&[nothing("other", "bob")]);
    transaction.header.delay_sec = VarUint32(50 * 24 * 3600);
    world.send(transaction);
    world.twin.block();
}
