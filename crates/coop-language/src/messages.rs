//! The messages of one language, read from a file of lines `key = text`.

use crate::lang::Lang;
use coop_model::parameters::TEXTS;
use std::{collections::BTreeMap, fmt::Display};

/// The messages of one language.
#[derive(Clone, Debug)]
pub struct Messages {
    lang: Lang,
    texts: BTreeMap<&'static str, &'static str>,
}

impl Messages {
    /// Reads a file of messages: a line is `key = text`, lines that begin with `#` are comments.
    pub fn read(lang: Lang, file: &'static str) -> Self {
        let lines = file.lines().filter(|line| !line.starts_with('#'));
        Self {
            lang,
            texts: lines.filter_map(|line| line.split_once(" = ")).collect(),
        }
    }

    /// The language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// A message with its places `{name}` filled in, those of the protocol's parameters from [`TEXTS`].
    /// A message that is missing shows its key; [`faults`](crate::faults) sees to it that none is.
    pub fn say(&self, key: &'static str, values: &[(&str, &dyn Display)]) -> String {
        let mut rest = self.texts.get(key).copied().unwrap_or(key);
        let mut out = String::with_capacity(rest.len());
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
                out.push_str(&value.to_string());
            } else if let Some((_, number)) = TEXTS.iter().find(|(known, _)| *known == name) {
                out.push_str(number);
            }
            rest = after;
        }
        out.push_str(rest);
        out
    }

    /// A message without places.
    pub fn text(&self, key: &'static str) -> String {
        self.say(key, &[])
    }

    pub(crate) fn texts(&self) -> &BTreeMap<&'static str, &'static str> {
        &self.texts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_from_values_and_from_the_parameters_of_the_protocol() {
        let messages = Messages::read(
            Lang::En,
            "# a comment\na.first = {who} waits {voting_hours} hours",
        );
        let (_, hours) = TEXTS
            .iter()
            .find(|(name, _)| *name == "voting_hours")
            .unwrap();
        assert_eq!(
            messages.say("a.first", &[("who", &"anna")]),
            format!("anna waits {hours} hours")
        );
        assert_eq!(messages.text("a.missing"), "a.missing");
    }
}
