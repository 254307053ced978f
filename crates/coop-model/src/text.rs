//! Numbers in texts: `%voting_hours%` becomes the parameter, `%%` a percent sign.

use crate::parameters::TEXTS;
use alloc::string::String;
use core::fmt;

/// A text that cannot be expanded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextError {
    /// No parameter has the name between two percent signs.
    UnknownParameter(String),
    /// A percent sign stands alone.
    LonePercentSign,
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownParameter(name) => write!(
                f,
                "%{name}% is not the name of a parameter; coop_model::parameters::TEXTS has them all"
            ),
            Self::LonePercentSign => f.write_str("a percent sign stands alone: write %%"),
        }
    }
}

impl core::error::Error for TextError {}

/// The text with the numbers of [`TEXTS`] in it.
///
/// # Errors
/// [`TextError`] when a name is unknown or a percent sign stands alone.
///
/// ```
/// use coop_model::parameters::VOTING_HOURS;
///
/// let text = coop_model::text::expand("%voting_hours% hours, 100 %%").unwrap();
/// assert_eq!(text, format!("{VOTING_HOURS} hours, 100 %"));
/// assert!(coop_model::text::expand("%voting_weeks% weeks").is_err());
/// ```
pub fn expand(text: &str) -> Result<String, TextError> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        let (name, after) = after.split_once('%').ok_or(TextError::LonePercentSign)?;
        if name.is_empty() {
            out.push('%');
        } else if name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        {
            let value = value(name).ok_or_else(|| TextError::UnknownParameter(name.into()))?;
            out.push_str(value);
        } else {
            return Err(TextError::LonePercentSign);
        }
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

/// The parameter of this name, as texts spell it.
pub fn value(name: &str) -> Option<&'static str> {
    TEXTS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|&(_, value)| value)
}
