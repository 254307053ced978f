use super::support::{
    NOW, account, containing, document, erase, open, ordered, profile, secret, store, wrapped,
    written,
};
use crate::database::open_to_read;
use crate::folder::{DATABASE, RING};
use crate::{
    Holder, PlaceProblem, PrivateError, PrivateStore, backup, backup_places, change_master,
    forget_backup, register_backup, unfinished_erasures,
};
use antelope_types::TimePoint;
use coop_documents::samples::{cooperative, participant};
use coop_model::catalogue::registry;
use serde_json::json;
use std::fs;

#[test]
fn nothing_of_people_is_in_clear_in_any_file() {
    let (folder, mut store) = store();
    let statement = document("100_entrepreneur");
    for number in 0..5 {
        store
            .put_profile(account(number), &profile(number, 1), NOW)
            .unwrap();
    }
    store.put_document(&statement, false, NOW).unwrap();
    store
        .put_document(&document("501_admission"), true, NOW)
        .unwrap();
    backup(store.folder(), &folder.path().join("backup"), NOW).unwrap();
    // The log is there while the store is open.
    assert!(store.folder().join("private.db-wal").exists());
    // Long enough not to be among random bytes or in a hash by chance.
    let words = [
        "mark-",
        "Фамилия",
        "1988-04-12",
        "Звягинцева",
        "Садовая",
        "40802810000000000000",
        "anna@",
        "Протокол",
        "О вступлении",
        "Предприниматель",
        "last_name",
        "ogrnip",
    ];
    for word in words {
        let found = containing(folder.path(), word.as_bytes());
        assert!(found.is_empty(), "{word}: {found:?}");
    }
    assert!(!containing(folder.path(), account(3).to_string().as_bytes()).is_empty());
    let mut again = open(store.folder());
    assert_eq!(again.profile(account(3)).unwrap(), Some(profile(3, 1)));
    assert_eq!(
        again.document(&statement.document.hash()).unwrap(),
        statement
    );
}

#[test]
fn people_are_listed_and_found_by_words_of_their_names() {
    let (_folder, mut store) = store();
    for number in 0..5 {
        store
            .put_profile(account(number), &profile(number, 1), NOW)
            .unwrap();
    }
    store.put_profile(account(3), &profile(3, 2), NOW).unwrap();
    assert_eq!(store.people().unwrap().len(), 5);
    let found = store.find("MARK-first-3 фамилия").unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].account, account(3));
    assert!(found[0].name.starts_with("mark-Фамилия-3-2"));
    assert!(store.find("nobody").unwrap().is_empty());
}

#[test]
fn an_erased_person_is_gone_from_the_bytes_of_the_store_and_of_its_backups() {
    let (folder, mut store) = store();
    let (anna, boris) = (account(0), account(1));
    for (number, who) in [anna, boris].into_iter().enumerate() {
        store
            .put_profile(who, &profile(number as u8, 1), NOW)
            .unwrap();
    }
    for name in ["one", "two"] {
        backup(store.folder(), &folder.path().join(name), NOW).unwrap();
    }
    let sealed: Vec<u8> = store
        .connection
        .query_row(
            "SELECT sealed FROM profiles WHERE account = ?1",
            [anna.to_string()],
            |row| row.get(0),
        )
        .unwrap();
    let key = wrapped(store.folder(), anna).unwrap();
    assert_eq!(containing(folder.path(), &key).len(), 3);
    assert!(!containing(store.folder(), &sealed).is_empty());
    let old = folder.path().join("old");
    fs::create_dir(&old).unwrap();
    fs::copy(folder.path().join("one").join(DATABASE), old.join(DATABASE)).unwrap();

    let erased = erase(&mut store, anna).unwrap();
    assert!(erased.is_complete(), "{erased:?}");
    assert_eq!(erased.places.len(), 3);
    assert_eq!(containing(folder.path(), &key), Vec::<String>::new());
    assert_eq!(containing(store.folder(), &sealed), Vec::<String>::new());
    assert_eq!(store.profile(anna).unwrap(), None);
    assert_eq!(store.profile(boris).unwrap(), Some(profile(1, 1)));

    // An old copy of the database with the key ring of today.
    fs::copy(store.folder().join(RING), old.join(RING)).unwrap();
    let mut copy = open(&old);
    let error = copy.profile(anna).unwrap_err();
    assert!(matches!(error, PrivateError::KeyMissing { .. }), "{error}");
    assert_eq!(copy.profile(boris).unwrap(), Some(profile(1, 1)));

    // The act is a document of the archive, and has no word about the person.
    let act = store.document(&erased.act.unwrap()).unwrap();
    assert_eq!(act.document.meta.registry_id, registry::DESTRUCTION_ACT);
    assert!(act.text.contains(&anna.to_string()) && !act.text.contains("mark-"));
    for place in &erased.places {
        assert!(
            act.record
                .as_ref()
                .unwrap()
                .facts
                .to_string()
                .contains(&*place.path.to_string_lossy())
        );
    }
    let error = erase(&mut store, anna).unwrap_err();
    assert!(matches!(error, PrivateError::NoPerson { .. }));
    // Whoever comes back is another one.
    store.put_profile(anna, &profile(0, 2), NOW).unwrap();
    assert_eq!(store.profile(anna).unwrap(), Some(profile(0, 2)));
}

