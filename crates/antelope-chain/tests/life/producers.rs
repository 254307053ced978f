//! Schedules from their proposal to their first block, and limits of modules.

use crate::puppet::Puppet;
use crate::system::{activate, bios};
use crate::world::{World, level, n};
use antelope_chain::{Feature, FeatureSet, Producer, ProducerKey, SigningAuthority, WasmConfig};
use antelope_rpc_client::native;
use antelope_types::{Action, Encode, KeyWeight, PublicKey};
use serde_json::json;
use std::time::Duration;

pub fn run(world: &mut World) {
    bios(world);
    world.accounts(&["chief", "proda", "prodb", "prodc", "prodd", "plain"]);
    world.does(
        "eosio",
        "setpriv",
        "eosio",
        json!({ "account": "chief", "is_priv": 1 }),
    );
    let code = Puppet::new().proposing().code();
    for account in ["chief", "plain"] {
        assert!(world.push(&[native::set_code(n(account), &code)]));
    }
    let extended = Puppet::new().proposing().proposing_authorities().code();
    assert!(!world.push(&[native::set_code(n("chief"), &extended)]));
    refusals(world);
    schedule(world, &["proda"]);
    schedule(world, &["proda", "prodb", "prodc", "prodd"]);
    turns(world, 150);
    schedule(world, &["prodd", "proda", "eosio"]);
    turns(world, 120);
    propose(world, "chief", &[]);
    turns(world, 40);
    activate(
        world,
        FeatureSet::LEAP_4.without(Feature::DISALLOW_EMPTY_PRODUCER_SCHEDULE),
    );
    assert!(world.push(&[native::set_code(n("chief"), &extended)]));
    authorities(world);
    turns(world, 60);
    let last = FeatureSet::NONE.with(Feature::PREACTIVATE_FEATURE);
    activate(world, last.with(Feature::DISALLOW_EMPTY_PRODUCER_SCHEDULE));
    propose(world, "chief", &[]);
    world.twin.advance(Duration::from_secs(3600));
    turns(world, 30);
    modules(world);
}

fn call(world: &mut World, account: &str, name: &str, data: Vec<u8>) -> bool {
    let authorization = vec![level(account)];
    world.push(&[Action {
        account: n(account),
        name: n(name),
        authorization,
        data,
    }])
}

fn propose(world: &mut World, account: &str, producers: &[&str]) -> bool {
    let key = world.key();
    let producer = |name: &&str| ProducerKey {
        producer_name: n(name),
        block_signing_key: key.clone(),
    };
    let producers: Vec<_> = producers.iter().map(producer).collect();
    call(world, account, "propose", producers.to_bytes())
}

fn refusals(world: &mut World) {
    assert!(!propose(world, "plain", &["proda"]));
    assert!(!propose(world, "chief", &["nobody"]));
    assert!(!propose(world, "chief", &["proda", "proda"]));
    assert!(propose(world, "chief", &["eosio"]));
    let zero = ProducerKey {
        producer_name: n("proda"),
        block_signing_key: PublicKey::K1([0; 33]),
    };
    call(world, "chief", "propose", vec![zero].to_bytes());
    call(world, "chief", "propose", vec![9]);
    call(world, "chief", "active", vec![]);
    world.twin.block();
}

/// Proposes a schedule, and others in between.
fn schedule(world: &mut World, producers: &[&str]) {
    assert!(propose(world, "chief", &["prodb"]));
    assert!(propose(world, "chief", &["prodb"]));
    assert!(propose(world, "chief", producers));
    world.twin.block();
    propose(world, "chief", &["prodc"]);
    call(world, "chief", "active", vec![]);
    for _ in 0..4 {
        world.twin.block();
        call(world, "chief", "active", vec![]);
        propose(world, "chief", producers);
    }
}

fn turns(world: &mut World, blocks: usize) {
    for _ in 0..blocks {
        world.twin.block();
    }
    call(world, "chief", "active", vec![]);
}

/// Producers with several keys.
fn authorities(world: &mut World) {
    let key = |first: u8| {
        let mut bytes = [first; 33];
        bytes[0] = 2;
        KeyWeight {
            key: PublicKey::K1(bytes),
            weight: 1,
        }
    };
    let own = KeyWeight {
        key: world.key(),
        weight: 2,
    };
    let authority = |threshold, keys: Vec<KeyWeight>| SigningAuthority::V0 { threshold, keys };
    let with = |name: &str, authority| Producer {
        producer_name: n(name),
        authority,
    };
    let data = |format: u64, producers: Vec<Producer>| {
        let mut data = format.to_bytes();
        data.extend(producers.to_bytes());
        data
    };
    for (format, producers) in [
        (2, vec![]),
        (1, vec![with("proda", authority(0, vec![own.clone()]))]),
        (1, vec![with("proda", authority(3, vec![own.clone()]))]),
        (
            1,
            vec![with("proda", authority(1, vec![own.clone(), own.clone()]))],
        ),
        (1, vec![with("nobody", authority(1, vec![own.clone()]))]),
        (
            1,
            vec![
                with("proda", authority(1, vec![])),
                with("proda", authority(1, vec![own.clone()])),
            ],
        ),
        (
            1,
            vec![
                with("proda", authority(2, vec![own, key(7)])),
                with("prodb", SigningAuthority::from_key(world.key())),
            ],
        ),
    ] {
        call(world, "chief", "proposeex", data(format, producers));
    }
    world.twin.block();
}

/// Limits of modules, at `setcode` and while they run.
fn modules(world: &mut World) {
    world.accounts(&["grower"]);
    let chief = Puppet::new().proposing().limiting().code();
    assert!(world.push(&[native::set_code(n("chief"), &chief)]));
    let grower = Puppet::new().growing().code();
    assert!(world.push(&[native::set_code(n("grower"), &grower)]));
    let grow = |world: &mut World, pages: u32| call(world, "grower", "grow", pages.to_bytes());
    grow(world, 3);
    grow(world, 527);
    grow(world, 528);
    call(world, "chief", "getwasm", vec![]);
    let set = |world: &mut World, config: WasmConfig| {
        let mut data = 0u32.to_bytes();
        data.extend(config.to_bytes());
        call(world, "chief", "setwasm", data)
    };
    assert!(!set(
        world,
        WasmConfig {
            max_pages: 0,
            ..WasmConfig::default()
        }
    ));
    assert!(!call(world, "chief", "setwasm", vec![1, 0, 0, 0]));
    let small = WasmConfig {
        max_pages: 4,
        max_call_depth: 20,
        max_module_bytes: 600,
        ..WasmConfig::default()
    };
    assert!(set(world, small));
    call(world, "chief", "getwasm", vec![]);
    grow(world, 3);
    grow(world, 4);
    let plain = Puppet::new().code();
    world.push(&[native::set_code(n("plain"), &plain)]);
    let mut long = plain.clone();
    // A custom section makes it longer than it may be.
    long.extend([0, 0x80 | 0x58, 0x04, 1, b'x']);
    long.extend(vec![0; 0x258 - 2]);
    assert!(!world.push(&[native::set_code(n("plain"), &long)]));
    assert!(set(world, WasmConfig::default()));
    grow(world, 100);
    world.twin.block();
}
