//! Documents are found by the words of their texts, and by nothing of what was erased.

use super::support::{
    NOW, account, assert_words_are_of_documents, containing, document, erase, found, open, ordered,
    profile, store, wrapped, written,
};
use crate::{PrivateError, PrivateStore, backup, kill, restore};
use antelope_types::{Checksum256, Name, TimePoint};
use coop_documents::samples::participant;
use coop_index::{WordQuery, stems};
use coop_model::catalogue::registry;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// What is sealed of a document's words.
fn sealed(store: &PrivateStore, hash: &Checksum256) -> Vec<u8> {
    let sql = "SELECT sealed FROM words WHERE hash = ?1";
    let found = store.connection.query_row(sql, [hash.0], |row| row.get(0));
    found.unwrap()
}

#[test]
fn documents_are_found_by_any_form_of_the_words_of_their_texts() {
    let (_folder, mut store) = store();
    let documents = [
        "100_statement",
        "599_proposal",
        "501_admission",
        "910_share",
    ]
    .map(document);
    for document in &documents {
        store.put_document(document, false, NOW).unwrap();
    }
    let english = written(
        account(0),
        registry::PROPOSAL,
        "Proposal",
        "To buy two laptops for the accountant",
    );
    store.put_document(&english, false, NOW).unwrap();
    let [statement, proposal, admission, _] = &documents;
    for (words, wanted) in [
        ("ремонт складов", proposal),
        ("подрядчики", proposal),
        ("Звягинцев", statement),
        ("Вересаеву", admission),
        ("laptop", &english),
        ("accountants buying", &english),
        // The title counts, too.
        ("proposals laptops", &english),
    ] {
        let hash = wanted.document.hash();
        assert!(found(&mut store, words, None).contains(&hash), "{words}");
    }
    // The same store for another thread finds what is put from now on, too.
    let mut another = store.try_clone().unwrap();
    let more = written(
        account(1),
        registry::PROPOSAL,
        "Proposal",
        "To sell a tractor",
    );
    store.put_document(&more, false, NOW).unwrap();
    let sold = found(&mut another, "tractors", None);
    assert_eq!(sold, BTreeSet::from([more.document.hash()]));
    // Only of the account that is asked for.
    let own = found(&mut store, "laptop", Some(account(0)));
    assert_eq!(own, BTreeSet::from([english.document.hash()]));
    assert!(found(&mut store, "laptop", Some(account(1))).is_empty());
    for nothing in ["", "*", "\" OR 1 --", "трактор", "laptop трактор"] {
        assert!(found(&mut store, nothing, None).is_empty(), "{nothing}");
    }
    // A text that is replaced is found by its own words.
    let hash = english.document.hash();
    store.remove_document(&hash).unwrap();
    assert!(found(&mut store, "laptop", None).is_empty());
    assert_words_are_of_documents(&mut store);
}

#[test]
fn who_was_erased_is_not_found_by_words_in_the_store_or_in_a_backup() {
    let (folder, mut store) = store();
    let statement = document("100_statement");
    let who = statement.document.meta.username;
    let hash = statement.document.hash();
    store.put_profile(who, &profile(0, 1), NOW).unwrap();
    store.put_document(&statement, false, NOW).unwrap();
    let kept = document("501_admission");
    store.put_document(&kept, false, NOW).unwrap();
    let saved = folder.path().join("saved");
    backup(store.folder(), &saved, NOW).unwrap();
    assert_eq!(found(&mut store, "вступлении", Some(who)).len(), 1);
    let (key, sealed) = (wrapped(store.folder(), who).unwrap(), sealed(&store, &hash));
    for place in [store.folder(), &saved] {
        assert!(!containing(place, &sealed[..40]).is_empty());
    }
    for word in ["вступлен", "Вступлен", "звягинцев"] {
        assert_eq!(
            containing(folder.path(), word.as_bytes()),
            Vec::<String>::new()
        );
    }

    assert!(erase(&mut store, who).unwrap().is_complete());
    assert_eq!(
        containing(store.folder(), &sealed[..40]),
        Vec::<String>::new()
    );
    assert_eq!(containing(folder.path(), &key), Vec::<String>::new());
    assert!(!found(&mut store, "вступлении", None).contains(&hash));
    // What the law keeps is found as before.
    assert!(found(&mut store, "протокол", None).contains(&kept.document.hash()));
    assert_words_are_of_documents(&mut store);
    // The backup has the bytes, which no key opens any more, and a restoration leaves them out.
    restore(&saved, store.folder(), true).unwrap();
    let mut store = open(store.folder());
    assert!(!found(&mut store, "вступлении", None).contains(&hash));
    assert_eq!(
        containing(store.folder(), &sealed[..40]),
        Vec::<String>::new()
    );
    assert_words_are_of_documents(&mut store);
}

