//! No question to the index goes through a whole table.

use crate::samples::{COOP, Sample};
use crate::{
    EventFilter, IndexReader, IndexWriter, QuestionFilter, SHEETS, SearchFilter, SheetFilter, Slice,
};
use antelope_types::{Checksum256, TimePoint};
use rusqlite::Connection;
use rusqlite::trace::{TraceEvent, TraceEventCodes};
use std::cell::RefCell;

thread_local! {
    static ASKED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

fn traced(event: TraceEvent<'_>) {
    if let TraceEvent::Stmt(_, sql) = event {
        ASKED.with_borrow_mut(|asked| asked.push(sql.to_owned()));
    }
}

/// The steps by which a question is answered, a line each.
fn plan(connection: &Connection, sql: &str) -> String {
    let sql = format!("EXPLAIN QUERY PLAN {sql}");
    let mut plan = connection.prepare(&sql).unwrap();
    let mut steps = plan.raw_query();
    let mut lines = Vec::new();
    while let Some(step) = steps.next().unwrap() {
        lines.push(step.get::<_, String>("detail").unwrap());
    }
    lines.join("\n")
}

#[test]
fn no_question_goes_through_a_whole_table() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("index.db");
    let mut writer = IndexWriter::open(&file, Sample::scope()).unwrap();
    let mut sample = Sample::unsigned();
    sample.admit();
    let id = sample.ask(0, Sample::account(0), "");
    writer.store(&sample.take()).unwrap();
    let mut reader = IndexReader::open(&file).unwrap();
    let codes = TraceEventCodes::SQLITE_TRACE_STMT;
    reader.connection().trace_v2(codes, Some(traced)).unwrap();
    let (page, time) = (Slice::default(), Some(TimePoint::from_micros(1)));
    let person = Some(Sample::account(0));
    let filters = [
        QuestionFilter::default(),
        QuestionFilter {
            is_open: Some(true),
            ..QuestionFilter::default()
        },
        QuestionFilter {
            kinds: vec!["joincoop".parse().unwrap()],
            outcomes: vec!["declined".to_owned()],
            person,
            voter: person,
            since: time,
            until: time,
            form: Some(100),
            has_failed: Some(true),
            is_final: true,
            ..QuestionFilter::default()
        },
        QuestionFilter {
            form: Some(100),
            ..QuestionFilter::default()
        },
        QuestionFilter {
            kinds: vec!["joincoop".parse().unwrap()],
            form: Some(100),
            ..QuestionFilter::default()
        },
        QuestionFilter {
            voter: person,
            ..QuestionFilter::default()
        },
        QuestionFilter {
            has_failed: Some(true),
            ..QuestionFilter::default()
        },
        QuestionFilter {
            since: time,
            ..QuestionFilter::default()
        },
    ];
    for filter in &filters {
        reader.questions(COOP, filter, &page).unwrap();
    }
    for form in [None, Some(100)] {
        let filter = SearchFilter {
            words: "заявление".to_owned(),
            form,
            person: form.and(person),
            ..SearchFilter::default()
        };
        reader.search(COOP, &filter, &page).unwrap();
    }
    reader.package(COOP, id).unwrap().unwrap();
    for person in [None, person] {
        reader.payments(COOP, person, &page).unwrap();
        reader.properties(COOP, person, &page).unwrap();
        reader.candidates(COOP, person, &page).unwrap();
        let filter = EventFilter {
            person,
            ..EventFilter::default()
        };
        reader.events(COOP, &filter, &page).unwrap();
    }
    reader.participants(COOP, None, &page).unwrap();
    reader.balances(COOP, 5).unwrap();
    reader.funds(COOP, 5).unwrap();
    reader.charters(COOP).unwrap();
    reader.boards(COOP).unwrap();
    reader.seats(COOP).unwrap();
    reader.staff(COOP).unwrap();
    reader.find(COOP, Checksum256::default()).unwrap();
    let snapshot = reader.snapshot().unwrap();
    for sheet in SHEETS {
        let filter = SheetFilter::default();
        snapshot
            .rows::<crate::IndexError>(COOP, sheet, &filter, &mut |_| Ok(()))
            .unwrap();
    }
    drop(snapshot);
    let asked = ASKED.with_borrow_mut(std::mem::take);
    assert!(asked.len() > 50, "{}", asked.len());
    let connection = Connection::open(&file).unwrap();
    // What could not be done is found without the rows of the journal.
    let failed = asked
        .iter()
        .filter(|sql| sql.starts_with("SELECT count(*)") && sql.contains("'outdecline'"));
    let plans: Vec<_> = failed.map(|sql| plan(&connection, sql)).collect();
    let covering = ["events_failed", "steps_undelivered", "questions_by_hash"];
    let is_covered = |plan: &String| {
        let mut indexes = covering.iter();
        indexes.all(|it| plan.contains(&format!("COVERING INDEX {it}")))
    };
    assert!(plans.iter().any(is_covered), "{plans:#?}");
    // The full text index asks its own tables by their keys.
    let is_own = |sql: &&String| sql.starts_with("SELECT") && !sql.contains("'main'.'words");
    for sql in asked.iter().filter(is_own) {
        for step in plan(&connection, sql).lines() {
            // `positions` has the few blocks that are not final, and what another query has found is found already;
            // the full text index says SCAN for a search by words.
            let is_whole = step.starts_with("SCAN")
                && ![
                    "positions",
                    "words VIRTUAL TABLE INDEX",
                    "about",
                    "CONSTANT ROW",
                ]
                .iter()
                .any(|it| step.contains(it))
                && !["SCAN l", "SCAN (subquery", "SCAN x"]
                    .iter()
                    .any(|it| step.starts_with(it));
            assert!(!is_whole, "{step}: {sql}");
        }
    }
}
