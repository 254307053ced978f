//! What is said about documents that cannot be made, one file per language.

use coop_language::{Lang, Messages};

const RU: &str = include_str!("messages/ru.txt");
const EN: &str = include_str!("messages/en.txt");

/// The messages of a language.
pub(crate) fn messages(lang: Lang) -> Messages {
    Messages::read(lang, lang.pick(RU, EN))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    #[test]
    fn the_messages_are_those_that_the_code_uses_in_both_languages() {
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let faults = coop_language::faults(super::RU, super::EN, &sources);
        assert!(faults.is_empty(), "{faults:#?}");
    }
}
