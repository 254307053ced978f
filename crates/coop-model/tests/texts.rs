//! The table of refusals: one code and one text each, in both languages, with what to do, and every
//! number from a parameter.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use coop_model::parameters::{TEXTS, VOTING_HOURS};
use coop_model::refusal::{self, Message};

/// The verbs with which an instruction begins in English.
const VERBS: [&str; 48] = [
    "act", "ask", "carry", "change", "check", "choose", "close", "collect", "deliver", "deploy",
    "describe", "elect", "end", "finish", "give", "go", "hand", "keep", "leave", "let", "look",
    "make", "mend", "name", "open", "pay", "put", "raise", "read", "register", "remove", "render",
    "repeat", "seat", "send", "set", "shorten", "show", "sign", "split", "state", "submit", "take",
    "tell", "try", "turn", "vote", "wait",
];

/// What Russian texts spell as the contracts do: actions, statuses, kinds, positions.
const SPELLED: [&str; 41] = [
    "a",
    "accepttype",
    "active",
    "addstaff",
    "audit",
    "authorize",
    "blocked",
    "cancelprop",
    "chairman",
    "completemove",
    "council",
    "createboard",
    "declinedec",
    "deliver",
    "dropboard",
    "entrepreneur",
    "exec",
    "executive",
    "expire",
    "indecline",
    "individual",
    "inexpire",
    "init",
    "member",
    "newaccount",
    "organization",
    "other",
    "outcomplete",
    "regtype",
    "returnprop",
    "rmstaff",
    "ru",
    "seatboard",
    "setcharter",
    "setpolicy",
    "setrights",
    "signagree",
    "tell",
    "updateboard",
    "updatecoop",
    "z",
];

fn texts(message: &Message) -> [&'static str; 4] {
    [
        message.refusal.text,
        message.ru,
        message.do_en,
        message.do_ru,
    ]
}

fn is_cyrillic(letter: char) -> bool {
    matches!(letter, 'а'..='я' | 'ё')
}

#[test]
fn codes_and_texts_are_unique() {
    let mut codes = BTreeMap::new();
    let mut texts = BTreeMap::new();
    for message in refusal::all() {
        let name = (message.subject, message.name);
        assert_eq!(codes.insert(message.refusal.code, name), None, "{name:?}");
        assert_eq!(texts.insert(message.refusal.text, name), None, "{name:?}");
    }
    assert!(codes.len() > 170, "only {} refusals", codes.len());
}

#[test]
fn every_refusal_is_listed_in_order_of_codes() {
    let codes: Vec<_> = refusal::all().map(|it| it.refusal.code).collect();
    assert!(codes.is_sorted(), "{codes:?}");
    // What the sources declare is what the list has.
    let declared: usize = sources()
        .iter()
        .map(|(_, source)| source.matches(" =>\n").count())
        .sum();
    assert_eq!(declared, codes.len());
}

#[test]
fn every_text_is_a_plain_line() {
    for message in refusal::all() {
        for text in texts(message) {
            assert!(!text.trim().is_empty(), "{message:?}");
            assert_eq!(text.trim(), text, "{message:?}");
            assert!(!text.contains(['\n', '|', '`']), "{message:?}");
            assert!(!text.ends_with('.') || text.ends_with("дн."), "{message:?}");
            assert!(
                text.starts_with(|it: char| !it.is_uppercase()),
                "{message:?}"
            );
        }
        // A node cuts an assertion text after 1024 bytes, and each costs RAM of the code.
        assert!(message.refusal.text.len() <= 100, "{message:?}");
    }
}

#[test]
fn each_language_has_its_letters() {
    for message in refusal::all() {
        for text in [message.refusal.text, message.do_en] {
            assert!(text.is_ascii(), "{text}");
        }
        for text in [message.ru, message.do_ru] {
            assert!(text.starts_with(is_cyrillic), "{text}");
            let words = text.split(|it: char| !it.is_ascii_alphabetic());
            for word in words.filter(|word| !word.is_empty()) {
                assert!(SPELLED.contains(&word), "{word} in: {text}");
            }
        }
    }
}

#[test]
fn what_to_do_is_an_instruction() {
    for message in refusal::all() {
        let first = message.do_en.split([' ', ',']).next().unwrap();
        assert!(VERBS.contains(&first), "{}", message.do_en);
        let first = message.do_ru.split([' ', ',', ':']).next().unwrap();
        assert!(
            first.ends_with("те") || first.ends_with("тесь"),
            "{}",
            message.do_ru
        );
    }
}

#[test]
fn a_text_is_found_and_so_is_a_code() {
    for message in refusal::all() {
        assert_eq!(refusal::find(message.refusal.text), Some(message));
        assert_eq!(refusal::find_code(message.refusal.code), Some(message));
    }
    assert_eq!(refusal::find(""), None);
    let over = refusal::find_code(refusal::decision::VOTING_OVER.code).unwrap();
    assert!(over.ru.contains(&format!("{VOTING_HOURS} ч")));
}

#[test]
fn no_number_is_written_as_digits() {
    for (name, source) in sources() {
        for line in source.lines() {
            if line.trim_start().starts_with("//") {
                continue;
            }
            for text in line.split('"').skip(1).step_by(2) {
                let outside = text
                    .split('{')
                    .map(|part| part.rsplit('}').next().unwrap_or(part));
                for part in outside {
                    assert!(
                        !part.contains(|it: char| it.is_numeric()),
                        "{name}: a number must come from a parameter: {text}"
                    );
                }
            }
        }
    }
}

#[test]
fn names_of_parameters_are_unique_and_spell_numbers() {
    let mut seen = BTreeMap::new();
    for (name, value) in TEXTS {
        assert_eq!(seen.insert(name, value), None, "{name}");
        assert!(
            name.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_'),
            "{name}"
        );
        assert!(value.parse::<u64>().is_ok(), "{name} = {value}");
    }
}

/// The files of the table.
fn sources() -> Vec<(&'static str, String)> {
    ["ledger", "paper", "person", "setup", "voting"]
        .map(|name| {
            let path = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("src/refusal")
                .join(format!("{name}.rs"));
            (name, fs::read_to_string(path).expect("a file of the table"))
        })
        .into()
}

#[test]
fn a_percent_sign_alone_is_refused_wherever_the_next_one_stands() {
    use coop_model::text::{TextError, expand};

    for text in [
        "100 %",
        "50 % or more",
        "50 % or 60 % of all",
        "%Voting_hours%",
    ] {
        assert_eq!(expand(text), Err(TextError::LonePercentSign), "{text}");
    }
    assert_eq!(expand("50 %% or 60 %%").as_deref(), Ok("50 % or 60 %"));
    let hours = coop_model::parameters::VOTING_HOURS;
    let expected = format!("in {hours} hours, {hours}");
    let expanded = expand("in %voting_hours% hours, %voting_hours%");
    assert_eq!(expanded, Ok(expected));
    assert_eq!(
        expand("%no_such% and %%"),
        Err(TextError::UnknownParameter("no_such".into()))
    );
}
