//! The registry of a cooperative without a node: found, listed, exported and verified by its index.

use crate::support::{Said, veche_with};
use antelope_keys::signing::Signer;
use antelope_keystore::Passphrase;
use antelope_types::{Decode, PrivateKey, TimePoint};
use coop_archive::{ArchiveOptions, verify, write_archive};
use coop_index::samples::{CHAIRMAN, COOP, ENDS, Sample};
use coop_index::{IndexReader, IndexWriter, SheetFilter};
use coop_model::{Document, Meta};
use coop_private::{MasterSecret, PrivateDocument, PrivateStore};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// What the statement of a question says.
fn text(id: u64) -> String {
    format!("Прошу купить ноутбук бухгалтеру Иванову, комната {id}00.")
}

/// A folder of the configuration, with the index of a life in which every end happens.
struct Indexed {
    folder: TempDir,
}

impl Indexed {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let index = folder.path().join("registry").join(COOP.to_string());
        fs::create_dir_all(&index).unwrap();
        let mut writer = IndexWriter::open(&index.join("index.db"), Sample::scope()).unwrap();
        let key = PrivateKey::K1([7; 32]);
        let mut sample = Sample::new(Box::new(move |digest| {
            (key.public_key(), key.sign(digest).unwrap())
        }));
        for (at, end) in ENDS.into_iter().enumerate() {
            sample.admit();
            sample.write(&text(at as u64 + 1));
            let id = sample.ask(at, Sample::account(at as u32), "");
            writer.store(&sample.take()).unwrap();
            sample.vote(id, CHAIRMAN, true);
            sample.end(id, end);
            writer.store(&sample.take()).unwrap();
        }
        Self { folder }
    }

    /// With a store of personal data under the master key in the file `master`, which has the text of each statement.
    fn with_texts() -> Self {
        let place = Self::new();
        let said = place.veche("person init --coop zarechyekoop --master file:{folder}/master");
        said.well();
        let passphrase = fs::read_to_string(place.path("master")).unwrap();
        let secret = MasterSecret::Passphrase(Passphrase::new(passphrase.trim().to_owned()));
        let folder = place.path("registry").join(COOP.to_string());
        let mut store = PrivateStore::open(&folder, &secret).unwrap();
        let mut reader = place.reader();
        for id in 1..=ENDS.len() as u64 {
            let record = reader
                .package(COOP, id)
                .unwrap()
                .unwrap()
                .statement
                .unwrap();
            let document = Document {
                meta: Meta::from_bytes(&record.packed.unwrap()).unwrap(),
                doc_hash: record.doc_hash,
                signatures: Vec::new(),
            };
            let text = text(id);
            let kept = PrivateDocument {
                document,
                text,
                record: None,
                proposal: None,
            };
            let now = "2026-11-28T10:00:00.000".parse().unwrap();
            store.put_document(&kept, false, now).unwrap();
        }
        place
    }

    /// Runs a command, without a node; `{folder}` in it is the folder.
    fn veche(&self, command: &str) -> Said {
        let nowhere = ["--url", "http://127.0.0.1:1"];
        let folder = self.folder.path();
        let words = command.split(' ');
        let words = words.map(|it| it.replace("{folder}", &folder.display().to_string()));
        veche_with(folder, nowhere, words.collect::<Vec<_>>())
    }

    fn data(&self, command: &str) -> Value {
        self.veche(&format!("{command} --json")).well().json()["data"].clone()
    }

    fn reader(&self) -> IndexReader {
        let index = self.path("registry").join(COOP.to_string());
        IndexReader::open(&index.join("index.db")).unwrap()
    }

    fn path(&self, name: &str) -> PathBuf {
        Path::new(self.folder.path()).join(name)
    }
}

#[test]
fn an_index_answers_without_a_node() {
    let place = Indexed::new();
    let found = place.data("registry search протокола решений");
    assert_eq!((&found["total"], &found["next"]), (&json!(2), &Value::Null));
    let first = place.data("registry search протокол --count 1");
    let cursor = first["next"].as_str().unwrap();
    let second = place.data(&format!(
        "registry search протокол --count 1 --after {cursor}"
    ));
    assert_ne!(
        first["documents"][0]["hash"],
        second["documents"][0]["hash"]
    );
    let wrong = place.veche("registry search протокол --after x");
    assert_eq!(wrong.code, 2, "{wrong:?}");
    let listed = place.data("registry --index {folder}/registry/zarechyekoop");
    assert_eq!(listed["total"], json!(5));
    let declined = "registry --index {folder}/registry/zarechyekoop --fate declined";
    assert_eq!(place.data(declined)["decisions"][0]["id"], json!(2));
    let package = place.data("registry package 5");
    assert_eq!(package["has_failed"], json!(true));
    assert_eq!(package["settlements"][0]["action"], json!("outdecline"));
    assert_eq!(package["votes"][0]["username"], json!(CHAIRMAN));
    assert!(package["protocol_document"]["signatures"][0]["public_key"].is_string());
    for (lang, text) in [("en", "carried out"), ("ru", "исполнено")] {
        let said = place
            .veche(&format!("registry package 1 --lang {lang}"))
            .well();
        assert!(
            said.out.contains(text) && said.out.contains("mirodaluvaxe"),
            "{said:?}"
        );
    }
    let none = place.veche("registry package 77 --lang en");
    assert!(none.code == 4 && none.err.contains("block 10"), "{none:?}");
    let other = place.veche("registry search x --index {folder}/nothing --lang ru");
    assert!(
        other.code == 4 && other.err.contains("veche index run"),
        "{other:?}"
    );
}

