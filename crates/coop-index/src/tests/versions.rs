//! Databases of earlier versions are brought up to date.

use super::killed::all_rows;
use crate::samples::{COOP, End, Sample};
use crate::{IndexReader, IndexWriter, SearchFilter, Slice, TABLES};
use antelope_follow::BlockEvent;
use rusqlite::Connection;
use std::path::Path;

/// The SQL of each version that was released, what it must stay, and how many tables there were then.
const RELEASED: [(&str, &str, usize); 3] = [
    (
        include_str!("../../migrations/0001-registry.sql"),
        "2b8ab602be79ee0856c8f102a6853dbbcf36608839dcb846664a16c6646f266f",
        12,
    ),
    (
        include_str!("../../migrations/0002-life.sql"),
        "4c56fa423e6952865a7bed3d30bac1f56ddc95907910cbaa88116e4edcc4cdfb",
        22,
    ),
    (
        include_str!("../../migrations/0003-compared.sql"),
        "14ab49c9f9b1e39e402a316b10b80014862978b95f64cec813726c12ea695dc5",
        22,
    ),
];

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

/// A database as a version had left it: its tables, with the rows that it had.
fn of_version(version: usize, path: &Path, events: &[BlockEvent]) {
    let newer = path.with_extension("newer");
    let mut writer = IndexWriter::open(&newer, Sample::scope()).unwrap();
    events.iter().for_each(|event| writer.store(event).unwrap());
    drop(writer);
    let connection = Connection::open(path).unwrap();
    for (sql, _, _) in &RELEASED[..version] {
        connection.execute_batch(sql).unwrap();
    }
    let tables = &TABLES[..RELEASED[version - 1].2];
    connection
        .pragma_update(None, "user_version", u32::try_from(version).unwrap())
        .unwrap();
    let attach = "ATTACH ?1 AS newer";
    connection
        .execute(attach, [newer.to_str().unwrap()])
        .unwrap();
    // Its rows had what was searched: the title, or a text that was given to the index.
    connection
        .execute_batch(
            "INSERT INTO searchable (id, coopname, hash, source, stems) \
             SELECT id, coopname, hash, 'title', stems FROM newer.searchable; \
             INSERT INTO searchable (coopname, hash, source, stems) \
             SELECT coopname, hash, 'text', 'textgiven' FROM newer.searchable",
        )
        .unwrap();
    let tables = tables.iter().filter(|it| **it != "searchable");
    for table in tables.chain(&["about", "positions"]) {
        let sql = format!("SELECT group_concat(name) FROM pragma_table_info('{table}', 'main')");
        let columns: String = connection.query_row(&sql, [], |row| row.get(0)).unwrap();
        let copy =
            format!("INSERT INTO main.{table} ({columns}) SELECT {columns} FROM newer.{table}");
        connection.execute(&copy, []).unwrap();
    }
}

#[test]
fn the_sql_of_a_version_is_as_it_was_released() {
    for (sql, hash, _) in RELEASED {
        let found = antelope_types::Checksum256::sha256(sql.as_bytes());
        assert_eq!(found.to_string(), hash);
    }
}

#[test]
fn a_database_of_any_version_is_brought_up_to_date_and_says_that_it_needs_a_rebuild() {
    for version in 1..=RELEASED.len() {
        brought_up_to_date(version);
    }
}

