//! Adding, listing, changing and removing keys, and who may use the folder.

use super::{OTHER, TEXT, World, name, passphrase};
use antelope_keys::{Signer, signing};
use antelope_keystore::{Keystore, PassphraseSource, private_key};
use antelope_types::Checksum256;
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::thread;

#[test]
fn keys_are_added_listed_used_renamed_exported_and_removed() {
    let world = World::new();
    let keystore = &world.keystore;
    assert!(keystore.names().unwrap().is_empty());
    let k1 = world.add("bob");
    let r1 = signing::generate_r1().unwrap();
    keystore
        .add(&name("alice"), &r1, &passphrase(OTHER))
        .unwrap();
    assert_eq!(keystore.names().unwrap(), [name("alice"), name("bob")]);
    let entries = keystore.entries().unwrap();
    assert_eq!(entries[0].public_key, r1.public_key());
    assert_eq!(entries[1].public_key, k1.public_key());
    assert!(entries[0].created.seconds() > 1_600_000_000);

    let digest = Checksum256::sha256(b"what is signed");
    for (of, text, key) in [("bob", TEXT, &k1), ("alice", OTHER, &r1)] {
        let unlocked = keystore.unlock(&name(of), &passphrase(text)).unwrap();
        let signature = unlocked.sign(&digest).unwrap();
        assert_eq!(signature, key.sign(&digest).unwrap());
        let shown = format!("{unlocked:?} {keystore:?}");
        assert!(shown.contains(&key.public_key().to_text()), "{shown}");
        let text = key.to_text();
        assert!(!shown.contains(&text[7..]), "{shown}");
    }
    let exported = keystore.export(&name("bob"), &passphrase(TEXT)).unwrap();
    assert_eq!(private_key(&exported, "paper").unwrap(), k1);

    let created = entries[1].created;
    keystore
        .change_passphrase(&name("bob"), &passphrase(TEXT), &passphrase(OTHER))
        .unwrap();
    let error = keystore
        .unlock(&name("bob"), &passphrase(TEXT))
        .unwrap_err();
    assert_eq!(error.code(), "keys.passphrase");
    keystore
        .rename(&name("bob"), &name("robert"), &passphrase(OTHER))
        .unwrap();
    assert_eq!(keystore.names().unwrap(), [name("alice"), name("robert")]);
    let entry = keystore.entry(&name("robert")).unwrap();
    assert_eq!(
        (entry.public_key, entry.created),
        (k1.public_key(), created)
    );
    assert!(keystore.unlock(&name("robert"), &passphrase(OTHER)).is_ok());
    keystore.remove(&name("robert")).unwrap();
    for error in [
        keystore.remove(&name("robert")).unwrap_err(),
        keystore.entry(&name("robert")).unwrap_err(),
        keystore
            .unlock(&name("bob"), &passphrase(OTHER))
            .unwrap_err(),
    ] {
        assert_eq!(error.code(), "keys.missing");
    }
    assert_eq!(keystore.names().unwrap(), [name("alice")]);
}

#[test]
fn a_key_is_never_overwritten() {
    let world = World::new();
    let keystore = &world.keystore;
    let key = world.add("alice");
    world.add("bob");
    let before = fs::read(world.path().join("alice.json")).unwrap();
    let other = signing::generate_k1().unwrap();
    for error in [
        keystore.add(&name("alice"), &other, &passphrase(TEXT)),
        keystore.add(&name("alice"), &key, &passphrase(OTHER)),
        keystore.rename(&name("bob"), &name("alice"), &passphrase(TEXT)),
        keystore.rename(&name("bob"), &name("bob"), &passphrase(TEXT)),
    ] {
        assert_eq!(error.unwrap_err().code(), "keys.exists");
    }
    // Also not by a new passphrase that is too weak, or with a wrong old one.
    for (old, new, code) in [
        (TEXT, "short", "keys.passphrase-weak"),
        (TEXT, "", "keys.passphrase-weak"),
        (OTHER, OTHER, "keys.passphrase"),
    ] {
        let changed =
            keystore.change_passphrase(&name("alice"), &passphrase(old), &passphrase(new));
        assert_eq!(changed.unwrap_err().code(), code);
    }
    assert_eq!(fs::read(world.path().join("alice.json")).unwrap(), before);
    assert!(keystore.unlock(&name("bob"), &passphrase(TEXT)).is_ok());
}