#[test]
fn words_go_when_the_term_of_their_document_is_over() {
    let (folder, mut store) = store();
    let payment = document("910_share");
    store.put_document(&payment, true, NOW).unwrap();
    backup(store.folder(), &folder.path().join("saved"), NOW).unwrap();
    let hash = payment.document.hash();
    let sealed = sealed(&store, &hash);
    assert!(found(&mut store, "взнос", None).contains(&hash));
    let over: TimePoint = "2032-01-01T00:00:00.000".parse().unwrap();
    ordered(|order| store.erase_expired(order, over)).unwrap();
    assert!(!found(&mut store, "взнос", None).contains(&hash));
    assert_eq!(
        containing(store.folder(), &sealed[..40]),
        Vec::<String>::new()
    );
}

#[test]
fn words_move_to_the_archive_with_the_papers_of_who_was_admitted() {
    let (folder, mut store) = store();
    let statement = document("100_statement");
    let who = participant().account;
    let hash = statement.document.hash();
    store.put_profile(who, &profile(0, 1), NOW).unwrap();
    store.put_document(&statement, false, NOW).unwrap();
    let saved = folder.path().join("saved");
    backup(store.folder(), &saved, NOW).unwrap();
    store.admit(who, NOW).unwrap();
    assert_words_are_of_documents(&mut store);
    // A backup from before does not take them back from the archive.
    restore(&saved, store.folder(), true).unwrap();
    let mut store = open(store.folder());
    assert_words_are_of_documents(&mut store);
    assert!(erase(&mut store, who).unwrap().is_complete());
    assert!(found(&mut store, "вступлении", None).contains(&hash));
}

#[test]
fn words_cannot_change_places() {
    let (_folder, mut store) = store();
    for text in ["о крыше", "о заборе"] {
        let letter = written(account(0), registry::STATEMENT, "Письмо", text);
        store.put_document(&letter, false, NOW).unwrap();
    }
    for change in [
        "UPDATE words SET sealed = (SELECT sealed FROM words w WHERE w.hash <> words.hash)",
        "UPDATE words SET version = version + 1",
        "UPDATE words SET account = 'personb'",
        "UPDATE words SET sealed = x'00'",
    ] {
        let change = format!("SAVEPOINT before; {change}");
        store.connection.execute_batch(&change).unwrap();
        let refused = store.search_texts(&WordQuery::new("крыша"), None);
        let error = refused.unwrap_err();
        let is_changed = matches!(error, PrivateError::Changed { table: "words", .. });
        assert!(is_changed, "{error}");
        assert!(!error.to_string().contains("крыш"), "{error}");
        let back = "ROLLBACK TO before; RELEASE before";
        store.connection.execute_batch(back).unwrap();
    }
    assert_eq!(found(&mut store, "крыша", None).len(), 1);
}

#[test]
fn killed_anywhere_a_document_has_its_words_or_is_not_there() {
    let (_folder, mut store) = store();
    let folder = store.folder().to_owned();
    let letter = |version: u32| {
        let text = format!("о крыше {version}");
        written(account(0), registry::STATEMENT, "Письмо", &text)
    };
    for killed in 0..6 {
        kill::after(killed);
        let done = store.put_document(&letter(killed), false, NOW);
        kill::after(u32::MAX);
        store = open(&folder);
        let is_found = !found(&mut store, &killed.to_string(), None).is_empty();
        assert_eq!(is_found, done.is_ok(), "killed at {killed}");
        assert_words_are_of_documents(&mut store);
    }
    let before = store.documents(None).unwrap().len();
    assert!(before > 0);
    // As an earlier version has left them: whoever is killed while they get their words leaves the rest to the next.
    let forget = "UPDATE words SET sealed = NULL";
    store.connection.execute_batch(forget).unwrap();
    kill::after(0);
    store
        .search_texts(&WordQuery::new("крыша"), None)
        .unwrap_err();
    kill::after(u32::MAX);
    let mut store = open(&folder);
    assert_eq!(found(&mut store, "крыша", None).len(), before);
    assert_words_are_of_documents(&mut store);
}

