//! The pages in `docs/` are what the generator makes.

use std::fs;

use coop_model::catalogue::CATALOGUE;
use coop_model::parameters::TEXTS;
use coop_model::refusal;
use coop_texts::pages;

use crate::root;

#[test]
fn every_page_is_current() {
    let root = root();
    if std::env::var_os("VECHE_BLESS").is_some() {
        pages::write(&root).expect("the pages");
    }
    let outdated: Vec<_> = pages::all(&root)
        .expect("the pages")
        .into_iter()
        .filter(|page| fs::read_to_string(root.join(&page.path)).ok().as_ref() != Some(&page.text))
        .map(|page| page.path)
        .collect();
    assert!(
        outdated.is_empty(),
        "{outdated:?} out of date; run: cargo run -p coop-texts -- write"
    );
}

#[test]
fn refusals_have_a_page() {
    let page = fs::read_to_string(root().join("docs/refusals.md")).unwrap();
    for message in refusal::all() {
        let row = format!(
            "| {} | {} | {} | {} | {} |\n",
            message.refusal.code, message.refusal.text, message.ru, message.do_en, message.do_ru
        );
        assert!(page.contains(&row), "{row}");
    }
}

#[test]
fn parameters_have_a_page_with_their_meaning() {
    let page = fs::read_to_string(root().join("docs/parameters.md")).unwrap();
    for (name, value) in TEXTS {
        let row = page
            .lines()
            .find(|line| line.contains(&format!("`{name}` |")))
            .unwrap_or_else(|| panic!("{name} is not on the page"));
        let cells: Vec<_> = row.split('|').map(str::trim).collect();
        assert_eq!(cells[2], *value);
        assert!(cells[4].len() > 10, "{row}");
    }
}

#[test]
fn guides_are_in_both_languages_and_have_no_numbers_of_their_own() {
    for (name, is_russian) in [("guide.en.md", false), ("guide.ru.md", true)] {
        let source = fs::read_to_string(root().join("docs/src").join(name)).unwrap();
        let letters = source.chars().filter(|it| it.is_alphabetic()).count();
        let russian = source
            .chars()
            .filter(|it| it.is_alphabetic() && !it.is_ascii())
            .count();
        assert_eq!(russian * 2 > letters, is_russian, "{name}");
        for line in source.lines() {
            let plain = coop_texts::numbers::without_places(line);
            let numbers: Vec<_> = coop_texts::numbers::numbers(&plain).collect();
            assert!(numbers.is_empty(), "{name}: {numbers:?} in: {line}");
        }
    }
}

#[test]
fn the_page_of_the_contracts_has_every_kind_with_its_documents() {
    let page = fs::read_to_string(root().join("docs/contracts.md")).unwrap();
    let row_of = |start: &str| {
        let row = page.lines().find(|line| line.starts_with(start));
        row.unwrap_or_else(|| panic!("no row {start}"))
    };
    let protocols = page
        .lines()
        .find(|line| line.contains("protocols of the council"));
    let has = |row: &str, id: u64| {
        let id = id.to_string();
        coop_texts::numbers::numbers(row).any(|number| number == id)
    };
    for kind in CATALOGUE {
        let row = row_of(&format!("| `{}` |", kind.name));
        assert!(has(row, kind.statement), "{} in: {row}", kind.statement);
        if let Some(act) = kind.act {
            assert!(has(row, act), "{act} in: {row}");
        }
        assert!(has(protocols.unwrap(), kind.protocol), "{}", kind.protocol);
    }
}