#[test]
fn of_many_that_add_one_name_at_once_one_wins() {
    let world = World::new();
    let keys: Vec<_> = (0..8).map(|_| signing::generate_k1().unwrap()).collect();
    let results: Vec<_> = thread::scope(|scope| {
        let adding = |key| {
            // Each with a keystore of its own, as processes have.
            let keystore = Keystore::open_weak_for_tests(world.path()).unwrap();
            scope.spawn(move || keystore.add(&name("alice"), key, &passphrase(TEXT)))
        };
        let threads: Vec<_> = keys.iter().map(adding).collect();
        let ended = threads.into_iter().map(|thread| thread.join().unwrap());
        ended.collect()
    });
    let winners: Vec<_> = (0..8).filter(|number| results[*number].is_ok()).collect();
    assert_eq!(winners.len(), 1, "{results:?}");
    for error in results.into_iter().filter_map(Result::err) {
        assert_eq!(error.code(), "keys.exists");
    }
    let key = world
        .keystore
        .unlock(&name("alice"), &passphrase(TEXT))
        .unwrap();
    assert_eq!(key.public_key(), keys[winners[0]].public_key());
}

#[test]
fn only_the_owner_may_use_files_and_write_into_the_folder() {
    let world = World::new();
    world.add("alice");
    let mode = |path| fs::metadata(path).unwrap().mode() & 0o777;
    let file = world.path().join("alice.json");
    assert_eq!((mode(world.path()), mode(&file)), (0o700, 0o600));

    for others in [0o720, 0o702, 0o777] {
        fs::set_permissions(world.path(), Permissions::from_mode(others)).unwrap();
        let error = Keystore::open(world.path()).unwrap_err();
        assert_eq!(error.code(), "keys.permissions", "{others:o}");
        assert!(error.hint().unwrap().starts_with("chmod 700 "));
    }
    fs::set_permissions(world.path(), Permissions::from_mode(0o755)).unwrap();
    let keystore = Keystore::open(world.path()).unwrap();
    for others in [0o604, 0o640, 0o620] {
        fs::set_permissions(&file, Permissions::from_mode(others)).unwrap();
        let error = keystore
            .unlock(&name("alice"), &passphrase(TEXT))
            .unwrap_err();
        assert_eq!(error.code(), "keys.permissions", "{others:o}");
    }
    // A file where the folder should be.
    let error = Keystore::open(&file).unwrap_err();
    assert_eq!(error.code(), "keys.io");
}

#[test]
fn a_wrong_passphrase_says_what_can_be_done() {
    let world = World::new();
    world.add("alice");
    let error = world
        .keystore
        .unlock(&name("alice"), &passphrase(OTHER))
        .unwrap_err();
    assert_eq!(error.code(), "keys.passphrase");
    let hint = error.hint().unwrap();
    for step in ["Caps Lock", "nothing recovers", "printed copy", "owner key"] {
        assert!(hint.contains(step), "{hint}");
    }
    let shown = format!("{error} {error:?} {hint}");
    assert!(!shown.contains(OTHER), "{shown}");
}

#[test]
fn a_signer_comes_with_a_passphrase_from_a_file() {
    let world = World::new();
    let key = world.add("alice");
    let file = world.folder.path().join("passphrase");
    fs::write(&file, format!("{TEXT}\n")).unwrap();
    fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
    let source = PassphraseSource::File(file);
    let signer = world.keystore.signer(&name("alice"), &source).unwrap();
    assert_eq!(signer.public_key(), key.public_key());
    let missing = world.keystore.signer(&name("bob"), &source);
    assert_eq!(missing.err().unwrap().code(), "keys.missing");
    let agent = world
        .keystore
        .signer(&name("alice"), &PassphraseSource::Agent);
    assert_eq!(agent.err().unwrap().code(), "keys.agent-missing");
}

#[test]
fn files_that_cannot_be_used_are_told() {
    let world = World::new();
    world.add("alice");
    // Not a key, and not taken for one.
    fs::write(world.path().join("README"), "of the user").unwrap();
    fs::write(world.path().join("Alice.json"), "{}").unwrap();
    assert_eq!(world.keystore.names().unwrap(), [name("alice")]);
    // One key's file under another's name.
    let (alice, bob) = (
        world.path().join("alice.json"),
        world.path().join("bob.json"),
    );
    fs::copy(&alice, &bob).unwrap();
    let error = world
        .keystore
        .unlock(&name("bob"), &passphrase(TEXT))
        .unwrap_err();
    assert_eq!(error.code(), "keys.damaged");
    assert_eq!(world.keystore.entries().unwrap_err().code(), "keys.damaged");
    world.keystore.remove(&name("bob")).unwrap();
    assert_eq!(world.keystore.entries().unwrap().len(), 1);
}
