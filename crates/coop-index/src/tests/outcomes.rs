//! Every kind of decision with every end is found by its kind, its outcome, its person, its period and its form,
//! and by all of them together; its package says what happened.

use crate::samples::{CHAIRMAN, COOP, ENDS, End, KINDS, Sample};
use crate::{IndexReader, IndexWriter, QuestionFilter, Slice};
use antelope_types::{Name, TimePoint};

fn outcome(end: End) -> &'static str {
    match end {
        End::CarriedOut | End::Failed => "carried_out",
        End::Declined => "declined",
        End::NotApproved => "not_approved",
        End::NotSigned => "not_signed",
    }
}

#[test]
fn every_kind_is_found_with_every_end() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("index.db");
    let mut writer = IndexWriter::open(&file, Sample::scope()).unwrap();
    let mut sample = Sample::unsigned();
    let mut asked = Vec::new();
    // Each is published in one block, voted on in another and ended in a third, when the chain erases its row.
    for (at, end) in ENDS.into_iter().enumerate() {
        for kind in 0..KINDS.len() {
            let about = Sample::account((at * KINDS.len() + kind) as u32);
            let id = sample.ask(kind, about, "");
            writer.store(&sample.take()).unwrap();
            sample.vote(id, CHAIRMAN, end != End::Declined);
            writer.store(&sample.take()).unwrap();
            sample.end(id, end);
            writer.store(&sample.take()).unwrap();
            asked.push((id, kind, about, end));
        }
    }
    let mut reader = IndexReader::open(&file).unwrap();
    assert_eq!(reader.status().unwrap().unreadable, 0);
    let mut found = |filter: &QuestionFilter| {
        let page = reader.questions(
            COOP,
            filter,
            &Slice {
                count: 500,
                after: None,
            },
        );
        let page = page.unwrap();
        assert_eq!(page.total, page.entries.len() as u64);
        page.entries
    };
    for (id, kind, about, end) in &asked {
        let (name, form, _) = KINDS[*kind];
        let by_all = QuestionFilter {
            kinds: vec![name.parse::<Name>().unwrap()],
            outcomes: vec![outcome(*end).to_owned()],
            person: Some(*about),
            voter: Some(CHAIRMAN),
            form: Some(form),
            is_open: Some(false),
            has_failed: Some(*end == End::Failed),
            is_final: true,
            ..QuestionFilter::default()
        };
        let [only] = &found(&by_all)[..] else {
            panic!("{name} {end:?}");
        };
        assert_eq!((only.id, only.has_failed), (*id, *end == End::Failed));
        let ended = only.finished_at.unwrap();
        let later = TimePoint::from_micros(ended.micros() + 1);
        let period = |since, until| QuestionFilter {
            since: Some(since),
            until: Some(until),
            ..by_all.clone()
        };
        assert_eq!(found(&period(ended, later)).len(), 1);
        assert_eq!(found(&period(later, later)).len(), 0);
    }
    for end in ENDS {
        let failed = QuestionFilter {
            outcomes: vec![outcome(end).to_owned()],
            has_failed: Some(end == End::Failed),
            ..QuestionFilter::default()
        };
        assert_eq!(found(&failed).len(), KINDS.len(), "{end:?}");
    }
    for (id, _, about, end) in asked {
        let package = reader.package(COOP, id).unwrap().unwrap();
        let statement = package.statement.unwrap();
        assert_eq!(statement.username, about);
        assert_eq!(package.votes.len(), 1);
        let is_signed = matches!(end, End::CarriedOut | End::Failed);
        assert_eq!(package.protocol.is_some(), is_signed);
        let failures = package.settlements.iter();
        let failures = failures.filter(|it| it.action.to_string() == "outdecline");
        assert_eq!(failures.count() > 0, end == End::Failed);
        let actions: Vec<_> = package
            .events
            .iter()
            .map(|it| it.action.to_string())
            .collect();
        let last = match end {
            End::CarriedOut => "newdecision",
            End::Failed => "outdecline",
            _ => "newdeclined",
        };
        assert_eq!(
            actions.last().map(String::as_str),
            Some(last),
            "{actions:?}"
        );
        assert!(actions.len() >= 4, "{actions:?}");
    }
}
