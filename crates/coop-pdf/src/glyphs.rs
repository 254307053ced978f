//! Texts as the fonts can show them. The attached text has them as they are.

use coop_documents::is_combining;
use typst::text::Font;

/// The longest word that is not broken, in characters.
const LONGEST: usize = 30;
/// How many characters of a longer word are held together.
const PIECE: usize = 8;
/// What holds two words together, also beyond the end of a line: they count as one.
const NO_BREAK: char = '\u{a0}';
/// Tells the page where a word may be broken. No fact has this character, see `coop_documents::is_invisible`.
const BREAK: char = '\u{200b}';

/// What the fonts have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coverage {
    /// Every character of some font.
    Any,
    /// Only characters of the first font, and no marks that stand over others: what can always be shown.
    Plain,
}

/// A text with every character that no font has told by its number, `‹U+1F600›`, and with marks where a
/// long word may be broken.
pub(crate) fn shown(text: &str, fonts: &[Font], coverage: Coverage) -> String {
    let mut out = String::with_capacity(text.len());
    let mut word = Vec::new();
    for c in text.chars() {
        if c.is_whitespace() && c != NO_BREAK {
            put(&mut out, &word);
            word.clear();
            out.push(c);
        } else if is_there(c, fonts, coverage) {
            word.push(c);
        } else {
            word.extend(format!("‹U+{:04X}›", c as u32).chars());
        }
    }
    put(&mut out, &word);
    out
}

/// Adds a word, with the places at which it may be broken where it is long.
fn put(out: &mut String, word: &[char]) {
    let mut held = 0;
    for c in word {
        // A mark stays with its letter.
        if word.len() > LONGEST && held >= PIECE && !is_combining(*c) {
            out.push(BREAK);
            held = 0;
        }
        out.push(*c);
        held += 1;
    }
}

fn is_there(c: char, fonts: &[Font], coverage: Coverage) -> bool {
    let has = |font: &Font| font.info().coverage.contains(c as u32);
    // PDF/A has no place for characters of private use and for what stands for no character.
    let is_private = matches!(
        c,
        '\u{e000}'..='\u{f8ff}' | '\u{fff0}'..='\u{ffff}' | '\u{f0000}'..='\u{10ffff}'
    );
    match coverage {
        _ if is_private => false,
        Coverage::Any => fonts.iter().any(has),
        Coverage::Plain => {
            // Letters and signs that stand alone.
            let stands_alone = c < '\u{300}'
                || ('\u{400}'..='\u{482}').contains(&c)
                || ('\u{48a}'..='\u{52f}').contains(&c)
                || ('\u{2010}'..='\u{2044}').contains(&c)
                || c == '№';
            stands_alone && fonts.first().is_some_and(has)
        }
    }
}
