//! What a desk keeps in the store: what its texts are called, and papers that are no signed documents.

use super::support::{NOW, account, containing, document, erase, open, profile, store};
use crate::{Holder, PaperKind, PrivateError, backup, restore};

#[test]
fn papers_are_kept_replaced_and_erased_with_the_person() {
    let (folder, mut store) = store();
    let (anna, boris) = (account(0), account(1));
    for kind in PaperKind::ALL {
        for (who, text) in [(anna, "mark-anna"), (boris, "mark-boris")] {
            let name = format!("{}-{who}", kind.word());
            for version in 1..3 {
                let text = format!("{text}-{}-{version}", kind.word());
                store
                    .put_paper(kind, &name, who, text.as_bytes(), NOW)
                    .unwrap();
            }
            let kept = store.paper(kind, &name).unwrap().unwrap();
            assert!(kept.ends_with(b"-2"), "the newer one");
        }
        assert_eq!(store.papers(kind).unwrap().len(), 2);
    }
    let saved = folder.path().join("backup");
    backup(store.folder(), &saved, NOW).unwrap();
    assert_eq!(store.erasure_plan(anna).unwrap().papers, 4);
    let sealed: Vec<u8> = store
        .connection
        .query_row(
            "SELECT sealed FROM papers WHERE account = 'persona' AND kind = 'thing'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert!(!containing(store.folder(), &sealed[..40]).is_empty());
    assert!(erase(&mut store, anna).unwrap().is_complete());
    assert_eq!(
        containing(store.folder(), &sealed[..40]),
        Vec::<String>::new()
    );
    for kind in PaperKind::ALL {
        let names: Vec<_> = store.papers(kind).unwrap();
        assert_eq!((names.len(), names[0].account), (1, boris));
    }
    assert_eq!(containing(folder.path(), b"mark-"), Vec::<String>::new());
    // A backup does not bring them back.
    assert_eq!(restore(&saved, store.folder(), true).unwrap().left_out, 4);
    let mut store = open(store.folder());
    let name = format!("thing-{boris}");
    store.remove_paper(PaperKind::Thing, &name).unwrap();
    assert_eq!(store.paper(PaperKind::Thing, &name).unwrap(), None);
    let long = vec![0; crate::MAX_DOCUMENT + 1];
    let refused = store.put_paper(PaperKind::Thing, "long", boris, &long, NOW);
    assert!(matches!(refused, Err(PrivateError::LongDocument { .. })));
}

#[test]
fn papers_cannot_change_places() {
    let (_folder, mut store) = store();
    for name in ["one", "two"] {
        store
            .put_paper(PaperKind::Joint, name, account(0), name.as_bytes(), NOW)
            .unwrap();
    }
    let change = "UPDATE papers SET sealed = (SELECT sealed FROM papers WHERE name = 'two')";
    store.connection.execute_batch(change).unwrap();
    let error = store.paper(PaperKind::Joint, "one").unwrap_err();
    assert!(matches!(
        error,
        PrivateError::Changed {
            table: "papers",
            ..
        }
    ));
    assert!(store.paper(PaperKind::Joint, "two").unwrap().is_some());
}

#[test]
fn texts_have_names_that_stay_theirs() {
    let (_folder, mut store) = store();
    let protocol = document("501_admission");
    let other = document("600_free");
    let put = |store: &mut crate::PrivateStore, document| {
        store.put_document_as(document, "protocol", false, NOW)
    };
    for _ in 0..2 {
        let entry = put(&mut store, &protocol).unwrap();
        assert_eq!(entry.file.as_deref(), Some("protocol.txt"));
    }
    let entry = put(&mut store, &other).unwrap();
    assert_eq!(entry.file.as_deref(), Some("protocol-2.txt"));
    // Whoever keeps it once more without a name leaves the name.
    store.put_document(&protocol, true, NOW).unwrap();
    for (file, document) in [("protocol.txt", &protocol), ("protocol-2.txt", &other)] {
        let hash = store.document_called(file).unwrap().unwrap();
        assert_eq!(&store.document(&hash).unwrap(), document);
    }
    assert_eq!(store.document_called("protocol-3.txt").unwrap(), None);
}

#[test]
fn a_candidates_papers_move_to_the_archive_with_their_names() {
    let (_folder, mut store) = store();
    let statement = document("100_statement");
    let who = statement.document.meta.username;
    store.put_profile(who, &profile(0, 1), NOW).unwrap();
    store
        .put_document_as(&statement, "statement", false, NOW)
        .unwrap();
    store.admit(who, NOW).unwrap();
    let hash = statement.document.hash();
    let entry = store.document_entry(&hash).unwrap().unwrap();
    assert_eq!(entry.holder, Holder::Archive(0));
    assert_eq!(entry.file.as_deref(), Some("statement.txt"));
    assert!(erase(&mut store, who).unwrap().is_complete());
    assert_eq!(store.document(&hash).unwrap(), statement);
    let act = format!("230-destruction-{who}.txt");
    assert!(store.document_called(&act).unwrap().is_some());
}
