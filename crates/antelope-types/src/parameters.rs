//! Parameters of texts: `%name%` becomes its value, `%%` a percent sign.
//!
//! One table of names and values serves the texts that are expanded while compiling, as the ricardian
//! contracts of `#[contract(parameters(…))]` and [`expanded!`](crate::expanded), and those that are read
//! at run time, by [`expand`]. Both follow the same rules and share their code: names are compared
//! whole, values are not expanded again, and whatever stands between percent signs without being in the
//! table is an error.

use crate::message::{Message, same_text};

/// Names and values.
///
/// Where a name is there twice, the first counts.
pub type Parameters<'a> = [(&'a str, &'a str)];

/// What a text goes on with.
enum Piece<'a> {
    /// Characters as they are, or a value.
    Plain(&'a str),
    /// A name that is not in the table.
    Unknown(&'a str),
    /// A percent sign that no other follows.
    Open,
}

/// The first piece of a text that is not empty, and the text after it.
///
/// A text that is empty has no piece; callers stop there.
const fn split<'a>(text: &'a str, table: &Parameters<'a>) -> (Piece<'a>, &'a str) {
    let (before, from) = text.split_at(find_percent(text, 0));
    if !before.is_empty() {
        return (Piece::Plain(before), from);
    }
    let end = find_percent(text, 1);
    if end == text.len() {
        return (Piece::Open, "");
    }
    let (marked, after) = text.split_at(end + 1);
    let (_, name) = marked.split_at(1);
    let (name, sign) = name.split_at(end - 1);
    if name.is_empty() {
        return (Piece::Plain(sign), after);
    }
    let mut at = 0;
    while at < table.len() {
        if same_text(table[at].0, name) {
            return (Piece::Plain(table[at].1), after);
        }
        at += 1;
    }
    (Piece::Unknown(name), after)
}

/// Where the first percent sign from a place on is; the length where there is none.
const fn find_percent(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() && bytes[at] != b'%' {
        at += 1;
    }
    at
}

/// The number of bytes of an expanded text.
///
/// `source` names the text in the error that the compiler reports where a parameter is unknown.
#[doc(hidden)]
#[track_caller]
pub const fn expanded_len(source: &str, text: &str, table: &Parameters<'_>) -> usize {
    let (mut rest, mut len) = (text, 0);
    while !rest.is_empty() {
        let (piece, after) = split(rest, table);
        match piece {
            Piece::Plain(text) => len += text.len(),
            Piece::Unknown(name) => Message::new()
                .with(source)
                .with(": no parameter `")
                .with(name)
                .with("`; a percent sign is written `%%`")
                .panic(),
            Piece::Open => Message::new()
                .with(source)
                .with(": the last `%` begins a parameter that does not end; a percent sign is written `%%`")
                .panic(),
        }
        rest = after;
    }
    len
}

/// The bytes of an expanded text; `N` must be its [`expanded_len`].
#[doc(hidden)]
pub const fn expanded_bytes<const N: usize>(text: &str, table: &Parameters<'_>) -> [u8; N] {
    let mut bytes = [0; N];
    let (mut rest, mut len) = (text, 0);
    while !rest.is_empty() {
        let (piece, after) = split(rest, table);
        if let Piece::Plain(text) = piece {
            let end = len + text.len();
            let (head, _) = bytes.split_at_mut(end);
            let (_, room) = head.split_at_mut(len);
            room.copy_from_slice(text.as_bytes());
            len = end;
        }
        rest = after;
    }
    assert!(
        len == N,
        "the array must have the size of the expanded text"
    );
    bytes
}

/// The constant text with its parameters replaced by their values, as a `&'static str`.
///
/// Both arguments are constant expressions. An unknown parameter is a compile error.
///
/// ```
/// use antelope_types::expanded;
///
/// const TERMS: &[(&str, &str)] = &[("hours", "48"), ("quorum", "50 %")];
/// const RULE: &str = expanded!("Open for %hours% hours, quorum %quorum%, i.e. 50 %%.", TERMS);
/// assert_eq!(RULE, "Open for 48 hours, quorum 50 %, i.e. 50 %.");
/// ```
///
/// ```compile_fail
/// const RULE: &str = antelope_types::expanded!("Open for %days% days.", &[("hours", "48")]);
/// ```
#[macro_export]
macro_rules! expanded {
    ($text:expr, $table:expr $(,)?) => {
        $crate::expanded!(in "expanded!", $text, $table)
    };
    (in $source:expr, $text:expr, $table:expr) => {{
        // Names that no argument means.
        const __EXPANDED_LEN: usize = $crate::parameters::expanded_len($source, $text, $table);
        const __EXPANDED_BYTES: [u8; __EXPANDED_LEN] =
            $crate::parameters::expanded_bytes($text, $table);
        const __EXPANDED: &str = match ::core::str::from_utf8(&__EXPANDED_BYTES) {
            Ok(text) => text,
            Err(_) => panic!("texts and values are text"),
        };
        __EXPANDED
    }};
}

