//! Texts as the fonts can show them. The attached text has them as they are.

use typst::text::Font;

/// The longest run without a space that is not broken.
const MOST: usize = 28;

/// What the fonts have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coverage {
    /// Every character of some font.
    Any,
    /// Only characters of the first font, and no marks that stand over others: what can always be shown.
    Plain,
}

/// A text with every character that no font has told by its number, `‹U+1F600›`, and with places at which
/// a long run without a space may be broken.
pub(crate) fn shown(text: &str, fonts: &[Font], coverage: Coverage) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = 0;
    for c in text.chars() {
        if c.is_whitespace() {
            run = 0;
            // A no-break space would hold a line together beyond its end.
            out.push(c);
            continue;
        }
        if is_there(c, fonts, coverage) {
            out.push(c);
            run += 1;
        } else {
            let number = format!("‹U+{:04X}›", c as u32);
            run += number.len();
            out.push_str(&number);
        }
        if run >= MOST {
            out.push('\u{200b}');
            run = 0;
        }
    }
    out
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
