//! Filters, pages, totals, packages and words.

use super::chain::{Teller, Tree};
use super::killed::scope;
use super::life::COOP;
use crate::{
    Follower, IndexError, IndexReader, IndexWriter, QuestionFilter, SearchFilter, Slice, Stepped,
    TextHit,
};
use antelope_types::{Checksum256, Name, name};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::Duration;
use tempfile::TempDir;

/// An index of a long life, of which the last blocks are not final.
fn index() -> (TempDir, Follower<Teller>, IndexReader) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("index.db");
    let tree = Rc::new(RefCell::new(Tree::new()));
    for seed in 1..160 {
        tree.borrow_mut().grow(seed * 7919);
    }
    tree.borrow_mut().settle(12);
    let writer = IndexWriter::open(&file, scope()).unwrap();
    let mut follower = Follower::new(Teller::new(&tree, 0), writer);
    while follower.step(Duration::ZERO).unwrap() != Stepped::Nothing {}
    let reader = IndexReader::open(&file).unwrap();
    (folder, follower, reader)
}

#[test]
fn pages_are_whole_and_totals_real() {
    let (_folder, _follower, mut reader) = index();
    let all = QuestionFilter::default();
    let mut slice = Slice {
        count: 7,
        after: None,
    };
    let mut ids = Vec::new();
    loop {
        let page = reader.questions(COOP, &all, &slice).unwrap();
        assert!(page.entries.len() <= 7);
        ids.extend(page.entries.iter().map(|it| it.id));
        if page.next.is_none() {
            assert_eq!(page.total, ids.len() as u64);
            break;
        }
        slice.after = page.next;
    }
    let expected: Vec<_> = (1..=ids.len() as u64).rev().collect();
    assert_eq!(ids, expected);
    assert_eq!(reader.status().unwrap().questions, ids.len() as u64);
    slice.after = Some("x".to_owned());
    let error = reader.questions(COOP, &all, &slice).unwrap_err();
    assert!(matches!(error, IndexError::Cursor(_)), "{error}");
    let nobody = reader
        .questions(name!("another"), &all, &Slice::default())
        .unwrap();
    assert_eq!(nobody.total, 0);
}

#[test]
fn filters_divide_what_is_there() {
    let (_folder, _follower, mut reader) = index();
    let slice = Slice {
        count: 500,
        after: None,
    };
    let mut total = |filter: &QuestionFilter| reader.questions(COOP, filter, &slice).unwrap();
    let all = total(&QuestionFilter::default());
    let mut outcomes = 0;
    for outcome in ["carried_out", "declined", "not_approved", "not_signed"] {
        let found = total(&QuestionFilter {
            outcomes: vec![outcome.to_owned()],
            ..QuestionFilter::default()
        });
        assert!(found.total > 0, "{outcome}");
        assert!(
            found
                .entries
                .iter()
                .all(|it| it.outcome.as_deref() == Some(outcome) && !it.is_open)
        );
        outcomes += found.total;
    }
    let open = total(&QuestionFilter {
        is_open: Some(true),
        ..QuestionFilter::default()
    });
    assert_eq!(outcomes + open.total, all.total);
    let mut kinds = 0;
    for kind in [
        name!("freedecision"),
        name!("joincoop"),
        name!("returnmoney"),
    ] {
        let of_kind = QuestionFilter {
            kinds: vec![kind],
            ..QuestionFilter::default()
        };
        kinds += total(&of_kind).total;
    }
    assert_eq!(kinds, all.total);
    let middle = all.entries[all.entries.len() / 2].published_at;
    let period = |since, until| QuestionFilter {
        since,
        until,
        ..QuestionFilter::default()
    };
    let (early, late) = (
        total(&period(None, middle)).total,
        total(&period(middle, None)).total,
    );
    assert!(early > 0 && late > 0);
    assert_eq!(early + late, all.total);
    let person = all.entries[0].username;
    let about = total(&QuestionFilter {
        person: Some(person),
        ..QuestionFilter::default()
    });
    let expected = all
        .entries
        .iter()
        .filter(|it| it.username == person)
        .count();
    assert_eq!(about.total, expected as u64);
    let voted = total(&QuestionFilter {
        voter: Some(person),
        ..QuestionFilter::default()
    });
    assert!(voted.total > 0 && voted.total < all.total);
    let minutes = total(&QuestionFilter {
        form: Some(600),
        ..QuestionFilter::default()
    });
    assert!(minutes.entries.iter().all(|it| it.protocol.is_some()));
    assert!(minutes.total > 0);
    let settled = total(&QuestionFilter {
        is_final: true,
        ..QuestionFilter::default()
    });
    assert!(settled.total < all.total && settled.entries.iter().all(|it| it.is_final));
}

