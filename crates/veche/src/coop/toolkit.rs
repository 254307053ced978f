//! What the toolkit says on the way of the cooperative's commands, in Russian.
//!
//! `antelope-cli` and the crates below it know no cooperative and speak English. Their texts are looked up as
//! they are said, each line by itself, in `messages/toolkit.ru.txt`; the values of their places are texts as
//! well. What is not there stays as it is: names, numbers, and the words of the operating system.

const TEXTS: &str = include_str!("messages/toolkit.ru.txt");

/// The same of what the parser of arguments says about a command line.
const USAGE: &str = include_str!("messages/usage.ru.txt");

/// The text in Russian, as far as it is known.
pub(super) fn in_russian(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(line).collect();
    lines.join("\n")
}

/// Each text of a file with its translation.
fn pairs(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut lines = file.lines().filter(|line| !line.starts_with('#'));
    std::iter::from_fn(move || Some((lines.next()?, lines.next()?.trim_start())))
}

fn line(text: &str) -> String {
    let body = text.trim_start();
    let indent = &text[..text.len() - body.len()];
    let found = pairs(TEXTS)
        .chain(pairs(USAGE))
        .filter_map(|(english, russian)| Some((values(english, body)?, russian)))
        // Of several the one that has the least in its places.
        .min_by_key(|(values, _)| values.iter().map(|it| it.len()).sum::<usize>());
    match found {
        Some((values, russian)) => format!("{indent}{}", filled(russian, &values)),
        None => text.to_owned(),
    }
}

/// The values of the places of a text; `None` where this is another text.
fn values<'t>(english: &str, text: &'t str) -> Option<Vec<&'t str>> {
    let mut parts = english.split('{');
    let mut rest = text.strip_prefix(parts.next()?)?;
    let mut after: Vec<_> = parts.filter_map(|part| part.split_once('}')).collect();
    let Some((_, last)) = after.pop() else {
        return rest.is_empty().then(Vec::new);
    };
    let mut values = Vec::new();
    for (_, literal) in after {
        let (value, behind) = rest.split_once(literal)?;
        values.push(value);
        rest = behind;
    }
    values.push(rest.strip_suffix(last)?);
    Some(values)
}

/// The translation with its values, which are shorter than the text that they are of.
fn filled(russian: &str, values: &[&str]) -> String {
    let mut parts = russian.split('{');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, literal) = part.split_once('}').unwrap_or_default();
        let number: usize = number.parse().unwrap_or_default();
        let value = number.checked_sub(1).and_then(|it| values.get(it));
        text += &value.map(|it| line(it)).unwrap_or_default();
        text += literal;
    }
    text
}

#[cfg(test)]
mod tests;
