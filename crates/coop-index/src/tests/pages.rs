//! Pages stay while rows come, and totals are those of the moment.

use crate::samples::{CHAIRMAN, COOP, Sample};
use crate::{EventFilter, IndexReader, IndexWriter, QuestionFilter, Slice};
use std::collections::BTreeSet;

/// Reads a list page by page; between two pages something happens.
fn walked<T>(
    mut page: impl FnMut(&Slice) -> (Vec<T>, u64, Option<String>),
    mut happens: impl FnMut(),
) -> (Vec<T>, Vec<u64>) {
    let (mut found, mut totals) = (Vec::new(), Vec::new());
    let mut slice = Slice {
        count: 4,
        after: None,
    };
    loop {
        let (entries, total, next) = page(&slice);
        found.extend(entries);
        totals.push(total);
        let Some(next) = next else {
            return (found, totals);
        };
        slice.after = Some(next);
        happens();
    }
}

#[test]
fn pages_stay_while_rows_come() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("index.db");
    let mut writer = IndexWriter::open(&file, Sample::scope()).unwrap();
    let mut sample = Sample::unsigned();
    let mut happens = move || {
        // Several in a block, so that some have the same moment.
        for kind in 0..3 {
            sample.admit();
            let id = sample.ask(kind, Sample::account(0), "");
            sample.vote(id, CHAIRMAN, true);
        }
        writer.store(&sample.take()).unwrap();
    };
    for _ in 0..5 {
        happens();
    }
    let mut reader = IndexReader::open(&file).unwrap();
    let filter = QuestionFilter::default();
    let (found, totals) = walked(
        |slice| {
            let page = reader.questions(COOP, &filter, slice).unwrap();
            let ids: Vec<_> = page.entries.iter().map(|it| it.id).collect();
            (ids, page.total, page.next)
        },
        &mut happens,
    );
    assert_eq!(found, (1..=15).rev().collect::<Vec<_>>());
    assert_eq!(totals, [15, 18, 21, 24]);
    let before = totals.last().copied().unwrap() as usize;
    let (found, _) = walked(
        |slice| {
            let page = reader.participants(COOP, None, slice).unwrap();
            let names: Vec<_> = page.entries.iter().map(|it| it.username).collect();
            (names, page.total, page.next)
        },
        &mut happens,
    );
    assert_eq!(found.len(), before);
    assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), before);
    let all = reader
        .events(COOP, &EventFilter::default(), &Slice::default())
        .unwrap();
    let (found, _) = walked(
        |slice| {
            let page = reader.events(COOP, &EventFilter::default(), slice).unwrap();
            let sequences: Vec<_> = page.entries.iter().map(|it| it.sequence).collect();
            (sequences, page.total, page.next)
        },
        &mut happens,
    );
    assert_eq!(found.len() as u64, all.total);
    assert!(found.is_sorted_by(|one, other| one > other));
}
