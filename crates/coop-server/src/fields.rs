//! Reading the fields of inputs, and writing those of outputs.

use crate::error::ApiError;
use antelope_types::{Checksum256, Name};
use coop_documents::is_blank;
use coop_language::Words;

/// The most entries of a page.
pub(crate) const MAX_PAGE: u32 = 500;

/// The account that a field names.
///
/// # Errors
/// [`ApiError::Field`].
pub(crate) fn account(field: &str, text: &str) -> Result<Name, ApiError> {
    let refused = || ApiError::field(field, Words::of("expected.account"));
    let name: Name = text.parse().map_err(|_| refused())?;
    match name.raw() {
        0 => Err(refused()),
        _ => Ok(name),
    }
}

/// The account that a field names, where it names one.
///
/// # Errors
/// [`ApiError::Field`].
pub(crate) fn account_if(field: &str, text: Option<&String>) -> Result<Option<Name>, ApiError> {
    text.map(|text| account(field, text)).transpose()
}

/// The accounts that a field lists: at least and at most so many, each once.
///
/// # Errors
/// [`ApiError::Field`].
pub(crate) fn accounts(
    field: &str,
    texts: &[impl AsRef<str>],
    (least, most): (usize, usize),
) -> Result<Vec<Name>, ApiError> {
    if !(least..=most).contains(&texts.len()) {
        let expected = Words::of("expected.count")
            .with("least", least)
            .with("most", most);
        return Err(ApiError::field(field, expected));
    }
    let found = texts.iter().map(|text| account(field, text.as_ref()));
    let found = found.collect::<Result<Vec<_>, _>>()?;
    let mut sorted = found.clone();
    sorted.sort_unstable();
    match sorted.windows(2).find(|it| it[0] == it[1]) {
        None => Ok(found),
        Some(twice) => {
            let expected = Words::of("expected.once").with("account", twice[0]);
            Err(ApiError::field(field, expected))
        }
    }
}

/// The hash that a field has.
///
/// # Errors
/// [`ApiError::Field`].
pub(crate) fn hash(field: &str, text: &str) -> Result<Checksum256, ApiError> {
    let refused = |_| ApiError::field(field, Words::of("expected.hash"));
    text.parse().map_err(refused)
}

/// The number that a field has, which clients write as a fraction.
///
/// # Errors
/// [`ApiError::Field`].
pub(crate) fn number(field: &str, value: f64) -> Result<u64, ApiError> {
    // Larger ones are not exact.
    const MOST: f64 = 9_007_199_254_740_991.0;
    match value.fract() == 0.0 && (0.0..=MOST).contains(&value) {
        true => Ok(value as u64),
        false => Err(ApiError::field(field, Words::of("expected.number"))),
    }
}

/// The number that a field has, which may be 0.
///
/// # Errors
/// [`ApiError::Field`].
pub(crate) fn at_most(field: &str, value: u32, most: u32) -> Result<u32, ApiError> {
    match value <= most {
        true => Ok(value),
        false => {
            let expected = Words::of("expected.at_most").with("most", most);
            Err(ApiError::field(field, expected))
        }
    }
}

/// How many entries a field asks for.
///
/// # Errors
/// [`ApiError::Field`].
pub(crate) fn limit(field: &str, asked: Option<u32>, usual: u32) -> Result<u32, ApiError> {
    match asked.unwrap_or(usual) {
        count @ 1..=MAX_PAGE => Ok(count),
        _ => {
            let expected = Words::of("expected.limit").with("most", MAX_PAGE);
            Err(ApiError::field(field, expected))
        }
    }
}

/// The text that a field has, without the space around it: of at most so many characters, one of which can be seen.
///
/// # Errors
/// [`ApiError::Field`].
pub(crate) fn text(field: &str, text: &str, most: usize) -> Result<String, ApiError> {
    let text = text.trim();
    match !is_blank(text) && text.chars().count() <= most {
        true => Ok(text.to_owned()),
        false => {
            let expected = Words::of("expected.text").with("most", most);
            Err(ApiError::field(field, expected))
        }
    }
}

/// That a field names the cooperative of this server.
///
/// # Errors
/// [`ApiError::Field`].
pub(crate) fn cooperative(field: &str, text: &str, coopname: Name) -> Result<(), ApiError> {
    match text == coopname.to_string() {
        true => Ok(()),
        false => {
            let expected = Words::of("expected.cooperative").with("coop", coopname);
            Err(ApiError::field(field, expected))
        }
    }
}

/// How many, as the schema has it.
pub(crate) fn count(number: u64) -> u32 {
    u32::try_from(number)
        .unwrap_or(i32::MAX as u32)
        .min(i32::MAX as u32)
}

/// A number as clients read it: a fraction, which is exact up to 2^53.
pub(crate) fn float(number: u64) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_something_to_read_and_no_more_than_it_may() {
        assert_eq!(text("field", "  Крыша ", 5).unwrap(), "Крыша");
        for wrong in ["", " \n", "\u{200b}\u{2060}", "Крыша2", "\u{ad}"] {
            let error = text("field", wrong, 5).unwrap_err();
            assert_eq!(error.code(), "BAD_INPUT", "{wrong:?}");
        }
    }
}