#[test]
fn texts_are_searched_with_the_master_key_and_otherwise_the_reader_is_told() {
    let place = Indexed::with_texts();
    let with = |words: &str| {
        place.data(&format!(
            "registry search {words} --master file:{{folder}}/master"
        ))
    };
    let found = with("ноутбуки Ивановых");
    assert_eq!(
        (&found["total"], &found["has_texts"]),
        (&json!(5), &json!(true))
    );
    let hit = &found["documents"][0];
    assert_eq!(
        (&hit["is_text"], &hit["is_title"]),
        (&json!(true), &json!(false))
    );
    let one = with("комнаты 300");
    assert_eq!(one["documents"][0]["question"], json!(3), "{one}");
    assert_eq!(one["total"], json!(1));
    assert_eq!(with("ноутбук --person uchastnaaaaa")["total"], json!(1));
    assert_eq!(with("ноутбук --form 100")["total"], json!(1));
    // Words may come from standard input, where other programs do not see them.
    let given = place.path("words");
    fs::write(&given, "Ивановым, комнаты 200\n").unwrap();
    let said = Command::new(env!("CARGO_BIN_EXE_veche"))
        .args(["registry", "search", "-", "--json"])
        .env("VECHE_CONFIG", place.folder.path())
        .stdin(fs::File::open(&given).unwrap())
        .env(
            "VECHE_MASTER",
            format!("file:{}", place.path("master").display()),
        )
        .output();
    let said: Value = serde_json::from_slice(&said.unwrap().stdout).unwrap();
    assert_eq!(said["data"]["documents"][0]["question"], json!(2), "{said}");
    assert_eq!(said["data"]["total"], json!(1));
    for hostile in [
        "\"ноутбук",
        &"щ".repeat(10_000),
        "NEAR(ноутбук)",
        "ноутбук\u{7}OR",
    ] {
        place.data(&format!("registry search {hostile}"));
        with(hostile);
    }
    let blank = place.veche("registry search \u{200b}");
    assert_eq!(blank.code, 2, "{blank:?}");
    for (lang, text) in [("en", "only titles"), ("ru", "только в названиях")] {
        let said = place.veche(&format!("registry search ноутбук --lang {lang}"));
        let said = said.well();
        assert!(
            said.err.contains(text) && said.err.contains("--master"),
            "{said:?}"
        );
    }
    assert_eq!(
        place.data("registry search ноутбук")["has_texts"],
        json!(false)
    );
    let wrong = place.path("wrong");
    fs::write(&wrong, "another passphrase").unwrap();
    let said = place.veche("registry search ноутбук --master file:{folder}/wrong");
    assert!(said.code != 0 && !said.err.contains("ноутбук"), "{said:?}");
    // Without a store nobody is asked for a key.
    let said =
        Indexed::new().veche("registry search протокол --master file:{folder}/none --lang en");
    let said = said.well();
    assert!(said.err.contains("no store of personal data"), "{said:?}");
}

