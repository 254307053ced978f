//! An archive of a sample life: whole, changed, cut, of another chain, signed by somebody else.

use crate::error::{ArchiveError, ForgedPart};
use crate::manifest::{Manifest, Seal, written};
use crate::tar;
use crate::{ArchiveOptions, VerifiedArchive, verify, write_archive, write_csv};
use antelope_rpc_client::Signer;
use antelope_rpc_client::signing::{self, generate_k1, generate_r1};
use antelope_types::{Checksum256, PrivateKey, TimePoint};
use coop_index::samples::{CHAIRMAN, COOP, ENDS, Sample};
use coop_index::{IndexReader, IndexWriter, SHEETS, SheetFilter};
use proptest::prelude::*;
use std::fs;
use std::sync::LazyLock;
use tempfile::TempDir;

const NOW: TimePoint = TimePoint::from_micros(1_767_300_000_000_000);

static KEY: LazyLock<PrivateKey> = LazyLock::new(|| PrivateKey::K1([5; 32]));
static ARCHIVE: LazyLock<Vec<u8>> = LazyLock::new(|| archived(&*KEY, SheetFilter::default()).1);

/// The index of a life with every end, and a block that is not final.
fn index() -> (TempDir, IndexReader) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("index.db");
    let mut writer = IndexWriter::open(&file, Sample::scope()).unwrap();
    let key = PrivateKey::K1([7; 32]);
    let mut sample = Sample::new(Box::new(move |digest| {
        (key.public_key(), key.sign(digest).unwrap())
    }));
    for (at, end) in ENDS.into_iter().enumerate() {
        sample.admit();
        let id = sample.ask(at, Sample::account(at as u32), " =1+1, \"кавычки\"");
        writer.store(&sample.take()).unwrap();
        sample.vote(id, CHAIRMAN, true);
        sample.end(id, end);
        writer.store(&sample.take()).unwrap();
    }
    let reader = IndexReader::open(&file).unwrap();
    (folder, reader)
}

fn archived(key: &dyn Signer, filter: SheetFilter) -> (Manifest, Vec<u8>) {
    let (_folder, mut reader) = index();
    let snapshot = reader.snapshot().unwrap();
    let options = ArchiveOptions {
        coopname: COOP,
        filter,
        texts: None,
        signer: (CHAIRMAN, key),
        signed_at: NOW,
    };
    write_archive(&snapshot, &options).unwrap()
}

/// The files of an archive put together again after a change, with the manifest signed by this key if there is one.
fn changed(change: impl FnOnce(&mut Vec<(String, Vec<u8>)>), key: Option<&dyn Signer>) -> Vec<u8> {
    let files = tar::files(&ARCHIVE).unwrap().into_iter();
    let mut files: Vec<_> = files
        .map(|(name, it)| (name.to_owned(), it.to_vec()))
        .collect();
    change(&mut files);
    if let Some(key) = key {
        let mut manifest: Manifest = serde_json::from_slice(&files[0].1).unwrap();
        for (listed, (_, content)) in manifest.files.iter_mut().zip(&files[2..]) {
            listed.bytes = content.len() as u64;
            listed.sha256 = Checksum256::sha256(content);
        }
        files[0].1 = written(&manifest);
        let digest = Seal::digest(&manifest.chain_id, &files[0].1, CHAIRMAN, NOW);
        files[1].1 = written(&Seal {
            account: CHAIRMAN,
            public_key: key.public_key(),
            signed_at: NOW,
            signature: key.sign(&digest).unwrap(),
        });
    }
    let mut bytes = Vec::new();
    for (name, content) in &files {
        tar::add(&mut bytes, name, content).unwrap();
    }
    tar::end(&mut bytes);
    bytes
}

