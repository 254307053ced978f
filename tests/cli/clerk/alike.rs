//! Whether a day on two nodes was the same: every word, but for ids, times and numbers of blocks.

use super::super::rows;
use super::day::{Command, Lived, Told};
use test_support::difference::difference;

/// Compares two days.
pub(super) fn compare(here: &Lived, there: &Lived) {
    assert_eq!(here.told.len(), there.told.len());
    let (mut ids_here, mut ids_there) = (Ids::default(), Ids::default());
    for (here, there) in here.told.iter().zip(&there.told) {
        match (here, there) {
            (Told::Command(here), Told::Command(there)) => {
                let told = [(here, &mut ids_here), (there, &mut ids_there)];
                let [here, there] = told.map(|(command, ids)| lasting(command, ids));
                assert_eq!(here, there);
            }
            (Told::Chapter(here), Told::Chapter(there)) => assert_eq!(here, there),
            _ => panic!("the scripts differ"),
        }
    }
    assert_eq!(here.rows.len(), there.rows.len());
    for (here, there) in here.rows.iter().zip(&there.rows) {
        let [here, there] = [here, there].map(rows::lasting);
        if let Some(lines) = difference(&there, &here) {
            panic!("rows (- node, + embedded chain)\n{lines}");
        }
    }
}

/// A command without what cannot be the same on two chains.
fn lasting(command: &Command, ids: &mut Ids) -> (String, u8, String, Vec<(String, String)>) {
    let said = &command.said;
    // A text that is in the store has no folder.
    let text = format!("{}{}", said.err, said.out);
    let text = ids.in_text(&text.replace("~/.config/veche/desk/zarechyekoop/documents/", ""));
    let documents = command.documents.iter();
    let documents = documents.map(|(name, text)| (ids.in_text(name), ids.in_text(text)));
    let documents = documents.collect();
    (command.line.clone(), said.code, text, documents)
}

/// The ids of a chain, in the order in which they were met. A shorter beginning of one is the same id.
#[derive(Debug, Default)]
pub(super) struct Ids(Vec<String>);

impl Ids {
    /// The words of a text, with numbers for ids and placeholders for times and blocks. Arguments of
    /// actions are left out: they are cut where a longer number moves the cut.
    pub(super) fn in_text(&mut self, text: &str) -> String {
        let mut words = Vec::new();
        for line in text.lines() {
            let is_action = line.contains("::");
            let line = match line.split_once("  {") {
                Some((action, _)) if is_action => action,
                _ => line,
            };
            for word in line.split_whitespace() {
                let word = self.in_word(word);
                if is_time(&word) {
                    forget_date(&mut words);
                    words.push("<time>".to_owned());
                } else if is_unit(&word) && words.last().is_some_and(|it| is_left(it)) {
                    // How much time is left: `1 d 23 h` in one moment is `2 d 0 h` in another.
                    words.pop();
                    if words.last().is_none_or(|it| it != "<left>") {
                        words.push("<left>".to_owned());
                    }
                } else if words.last().is_some_and(|it| precedes_number(it)) {
                    words.push("<number>".to_owned());
                } else {
                    words.push(word);
                }
            }
        }
        words.join(" ")
    }

    /// A word with its ids as numbers.
    fn in_word(&mut self, word: &str) -> String {
        let mut text = String::new();
        for part in word.split_inclusive(|sign: char| !sign.is_ascii_alphanumeric()) {
            let token = part.trim_end_matches(|sign: char| !sign.is_ascii_alphanumeric());
            let is_id = token.len() >= 12
                && token
                    .bytes()
                    .all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'))
                && token.bytes().any(|it| it.is_ascii_digit());
            match is_id {
                true => text += &format!("<id {}>", self.number(token)),
                false => text += token,
            }
            text += &part[token.len()..];
        }
        text
    }

    fn number(&mut self, id: &str) -> usize {
        let known = self
            .0
            .iter()
            .position(|it| it.starts_with(id) || id.starts_with(it.as_str()));
        known.unwrap_or_else(|| {
            self.0.push(id.to_owned());
            self.0.len() - 1
        })
    }
}

/// Whether a word ends with a time of the day, such as `10:00:13`, `2026-01-20T07:00:14.500`.
fn is_time(word: &str) -> bool {
    let time = word.rsplit('T').next().unwrap_or(word);
    let parts: Vec<_> = time.trim_end_matches(',').splitn(3, ':').collect();
    let number = |it: &&str| it.bytes().all(|it| it.is_ascii_digit() || it == b'.');
    parts.len() == 3 && parts.iter().all(|it| !it.is_empty() && number(it))
}

/// Whether a word is a unit of the time that is left.
fn is_unit(word: &str) -> bool {
    let unit = word.trim_end_matches(|sign: char| !sign.is_alphabetic());
    matches!(unit, "d" | "h" | "min" | "дн" | "ч" | "мин")
}

/// Whether a word is a count of such units.
fn is_left(word: &str) -> bool {
    let count = word.trim_start_matches('(');
    !count.is_empty() && count.bytes().all(|it| it.is_ascii_digit())
}

/// Removes the date before a time: `20 января 2026 г.,` or `20 January 2026,`.
fn forget_date(words: &mut Vec<String>) {
    let count = match words.last().map(String::as_str) {
        Some("г.,") => 4,
        Some(year) if year.len() == 5 && year.ends_with(',') && year.starts_with("20") => 3,
        _ => 0,
    };
    words.truncate(words.len().saturating_sub(count));
}

/// Whether the next word is a number of this chain or this machine.
fn precedes_number(word: &str) -> bool {
    matches!(word, "block" | "Block:" | "блок" | "Блок:" | "CPU")
}
