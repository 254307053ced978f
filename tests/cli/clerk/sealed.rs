//! The same day at a desk whose papers are in the store of personal data: everything is said as at an open one, and no
//! file has a word of it.

use super::super::{Desk, Said};
use super::{Day, alike, papers};
use coop_documents::Lang;
use serde_json::Value;
use std::fs;
use std::path::Path;

const COOP: [&str; 2] = ["--coop", "zarechyekoop"];
const ANNA: &str = "zuketamosiva";
const CASHIER: &str = "gipavudorezo";
/// A participant of the sample.
const MARIA: &str = "nolifarubime";

/// Words of people, documents, drafts and things; each is long enough not to be among random bytes by chance.
const WORDS: [&str; 14] = [
    "Белозёрова",
    "Мария Андреевна",
    "Кузнецова",
    "Заводская",
    "vera@example.org",
    "304530100000014",
    "40702810700000000123",
    "Мельников Олег",
    "Отремонтировать крышу",
    "О крыше",
    "ПРОТОКОЛ",
    "Протокол",
    "Станок токарный",
    "last_name",
];

/// The files below a folder that have these words, but for keys.
fn with_words(folder: &Path, words: &str, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            with_words(&path, words, found);
        } else {
            let bytes = fs::read(&path).expect("a file");
            let words = words.as_bytes();
            if bytes.windows(words.len()).any(|it| it == words) {
                found.push(path.display().to_string());
            }
        }
    }
}

fn assert_nothing_in_clear(desk: &Desk) {
    for words in WORDS {
        let mut found = Vec::new();
        with_words(desk.folder.path(), words, &mut found);
        assert_eq!(found, Vec::<String>::new(), "{words}");
    }
}

/// Runs a command that must succeed.
fn well(desk: &Desk, words: &str, more: &[&str]) -> Said {
    let said = desk.run(words, more);
    assert_eq!(said.code, 0, "{words}: {}", said.err);
    said
}

/// Runs a command of a person that must succeed.
fn by(desk: &Desk, who: &str, words: &str, more: &[&str]) -> Said {
    let key = desk.key(who);
    let rest = ["--yes", "--lang", "en", "--as", who, "--key-file", &key];
    well(desk, words, &[more, &rest].concat())
}

#[test]
fn a_day_at_a_sealed_desk_is_the_same_and_no_file_has_a_word_of_it() {
    let (open, sealed) = (Desk::alike(), Desk::alike());
    let here = Day::of(&open, Lang::Ru);
    let there = Day::sealed(&sealed, Lang::Ru);
    alike::compare(&here, &there);
    let backup = sealed.folder.path().join("backup").display().to_string();
    well(&sealed, "backup", &[&COOP[..], &["--to", &backup]].concat());
    assert_nothing_in_clear(&sealed);
    // What was an open desk becomes a sealed one, and nothing is lost.
    let before = open.data("registry");
    open.seal();
    assert_nothing_in_clear(&open);
    let documents = |desk: &Desk| {
        let data = desk.data("desk --coop zarechyekoop");
        assert_eq!(data["clear"], serde_json::json!([]));
        let files = data["documents"].as_array().expect("a list").iter();
        let mut files: Vec<_> = files.map(|it| it["file"].to_string()).collect();
        files.sort();
        files
    };
    assert_eq!(documents(&open), documents(&sealed));
    let after = open.data("registry");
    let count = |data: &Value| data["decisions"].as_array().map(Vec::len);
    assert_eq!(count(&before), count(&after));
    for desk in [&open, &sealed] {
        erased(desk);
        assert_nothing_in_clear(desk);
    }
}

/// Who has left is erased, by an act that the cashier signs; what the law keeps is printed all the same.
fn erased(desk: &Desk) {
    let statement = format!("100-statement-{ANNA}.txt");
    // At the desk that was open nobody has said yet that she was admitted.
    let put = format!("person put {ANNA} --admitted");
    well(desk, &put, &COOP);
    let key = desk.key(CASHIER);
    let erase = format!("person erase {ANNA} --reason done --yes");
    let options = ["--as", CASHIER, "--key-file", &key];
    let said = well(desk, &erase, &[&COOP[..], &options].concat());
    assert!(said.out.contains(ANNA), "{}", said.out);
    let act = format!("230-destruction-{ANNA}.txt");
    for document in [&statement, &act] {
        let file = desk
            .folder
            .path()
            .join("printed.html")
            .display()
            .to_string();
        let options = ["--lang", "en", "--html", "-o", &file];
        let said = well(desk, &format!("document {document}"), &options);
        assert!(
            said.out.contains("made again from its facts"),
            "{}",
            said.out
        );
        let page = fs::read_to_string(&file).expect("a page");
        fs::remove_file(&file).expect("a page");
        assert!(page.contains(ANNA), "{page}");
    }
    let store = desk.store().expect("a store");
    let account = ANNA.parse().expect("an account");
    assert_eq!(store.borrow_mut().profile(account).expect("a store"), None);
    let called = desk.run("wallet-of nolifarubime", &["--lang", "en"]);
    assert_eq!(called.code, 0, "{}", called.err);
}

#[test]
fn papers_of_several_people_and_things_are_in_the_store_too() {
    let desk = Desk::open();
    papers(&desk);
    desk.seal();
    let offer = ["Станок токарный", "60000.0000 RUB"];
    by(&desk, MARIA, "property offer", &offer);
    assert_eq!(desk.data("property")[0]["description"], "Станок токарный");
    let key = desk.key(CASHIER);
    let options = ["--yes", "--json", "--as", CASHIER, "--key-file", &key];
    let alone = desk.run("property accept 1", &options);
    let told: Value = serde_json::from_str(&alone.out).expect("an object");
    let file = told["errors"][0]["details"]["file"]
        .as_str()
        .expect("a file");
    assert_eq!(Path::new(file).components().count(), 1, "a name: {file}");
    assert_nothing_in_clear(&desk);
    // To another desk and back.
    let sent = desk.folder.path().join("sent.json").display().to_string();
    let output = ["--output", &sent];
    well(&desk, &format!("paper {file}"), &output);
    by(&desk, MARIA, &format!("paper {sent} --sign"), &[]);
    let missing = &desk.data(&format!("paper {sent}"))["missing"];
    assert_eq!(missing, &serde_json::json!([]));
    fs::remove_file(&sent).expect("a file");
    // At this desk.
    by(&desk, MARIA, &format!("paper {file} --sign"), &[]);
    by(&desk, CASHIER, "property accept 1", &["--paper", file]);
    assert_eq!(desk.data("property")[0]["status"], "accepted");
    assert_nothing_in_clear(&desk);
    let listed = desk.data("desk --coop zarechyekoop");
    let kinds: Vec<_> = listed["papers"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| (it["kind"].as_str().expect("a kind"), it["account"].as_str()))
        .collect();
    assert_eq!(kinds, [("joint", Some(MARIA)), ("thing", Some(MARIA))]);
}
