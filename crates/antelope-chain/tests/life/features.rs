//! Rules before and after the features that change them.

use crate::puppet::Puppet;
use crate::system::bios;
use crate::world::{World, level, n};
use antelope_chain::{Feature, FeatureSet};
use antelope_rpc_client::native;
use antelope_types::{
    Action, Authority, Encode, KeyWeight, PublicKey, UserPresence, WebAuthnPublicKey,
};
use serde_json::json;

pub fn run(world: &mut World) {
    bios(world);
    world.accounts(&["puppet", "other", "alice", "bob"]);
    for account in ["puppet", "other"] {
        let code = Puppet::new().notifying().storing().inlining().code();
        assert!(world.push(&[native::set_code(n(account), &code)]));
    }
    rules(world, 0);
    let order = Feature::ALL.iter().copied();
    let known = |feature: &Feature| FeatureSet::LEAP_4.contains(*feature);
    for (round, feature) in order.filter(known).skip(1).enumerate() {
        let activate = json!({ "feature_digest": feature.digest });
        world.does("eosio", "activate", "eosio", activate);
        world.twin.block();
        rules(world, round as u64 + 1);
    }
}

fn call(account: &str, name: &str, by: &str, data: Vec<u8>) -> Action {
    let authorization = by.split(',').map(level).collect();
    Action {
        account: n(account),
        name: n(name),
        authorization,
        data,
    }
}

/// What some feature or other changes.
fn rules(world: &mut World, round: u64) {
    code(world);
    links(world, round);
    rows(world, round);
    inline(world);
    keys(world, round);
    bills(world);
    world.twin.block();
    world.twin.accounts();
}

/// Host functions that a module may import.
fn code(world: &mut World) {
    let codes = [
        Puppet::new().asking(),
        Puppet::new().telling_sender(),
        Puppet::new().returning(),
        Puppet::new().proposing_authorities(),
        Puppet::new().limiting(),
    ];
    for puppet in codes {
        if world.push(&[native::set_code(n("alice"), &puppet.code())]) {
            let digest = Feature::RAM_RESTRICTIONS.digest.0.to_vec();
            for (name, data) in [("is", digest), ("sender", vec![]), ("give", vec![1, 2, 3])] {
                world.push(&[call("alice", name, "alice", data)]);
            }
            assert!(world.push(&[native::set_code(n("alice"), &[])]));
        }
    }
}

/// Links to permissions of others, and of actions named as native ones.
fn links(world: &mut World, round: u64) {
    let permission = format!(
        "p{}",
        "abcdefghijklmnopqrstuvwxyz"
            .chars()
            .nth(round as usize)
            .unwrap()
    );
    let authority = Authority::from_key(world.key());
    let update = native::update_auth(n("bob"), n(&permission), n("active"), authority);
    assert!(world.push(&[update]));
    let link = native::link_auth(n("alice"), n("other"), n(&permission), n(&permission));
    world.push(&[link]);
    let link = native::link_auth(n("bob"), n("other"), n("updateauth"), n(&permission));
    if world.push(&[link]) {
        let unlink = json!({ "account": "bob", "code": "other", "type": "updateauth" });
        world.act("eosio", "unlinkauth", "bob", unlink);
    }
}

/// Rows that others pay for, in an action and in its notification.
fn rows(world: &mut World, round: u64) {
    let mut key = round * 100;
    for (by, payer) in [
        ("alice", "alice"),
        ("alice", "bob"),
        ("alice,other", "other"),
        ("alice", "other"),
        ("puppet", "puppet"),
        ("alice,bob", "bob"),
    ] {
        key += 1;
        let mut data = key.to_bytes();
        data.extend([0; 8]);
        data.extend(n(payer).to_bytes());
        world.push(&[call("puppet", "store", by, data)]);
    }
}

/// Actions to oneself under others' authority.
fn inline(world: &mut World) {
    for (account, by) in [
        ("puppet", "alice"),
        ("puppet", "bob"),
        ("other", "alice"),
        ("puppet", "puppet"),
    ] {
        let sent = call(account, "nothing", by, vec![0; 24]);
        world.push(&[call("puppet", "inline", "alice", sent.to_bytes())]);
    }
}

/// Keys of a kind that was not there at first.
fn keys(world: &mut World, round: u64) {
    let mut point = [3; 33];
    point[1] = round as u8;
    let webauthn = WebAuthnPublicKey {
        point,
        user_presence: UserPresence::PRESENT,
        rpid: "veche.example".into(),
    };
    let key = PublicKey::WebAuthn(webauthn);
    let authority = Authority {
        threshold: 1,
        keys: vec![KeyWeight { key, weight: 1 }],
        ..Authority::default()
    };
    let update = native::update_auth(n("alice"), n("web"), n("active"), authority);
    world.push(&[update]);
}

/// Who pays for NET and CPU.
fn bills(world: &mut World) {
    let limited = |weight: i64| {
        json!({
            "account": "bob", "ram_bytes": -1, "net_weight": weight, "cpu_weight": weight,
        })
    };
    world.does("eosio", "setalimits", "eosio", limited(0));
    let alice =
        json!({ "account": "alice", "ram_bytes": -1, "net_weight": 1000, "cpu_weight": 1000 });
    world.does("eosio", "setalimits", "eosio", alice);
    world.twin.block();
    world.push(&[
        call("other", "nothing", "alice", vec![0; 24]),
        call("other", "nothing", "bob", vec![0; 24]),
    ]);
    world.push(&[call("other", "nothing", "bob", vec![0; 24])]);
    world.does("eosio", "setalimits", "eosio", limited(-1));
    world.twin.block();
}