fn brought_up_to_date(version: usize) {
    let folder = tempfile::tempdir().unwrap();
    let (path, events) = (folder.path().join("index.db"), life());
    let (before, after) = events.split_at(8);
    of_version(version, &path, before);
    let mut writer = IndexWriter::open(&path, Sample::scope()).unwrap();
    let mut reader = IndexReader::open(&path).unwrap();
    let status = reader.status().unwrap();
    // Version 3 has passed over nothing that this one keeps.
    assert_eq!(status.needs_rebuild, version < 3);
    assert_eq!(status.questions, 4);
    // Titles are found as before, and no texts.
    let mut found = |words: &str| {
        let filter = SearchFilter {
            words: words.to_owned(),
            ..SearchFilter::default()
        };
        let page = reader.search(COOP, &filter, &Slice::default());
        page.unwrap().total
    };
    assert!(found("заявления") > 0);
    assert_eq!(found("textgiven"), 0);
    let write_out = "PRAGMA wal_checkpoint(TRUNCATE)";
    writer.connection().execute_batch(write_out).unwrap();
    assert_eq!(containing(folder.path(), b"textgiven"), 0);
    // It goes on where it was, and finds what it had.
    after.iter().for_each(|event| writer.store(event).unwrap());
    let package = reader.package(COOP, 1).unwrap().unwrap();
    assert_eq!(package.statement.unwrap().packed.is_none(), version == 1);
    assert_eq!(package.events.is_empty(), version == 1);
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
fn a_database_of_version_2_knows_which_boards_the_chain_has() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("index.db");
    of_version(2, &path, &life());
    let connection = Connection::open(&path).unwrap();
    connection
        .execute_batch(
            "INSERT INTO steps (coopname, contract, name, key, contents, is_open, at, block) VALUES
             ('zarechyekoop', 'soviet', 'councils', '1', '{\"board\":4,\"executive\":\"2\",\"audit\":0,\"other\":0}', 1, 1, 1);
             INSERT INTO questions (coopname, id, kind, username, hash, board, is_open, block) VALUES
             ('zarechyekoop', 90, 'free', 'anna', x'00', 3, 1, 1), ('zarechyekoop', 91, 'free', 'anna', x'01', 1, 0, 1)",
        )
        .unwrap();
    for (version, status) in [
        (1, "seated"),
        (2, "seated"),
        (3, "seated"),
        (4, "seated"),
        (5, "elected"),
    ] {
        let sql = "INSERT INTO boards (coopname, version, kind, status, meeting, changed_at, block) \
                   VALUES ('zarechyekoop', ?1, 'soviet', ?2, x'00', 1, 1)";
        connection.execute(sql, (version, status)).unwrap();
    }
    drop(IndexWriter::open(&path, Sample::scope()).unwrap());
    let sql = "SELECT group_concat(version) FROM (SELECT version FROM boards WHERE is_open ORDER BY version)";
    let there: String = connection.query_row(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(there, "2,3,4");
}

#[test]
fn an_empty_database_of_any_version_needs_no_rebuild() {
    for version in 1..=RELEASED.len() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("index.db");
        of_version(version, &path, &[]);
        drop(IndexWriter::open(&path, Sample::scope()).unwrap());
        let mut reader = IndexReader::open(&path).unwrap();
        assert!(!reader.status().unwrap().needs_rebuild);
    }
}

#[test]
fn a_reader_waits_for_the_writer_to_bring_a_database_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("index.db");
    of_version(2, &path, &life());
    let error = IndexReader::open(&path).unwrap_err().to_string();
    assert!(error.contains("version 2"), "{error}");
}

#[test]
fn a_fork_is_undone_across_versions() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("index.db");
    of_version(3, &path, &life());
    // As version 3 writes down how to take a title back.
    let connection = Connection::open(&path).unwrap();
    let sql = "SELECT id FROM searchable WHERE source = 'title' ORDER BY id DESC LIMIT 1";
    let id: i64 = connection.query_row(sql, [], |row| row.get(0)).unwrap();
    let sql = "INSERT INTO undo (block, statement) VALUES (99, 'DELETE FROM searchable WHERE id = ' || ?1)";
    connection.execute(sql, [id]).unwrap();
    drop(connection);
    let mut writer = IndexWriter::open(&path, Sample::scope()).unwrap();
    let connection = writer.connection();
    crate::undo::take_back(connection, 98).unwrap();
    let sql = "SELECT count(*) FROM searchable WHERE id = ?1";
    let left: i64 = connection.query_row(sql, [id], |row| row.get(0)).unwrap();
    assert_eq!(left, 0);
}

/// How many files of a folder contain these bytes.
fn containing(folder: &Path, part: &[u8]) -> usize {
    let files = std::fs::read_dir(folder).unwrap();
    let files = files.filter(|it| {
        let bytes = std::fs::read(it.as_ref().unwrap().path()).unwrap();
        bytes.windows(part.len()).any(|it| it == part)
    });
    files.count()
}
