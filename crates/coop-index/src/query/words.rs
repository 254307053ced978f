//! The words that are looked for, and how well a text fits them.

use crate::stems::{Stemmers, words};
use antelope_types::Checksum256;

/// The most words of a query; further ones are left out.
const MAX_WORDS: usize = 16;
/// The most bytes of a query that are read; further ones are left out.
const MAX_QUERY: usize = 4 << 10;
/// The fewest letters of a word whose beginning is enough.
const MIN_PREFIX: usize = 3;
/// How soon further occurrences of a word count less.
const SATURATION: f64 = 1.2;
/// How much the length of a text counts.
const LENGTH: f64 = 0.75;
/// The length in words that neither raises a weight nor lowers it.
const USUAL: f64 = 40.0;
/// Weights are kept in millionths, so that they are equal or not.
const MILLIONTHS: f64 = 1e6;

/// Words that all have to stand in a text, in any form, in Russian or English. Of the last word, if it has three
/// letters or more, the beginning is enough, and of those with a `*` behind them.
///
/// At most 16 words of the first 4 KiB are looked for.
///
/// ```
/// use coop_index::{WordQuery, stems};
///
/// let query = WordQuery::new("новые ноутбуки");
/// assert!(query.weight(&stems("О покупке нового ноутбука")).is_some());
/// assert!(query.weight(&stems("О покупке нового трактора")).is_none());
/// ```
#[derive(Clone, Debug)]
pub struct WordQuery {
    terms: Vec<Term>,
}

/// A document whose text has the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextHit {
    /// The hash of the document.
    pub hash: Checksum256,
    /// How well its text fits, see [`WordQuery::weight`].
    pub weight: u64,
}

/// A word of a query.
#[derive(Clone, Debug)]
struct Term {
    word: String,
    stem: String,
    is_prefix: bool,
}

impl WordQuery {
    /// The words of a text that somebody has typed. Nothing in it has a meaning but its words and `*`.
    pub fn new(text: &str) -> Self {
        let text = &text[..text.floor_char_boundary(MAX_QUERY)];
        let stemmers = Stemmers::new();
        let mut terms = Vec::new();
        for part in text.split_whitespace() {
            let of_part = words(part).map(|word| Term {
                stem: stemmers.stem(&word),
                word,
                is_prefix: false,
            });
            terms.extend(of_part);
            if let Some(last) = terms.last_mut() {
                last.is_prefix |= part.ends_with('*');
            }
        }
        terms.truncate(MAX_WORDS);
        if let Some(last) = terms.last_mut() {
            last.is_prefix |= last.word.chars().count() >= MIN_PREFIX;
        }
        Self { terms }
    }

    /// Whether there is no word: then nothing fits.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// How well a text fits that has these [stems](crate::stems()), in millionths; `None` where one of the words does
    /// not stand in it.
    pub fn weight(&self, stems: &str) -> Option<u64> {
        // Most texts have not all the words, and this is the quicker question.
        let may_fit = !self.is_empty() && self.terms.iter().all(|term| term.may_occur(stems));
        if !may_fit {
            return None;
        }
        let length = stems.split(' ').count() as f64;
        let norm = SATURATION * (1.0 - LENGTH + LENGTH * length / USUAL);
        let mut weight = 0.0;
        for term in &self.terms {
            let occurs = term.occurs(stems);
            if occurs == 0.0 {
                return None;
            }
            weight += occurs * (SATURATION + 1.0) / (occurs + norm);
        }
        Some((weight * MILLIONTHS) as u64)
    }

    /// As the full text index is asked.
    pub(crate) fn question(&self) -> String {
        let question: Vec<_> = self.terms.iter().map(Term::question).collect();
        question.join(" AND ")
    }
}

impl Term {
    /// In quotes a term has no meaning but its letters.
    fn question(&self) -> String {
        let Self { word, stem, .. } = self;
        match self.is_prefix {
            true => format!("(\"{stem}\"* OR \"{word}\"*)"),
            false => format!("\"{stem}\""),
        }
    }

    /// Whether its letters stand anywhere in these stems.
    fn may_occur(&self, stems: &str) -> bool {
        stems.contains(&self.stem) || (self.is_prefix && stems.contains(&self.word))
    }

    /// How often it stands among these stems; where only its beginning fits it counts half.
    fn occurs(&self, stems: &str) -> f64 {
        let counts = stems.split(' ').map(|stem| match () {
            () if stem == self.stem => 1.0,
            () if self.is_prefix && self.begins(stem) => 0.5,
            () => 0.0,
        });
        counts.sum()
    }

    fn begins(&self, stem: &str) -> bool {
        stem.starts_with(&self.stem) || stem.starts_with(&self.word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stems;

    fn fits(words: &str, text: &str) -> bool {
        WordQuery::new(words).weight(&stems(text)).is_some()
    }

    #[test]
    fn all_words_have_to_stand_in_a_text_in_any_form() {
        let text = "Купить ноутбук для бухгалтера Иванова. Buy two laptops.";
        for words in [
            "ноутбуки",
            "Иванов",
            "ИВАНОВУ",
            "бухгалтеры ноутбуком",
            "ноутб",
            "бух* Иванов",
            "laptop",
            "buying ноутбуков",
            "ноутбу\u{301}к",
        ] {
            assert!(fits(words, text), "{words}");
        }
        for words in ["", " ", "*", "ноутбук трактор", "бух Иванов", "тбук", "но"]
        {
            assert!(!fits(words, text), "{words}");
        }
    }

    #[test]
    fn whatever_somebody_types_is_bounded_and_has_no_meaning_but_its_words() {
        let text = "протокол решения";
        for words in [
            "протокол OR трактор",
            "\" OR 1 --",
            "NEAR(протокол трактор)",
            "stems:протокол^2",
            "{протокол} AND NOT решение",
            "про\u{0}токол",
            "\u{202e}лотокорп",
        ] {
            assert!(!fits(words, text), "{words}");
        }
        assert!(fits("\u{7}(протокол) \u{200b} \"решение\"", text));
        let long = WordQuery::new(&"слово ".repeat(10_000));
        assert_eq!(long.terms.len(), MAX_WORDS);
        let long = WordQuery::new(&"щ".repeat(10_000));
        assert!(long.terms.len() == 1 && long.question().len() < 1_000);
        // The bound is within a letter.
        assert!(!WordQuery::new(&format!("a{}", "щ".repeat(MAX_QUERY))).is_empty());
    }
}
