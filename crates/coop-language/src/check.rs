//! What holds files of messages together with the code that says them; for tests.

use crate::{lang::Lang, messages::Messages};
use coop_model::parameters::TEXTS;
use std::{collections::BTreeSet, fs, path::Path};

/// How many of [`TEXTS`] are terms and other numbers that a message must not spell out.
const NUMBERS: usize = 9;

/// Everything that is wrong with the messages of a crate, given the files of both languages and the
/// folder of its sources; empty where nothing is.
///
/// Both files must have the same keys, each once, with the same places. No text may contain a number
/// that is a parameter of the protocol, except in the group `problem`, which tells about other numbers
/// too. The keys must be those that stand as literals in the sources: the sources say which are used.
///
/// # Panics
/// Where the sources cannot be read.
pub fn faults(ru: &'static str, en: &'static str, sources: &Path) -> Vec<String> {
    let mut faults = Vec::new();
    let messages = [(Lang::Ru, ru), (Lang::En, en)].map(|(lang, file)| {
        faults.extend(lines(lang, file));
        Messages::read(lang, file)
    });
    for read in &messages {
        faults.extend(numbers(read));
    }
    let [ru, en] = messages;
    for (key, text) in ru.texts() {
        match en.texts().get(key) {
            None => faults.push(format!("{key} is not in English")),
            Some(other) if places(text) != places(other) => {
                faults.push(format!("places of {key} differ"));
            }
            Some(_) => {}
        }
    }
    let missing = en
        .texts()
        .keys()
        .filter(|key| !ru.texts().contains_key(*key));
    faults.extend(missing.map(|key| format!("{key} is not in Russian")));

    let known: BTreeSet<&str> = en.texts().keys().copied().collect();
    let used = used(sources, &known);
    let unknown = used.iter().filter(|key| !known.contains(key.as_str()));
    faults.extend(unknown.map(|key| format!("{key} is used and is no message")));
    let unused = known.iter().filter(|key| !used.contains(**key));
    faults.extend(unused.map(|key| format!("{key} is not used")));
    faults
}

/// Lines that are no messages, and keys that are given twice.
fn lines(lang: Lang, file: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut keys = BTreeSet::new();
    for line in file.lines() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        match line.split_once(" = ") {
            None => faults.push(format!("{}: {line:?} is not a message", lang.tag())),
            Some((key, _)) if !keys.insert(key) => {
                faults.push(format!("{}: {key} is given twice", lang.tag()));
            }
            Some(_) => {}
        }
    }
    faults
}

/// A number of the protocol is written once, among its parameters.
fn numbers(messages: &Messages) -> Vec<String> {
    let mut faults = Vec::new();
    for (key, text) in messages.texts() {
        for (name, number) in TEXTS.iter().take(NUMBERS) {
            let mut words = text.split(|c: char| !c.is_alphanumeric());
            if !key.starts_with("problem.") && words.any(|word| word == *number) {
                faults.push(format!("{key}: {number} is {{{name}}}: {text}"));
            }
        }
    }
    faults
}

fn places(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

/// The literals of the sources that are keys: those of a group that some known key has.
fn used(sources: &Path, known: &BTreeSet<&str>) -> BTreeSet<String> {
    let group = |key: &str| key.split_once('.').map(|(group, _)| group.to_owned());
    let groups: BTreeSet<String> = known.iter().filter_map(|key| group(key)).collect();
    let plain = |c: char| c.is_ascii_lowercase() || c == '_' || c == '.';
    let is_key = |text: &&str| {
        text.chars().all(plain)
            && !text.ends_with('.')
            && group(text).is_some_and(|group| groups.contains(&group))
    };
    let mut used = BTreeSet::new();
    let mut folders = vec![sources.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the sources").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(path).expect("a source");
                used.extend(text.split('"').filter(is_key).map(str::to_owned));
            }
        }
    }
    used
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_found() {
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let found = faults(
            "a.first = {who} один\na.third = 3\nno line",
            "a.first = {what} one\na.first = again\na.second = two",
            &sources,
        );
        let expected = [
            "ru: \"no line\" is not a message",
            "en: a.first is given twice",
            "places of a.first differ",
            "a.third is not in English",
            "a.second is not in Russian",
        ];
        assert_eq!(found[..2], expected[..2]);
        for fault in expected {
            assert!(found.iter().any(|it| it == fault), "{fault}: {found:?}");
        }
        assert!(found.contains(&"a.missing is used and is no message".to_owned()));
        assert!(found.contains(&"a.second is not used".to_owned()));
    }
}