#[test]
fn questions_are_found_by_what_was_done_in_which_blocks() {
    let (_folder, _follower, mut reader) = index();
    let slice = Slice {
        count: 500,
        after: None,
    };
    let questions = reader.questions(COOP, &QuestionFilter::default(), &slice);
    let all = questions.unwrap().entries;
    let mut events = Vec::new();
    for question in &all {
        let package = reader.package(COOP, question.id).unwrap().unwrap();
        let of_question = package.events.into_iter();
        events.extend(of_question.map(|it| (question.id, it.action, it.block)));
    }
    let actions: BTreeSet<_> = events.iter().map(|it| it.1).collect();
    let blocks: BTreeSet<_> = events.iter().map(|it| it.2).collect();
    let (first, last) = (*blocks.first().unwrap(), *blocks.last().unwrap());
    let middle = *blocks.iter().nth(blocks.len() / 2).unwrap();
    let ranges = [None, Some(first), Some(middle), Some(last)];
    for action in actions.into_iter().map(Some).chain([None]) {
        for after_block in ranges {
            for before_block in ranges {
                let is_wanted = |(_, of, block): &&(u64, Name, u32)| {
                    action.is_none_or(|it| it == *of)
                        && after_block.is_none_or(|it| *block > it)
                        && before_block.is_none_or(|it| *block < it)
                };
                let is_any = action.is_none() && after_block.is_none() && before_block.is_none();
                let expected: BTreeSet<_> = match is_any {
                    true => all.iter().map(|it| it.id).collect(),
                    false => events.iter().filter(is_wanted).map(|it| it.0).collect(),
                };
                let filter = QuestionFilter {
                    actions: action.into_iter().collect(),
                    after_block,
                    before_block,
                    ..QuestionFilter::default()
                };
                let found = reader.questions(COOP, &filter, &slice).unwrap();
                let ids: BTreeSet<_> = found.entries.iter().map(|it| it.id).collect();
                assert_eq!(ids, expected, "{filter:?}");
                assert_eq!(found.total, expected.len() as u64);
            }
        }
    }
}

#[test]
fn a_package_has_all_that_belongs_to_a_question() {
    let (_folder, _follower, mut reader) = index();
    let decided = QuestionFilter {
        outcomes: vec!["carried_out".to_owned()],
        ..QuestionFilter::default()
    };
    let decided = reader.questions(COOP, &decided, &Slice::default()).unwrap();
    let mut voters = BTreeSet::new();
    for question in decided.entries {
        let package = reader.package(COOP, question.id).unwrap().unwrap();
        let statement = package.statement.unwrap();
        assert_eq!(
            (statement.hash, statement.registry_id),
            (question.hash, 599)
        );
        assert_eq!(statement.signatures[0].signer, question.username);
        let protocol = package.protocol.unwrap();
        assert_eq!(
            (Some(protocol.hash), protocol.registry_id),
            (question.protocol, 600)
        );
        assert_eq!(package.acts[0].hash, protocol.hash);
        assert_eq!(package.question.chairman, Some(name!("mirodaluvaxe")));
        voters.extend(package.votes.iter().map(|it| it.username));
    }
    assert!(!voters.is_empty());
    assert_eq!(reader.package(COOP, 100_000).unwrap(), None);
}

#[test]
fn documents_are_found_by_their_words() {
    let (_folder, mut follower, mut reader) = index();
    let mut found = |words: &str| {
        let filter = SearchFilter {
            words: words.to_owned(),
            ..SearchFilter::default()
        };
        reader.search(COOP, &filter, &Slice::default()).unwrap()
    };
    let protocols = found("протоколы решений");
    assert!(protocols.total > 0);
    assert!(
        protocols
            .entries
            .iter()
            .all(|it| it.registry_id == 600 && it.is_title && !it.is_text)
    );
    assert!(protocols.entries.iter().all(|it| it.question.is_some()));
    assert!(found("decisions PROPOSALS").total > 0);
    for nothing in ["", "  ", "\" OR 1 --", "протокол заявления", "NEAR(a b)"] {
        assert_eq!(found(nothing).total, 0, "{nothing:?}");
    }
    follower.writer().clear().unwrap();
    assert_eq!(found("протокол").total, 0);
}

#[test]
fn documents_whose_texts_have_the_words_are_joined_as_far_as_they_are_wanted() {
    let (_folder, _follower, mut reader) = index();
    let mut found = |words: &str, form: Option<u64>, texts: &[TextHit]| {
        let filter = SearchFilter {
            words: words.to_owned(),
            form,
            ..SearchFilter::default()
        };
        let page = reader.search_with(COOP, &filter, texts, &Slice::default());
        page.unwrap()
    };
    let titles = found("протоколы", None, &[]);
    let text = |hash, weight| TextHit { hash, weight };
    let (first, last) = (&titles.entries[0], titles.entries.last().unwrap());
    // A document whose title has the words already weighs more, and is not counted twice.
    let both = found("протоколы", None, &[text(last.hash, 1)]);
    assert_eq!(both.total, titles.total);
    let [best, ..] = &both.entries[..] else {
        panic!("nothing was found");
    };
    assert_eq!((best.hash, best.weight), (last.hash, last.weight + 1));
    assert!(best.is_title && best.is_text);
    // One whose text alone has them, and one that the index does not have.
    let texts = [text(first.hash, 5), text(Checksum256([9; 32]), 7)];
    let hits = found("крыша", None, &texts);
    assert_eq!((hits.total, hits.entries[0].hash), (1, first.hash));
    assert!(hits.entries[0].is_text && !hits.entries[0].is_title);
    assert_eq!(hits.entries[0].title, first.title);
    assert_eq!(found("крыша", Some(600), &texts).total, 1);
    assert_eq!(found("крыша", Some(599), &texts).total, 0);
    assert_eq!(found("", None, &texts).total, 0);
}
