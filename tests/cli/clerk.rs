//! A clerk's day: a person is admitted, contributes, gets a part back and leaves; the council decides a
//! question. Everything by `veche`, nothing by the name of an action. The same script runs on the embedded
//! chain and on a real node, in both languages, and both must say the same.

mod alike;
mod day;
mod page;
mod papers;
mod sealed;

use super::Desk;
use coop_documents::Lang;
pub(crate) use day::Day;
pub(super) use papers::papers;
use serde_json::json;

/// The day in a language, on the embedded chain and on a real node.
fn day(lang: Lang) {
    let here = Day::of(&Desk::alike(), lang);
    page::check(&here);
    let there = Day::of(&Desk::on_nodeos(), lang);
    alike::compare(&here, &there);
}

#[test]
fn a_day_in_russian() {
    day(Lang::Ru);
}

#[test]
fn a_day_in_english() {
    day(Lang::En);
}

#[test]
fn without_papers_the_desk_is_asked_for_and_nothing_is_sent() {
    let desk = Desk::open();
    let key = desk.key("nolifarubime");
    let asked = [
        "10.0000 RUB",
        "--yes",
        "--as",
        "nolifarubime",
        "--lang",
        "en",
        "--key-file",
        &key,
    ];
    let said = desk.run("contribute", &asked);
    assert_eq!(said.code, 1);
    assert!(
        said.err.contains("cooperative.json") && said.err.contains("--desk DIR"),
        "{}",
        said.err
    );
    papers(&desk);
    let foreign = desk.key("basulotimegi");
    let asked = [
        "10.0000 RUB",
        "--yes",
        "--as",
        "nolifarubime",
        "--lang",
        "en",
        "--key-file",
        &foreign,
    ];
    let said = desk.run("contribute", &asked);
    assert_eq!(said.code, 6, "{}", said.err);
    assert!(
        said.err.contains("no key at hand signs for nolifarubime"),
        "{}",
        said.err
    );
    assert_eq!(desk.data("pay"), json!([]));
}

#[test]
fn nothing_is_signed_on_another_chain() {
    let desk = Desk::open();
    papers(&desk);
    let id = "11".repeat(32);
    let added = desk.run("net add other http://127.0.0.1:1 --chain-id", &[&id]);
    assert_eq!(added.code, 0, "{}", added.err);
    let key = desk.key("nolifarubime");
    let asked = [
        "10.0000 RUB",
        "-n",
        "other",
        "--yes",
        "--as",
        "nolifarubime",
        "--lang",
        "en",
        "--key-file",
        &key,
    ];
    let said = desk.run("contribute", &asked);
    assert_eq!(said.code, 8, "{}", said.err);
    assert!(said.err.contains("nothing was signed"), "{}", said.err);
    let documents = desk.folder.path().join("desk/zarechyekoop/documents");
    assert!(!documents.exists(), "no document was made");
}