#[test]
fn a_place_that_is_not_reachable_leaves_the_erasure_incomplete_until_it_is() {
    let (folder, mut store) = store();
    let anna = account(0);
    store.put_profile(anna, &profile(0, 1), NOW).unwrap();
    let (place, away) = (folder.path().join("medium"), folder.path().join("away"));
    backup(store.folder(), &place, NOW).unwrap();
    let key = wrapped(store.folder(), anna).unwrap();
    fs::rename(&place, &away).unwrap();
    for _ in 0..2 {
        let erased = erase(&mut store, anna).unwrap();
        assert!(!erased.is_complete());
        let left: Vec<_> = erased
            .places
            .iter()
            .filter(|it| it.problem.is_some())
            .collect();
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].path, place);
        assert_eq!(unfinished_erasures(store.folder()).unwrap(), [anna]);
        // In the store it is done already.
        assert_eq!(containing(store.folder(), &key), Vec::<String>::new());
        assert_eq!(store.profile(anna).unwrap(), None);
    }
    // Another medium is connected there.
    let other = folder.path().join("other");
    backup(store.folder(), &other, NOW).unwrap();
    fs::rename(&other, &place).unwrap();
    let erased = erase(&mut store, anna).unwrap();
    let problems: Vec<_> = erased
        .places
        .iter()
        .filter_map(|it| it.problem.clone())
        .collect();
    assert!(
        problems.contains(&PlaceProblem::AnotherBackup),
        "{problems:?}"
    );
    fs::rename(&place, &other).unwrap();
    fs::rename(&away, &place).unwrap();
    let erased = erase(&mut store, anna).unwrap();
    assert!(erased.is_complete(), "{erased:?}");
    assert_eq!(containing(folder.path(), &key), Vec::<String>::new());
    assert!(unfinished_erasures(store.folder()).unwrap().is_empty());
}

#[test]
fn copies_of_backups_are_registered_and_destroyed_ones_are_forgotten() {
    let (folder, mut store) = store();
    let anna = account(0);
    store.put_profile(anna, &profile(0, 1), NOW).unwrap();
    let (first, copy) = (folder.path().join("first"), folder.path().join("copy"));
    backup(store.folder(), &first, NOW).unwrap();
    let key = wrapped(store.folder(), anna).unwrap();
    fs::create_dir(&copy).unwrap();
    for file in fs::read_dir(&first).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), copy.join(file.file_name())).unwrap();
    }
    register_backup(store.folder(), &copy, NOW).unwrap();
    assert_eq!(backup_places(store.folder()).unwrap().len(), 2);
    fs::remove_dir_all(&first).unwrap();
    assert!(!erase(&mut store, anna).unwrap().is_complete());
    assert!(forget_backup(store.folder(), &first, NOW).unwrap());
    assert!(!forget_backup(store.folder(), &first, NOW).unwrap());
    assert!(erase(&mut store, anna).unwrap().is_complete());
    assert_eq!(containing(folder.path(), &key), Vec::<String>::new());
}