#[test]
fn tables_and_an_archive_are_exported_and_verified() {
    let place = Indexed::new();
    let written = place.data("registry export --csv {folder}/tables");
    assert_eq!(written["block_num"], json!(10));
    let questions = fs::read_to_string(place.path("tables/questions.csv")).unwrap();
    assert_eq!(questions.lines().count(), 6);
    // One person's: tables that name nobody are not written.
    place.data("registry export --csv {folder}/one --person uchastnaaaaa");
    assert!(!place.path("one/funds.csv").exists() && place.path("one/votes.csv").exists());

    // Tables of an earlier export do not stay beside those of another one.
    for more in ["", " --person uchastnaaaaa"] {
        let said = place.veche(&format!(
            "registry export --csv {{folder}}/tables{more} --lang en"
        ));
        assert!(
            said.code == 2 && said.err.contains("name another folder"),
            "{said:?}"
        );
    }
    // A table that cannot be written is named.
    fs::write(place.path("file"), "").unwrap();
    let said = place.veche("registry export --csv {folder}/file/tables");
    assert!(
        said.code == 1 && said.err.contains("file/tables"),
        "{said:?}"
    );

    let mut reader = place.reader();
    let key = PrivateKey::K1([9; 32]);
    let options = ArchiveOptions {
        coopname: COOP,
        filter: SheetFilter::default(),
        texts: None,
        signer: (CHAIRMAN, &key),
        signed_at: TimePoint::from_micros(1_767_300_000_000_000),
    };
    let snapshot = reader.snapshot().unwrap();
    let (_, bytes) = write_archive(&snapshot, &options).unwrap();
    let archive = place.path("archive.tar");
    fs::write(&archive, &bytes).unwrap();
    let verified = place.data("verify {folder}/archive.tar --offline");
    assert_eq!(verified["verdict"], json!("genuine"));
    assert_eq!(
        verified["documents"],
        json!(verify(&bytes).unwrap().documents.len())
    );
    // Whether the signer is the chairman was not asked.
    assert_eq!(verified["signer_office"], Value::Null);
    let own = format!(
        "verify {{folder}}/archive.tar --offline --key {}",
        key.public_key()
    );
    place.data(&own);
    let another = PrivateKey::K1([7; 32]).public_key();
    let another = format!("verify {{folder}}/archive.tar --offline --key {another}");
    assert_eq!(place.veche(&another).code, 8);
    // Whose key it is needs a node.
    assert_eq!(place.veche("verify {folder}/archive.tar").code, 5);
    for at in [0x200, bytes.len() / 2, bytes.len() - 1] {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        fs::write(&archive, changed).unwrap();
        let said = place.veche("verify {folder}/archive.tar --offline --lang ru --json");
        assert_eq!(said.code, 8, "{said:?}");
        assert_eq!(
            said.json()["errors"][0]["details"]["verdict"],
            json!("forged")
        );
    }
    fs::write(&archive, &bytes[..bytes.len() / 2]).unwrap();
    assert_eq!(place.veche("verify {folder}/archive.tar --offline").code, 8);
}

/// An archive says what the registry is by whoever may say it.
#[test]
fn an_archive_of_somebody_else_is_refused_by_the_index() {
    let place = Indexed::new();
    let mut reader = place.reader();
    let key = PrivateKey::K1([9; 32]);
    let mut sealed = |account| {
        let options = ArchiveOptions {
            coopname: COOP,
            filter: SheetFilter::default(),
            texts: None,
            signer: (account, &key),
            signed_at: TimePoint::from_micros(1_767_300_000_000_000),
        };
        let snapshot = reader.snapshot().unwrap();
        let (_, bytes) = write_archive(&snapshot, &options).unwrap();
        fs::write(place.path("archive.tar"), bytes).unwrap();
    };
    let verify = "verify {folder}/archive.tar --offline --index {folder}/registry/zarechyekoop";
    sealed(COOP);
    assert_eq!(place.data(verify)["signer_office"], json!("cooperative"));
    sealed(Sample::account(1));
    for lang in ["en", "ru"] {
        let said = place.veche(&format!("{verify} --lang {lang} --json"));
        assert_eq!(said.code, 8, "{said:?}");
        let error = &said.json()["errors"][0];
        assert_eq!(error["code"], json!("mismatch.signer"));
        assert_eq!(error["details"]["verdict"], json!("unentitled"));
    }
    // Without an index nobody was asked, and that is said.
    let said = place
        .veche("verify {folder}/archive.tar --offline --lang en")
        .well();
    assert!(said.out.contains("was not checked"), "{said:?}");
}

#[cfg(unix)]
#[test]
fn the_files_of_an_index_are_for_their_owner() {
    use std::os::unix::fs::PermissionsExt;
    let place = Indexed::new();
    let file = place
        .path("registry")
        .join(COOP.to_string())
        .join("index.db");
    let mode = || fs::metadata(&file).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(), 0o600);
    // One of an earlier release becomes so when it is written next.
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    drop(IndexWriter::open(&file, Sample::scope()).unwrap());
    assert_eq!(mode(), 0o600);
}

#[test]
fn a_hash_and_a_text_are_genuine_or_unknown() {
    let place = Indexed::new();
    let package = place.reader().package(COOP, 1).unwrap().unwrap();
    let protocol = package.protocol.unwrap();
    for hash in [protocol.hash, protocol.doc_hash] {
        let data = place.data(&format!("verify {hash} --offline"));
        assert_eq!(data["verdict"], json!("genuine"));
        assert_eq!(data["questions"][0]["role"], json!("protocol"));
        assert_eq!(data["questions"][0]["fate"], json!("carried_out"));
        assert_eq!(data["document"]["signatures"][0]["signer"], json!(CHAIRMAN));
        assert_eq!(data["document"]["block_num"], json!(2));
    }
    let said = place
        .veche(&format!("verify {} --offline --lang en", protocol.hash))
        .well();
    for part in [
        "Genuine",
        "block 2",
        "mirodaluvaxe  EOS",
        "carried out",
        "final",
    ] {
        assert!(said.out.contains(part), "{part}: {said:?}");
    }
    fs::write(place.path("text.txt"), "Протокол, которого не было").unwrap();
    let unknown = place.veche("verify {folder}/text.txt --offline --json");
    assert_eq!(unknown.code, 4, "{unknown:?}");
    assert_eq!(
        unknown.json()["errors"][0]["details"]["verdict"],
        json!("unknown")
    );
    assert_eq!(place.veche("verify {folder}/missing --offline").code, 1);
}
