//! Plain text: what may be inserted into a document, and how its lines are laid out.

/// The space that a line is not broken at.
pub(crate) const NO_BREAK: char = '\u{a0}';

/// The width of a document's line, in characters.
pub const LINE_WIDTH: usize = 76;

/// Makes an inserted value harmless in plain text.
///
/// A value is one line: every run of white space or control characters becomes one space, so that a
/// name cannot forge a line of a protocol. Characters that reorder or hide text (bidirectional
/// controls, zero-width marks) are dropped, because what is signed must be what is read.
pub fn inline(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut gap = false;
    for c in value.chars().filter(|c| !is_invisible(*c)) {
        if c != NO_BREAK && (c.is_whitespace() || c.is_control()) {
            gap = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            out.push(' ');
        }
        out.push(c);
    }
    out
}

/// Whether a character changes the look of a text without being seen.
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{00ad}'
            | '\u{061c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// Whether nothing of a text can be seen: white space, control characters, and characters without a shape of their own.
///
/// A variation selector or a joiner is a part of what stands before it, so it is blank only where nothing else is there.
pub fn is_blank(text: &str) -> bool {
    let is_shapeless = |c: char| {
        matches!(
            c,
            '\u{034f}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180d}'
                | '\u{180f}'
                | '\u{2800}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{ffa0}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
    };
    let is_unseen =
        |c: char| c.is_whitespace() || c.is_control() || is_invisible(c) || is_shapeless(c);
    text.chars().all(is_unseen)
}

/// The most marks over or under one letter that are shown as such.
pub(crate) const MOST_MARKS: usize = 3;

/// Keeps a shown text on its own line: of many combining marks in a row, which would grow over the lines
/// around it, those after the third are told by their numbers. The signed text has them all.
pub(crate) fn steady(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut marks = 0;
    for c in text.chars() {
        marks = if is_combining(c) { marks + 1 } else { 0 };
        match marks > MOST_MARKS {
            true => out.push_str(&format!("‹U+{:04X}›", c as u32)),
            false => out.push(c),
        }
    }
    out
}

/// Whether a character stands over or under the letter before it, in the blocks of such characters.
pub fn is_combining(c: char) -> bool {
    matches!(
        c,
        '\u{300}'..='\u{36f}'
            | '\u{483}'..='\u{489}'
            | '\u{591}'..='\u{5bd}'
            | '\u{610}'..='\u{61a}'
            | '\u{64b}'..='\u{65f}'
            | '\u{e31}'
            | '\u{e34}'..='\u{e3a}'
            | '\u{e47}'..='\u{e4e}'
            | '\u{1ab0}'..='\u{1aff}'
            | '\u{1dc0}'..='\u{1dff}'
            | '\u{20d0}'..='\u{20ff}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{fe20}'..='\u{fe2f}'
    )
}

/// Fills a paragraph: one run of words broken into lines of at most [`LINE_WIDTH`] characters.
///
/// A word longer than a line stays whole. A no-break space holds its neighbours together.
pub(crate) fn paragraph(text: &str) -> String {
    fill(text, "", "")
}

/// Fills a paragraph whose first line starts with `first` and whose other lines start with as many
/// spaces.
pub(crate) fn hanging(text: &str, first: &str) -> String {
    fill(text, first, &" ".repeat(first.chars().count()))
}

/// Centres a line; a longer text is filled and each of its lines is centred.
pub(crate) fn centered(text: &str) -> String {
    paragraph(text)
        .lines()
        .map(|line| {
            let room = LINE_WIDTH.saturating_sub(line.chars().count());
            format!("{}{line}", " ".repeat(room / 2))
        })
        .collect::<Vec<_>>()
        .join("\n")
}

fn fill(text: &str, first: &str, rest: &str) -> String {
    let mut out = String::from(first);
    let mut used = first.chars().count();
    let mut at_start = true;
    for word in text
        .split([' ', '\n', '\t', '\r'])
        .filter(|word| !word.is_empty())
    {
        let len = word.chars().count();
        if at_start {
            at_start = false;
        } else if used + 1 + len <= LINE_WIDTH {
            out.push(' ');
            used += 1;
        } else {
            out.push('\n');
            out.push_str(rest);
            used = rest.chars().count();
        }
        out.push_str(word);
        used += len;
    }
    out
}

/// The last hand on a rendered text: `\n` ends every line, no line ends in white space, no more than
/// one empty line in a row, exactly one end of line at the end. The same text on every system.
pub(crate) fn canonical(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty_before = true;
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() && empty_before {
            continue;
        }
        empty_before = line.is_empty();
        out.push_str(line);
        out.push('\n');
    }
    while out.ends_with("\n\n") {
        out.pop();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_cannot_start_a_line_of_its_own() {
        assert_eq!(inline("Иван\r\n\tПРОТИВ — 0"), "Иван ПРОТИВ — 0");
        assert_eq!(inline("  край  "), "край");
        assert_eq!(inline("1\u{a0}000"), "1\u{a0}000");
    }

    #[test]
    fn a_value_cannot_hide_or_reorder_text() {
        assert_eq!(inline("за\u{202e}витоп\u{200b}"), "завитоп");
    }

    #[test]
    fn a_text_without_a_visible_character_is_blank() {
        let unseen = [
            "",
            " \n\t",
            "\u{a0}",
            "\u{3164}",
            "\u{2800}",
            "\u{34f}\u{fe0f}",
            "\u{115f}\u{1160}",
            "\u{17b4}\u{17b5}",
            "\u{ffa0}",
            "\u{1d173}\u{1d17a}",
            "\u{e0100}\u{e01ef}",
            "\u{200b}\u{feff}",
        ];
        for text in unseen {
            assert!(is_blank(text), "{text:?}");
        }
        for text in ["а", " 1 ", "\u{3164}.", "❤\u{fe0f}", "ᄀ\u{1160}"] {
            assert!(!is_blank(text), "{text:?}");
        }
    }

    #[test]
    fn marks_do_not_grow_over_other_lines() {
        assert_eq!(steady("Йо\u{301}да"), "Йо\u{301}да");
        let grown = format!("а{}б", "\u{301}".repeat(5));
        let shown = format!("а{}‹U+0301›‹U+0301›б", "\u{301}".repeat(3));
        assert_eq!(steady(&grown), shown);
    }

    #[test]
    fn a_paragraph_is_filled_to_the_width_and_loses_no_word() {
        let text = "слово ".repeat(100);
        let filled = paragraph(&text);
        assert!(
            filled
                .lines()
                .all(|line| line.chars().count() <= LINE_WIDTH)
        );
        assert_eq!(filled.split_whitespace().count(), 100);
        assert_eq!(paragraph(&filled), filled);
    }

    #[test]
    fn a_hanging_paragraph_is_indented_under_its_mark() {
        let filled = hanging(&"слово ".repeat(20), " 1. ");
        let mut lines = filled.lines();
        assert!(
            lines
                .next()
                .is_some_and(|line| line.starts_with(" 1. слово"))
        );
        assert!(lines.all(|line| line.starts_with("    слово")));
    }

    #[test]
    fn a_no_break_space_is_not_broken() {
        let text = format!("{} 1\u{a0}000,00\u{a0}руб.", "а".repeat(LINE_WIDTH - 5));
        assert_eq!(paragraph(&text).lines().count(), 2);
    }

    #[test]
    fn canonical_text_has_one_form() {
        assert_eq!(canonical("\n\nа  \r\n\n\nб\n\n"), "а\n\nб\n");
        assert_eq!(canonical("а"), "а\n");
    }
}
