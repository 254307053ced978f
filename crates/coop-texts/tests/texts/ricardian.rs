//! Every action has a ricardian contract, in both languages, with placeholders that mean something.

use std::collections::BTreeSet;

use coop_texts::interface::{self, Action};
use coop_texts::numbers::{numbers, without_places};
use coop_texts::ricardian::{self, Ricardian};

use crate::root;

/// What every text says, in this order; only the terms may be missing.
const PARTS: [[&str; 4]; 2] = [
    [
        "**Who sends it.**",
        "**Who is bound to what.**",
        "**Terms.**",
        "**What happens then.**",
    ],
    [
        "**Кто отправляет.**",
        "**Кто чем связан.**",
        "**Сроки.**",
        "**Что потом.**",
    ],
];

#[test]
fn every_action_has_one_and_no_other_action_does() {
    let actions: BTreeSet<_> = actions()
        .into_iter()
        .map(|action| (action.contract, action.name))
        .collect();
    let found: BTreeSet<_> = contracts()
        .into_iter()
        .map(|contract| (contract.contract, contract.action))
        .collect();
    assert!(actions.len() > 90, "only {} actions", actions.len());
    let missing: Vec<_> = actions.difference(&found).collect();
    let extra: Vec<_> = found.difference(&actions).collect();
    assert!(
        missing.is_empty() && extra.is_empty(),
        "missing: {missing:?}, without an action: {extra:?}"
    );
}

#[test]
fn front_matter_is_complete() {
    let mut titles = BTreeSet::new();
    for contract in contracts() {
        let path = contract.path.display();
        assert_eq!(contract.field("spec_version"), Some("0.2.0"), "{path}");
        let title = contract.field("title").expect("a title");
        let summary = contract.field("summary").expect("a summary");
        for text in [title, summary] {
            assert!(!text.is_empty() && text.is_ascii(), "{path}: {text}");
            assert!(!text.contains('%'), "{path}: {text}");
        }
        assert!(
            titles.insert((contract.contract, title.to_owned())),
            "{path}: two actions have the title {title}"
        );
    }
}

#[test]
fn both_languages_say_everything() {
    for contract in contracts() {
        let path = contract.path.display();
        let (english, russian) = contract.languages().expect("two languages");
        for (text, parts) in [(english, PARTS[0]), (russian, PARTS[1])] {
            let places: Vec<_> = parts.map(|part| text.find(part)).into();
            let without_terms = [places[0], places[1], places[3]];
            assert!(without_terms.iter().all(Option::is_some), "{path}: {text}");
            let given: Vec<_> = places.into_iter().flatten().collect();
            assert!(given.is_sorted(), "{path}: {text}");
        }
        assert_eq!(
            english.contains(PARTS[0][2]),
            russian.contains(PARTS[1][2]),
            "{path}: terms in one language"
        );
        assert!(plain(english).replace('–', "-").is_ascii(), "{path}");
        let letters = plain(russian)
            .chars()
            .filter(|it| it.is_alphabetic())
            .count();
        let latin = plain(russian)
            .chars()
            .filter(char::is_ascii_alphabetic)
            .count();
        assert!(latin * 3 < letters, "{path}: {russian}");
    }
}

#[test]
fn both_languages_have_the_same_places() {
    for contract in contracts() {
        let (english, russian) = contract.languages().expect("two languages");
        assert_eq!(
            parameters(english),
            parameters(russian),
            "{}",
            contract.path.display()
        );
        assert_eq!(
            arguments(english),
            arguments(russian),
            "{}",
            contract.path.display()
        );
    }
}

#[test]
fn every_number_is_a_parameter() {
    for contract in contracts() {
        contract.expanded().expect("known parameters");
        let text = plain(&format!(
            "{}\n{}",
            without_version(&contract),
            contract.body
        ));
        let found: Vec<_> = numbers(&text).collect();
        assert!(found.is_empty(), "{}: {found:?}", contract.path.display());
    }
}

#[test]
fn every_place_is_an_argument_of_the_action() {
    let structs = interface::structs(&root()).expect("the model");
    let actions = actions();
    for contract in contracts() {
        let Some(action) = actions
            .iter()
            .find(|it| it.contract == contract.contract && it.name == contract.action)
        else {
            continue;
        };
        for place in arguments(&format!("{}{}", contract.front, contract.body)) {
            let mut path = place.split('.');
            let first = path.next().unwrap_or_default();
            let ty = action.arguments.iter().find(|(name, _)| name == first);
            let (_, ty) =
                ty.unwrap_or_else(|| panic!("{{{{{place}}}}} is no argument: {contract:?}"));
            if let Some(field) = path.next() {
                assert!(
                    structs
                        .get(ty)
                        .is_some_and(|fields| fields.iter().any(|it| it == field)),
                    "{ty} has no {field}: {}",
                    contract.path.display()
                );
            }
        }
    }
}

#[test]
fn whoever_is_named_as_actor_is_told_what_they_do() {
    let actions = actions();
    for contract in contracts() {
        let action = actions
            .iter()
            .find(|it| it.contract == contract.contract && it.name == contract.action)
            .expect("an action");
        for name in ["coopname", "actor", "username", "chairman"] {
            if action
                .arguments
                .iter()
                .any(|(argument, _)| argument == name)
            {
                let all = format!("{}{}", contract.front, contract.body);
                assert!(
                    arguments(&all).contains(name),
                    "{} does not name {{{{{name}}}}}",
                    contract.path.display()
                );
            }
        }
    }
}

fn contracts() -> Vec<Ricardian> {
    ricardian::all(&root()).expect("the ricardian contracts")
}

fn actions() -> Vec<Action> {
    interface::actions(&root()).expect("the interfaces")
}

/// The text without placeholders.
fn plain(text: &str) -> String {
    without_places(text)
}

fn without_version(contract: &Ricardian) -> String {
    let lines = contract.front.lines();
    lines
        .filter(|line| !line.starts_with("spec_version"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// What stands between `{{` and `}}`.
fn arguments(text: &str) -> BTreeSet<&str> {
    text.split("{{")
        .skip(1)
        .filter_map(|rest| rest.split_once("}}"))
        .map(|(name, _)| name)
        .collect()
}

/// What stands between percent signs.
fn parameters(text: &str) -> BTreeSet<&str> {
    text.split('%').skip(1).step_by(2).collect()
}
