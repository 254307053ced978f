//! Finding numbers in texts.

/// The numbers that stand in a text, in order: `up to 1 000 rows` has 1 and 000. A digit inside a
/// word, as in `sha256`, is not a number.
pub fn numbers(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| !it.is_alphanumeric() && it != '_')
        .filter(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The text without what stands between `{{` and `}}` and between percent signs.
pub fn without_places(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(['{', '%']) {
        out.push_str(&rest[..start]);
        let place = &rest[start..];
        let end = match (place.strip_prefix("{{"), place.strip_prefix('%')) {
            (Some(inside), _) => inside.find("}}").map(|at| at + 4),
            (_, Some(inside)) => inside.find('%').map(|at| at + 2),
            _ => None,
        };
        let Some(end) = end else {
            out.push_str(&place[..1]);
            rest = &place[1..];
            continue;
        };
        out.push(' ');
        rest = &place[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_words_of_digits() {
        let found: Vec<_> = numbers("48 hours, sha256, 1 to 50: K1, 2026-01").collect();
        assert_eq!(found, ["48", "1", "50", "2026", "01"]);
    }

    #[test]
    fn places_are_left_out() {
        let text = "for %voting_hours% hours {{params.fee2}} 7 %% {x";
        assert_eq!(without_places(text), "for   hours   7   {x");
    }
}
