//! Databases of earlier versions are brought up to date.

use super::killed::all_rows;
use crate::samples::{COOP, End, Sample};
use crate::{IndexReader, IndexWriter, TABLES};
use antelope_follow::BlockEvent;
use rusqlite::Connection;
use std::path::Path;

/// The SQL that version 1 was released with, and what it must stay.
const VERSION_1: &str = include_str!("../../migrations/0001-registry.sql");
const SHA_256: &str = "2b8ab602be79ee0856c8f102a6853dbbcf36608839dcb846664a16c6646f266f";

/// The tables that version 1 had.
const OF_VERSION_1: usize = 12;

fn life() -> Vec<BlockEvent> {
    let mut sample = Sample::unsigned();
    let mut events = Vec::new();
    for number in 0..6 {
        sample.admit();
        let id = sample.ask(number, Sample::account(0), "");
        events.push(sample.take());
        sample.vote(id, Sample::account(0), true);
        sample.end(id, End::CarriedOut);
        events.push(sample.take());
    }
    events
}

/// A database as version 1 had left it: its tables, with the rows that it had.
fn of_version_1(path: &Path, events: &[BlockEvent]) {
    let newer = path.with_extension("newer");
    let mut writer = IndexWriter::open(&newer, Sample::scope()).unwrap();
    events.iter().for_each(|event| writer.store(event).unwrap());
    drop(writer);
    let connection = Connection::open(path).unwrap();
    connection.execute_batch(VERSION_1).unwrap();
    connection.pragma_update(None, "user_version", 1).unwrap();
    let attach = "ATTACH ?1 AS newer";
    connection
        .execute(attach, [newer.to_str().unwrap()])
        .unwrap();
    for table in TABLES[..OF_VERSION_1].iter().chain(&["about", "positions"]) {
        let sql = format!("SELECT group_concat(name) FROM pragma_table_info('{table}', 'main')");
        let columns: String = connection.query_row(&sql, [], |row| row.get(0)).unwrap();
        let copy =
            format!("INSERT INTO main.{table} ({columns}) SELECT {columns} FROM newer.{table}");
        connection.execute(&copy, []).unwrap();
    }
}

#[test]
fn the_sql_of_version_1_is_as_it_was_released() {
    let found = antelope_types::Checksum256::sha256(VERSION_1.as_bytes());
    assert_eq!(found.to_string(), SHA_256);
}

#[test]
fn a_database_of_version_1_is_brought_up_to_date_and_says_that_it_needs_a_rebuild() {
    let folder = tempfile::tempdir().unwrap();
    let (path, events) = (folder.path().join("index.db"), life());
    let (before, after) = events.split_at(8);
    of_version_1(&path, before);
    let mut writer = IndexWriter::open(&path, Sample::scope()).unwrap();
    let mut reader = IndexReader::open(&path).unwrap();
    let status = reader.status().unwrap();
    assert!(status.needs_rebuild);
    assert_eq!(status.questions, 4);
    // It goes on where it was, and finds what it had.
    after.iter().for_each(|event| writer.store(event).unwrap());
    let package = reader.package(COOP, 1).unwrap().unwrap();
    assert!(package.statement.unwrap().packed.is_none());
    assert!(package.events.is_empty());
    let package = reader.package(COOP, 6).unwrap().unwrap();
    assert!(package.statement.unwrap().packed.is_some());
    assert!(!package.events.is_empty());
    // After a rebuild nothing is missing.
    writer.clear().unwrap();
    events.iter().for_each(|event| writer.store(event).unwrap());
    assert!(!reader.status().unwrap().needs_rebuild);
    let whole = folder.path().join("whole.db");
    let mut writer = IndexWriter::open(&whole, Sample::scope()).unwrap();
    events.iter().for_each(|event| writer.store(event).unwrap());
    assert_eq!(all_rows(&path), all_rows(&whole));
    let mut reader = IndexReader::open(&whole).unwrap();
    assert!(!reader.status().unwrap().needs_rebuild);
}

#[test]
fn an_empty_database_of_version_1_needs_no_rebuild() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("index.db");
    of_version_1(&path, &[]);
    drop(IndexWriter::open(&path, Sample::scope()).unwrap());
    let mut reader = IndexReader::open(&path).unwrap();
    assert!(!reader.status().unwrap().needs_rebuild);
}

#[test]
fn a_reader_waits_for_the_writer_to_bring_a_database_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("index.db");
    of_version_1(&path, &life());
    let error = IndexReader::open(&path).unwrap_err().to_string();
    assert!(error.contains("version 1"), "{error}");
}
