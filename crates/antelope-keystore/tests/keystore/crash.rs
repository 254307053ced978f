//! Writers that are killed.

use super::helpers::{self, Helper};
use super::{OTHER, TEXT, World, name, passphrase};
use antelope_keys::Signer;
use std::fs;
use std::thread::sleep;
use std::time::Duration;

#[test]
fn what_a_killed_writer_left_is_no_key_and_goes() {
    let world = World::new();
    let key = world.add("alice");
    let whole = fs::read(world.path().join("alice.json")).unwrap();
    let left = world.path().join(".0011223344556677.unfinished");
    for length in [0, 1, whole.len() / 2, whole.len()] {
        fs::write(&left, &whole[..length]).unwrap();
        assert_eq!(world.keystore.names().unwrap(), [name("alice")]);
        let unlocked = world
            .keystore
            .unlock(&name("alice"), &passphrase(TEXT))
            .unwrap();
        assert_eq!(unlocked.public_key(), key.public_key());
        world.add("bob");
        assert!(!left.exists(), "the next writer removes it");
        world.keystore.remove(&name("bob")).unwrap();
    }
}

#[test]
fn a_writer_may_be_killed_at_any_moment() {
    let world = World::new();
    let key = world.add("alice");
    for round in 0..20 {
        let mut writer = helpers::start("changes_passphrases", &[("FOLDER", world.path())]);
        writer.wait_for("begins");
        sleep(Duration::from_millis(round * 3));
        writer.kill();
        // One of both, and it is the key.
        let unlock = |text| world.keystore.unlock(&name("alice"), &passphrase(text));
        let unlocked = unlock(TEXT).or_else(|_| unlock(OTHER)).unwrap();
        assert_eq!(unlocked.public_key(), key.public_key());
    }
    assert_eq!(world.keystore.names().unwrap(), [name("alice")]);
}

/// The writer that is killed.
#[test]
#[ignore = "a process of another test"]
fn changes_passphrases() {
    let Some(helper) = Helper::new() else { return };
    let keystore = helper.keystore();
    let alice = name("alice");
    // The first one depends on where the writer before was killed.
    let is_first = keystore.unlock(&alice, &passphrase(TEXT)).is_ok();
    let (mut old, mut new) = if is_first {
        (TEXT, OTHER)
    } else {
        (OTHER, TEXT)
    };
    for round in 0_u64.. {
        let changed = keystore.change_passphrase(&alice, &passphrase(old), &passphrase(new));
        changed.unwrap();
        (old, new) = (new, old);
        if round == 1 {
            helper.say("begins");
        }
    }
}
