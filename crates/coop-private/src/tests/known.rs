//! Databases as each version of their steps has left them: a program of today opens them, and reads what they have.
//! The newest is written with `VECHE_BLESS=1`; once it was released it never changes.

use super::support::{
    NOW, account, assert_words_are_of_documents, document, found, profile, secret,
};
use crate::folder::{DATABASE, RING};
use crate::{PaperKind, PrivateStore, files};
use coop_documents::samples::cooperative;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

const VERSIONS: u32 = 3;

fn known(version: u32) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tests/known");
    folder.join(format!("{version}.sql"))
}

/// All of a database as statements, and the key ring as a remark before them.
fn dumped(folder: &Path) -> String {
    let mut text = String::from("-- keys.ring\n");
    for part in fs::read(folder.join(RING)).unwrap().chunks(64) {
        writeln!(text, "-- {}", crate::seal::hex(part)).unwrap();
    }
    let connection = Connection::open(folder.join(DATABASE)).unwrap();
    let sql = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid";
    let mut statement = connection.prepare(sql).unwrap();
    for sql in statement
        .query_map([], |row| row.get::<_, String>(0))
        .unwrap()
    {
        writeln!(text, "{};", sql.unwrap()).unwrap();
    }
    let version: u32 = connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    writeln!(text, "PRAGMA user_version = {version};").unwrap();
    for table in [
        "about",
        "profiles",
        "documents",
        "erasures",
        "places",
        "papers",
        "words",
    ] {
        let mut statement = connection
            .prepare(&format!("SELECT * FROM {table}"))
            .unwrap();
        let count = statement.column_count();
        let mut rows = statement
            .query(params_from_iter(Vec::<i64>::new()))
            .unwrap();
        while let Some(row) = rows.next().unwrap() {
            let values = (0..count).map(|at| match row.get::<_, Value>(at).unwrap() {
                Value::Null => "NULL".to_owned(),
                Value::Integer(number) => number.to_string(),
                Value::Real(number) => number.to_string(),
                Value::Text(text) => format!("'{}'", text.replace('\'', "''")),
                Value::Blob(bytes) => format!("x'{}'", crate::seal::hex(&bytes)),
            });
            let values = values.collect::<Vec<_>>().join(", ");
            writeln!(text, "INSERT INTO {table} VALUES ({values});").unwrap();
        }
    }
    text
}

/// Makes the files again that a dump is of.
fn made(text: &str, folder: &Path) {
    let ring = text
        .lines()
        .skip(1)
        .map_while(|line| line.strip_prefix("-- "));
    let ring: Vec<u8> = ring
        .flat_map(|line| line.as_bytes().chunks(2))
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect();
    files::replace(&folder.join(RING), &ring).unwrap();
    let connection = Connection::open(folder.join(DATABASE)).unwrap();
    connection.execute_batch(text).unwrap();
}

#[test]
fn databases_of_every_version_are_read() {
    if std::env::var_os("VECHE_BLESS").is_some() && !known(VERSIONS).exists() {
        let folder = tempfile::tempdir().unwrap();
        let coop = cooperative().account;
        let mut store = PrivateStore::create(folder.path(), coop, &secret(7)).unwrap();
        for number in 0..2 {
            store
                .put_profile(account(number), &profile(number, 1), NOW)
                .unwrap();
        }
        store
            .put_document(&document("100_statement"), false, NOW)
            .unwrap();
        store
            .put_document(&document("501_admission"), true, NOW)
            .unwrap();
        store
            .put_paper(PaperKind::Thing, "chair", account(0), b"a chair", NOW)
            .unwrap();
        super::support::erase(&mut store, account(1)).unwrap();
        drop(store);
        fs::create_dir_all(known(VERSIONS).parent().unwrap()).unwrap();
        fs::write(known(VERSIONS), dumped(folder.path())).unwrap();
    }
    for version in 1..=VERSIONS {
        let folder = tempfile::tempdir().unwrap();
        made(&fs::read_to_string(known(version)).unwrap(), folder.path());
        let mut store = PrivateStore::open(folder.path(), &secret(7)).unwrap();
        assert_eq!(store.profile(account(0)).unwrap(), Some(profile(0, 1)));
        assert_eq!(store.profile(account(1)).unwrap(), None);
        for name in ["100_statement", "501_admission"] {
            let mut document = document(name);
            if version < 3 {
                // They were kept before a draft was told from what is signed.
                document.document.signatures.clear();
            }
            assert_eq!(store.document(&document.document.hash()).unwrap(), document);
        }
        assert_eq!(store.documents(None).unwrap().len(), 3);
        // Documents of every version are found by their words.
        for (words, name) in [
            ("вступлении", "100_statement"),
            ("протоколы", "501_admission"),
        ] {
            let hash = document(name).document.hash();
            assert!(
                found(&mut store, words, None).contains(&hash),
                "{version}: {words}"
            );
        }
        assert_words_are_of_documents(&mut store);
        let chair = store.paper(PaperKind::Thing, "chair").unwrap();
        assert_eq!(chair.is_some(), version > 1);
        let steps: u32 = store
            .connection
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .unwrap();
        assert_eq!(steps, VERSIONS);
    }
}
