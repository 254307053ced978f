use super::*;
use antelope_types::name;

const ANNA: Holder = Holder::Person(name!("nolifarubime"));
const BORIS: Holder = Holder::Person(name!("kepozanuriso"));

fn secret(byte: u8) -> MasterSecret {
    MasterSecret::Key(Zeroizing::new([byte; 32]))
}

fn ring() -> (tempfile::TempDir, PathBuf, KeyRing) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.ring");
    let ring = KeyRing::create(&path, &secret(1)).unwrap();
    (folder, path, ring)
}

#[test]
fn a_holder_has_one_key_until_it_is_erased() {
    let (_folder, path, mut ring) = ring();
    assert!(ring.key(ANNA).unwrap().is_none());
    let (id, key) = ring.key_or_new(ANNA, 7).unwrap();
    let boris = ring.key_or_new(BORIS, 8).unwrap();
    assert_eq!(ring.key_or_new(ANNA, 9).unwrap(), (id, key.clone()));
    let mut again = KeyRing::open(&path, &secret(1)).unwrap();
    assert_eq!(again.key_by_id(&id).unwrap(), Some(key));
    let wrapped = again.file.slots().next().unwrap().wrapped;
    let has = |part: &[u8]| {
        let bytes = fs::read(&path).unwrap();
        bytes.windows(part.len()).any(|window| window == part)
    };
    assert!(has(&wrapped));
    assert_eq!(again.file.wipe(&[id]).unwrap(), 1);
    assert!(!has(&wrapped) && !has(&id));
    // Another process sees it at once, and other keys stay.
    assert!(ring.key(ANNA).unwrap().is_none());
    assert_eq!(ring.key(BORIS).unwrap(), Some(boris));
    // The slot is used again, for another key.
    let (next, _) = ring.key_or_new(ANNA, 10).unwrap();
    assert_ne!(next, id);
    assert_eq!(fs::metadata(&path).unwrap().len(), offset(3));
}

#[test]
fn another_master_key_opens_nothing() {
    let (_folder, path, _) = ring();
    let error = KeyRing::open(&path, &secret(2)).map(drop).unwrap_err();
    assert!(matches!(error, PrivateError::WrongMaster { .. }));
    let passphrase = antelope_keystore::Passphrase::new("horse battery".to_owned());
    let secret = MasterSecret::Passphrase(passphrase);
    let error = KeyRing::open(&path, &secret).map(drop).unwrap_err();
    assert!(matches!(error, PrivateError::WrongMaster { .. }));
}

#[test]
fn a_change_of_the_master_key_rewraps_every_key_and_is_whole_when_killed() {
    for count in 0..6 {
        let (_folder, path, mut ring) = ring();
        let keys = [ANNA, BORIS].map(|holder| ring.key_or_new(holder, 7).unwrap());
        let before = fs::read(&path).unwrap();
        kill::after(count);
        let done = ring.rewrap(&secret(2));
        kill::after(u32::MAX);
        let old = KeyRing::open(&path, &secret(1));
        let new = KeyRing::open(&path, &secret(2));
        assert_ne!(old.is_ok(), new.is_ok(), "{count}");
        assert!(done.is_err() || new.is_ok());
        let is_new = new.is_ok();
        let mut whole = new.or(old).unwrap();
        for (holder, key) in [ANNA, BORIS].into_iter().zip(keys) {
            assert_eq!(whole.key(holder).unwrap(), Some(key));
        }
        // No wrapping of the old master key is left.
        let after = fs::read(&path).unwrap();
        let is_left = after[PART + 32..PART + 104] == before[PART + 32..PART + 104];
        assert_eq!(is_left, !is_new);
    }
}

#[test]
fn a_slot_of_another_ring_or_holder_does_not_open() {
    let (_folder, path, mut ring) = ring();
    let (id, _) = ring.key_or_new(ANNA, 7).unwrap();
    let mut moved = ring.file.slots().next().unwrap().clone();
    moved.holder = BORIS;
    let file = files::own_file(&path).unwrap();
    file.write_all_at(&moved.bytes(), offset(1)).unwrap();
    let error = ring.key(BORIS).unwrap_err();
    assert!(matches!(error, PrivateError::Changed { .. }), "{error}");
    assert!(ring.key_by_id(&id).is_err());
}

#[test]
fn what_is_not_a_ring_is_told_and_a_torn_end_is_no_key() {
    let (_folder, path, mut ring) = ring();
    ring.key_or_new(ANNA, 7).unwrap();
    let bytes = fs::read(&path).unwrap();
    for length in 0..bytes.len() {
        files::replace(&path, &bytes[..length]).unwrap();
        match RingFile::load(&path) {
            Ok(file) => assert!(length >= PART && file.slots().count() == 0),
            Err(error) => assert!(length < PART, "{error}"),
        }
    }
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 0x10;
        files::replace(&path, &changed).unwrap();
        match RingFile::load(&path) {
            Ok(file) => assert!(at >= PART && file.damaged == 1, "{at}"),
            Err(error) => assert!(at < PART, "{error}"),
        }
    }
    let mut newer = bytes;
    newer[8] = 2;
    sum((&mut newer[..PART]).try_into().unwrap());
    files::replace(&path, &newer).unwrap();
    let error = RingFile::load(&path).unwrap_err();
    assert!(matches!(error, PrivateError::Version { found: 2, .. }));
}