#[test]
fn what_the_law_keeps_stays_readable_and_the_rest_goes() {
    for is_admitted in [false, true] {
        let (_folder, mut store) = store();
        let anna = participant().account;
        store.put_profile(anna, &profile(0, 1), NOW).unwrap();
        let candidate = ["100_statement", "3_privacy", "1_wallet"].map(document);
        let kept = ["501_admission", "910_share", "702_acceptance", "200_exit"].map(document);
        for document in candidate.iter().chain(&kept) {
            store.put_document(document, false, NOW).unwrap();
        }
        if is_admitted {
            assert_eq!(store.admit(anna, NOW).unwrap(), 3);
            // Kept once more by somebody who does not know yet.
            store.put_document(&candidate[0], false, NOW).unwrap();
        }
        let plan = store.erasure_plan(anna).unwrap();
        let counts = (plan.has_profile, plan.erased.len(), plan.kept.len());
        assert_eq!(
            counts,
            (
                true,
                if is_admitted { 0 } else { 3 },
                if is_admitted { 7 } else { 4 }
            )
        );
        assert!(erase(&mut store, anna).unwrap().is_complete());
        for document in &kept {
            assert_eq!(
                store.document(&document.document.hash()).unwrap(),
                *document
            );
        }
        for document in &candidate {
            let found = store.document(&document.document.hash());
            assert_eq!(found.is_ok(), is_admitted);
        }
    }
}

#[test]
fn drafts_about_others_that_name_an_erased_person_go_too() {
    let draft = |name: &str| {
        let mut draft = document(name);
        draft.document.signatures.clear();
        draft
    };
    let (_folder, mut store) = store();
    // The first signs the protocol, and the other voted against it.
    let protocol = draft("300_charter");
    let record = protocol.record.as_ref().unwrap();
    let signer = record.accounts("signers").next().unwrap();
    let opposed = record.accounts("opposed").next().unwrap();
    let signed = document("300_charter");
    let mut other = written(account(9), 100, "Заявление", "О вступлении");
    other.document.signatures.clear();
    let facts = json!({ "signers": account(9), "cooperative": { "account": signer } });
    other.record.as_mut().unwrap().facts = facts;
    for who in [signer, opposed] {
        store.put_profile(who, &profile(0, 1), NOW).unwrap();
        store.put_document(&protocol, false, NOW).unwrap();
        store.put_document(&other, false, NOW).unwrap();
        let hash = protocol.document.hash();
        let going = |store: &mut PrivateStore| {
            let erased = store.erasure_plan(who).unwrap().erased;
            erased.iter().map(|it| it.hash).collect::<Vec<_>>()
        };
        assert_eq!(going(&mut store), [hash]);
        let erased = erase(&mut store, who).unwrap();
        let act = store.document(&erased.act.unwrap()).unwrap();
        let told = act.record.unwrap().facts["destroyed"].to_string();
        assert!(told.contains('1'), "{told}");
        assert!(store.document(&hash).is_err(), "{who} is still named");
        assert!(store.document(&other.document.hash()).is_ok());
    }
    // What somebody has signed is in the archive, as the law wants.
    store.put_document(&signed, false, NOW).unwrap();
    store.put_profile(signer, &profile(0, 1), NOW).unwrap();
    assert!(erase(&mut store, signer).unwrap().is_complete());
    assert_eq!(
        store.document(&signed.document.hash()).unwrap().document,
        signed.document
    );
}

#[test]
fn documents_go_when_their_last_year_is_over() {
    let (folder, mut store) = store();
    let (payment, protocol) = (document("910_share"), document("501_admission"));
    store.put_document(&payment, true, NOW).unwrap();
    store.put_document(&protocol, true, NOW).unwrap();
    backup(store.folder(), &folder.path().join("backup"), NOW).unwrap();
    let entries = store.documents(None).unwrap();
    assert!(
        entries.iter().any(|it| it.holder == Holder::Archive(2031)),
        "{entries:?}"
    );
    let day = |text: &str| text.parse::<TimePoint>().unwrap();
    let nothing = ordered(|order| store.erase_expired(order, day("2031-12-30T00:00:00.000")));
    assert!(nothing.unwrap().is_empty());
    let gone = ordered(|order| store.erase_expired(order, day("2032-01-01T00:00:00.000"))).unwrap();
    assert_eq!(gone.len(), 1);
    assert!(gone[0].0 == 2031 && gone[0].1.is_complete());
    assert!(store.document(&payment.document.hash()).is_err());
    assert_eq!(store.document(&protocol.document.hash()).unwrap(), protocol);
}

