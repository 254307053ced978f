//! Numbers in pages that are written by hand: `<!--%voting_hours%-->48<!--%-->`.
//!
//! Readers see the number; the marks, which a Markdown reader hides, tell the generator what it is.

use crate::TextsError;
use coop_model::text::{TextError, value};
use std::path::Path;

const OPEN: &str = "<!--%";
const NAMED: &str = "%-->";
const CLOSE: &str = "<!--%-->";

/// The page with the present numbers between the marks.
///
/// # Errors
/// [`TextsError`] when a name is unknown or a mark has no end.
pub fn refreshed(path: &Path, page: &str) -> Result<String, TextsError> {
    let mut out = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, name, after)) = next(rest) {
        out.push_str(before);
        let number = value(name)
            .ok_or_else(|| TextError::UnknownParameter(name.to_owned()))
            .map_err(TextsError::text(path))?;
        let (_, after) = after
            .split_once(CLOSE)
            .ok_or_else(|| TextsError::OpenBlock {
                path: path.to_owned(),
                name: name.to_owned(),
            })?;
        for part in [OPEN, name, NAMED, number, CLOSE] {
            out.push_str(part);
        }
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

/// The page without its marked numbers: what is left must not name a parameter's value.
pub fn removed(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, _, after)) = next(rest) {
        out.push_str(before);
        rest = after.split_once(CLOSE).map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

/// What stands before the next mark, its name, and what follows it.
fn next(text: &str) -> Option<(&str, &str, &str)> {
    let (before, after) = text.split_once(OPEN)?;
    let (name, after) = after.split_once(NAMED)?;
    Some((before, name, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marked_number_follows_its_parameter() {
        let page = "a vote takes <!--%voting_hours%-->1<!--%--> hours, a veto <!--%veto_days%-->2<!--%--> days";
        let fresh = refreshed(Path::new("page.md"), page).unwrap();
        let (hours, days) = (value("voting_hours").unwrap(), value("veto_days").unwrap());
        assert!(fresh.contains(&format!("<!--%voting_hours%-->{hours}<!--%--> hours")));
        assert!(fresh.contains(&format!("<!--%veto_days%-->{days}<!--%--> days")));
        assert_eq!(removed(page), "a vote takes  hours, a veto  days");
    }

    #[test]
    fn a_mark_must_be_known_and_closed() {
        let path = Path::new("page.md");
        let error = |page| refreshed(path, page).unwrap_err().to_string();
        assert_eq!(
            error("<!--%weeks%-->1<!--%-->"),
            "page.md: %weeks% is not the name of a parameter; coop_model::parameters::TEXTS has them all"
        );
        assert_eq!(
            error("<!--%voting_hours%-->1"),
            "page.md: <!--%voting_hours%--> has no end mark <!--%-->"
        );
    }
}
