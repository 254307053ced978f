//! What Veche says to people, in Russian and English: one file of messages per language.

use std::{collections::BTreeMap, fmt::Display, str::FromStr};

use coop_model::parameters::TEXTS;

/// A language of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Lang {
    /// Russian.
    Ru,
    /// English.
    #[default]
    En,
}

impl Lang {
    /// The languages with a file of messages.
    pub const ALL: [Self; 2] = [Self::Ru, Self::En];

    /// The language of a locale's name as `LANG` holds it: `ru_RU.UTF-8` is Russian, and whatever is not
    /// Russian is English.
    pub fn of_locale(locale: &str) -> Self {
        let language = locale
            .split(['_', '.', '-', '@'])
            .next()
            .unwrap_or_default();
        if language.eq_ignore_ascii_case("ru") {
            Self::Ru
        } else {
            Self::En
        }
    }

    /// The language the environment asks for, by POSIX: `LC_ALL`, then `LC_MESSAGES`, then `LANG`.
    pub fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name| variable(name).filter(|value| !value.is_empty());
        let locale = set("LC_ALL")
            .or_else(|| set("LC_MESSAGES"))
            .or_else(|| set("LANG"));
        locale.map_or_else(Self::default, |locale| Self::of_locale(&locale))
    }

    fn source(self) -> &'static str {
        match self {
            Self::Ru => include_str!("messages/ru.txt"),
            Self::En => include_str!("messages/en.txt"),
        }
    }
}

impl FromStr for Lang {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "ru" => Ok(Self::Ru),
            "en" => Ok(Self::En),
            _ => Err(format!("unknown language {text:?}, expected ru or en")),
        }
    }
}

/// Documents know the same two languages.
impl From<Lang> for coop_documents::Lang {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Ru => Self::Ru,
            Lang::En => Self::En,
        }
    }
}

/// The messages of one language.
pub(crate) struct Messages {
    lang: Lang,
    texts: BTreeMap<&'static str, &'static str>,
}

impl Messages {
    /// Loads the messages of a language.
    pub(crate) fn of(lang: Lang) -> Self {
        let lines = lang.source().lines().filter(|line| !line.starts_with('#'));
        Self {
            lang,
            texts: lines.filter_map(|line| line.split_once(" = ")).collect(),
        }
    }

    /// The language.
    pub(crate) fn lang(&self) -> Lang {
        self.lang
    }

    /// A message with its places `{name}` filled in, those of the protocol's parameters from
    /// [`TEXTS`]. A message that is missing shows its key, and a
    /// test sees to it that none is.
    pub(crate) fn say(&self, key: &'static str, values: &[(&str, &dyn Display)]) -> String {
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
    pub(crate) fn text(&self, key: &'static str) -> String {
        self.say(key, &[])
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn places(text: &str) -> BTreeSet<&str> {
        text.split('{')
            .skip(1)
            .filter_map(|part| part.split_once('}'))
            .map(|(name, _)| name)
            .collect()
    }

    #[test]
    fn every_language_has_the_same_messages_with_the_same_places() {
        let [ru, en] = Lang::ALL.map(Messages::of);
        assert_eq!(
            ru.texts.keys().collect::<Vec<_>>(),
            en.texts.keys().collect::<Vec<_>>()
        );
        for (key, text) in &ru.texts {
            assert_eq!(places(text), places(en.texts[key]), "places of {key}");
        }
    }

    #[test]
    fn every_line_of_a_file_is_a_message_of_its_own() {
        for lang in Lang::ALL {
            let lines: Vec<_> = lang
                .source()
                .lines()
                .filter(|line| !line.is_empty() && !line.starts_with('#'))
                .collect();
            assert!(lines.iter().all(|line| line.contains(" = ")), "{lang:?}");
            assert_eq!(
                lines.len(),
                Messages::of(lang).texts.len(),
                "{lang:?} has a key twice"
            );
        }
    }

    /// A number of the protocol is written once, among its parameters.
    #[test]
    fn no_message_contains_a_term_of_the_protocol() {
        for lang in Lang::ALL {
            for (key, text) in Messages::of(lang).texts {
                for (_, number) in TEXTS.iter().take(9) {
                    let words = text.split(|c: char| !c.is_alphanumeric());
                    assert!(
                        key.starts_with("problem.") || words.clone().all(|word| word != *number),
                        "{key}: {text}"
                    );
                }
            }
        }
    }

    /// The keys are literals in the sources, so the sources say which are used.
    #[test]
    fn the_messages_are_those_that_the_code_uses() {
        let mut used = BTreeSet::new();
        let mut folders = vec![std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|ending| ending == "rs") {
                    let source = std::fs::read_to_string(path).unwrap();
                    used.extend(
                        source
                            .split('"')
                            .filter(|part| is_key(part))
                            .map(str::to_owned),
                    );
                }
            }
        }
        let known: BTreeSet<_> = Messages::of(Lang::En)
            .texts
            .keys()
            .map(|key| (*key).to_owned())
            .collect();
        assert_eq!(used, known);
    }

    fn is_key(text: &str) -> bool {
        let groups = [
            "problem.",
            "step.",
            "attempt.",
            "result.",
            "check.",
            "report.",
            "keep.",
            "progress.",
            "who.",
            "error.",
            "story.",
            "bank.",
        ];
        groups.iter().any(|group| {
            text.strip_prefix(group)
                .is_some_and(|rest| !rest.is_empty())
        }) && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c == '_' || c == '.')
    }

    #[test]
    fn the_environment_chooses_the_language() {
        let with = |name: &'static str, value: &'static str| {
            Lang::of_environment(move |asked| (asked == name).then(|| value.to_owned()))
        };
        assert_eq!(with("LANG", "ru_RU.UTF-8"), Lang::Ru);
        assert_eq!(with("LC_ALL", "ru"), Lang::Ru);
        assert_eq!(with("LANG", "C.UTF-8"), Lang::En);
        assert_eq!(with("OTHER", "ru"), Lang::En);
    }
}