fn forged_part(bytes: &[u8]) -> ForgedPart {
    match verify(bytes) {
        Err(ArchiveError::Forged { part, .. }) => part,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_archive_is_whole_and_the_same_again() {
    let VerifiedArchive {
        manifest,
        seal,
        documents,
        texts,
    } = verify(&ARCHIVE).unwrap();
    assert_eq!((manifest.coopname, manifest.block_num), (COOP, 10));
    assert_eq!(
        (seal.account, &seal.public_key),
        (CHAIRMAN, &KEY.public_key())
    );
    // A statement for each question, a protocol for the two that were signed.
    assert_eq!((documents.len(), texts), (ENDS.len() + 2, 0));
    assert_eq!(manifest.files.len(), 1 + SHEETS.len());
    let (again, bytes) = archived(&*KEY, SheetFilter::default());
    assert_eq!(again, manifest);
    assert!(bytes == *ARCHIVE, "the same bytes");
    let one = SheetFilter {
        person: Some(Sample::account(0)),
        ..SheetFilter::default()
    };
    let (manifest, bytes) = archived(&generate_r1().unwrap(), one);
    assert_eq!(verify(&bytes).unwrap().manifest, manifest);
    assert!(manifest.documents > 0 && manifest.documents < documents.len() as u64);
}

#[test]
fn texts_belong_to_documents() {
    let (_folder, mut reader) = index();
    let snapshot = reader.snapshot().unwrap();
    // The texts of the sample are nowhere: one that has another hash is left out.
    let options = ArchiveOptions {
        coopname: COOP,
        filter: SheetFilter::default(),
        texts: Some(&|_| Some(b"another".to_vec())),
        signer: (CHAIRMAN, &*KEY),
        signed_at: NOW,
    };
    let (_, bytes) = write_archive(&snapshot, &options).unwrap();
    assert_eq!(verify(&bytes).unwrap().texts, 0);
    let hash = Checksum256::sha256(b"a text of nothing");
    let name = format!("texts/{hash}.txt");
    let bytes = changed(
        |files| {
            let mut manifest: Manifest = serde_json::from_slice(&files[0].1).unwrap();
            let mut listed = manifest.files[0].clone();
            listed.name.clone_from(&name);
            manifest.files.push(listed);
            files[0].1 = written(&manifest);
            files.push((name.clone(), b"a text of nothing".to_vec()));
        },
        Some(&*KEY),
    );
    assert_eq!(forged_part(&bytes), ForgedPart::File(name));
}

#[test]
fn what_is_not_an_archive_is_no_forgery() {
    for bytes in [&b""[..], b"PK\x03\x04", &[0; 1024], "Протокол".as_bytes()] {
        assert!(matches!(verify(bytes), Err(ArchiveError::NotAnArchive)));
    }
    let newer = changed(
        |files| {
            let text = String::from_utf8(files[0].1.clone()).unwrap();
            files[0].1 = text.replace("archive-1", "archive-2").into_bytes();
        },
        None,
    );
    assert!(matches!(
        verify(&newer),
        Err(ArchiveError::UnknownFormat { .. })
    ));
}

#[test]
fn a_truncated_archive_is_found() {
    for length in (600..ARCHIVE.len()).step_by(509) {
        assert!(verify(&ARCHIVE[..length]).is_err(), "{length}");
    }
    assert!(verify(&ARCHIVE[..ARCHIVE.len() - 1]).is_err());
    let longer = [&ARCHIVE[..], &[0; 512]].concat();
    assert_eq!(forged_part(&longer), ForgedPart::Frame);
}

#[test]
fn a_file_that_is_missing_or_leaves_the_folder_is_found() {
    let missing = changed(|files| drop(files.pop()), None);
    assert_eq!(forged_part(&missing), ForgedPart::Manifest);
    let doubled = changed(|files| files.push(files[2].clone()), None);
    assert_eq!(forged_part(&doubled), ForgedPart::Manifest);
    for name in ["../escape.txt", "/etc/passwd", "tables/../../escape"] {
        let bytes = changed(|files| name.clone_into(&mut files[3].0), Some(&*KEY));
        assert_eq!(forged_part(&bytes), ForgedPart::Frame, "{name}");
    }
}

#[test]
fn a_forged_signature_and_another_chain_are_found() {
    let other = generate_k1().unwrap();
    let seal = |change: fn(&mut Seal)| {
        changed(
            |files| {
                let mut seal: Seal = serde_json::from_slice(&files[1].1).unwrap();
                change(&mut seal);
                files[1].1 = written(&seal);
            },
            None,
        )
    };
    for change in [
        (|seal| seal.account = COOP) as fn(&mut Seal),
        |seal| seal.signed_at = TimePoint::from_micros(1),
        |seal| seal.public_key = signing::public_key(&generate_k1().unwrap()).unwrap(),
    ] {
        assert_eq!(forged_part(&seal(change)), ForgedPart::Seal);
    }
    // Whoever signs again is seen by the key, and cannot make documents of others.
    let again = changed(|_| {}, Some(&other));
    assert_eq!(verify(&again).unwrap().seal.public_key, other.public_key());
    let other_chain = changed(
        |files| {
            let mut manifest: Manifest = serde_json::from_slice(&files[0].1).unwrap();
            manifest.chain_id = Checksum256([8; 32]);
            files[0].1 = written(&manifest);
        },
        Some(&other),
    );
    assert_eq!(forged_part(&other_chain), ForgedPart::Document(1));
    let swapped = changed(
        |files| {
            let text = String::from_utf8(files[2].1.clone()).unwrap();
            files[2].1 = text.replace("\"block_num\"", "\"signer\"").into_bytes();
        },
        Some(&other),
    );
    assert_eq!(forged_part(&swapped), ForgedPart::Document(1));
    let signer = changed(
        |files| {
            let text = String::from_utf8(files[2].1.clone()).unwrap();
            let name = format!("\"signer\":\"{}\"", Sample::account(0));
            let forged = format!("\"signer\":\"{}\"", Sample::account(1));
            files[2].1 = text.replacen(&name, &forged, 1).into_bytes();
        },
        Some(&other),
    );
    assert_eq!(forged_part(&signer), ForgedPart::Document(1));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn one_byte_that_is_another_is_found(at in any::<prop::sample::Index>(), change in 1..=255u8) {
        let mut bytes = ARCHIVE.clone();
        bytes[at.index(ARCHIVE.len())] ^= change;
        prop_assert!(verify(&bytes).is_err());
    }
}

/// The parts where a change is easiest to miss: each byte of the head, of the signature and of the end.
#[test]
fn each_byte_of_the_frame_counts() {
    let sealed = 4096.min(ARCHIVE.len());
    for at in (0..sealed).chain(ARCHIVE.len() - 1024..ARCHIVE.len()) {
        for change in [1, 0x20, 0x80] {
            let mut bytes = ARCHIVE.clone();
            bytes[at] ^= change;
            assert!(verify(&bytes).is_err(), "byte {at} ^ {change}");
        }
    }
}

#[test]
fn tables_have_every_row_and_no_formula() {
    let (_folder, mut reader) = index();
    let folder = tempfile::tempdir().unwrap();
    let snapshot = reader.snapshot().unwrap();
    let filter = SheetFilter::default();
    let written = write_csv(&snapshot, COOP, &filter, folder.path()).unwrap();
    drop(snapshot);
    assert_eq!(written.len(), SHEETS.len());
    let rows = |name: &str| written.iter().find(|it| it.0 == name).unwrap().1;
    assert_eq!((rows("questions.csv"), rows("votes.csv")), (5, 5));
    assert_eq!((rows("participants.csv"), rows("balances.csv")), (5, 5));
    let text = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let settlements = text("settlements.csv");
    assert!(settlements.starts_with("\u{feff}hash,action,actor,"));
    assert!(
        settlements.contains(",'=the bank has sent it back,"),
        "{settlements}"
    );
    assert!(settlements.ends_with("\r\n"));
    assert!(text("balances.csv").contains(",300.0000 RUB,0.0000 RUB,"));
    let documents = text("documents.csv");
    assert!(
        documents.contains("=1+1, \"\"кавычки\"\"\","),
        "{documents}"
    );
    assert!(text("questions.csv").contains(",2026-01-01T00:00:01.000,"));
    let nobody = SheetFilter {
        until: Some(TimePoint::from_micros(1)),
        ..SheetFilter::default()
    };
    let snapshot = reader.snapshot().unwrap();
    let written = write_csv(&snapshot, COOP, &nobody, folder.path()).unwrap();
    assert!(written.iter().all(|(_, rows)| *rows == 0));
}
