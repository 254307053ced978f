use super::*;
use antelope_keys::Signer;
use proptest::prelude::*;

const PATH: &str = "alice.json";

fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text.to_owned())
}

fn name(text: &str) -> KeyName {
    KeyName::new(text).unwrap()
}

fn sealed(key: &PrivateKey, text: &str) -> Record {
    let created = TimePointSec::from_seconds(1_700_000_000);
    Record::seal(&name("alice"), key, created, &passphrase(text), Cost::WEAK).unwrap()
}

fn unseal(bytes: &[u8], of: &str, text: &str) -> Result<UnlockedKey, KeystoreError> {
    let path = Path::new(PATH);
    Record::read(bytes, path)?.unseal(&name(of), path, &passphrase(text))
}

/// A private key of either curve.
fn keys() -> impl Strategy<Value = PrivateKey> {
    (any::<[u8; 32]>(), any::<bool>())
        .prop_map(|(secret, is_k1)| match is_k1 {
            true => PrivateKey::K1(secret),
            false => PrivateKey::R1(secret),
        })
        .prop_filter("a number of the curve", |key| signing::check(key).is_ok())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_sealed_is_unsealed(key in keys(), text in "\\PC{1,40}", other in "\\PC{1,40}") {
        let bytes = sealed(&key, &text).to_bytes();
        let unlocked = unseal(&bytes, "alice", &text).unwrap();
        prop_assert_eq!(unlocked.private_key(), &key);
        prop_assert_eq!(unlocked.public_key(), key.public_key());
        if other != text {
            let error = unseal(&bytes, "alice", &other).unwrap_err();
            prop_assert_eq!(error.code(), "keys.passphrase");
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(Record::read(&bytes, Path::new(PATH)).is_err());
    }
}

#[test]
fn every_byte_that_is_changed_is_found() {
    for key in [
        signing::generate_k1().unwrap(),
        signing::generate_r1().unwrap(),
    ] {
        let bytes = sealed(&key, "horse battery").to_bytes();
        assert!(unseal(&bytes, "alice", "horse battery").is_ok());
        let mut changed = bytes.clone();
        for place in 0..bytes.len() {
            let flips = (0..8).map(|bit| 1 << bit);
            // And the changes that keep JSON JSON: another space, digit, or letter.
            let others = b" \t\n09afAF".map(|byte| byte ^ bytes[place]);
            for flip in flips.chain(others).filter(|flip| *flip != 0) {
                changed[place] ^= flip;
                let found = unseal(&changed, "alice", "horse battery");
                assert!(found.is_err(), "byte {place} by {flip:02x}");
                changed[place] = bytes[place];
            }
        }
        for shorter in [0, 1, bytes.len() / 2, bytes.len() - 1] {
            assert!(unseal(&bytes[..shorter], "alice", "horse battery").is_err());
        }
        let longer = [&bytes[..], b"\n"].concat();
        assert!(unseal(&longer, "alice", "horse battery").is_err());
    }
}

#[test]
fn parts_of_files_cannot_be_exchanged() {
    let (one, two) = (
        signing::generate_k1().unwrap(),
        signing::generate_k1().unwrap(),
    );
    let text = "horse battery";
    let (one, two) = (sealed(&one, text), sealed(&two, text));
    let fails = |record: &Record| unseal(&record.to_bytes(), "alice", text).unwrap_err();
    let exchanges: [fn(&mut Record, &Record); 7] = [
        |a, b| a.public_key.clone_from(&b.public_key),
        |a, b| a.cipher = b.cipher.clone(),
        |a, b| a.kdf = b.kdf.clone(),
        |a, b| a.cipher.nonce.clone_from(&b.cipher.nonce),
        |a, _| a.created = "2020-01-01T00:00:00".to_owned(),
        |a, _| a.kdf.passes = 2,
        |a, _| a.kdf.memory_kib = 16,
    ];
    for exchange in exchanges {
        let mut changed = one.clone();
        exchange(&mut changed, &two);
        assert_eq!(fails(&changed).code(), "keys.passphrase");
    }
    // Everything that makes a key, under another key's name: the name is a part of it.
    let mut renamed = one.clone();
    renamed.name = "bob".to_owned();
    let error = unseal(&renamed.to_bytes(), "bob", text).unwrap_err();
    assert_eq!(error.code(), "keys.passphrase");
    // A file that was only renamed says whose it is.
    let error = unseal(&one.to_bytes(), "bob", text).unwrap_err();
    assert_eq!(error.code(), "keys.damaged");
}

#[test]
fn hostile_and_later_files_are_refused_before_anything_is_computed() {
    let record = sealed(&signing::generate_k1().unwrap(), "horse battery");
    let code = |change: fn(&mut Record)| {
        let mut changed = record.clone();
        change(&mut changed);
        let error = unseal(&changed.to_bytes(), "alice", "horse battery").unwrap_err();
        error.code().to_owned()
    };
    assert_eq!(code(|it| it.kdf.memory_kib = 100 << 20), "keys.bounds");
    assert_eq!(code(|it| it.kdf.passes = u32::MAX), "keys.bounds");
    assert_eq!(code(|it| it.kdf.lanes = 17), "keys.bounds");
    assert_eq!(code(|it| it.version = 2), "keys.version");
    assert_eq!(
        code(|it| it.kdf.algorithm = "scrypt".into()),
        "keys.damaged"
    );
    assert_eq!(
        code(|it| it.cipher.algorithm = "none".into()),
        "keys.damaged"
    );
    assert_eq!(code(|it| it.kdf.salt.truncate(30)), "keys.damaged");
    assert_eq!(
        code(|it| it.kdf.salt.replace_range(..2, "é")),
        "keys.damaged"
    );
    assert_eq!(code(|it| it.public_key = "PVT_K1_x".into()), "keys.damaged");
    // Of a later version that this one cannot read any further.
    let later = Record::read(br#"{"version": 7, "more": []}"#, Path::new(PATH));
    assert_eq!(later.unwrap_err().code(), "keys.version");
}

#[test]
fn nothing_secret_is_written_in_clear_or_shown() {
    let key = signing::generate_k1().unwrap();
    let record = sealed(&key, "horse battery");
    let text = String::from_utf8(record.to_bytes()).unwrap();
    let unlocked = unseal(text.as_bytes(), "alice", "horse battery").unwrap();
    let shown = format!("{record:?}{unlocked:?}{text}");
    for secret in [
        "horse".to_owned(),
        bytes::text(key.secret()),
        key.to_text(),
        key.to_legacy_text().unwrap(),
        format!("{:?}", key.secret()),
    ] {
        assert!(!shown.contains(&secret));
    }
    // Two files of one key and passphrase have nothing in common that is encrypted.
    let again = sealed(&key, "horse battery");
    assert_ne!(record.kdf.salt, again.kdf.salt);
    assert_ne!(record.cipher.nonce, again.cipher.nonce);
    assert_ne!(record.cipher.ciphertext, again.cipher.ciphertext);
}