#[test]
fn rows_cannot_change_places() {
    let (_folder, mut store) = store();
    for number in 0..2 {
        store
            .put_profile(account(number), &profile(number, 1), NOW)
            .unwrap();
    }
    store.put_profile(account(0), &profile(0, 2), NOW).unwrap();
    let changes = [
        "UPDATE profiles SET sealed = (SELECT sealed FROM profiles WHERE account = 'personb'), \
         key_id = (SELECT key_id FROM profiles WHERE account = 'personb') WHERE account = 'persona'",
        "UPDATE profiles SET version = 1 WHERE account = 'persona'",
        "UPDATE profiles SET sealed = substr(sealed, 2)",
    ];
    for change in changes {
        store
            .connection
            .execute_batch(&format!("SAVEPOINT before; {change}"))
            .unwrap();
        let error = store.profile(account(0)).unwrap_err();
        assert!(
            matches!(
                error,
                PrivateError::Changed {
                    table: "profiles",
                    ..
                }
            ),
            "{error}"
        );
        assert!(!error.to_string().contains("mark-"), "{error}");
        store
            .connection
            .execute_batch("ROLLBACK TO before; RELEASE before")
            .unwrap();
    }
    assert_eq!(store.profile(account(0)).unwrap(), Some(profile(0, 2)));
}

#[test]
fn the_master_key_changes_in_the_store_and_in_its_backups() {
    let (folder, mut store) = store();
    store.put_profile(account(0), &profile(0, 1), NOW).unwrap();
    let (here, away) = (folder.path().join("here"), folder.path().join("away"));
    for place in [&here, &away] {
        backup(store.folder(), place, NOW).unwrap();
    }
    let key = wrapped(store.folder(), account(0)).unwrap();
    let moved = folder.path().join("moved");
    fs::rename(&away, &moved).unwrap();
    let outcomes = change_master(store.folder(), &secret(1), &secret(2)).unwrap();
    let left: Vec<_> = outcomes.iter().filter(|it| it.problem.is_some()).collect();
    assert_eq!((outcomes.len(), left.len()), (3, 1));
    fs::rename(&moved, &away).unwrap();
    let outcomes = change_master(store.folder(), &secret(1), &secret(2)).unwrap();
    assert!(
        outcomes.iter().all(|it| it.problem.is_none()),
        "{outcomes:?}"
    );
    assert_eq!(containing(folder.path(), &key), Vec::<String>::new());
    let error = PrivateStore::open(store.folder(), &secret(1))
        .map(drop)
        .unwrap_err();
    assert!(matches!(error, PrivateError::WrongMaster { .. }));
    for place in [store.folder().to_owned(), here, away] {
        let mut store = PrivateStore::open(&place, &secret(2)).unwrap();
        assert_eq!(store.profile(account(0)).unwrap(), Some(profile(0, 1)));
    }
    let error = change_master(store.folder(), &secret(1), &secret(3)).unwrap_err();
    assert!(matches!(error, PrivateError::WrongMaster { .. }));
}

#[test]
fn an_erasure_waits_for_no_reader_and_says_so() {
    let (_folder, mut store) = store();
    store.put_profile(account(0), &profile(0, 1), NOW).unwrap();
    let reader = open_to_read(&store.folder().join(DATABASE)).unwrap();
    reader
        .execute_batch("BEGIN; SELECT count(*) FROM profiles")
        .unwrap();
    reader
        .query_row("SELECT count(*) FROM profiles", [], |row| {
            row.get::<_, i64>(0)
        })
        .unwrap();
    store
        .connection
        .busy_timeout(std::time::Duration::ZERO)
        .unwrap();
    let erased = erase(&mut store, account(0)).unwrap();
    assert!(!erased.is_complete());
    assert_eq!(erased.places[0].problem, Some(PlaceProblem::Reader));
    drop(reader);
    assert!(erase(&mut store, account(0)).unwrap().is_complete());
}

#[test]
fn a_store_is_made_once_and_for_one_cooperative() {
    let (_folder, store) = store();
    let again = PrivateStore::create(store.folder(), cooperative().account, &secret(1));
    assert!(matches!(again, Err(PrivateError::Exists { .. })));
    let empty = tempfile::tempdir().unwrap();
    let missing = PrivateStore::open(empty.path(), &secret(1));
    assert!(matches!(missing, Err(PrivateError::Missing { .. })));
    let mut other = document("100_statement");
    other.text.push('x');
    let mut store = open(store.folder());
    let refused = store.put_document(&other, true, NOW);
    assert!(matches!(refused, Err(PrivateError::AnotherText { .. })));
}
