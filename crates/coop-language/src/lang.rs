//! Which languages there are, and which one a person reads.

use std::str::FromStr;

/// A language that people read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// Russian, the language of documents that are signed.
    Ru,
    /// English.
    En,
}

impl Lang {
    /// All languages.
    pub const ALL: [Self; 2] = [Self::Ru, Self::En];

    /// The tag that locales and a document's meta carry: `ru`.
    pub const fn tag(self) -> &'static str {
        self.pick("ru", "en")
    }

    /// The text of this language.
    pub const fn pick(self, ru: &'static str, en: &'static str) -> &'static str {
        match self {
            Self::Ru => ru,
            Self::En => en,
        }
    }

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

    /// The language the environment asks for, by POSIX: `LC_ALL`, then `LC_MESSAGES`, then `LANG`;
    /// English where none of them is set.
    pub fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name| variable(name).filter(|value| !value.is_empty());
        let locale = set("LC_ALL")
            .or_else(|| set("LC_MESSAGES"))
            .or_else(|| set("LANG"));
        locale.map_or(Self::En, |locale| Self::of_locale(&locale))
    }
}

impl FromStr for Lang {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|lang| lang.tag() == text);
        found.ok_or_else(|| format!("unknown language {text:?}, expected ru or en"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_named_by_their_tags() {
        assert_eq!("ru".parse(), Ok(Lang::Ru));
        assert_eq!("en".parse(), Ok(Lang::En));
        assert!("fr".parse::<Lang>().is_err());
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
