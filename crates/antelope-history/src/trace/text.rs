//! The text of an error as nodes write it: what the kind means with its number, then a line for each
//! message.
//!
//! Nodes bound what a contract can put into it, and write control characters by their numbers
//! (`exception::to_string` and `format_string` in libfc).

use antelope_types::ChainError;
use std::fmt::Write;

/// The whole text.
pub(super) fn text(error: &ChainError) -> String {
    let mut text = format!("{} ({})\n", error.what(), error.code());
    for message in error.messages() {
        write_message(message, &mut text);
        text.push('\n');
    }
    text
}

/// Writes a message, bounded and without control characters.
fn write_message(message: &str, out: &mut String) {
    for letter in ChainError::bounded(message).chars() {
        match letter {
            '\t' | '\n' | '\r' => out.push(letter),
            '\0'..' ' | '\x7f' => {
                // Writing to a text does not fail.
                let _ = write!(out, "\\u{:04x}", u32::from(letter));
            }
            _ => out.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_types::ErrorKind;

    fn said(words: &str) -> String {
        let message = format!("assertion failure with message: {words}");
        let error = ChainError::new(ErrorKind::EosioAssertMessage, message);
        let text = text(&error.with_message("pending console output: "));
        let text = text.strip_prefix("eosio_assert_message assertion failure (3050003)\n");
        let text = text.and_then(|text| text.strip_suffix("\npending console output: \n"));
        let text = text
            .unwrap()
            .strip_prefix("assertion failure with message: ");
        text.unwrap().to_owned()
    }

    #[test]
    fn short_texts_are_told_as_they_are() {
        for words in [
            "",
            "overdrawn balance",
            "✓ слово",
            "tab\tline\nquote\"back\\slash",
        ] {
            assert_eq!(said(words), words);
        }
    }

    #[test]
    fn long_ones_are_cut_at_a_letter() {
        let room = 1024 - "assertion failure with message: ${s}".len();
        let words = "a".repeat(room);
        assert_eq!(said(&words), words);
        assert_eq!(said(&format!("{words}a")), format!("{words}..."));
        let cyrillic = format!("a{}", "ж".repeat(room));
        assert_eq!(said(&cyrillic), format!("{}...", &cyrillic[..room - 1]));
    }

    #[test]
    fn control_characters_are_told_by_their_numbers() {
        assert_eq!(said("a\0b\x1fc\x7fd\re"), "a\\u0000b\\u001fc\\u007fd\re");
    }
}