/// Words that share beginnings and stems.
const WORDS: [&str; 12] = [
    "крыша",
    "крыши",
    "крышка",
    "забор",
    "заборов",
    "ноутбук",
    "Иванов",
    "Ивановой",
    "roof",
    "roofs",
    "roofing",
    "12",
];

/// Whether all words of a query stand in a text, as the guide says it. All words of the query have one part.
fn fits(query: &[String], text: &str) -> bool {
    let text = stems(text);
    query.iter().enumerate().all(|(at, word)| {
        let bare = word.trim_end_matches('*').to_lowercase();
        let (stem, is_last) = (stems(&bare), at + 1 == query.len());
        let is_prefix = word.ends_with('*') || (is_last && bare.chars().count() >= 3);
        text.split(' ')
            .any(|it| it == stem || (is_prefix && (it.starts_with(&stem) || it.starts_with(&bare))))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_search_finds_what_a_look_into_every_text_finds(
        texts in prop::collection::vec((0..3_u8, prop::collection::vec(0..WORDS.len(), 1..6)), 1..12),
        queries in prop::collection::vec((prop::collection::vec((0..WORDS.len(), any::<bool>()), 1..3), 0..4_u8), 1..6),
    ) {
        let (_folder, mut store) = store();
        let mut kept = Vec::<(Name, Checksum256, String)>::new();
        for (number, (who, words)) in texts.iter().enumerate() {
            let words: Vec<_> = words.iter().map(|it| WORDS[*it]).collect();
            let text = format!("{} п{number}", words.join(" "));
            let letter = written(account(*who), registry::STATEMENT, "Письмо", &text);
            store.put_document(&letter, false, NOW).unwrap();
            kept.push((account(*who), letter.document.hash(), text));
        }
        for (words, who) in &queries {
            let words: Vec<_> = words
                .iter()
                .map(|(word, star)| format!("{}{}", WORDS[*word], if *star { "*" } else { "" }))
                .collect();
            // The last number is for everybody.
            let whose = (*who < 3).then(|| account(*who));
            let expected = kept.iter().filter(|(account, _, text)| {
                whose.is_none_or(|it| it == *account) && fits(&words, text)
            });
            let expected: BTreeSet<_> = expected.map(|it| it.1).collect();
            prop_assert_eq!(found(&mut store, &words.join(" "), whose), expected, "{:?}", words);
        }
    }
}

#[test]
fn a_search_goes_on_while_somebody_is_erased() {
    let (_folder, mut store) = store();
    let [anna, boris] = [0, 1].map(|it| written(account(it), 100, "Заявление", "О дороге"));
    for document in [&anna, &boris] {
        store.put_document(document, false, NOW).unwrap();
    }
    let mut searching = open(store.folder());
    // What a search sees that began before the erasure.
    searching.connection.execute_batch("BEGIN").unwrap();
    assert_eq!(found(&mut searching, "дорога", None).len(), 2);
    let mut points = 0;
    while wrapped(store.folder(), account(0)).is_some() {
        kill::after(points);
        assert!(erase(&mut store, account(0)).is_err());
        points += 1;
    }
    kill::after(u32::MAX);
    let rest = [boris.document.hash()];
    assert_eq!(found(&mut searching, "дорога", None), rest.into());
    searching.connection.execute_batch("COMMIT").unwrap();
    assert!(erase(&mut store, account(0)).unwrap().is_complete());
}

#[test]
fn what_a_program_of_an_earlier_version_keeps_meanwhile_gets_its_words() {
    let (_folder, mut store) = store();
    let kept = [0, 1].map(|it| written(account(it), 100, "Заявление", "О дороге"));
    for document in &kept {
        store.put_document(document, false, NOW).unwrap();
    }
    // It knows no words: one document has none, and those of another are as they were before it was admitted.
    let [new, moved] = kept.each_ref().map(|it| it.document.hash());
    let sql = "CREATE TEMP TABLE before AS SELECT * FROM words WHERE hash = ?1";
    store.connection.execute(sql, [moved.0]).unwrap();
    store.admit(account(1), NOW).unwrap();
    let sql = "INSERT OR REPLACE INTO words SELECT * FROM before";
    store.connection.execute(sql, ()).unwrap();
    let sql = "DELETE FROM words WHERE hash = ?1";
    store.connection.execute(sql, [new.0]).unwrap();
    assert_eq!(found(&mut store, "дорога", None), [moved].into());
    store.complete_words().unwrap();
    assert_eq!(found(&mut store, "дорога", None), [new, moved].into());
    assert_words_are_of_documents(&mut store);
}
