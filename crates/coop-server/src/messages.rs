//! What the API says to people, in Russian and English.

use coop_language::{Lang, Messages};
use std::sync::LazyLock;

const RU: &str = include_str!("messages/ru.txt");
const EN: &str = include_str!("messages/en.txt");

static RUSSIAN: LazyLock<Messages> = LazyLock::new(|| Messages::read(Lang::Ru, RU));
static ENGLISH: LazyLock<Messages> = LazyLock::new(|| Messages::read(Lang::En, EN));

/// The messages of a language.
pub(crate) fn of(lang: Lang) -> &'static Messages {
    match lang {
        Lang::Ru => &RUSSIAN,
        Lang::En => &ENGLISH,
    }
}

/// The language that a browser prefers, by its header `Accept-Language`: Russian unless English comes first.
pub(crate) fn preferred(header: Option<&str>) -> Lang {
    let mut best = (Lang::Ru, -1.0);
    for part in header.unwrap_or_default().split(',').take(16) {
        let (tag, weight) = part.split_once(';').unwrap_or((part, "q=1"));
        let weight: f32 = weight
            .trim()
            .trim_start_matches("q=")
            .parse()
            .unwrap_or(0.0);
        let tag = tag.trim().to_ascii_lowercase();
        let lang = match tag.split('-').next() {
            Some("ru") => Lang::Ru,
            Some("en") => Lang::En,
            _ => continue,
        };
        if weight > best.1 {
            best = (lang, weight);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn both_languages_say_all_that_the_code_says() {
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let found = coop_language::faults(RU, EN, &sources);
        assert!(found.is_empty(), "{found:#?}");
    }

    #[test]
    fn the_header_of_a_browser_chooses_the_language() {
        let cases = [
            (None, Lang::Ru),
            (Some("*"), Lang::Ru),
            (Some("en-GB,en;q=0.9,ru;q=0.8"), Lang::En),
            (Some("de, ru;q=0.5, en;q=0.7"), Lang::En),
            (Some("ru-RU"), Lang::Ru),
        ];
        for (header, expected) in cases {
            assert_eq!(preferred(header), expected, "{header:?}");
        }
    }
}