/// Why a text cannot be expanded.
#[cfg(feature = "alloc")]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unknown {
    /// A name that is not in the table.
    Parameter {
        /// The name.
        name: alloc::string::String,
        /// Where its first percent sign is, in bytes.
        at: usize,
    },
    /// A percent sign that no other follows.
    Open {
        /// Where it is, in bytes.
        at: usize,
    },
}

#[cfg(feature = "alloc")]
impl core::fmt::Display for Unknown {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Parameter { name, at } => write!(f, "no parameter `{name}`, at byte {at}"),
            Self::Open { at } => write!(f, "a `%` without its end, at byte {at}"),
        }?;
        f.write_str("; a percent sign is written `%%`")
    }
}

#[cfg(feature = "alloc")]
impl core::error::Error for Unknown {}

/// The text with its parameters replaced by their values.
///
/// # Errors
/// [`Unknown`]: a parameter that is not in the table, or one that does not end.
///
/// ```
/// use antelope_types::parameters::{Unknown, expand};
///
/// let table = [("hours", "48")];
/// assert_eq!(expand("%hours% hours", &table).as_deref(), Ok("48 hours"));
/// assert_eq!(
///     expand("in %days% days", &table),
///     Err(Unknown::Parameter { name: "days".into(), at: 3 })
/// );
/// ```
#[cfg(feature = "alloc")]
pub fn expand(text: &str, table: &Parameters<'_>) -> Result<alloc::string::String, Unknown> {
    let mut expanded = alloc::string::String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let at = text.len().wrapping_sub(rest.len());
        let (piece, after) = split(rest, table);
        match piece {
            Piece::Plain(text) => expanded.push_str(text),
            Piece::Unknown(name) => {
                let name = name.into();
                return Err(Unknown::Parameter { name, at });
            }
            Piece::Open => return Err(Unknown::Open { at }),
        }
        rest = after;
    }
    Ok(expanded)
}

#[cfg(all(test, feature = "std"))]
mod tests {
    use std::string::{String, ToString};

    use proptest::prelude::*;

    use super::{Unknown, expand};

    const TABLE: &[(&str, &str)] = &[("a", "%b%"), ("b", ""), ("часы", "48"), ("a b", "x")];

    #[test]
    fn values_stand_where_their_names_stood() {
        const TEXTS: [(&str, &str, &str); 6] = [
            ("", crate::expanded!("", TABLE), ""),
            ("plain é", crate::expanded!("plain é", TABLE), "plain é"),
            ("%a%%b%", crate::expanded!("%a%%b%", TABLE), "%b%"),
            ("%%%%a%%", crate::expanded!("%%%%a%%", TABLE), "%%a%"),
            ("é%часы%ю", crate::expanded!("é%часы%ю", TABLE), "é48ю"),
            ("%a b%!", crate::expanded!("%a b%!", TABLE), "x!"),
        ];
        for (text, constant, expected) in TEXTS {
            assert_eq!(constant, expected);
            assert_eq!(expand(text, TABLE).as_deref(), Ok(expected));
        }
    }

    #[test]
    fn what_is_unknown_is_told_with_its_place() {
        let unknown = |text: &str| expand(text, TABLE).expect_err("unknown");
        let error = unknown("%%50% of %a%");
        assert_eq!(
            error,
            Unknown::Parameter {
                name: " of ".into(),
                at: 4
            }
        );
        assert_eq!(
            error.to_string(),
            "no parameter ` of `, at byte 4; a percent sign is written `%%`"
        );
        let error = unknown("%a% 50%");
        assert_eq!(error, Unknown::Open { at: 6 });
        assert_eq!(
            error.to_string(),
            "a `%` without its end, at byte 6; a percent sign is written `%%`"
        );
    }

    proptest! {
        #[test]
        fn without_percent_signs_a_text_stays(text in "[^%]*") {
            prop_assert_eq!(expand(&text, TABLE), Ok(text));
        }

        #[test]
        fn doubled_percent_signs_are_single_ones(text in "[%aé]{0,20}") {
            prop_assert_eq!(expand(&text.replace('%', "%%"), TABLE), Ok(text));
        }

        #[test]
        fn any_text_is_expanded_or_refused(text: String) {
            let _ = expand(&text, TABLE);
        }
    }
}
