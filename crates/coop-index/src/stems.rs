//! The stems of words, by which texts are found in whatever form a word has.

use rust_stemmers::{Algorithm, Stemmer};

/// The longest text whose stems are made, in bytes; the rest is left out.
const MAX_TEXT: usize = 1 << 20;

/// The longest word in letters; longer ones are cut.
const MAX_WORD: usize = 64;

/// How many letters stand before a vowel that comes and goes: срок and урок keep theirs.
const MIN_BEFORE_FLEETING: usize = 3;

/// What stands before the s of English words.
const APOSTROPHES: [char; 2] = ['\'', '\u{2019}'];

/// The marks of the stressed vowel, which nobody types who looks for the word.
const STRESS: [char; 2] = ['\u{300}', '\u{301}'];

/// The stems of the words of a text, in its order, with a space between: Russian ones of words in Cyrillic,
/// English ones of words in Latin letters. Case does not matter, nor whether ё is written with its dots.
///
/// ```
/// use coop_index::stems;
///
/// assert_eq!(stems("Заявления о вступлении"), stems("заявление о вступления"));
/// assert_eq!(stems("signed statements"), stems("Sign statement"));
/// ```
pub fn stems(text: &str) -> String {
    let stemmers = Stemmers::new();
    let stems = words(text).map(|word| stemmers.stem(&word));
    stems.collect::<Vec<_>>().join(" ")
}

/// The stemmers of both languages.
pub(crate) struct Stemmers {
    russian: Stemmer,
    english: Stemmer,
}

impl Stemmers {
    pub(crate) fn new() -> Self {
        Self {
            russian: Stemmer::create(Algorithm::Russian),
            english: Stemmer::create(Algorithm::English),
        }
    }

    /// The stem of a word from [`words`].
    pub(crate) fn stem(&self, word: &str) -> String {
        match word.is_ascii() {
            true => self.english.stem(word).into_owned(),
            false => settled(&self.russian, word.to_owned()),
        }
    }
}

/// The words of a text, in lower case and with е for ё, without the English 's.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> {
    let end = text.floor_char_boundary(MAX_TEXT);
    let is_apart = |letter: char| {
        !letter.is_alphanumeric() && !APOSTROPHES.contains(&letter) && !STRESS.contains(&letter)
    };
    text[..end].split(is_apart).flat_map(|word| {
        let word = word.trim_matches(APOSTROPHES);
        let parts: Vec<_> = word.split(APOSTROPHES).collect();
        let kept = match parts.as_slice() {
            [kept @ .., "s" | "S"] if !kept.is_empty() => kept.len(),
            all => all.len(),
        };
        let parts = parts
            .into_iter()
            .take(kept)
            .filter(|it| it.contains(char::is_alphanumeric));
        let lower = |part: &str| {
            let letters = part.chars().filter(|it| !STRESS.contains(it));
            let letters = letters.flat_map(char::to_lowercase).take(MAX_WORD);
            letters.map(|it| if it == 'ё' { 'е' } else { it }).collect()
        };
        parts.map(lower).collect::<Vec<String>>()
    })
}

/// The stem of the stem, until it stays: the stemmer takes "кооператив" and "приём" for forms of verbs, and their
/// other cases not.
fn settled(stemmer: &Stemmer, word: String) -> String {
    let mut word = word;
    loop {
        let stem = stemmer.stem(&word).into_owned();
        if stem.len() >= word.len() {
            return without_fleeting(stem);
        }
        word = stem;
    }
}

/// The stem without a vowel that other cases do not have: участок and участка, владелец and владельца. It goes from
/// every stem that ends so, and so the forms of a word stay together.
fn without_fleeting(stem: String) -> String {
    let endings = [("лец", "льц"), ("ец", "ц"), ("ок", "к")];
    let shorter = endings.iter().find_map(|(long, short)| {
        let rest = stem.strip_suffix(long)?;
        (rest.chars().count() >= MIN_BEFORE_FLEETING).then(|| format!("{rest}{short}"))
    });
    shorter.unwrap_or(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for forms in [
            ["протокол", "протокола", "Протоколом"],
            ["пайщик", "пайщика", "пайщиков"],
            ["взнос", "взносы", "взносом"],
            ["решение", "решения", "решений"],
            ["приём", "прием", "приёма"],
            ["кооператив", "кооперативы", "кооперативам"],
            ["взнос", "взно\u{301}с", "взно\u{300}сы"],
            ["участок", "участка", "участков"],
            ["владелец", "владельца", "владельцами"],
            ["срок", "срока", "сроков"],
            ["поток", "потока", "потоки"],
            ["decision", "decisions", "Decision"],
            ["contributed", "contributes", "contribute"],
            ["member", "member's", "Members\u{2019}"],
        ] {
            let found = forms.map(stems);
            assert!(found.iter().all(|it| *it == found[0]), "{found:?}");
        }
    }

    #[test]
    fn any_text_has_stems() {
        assert_eq!(stems(""), "");
        assert_eq!(stems("«—»"), "");
        assert_eq!(stems("№ 600/2"), "600 2");
        assert!(stems(&"щ".repeat(MAX_TEXT)).len() <= 2 * MAX_WORD);
    }
}
