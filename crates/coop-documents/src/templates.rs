//! The templates of all forms, the same names in every language.

use crate::{
    DocumentError,
    text::{self, LINE_WIDTH},
};
use coop_language::Lang;
use coop_model::parameters::TEXTS;
use minijinja::{Environment, UndefinedBehavior, syntax::SyntaxConfig};
use std::collections::BTreeMap;

/// How far a field's value stands from the edge.
const FIELD_INDENT: usize = 18;

/// Lists templates: the name, the Russian and the English text.
macro_rules! templates {
    ($($name:literal)+) => {
        &[$((
            $name,
            include_str!(concat!("templates/ru/", $name)),
            include_str!(concat!("templates/en/", $name)),
        ),)+]
    };
}

/// Every template.
const TEMPLATES: &[(&str, &str, &str)] = templates![
    "head.txt"
    "foot.txt"
    "to_council.txt"
    "from.txt"
    "thing.txt"
    "statement/admission.txt"
    "statement/asks.txt"
    "statement/entrepreneur.txt"
    "statement/organization.txt"
    "statement/exit.txt"
    "statement/moving.txt"
    "statement/blocking.txt"
    "statement/proposal.txt"
    "statement/money.txt"
    "statement/money_return.txt"
    "statement/property.txt"
    "statement/property_return.txt"
    "protocol.txt"
    "effect/joincoop.txt"
    "effect/sharemoney.txt"
    "effect/shareprop.txt"
    "effect/returnmoney.txt"
    "effect/returnprop.txt"
    "effect/leavecoop.txt"
    "effect/moveuser.txt"
    "effect/blockuser.txt"
    "effect/freedecision.txt"
    "act/sides.txt"
    "act/acceptance.txt"
    "act/handover.txt"
    "agreement/person.txt"
    "agreement/wallet.txt"
    "agreement/signature.txt"
    "agreement/privacy.txt"
    "agreement/statutes.txt"
    "meeting/present.txt"
    "meeting/rules.txt"
    "meeting/unanimous.txt"
    "meeting/founding.txt"
    "meeting/election.txt"
    "meeting/charter.txt"
];

/// Loads the templates of a language, with the filters and the parameters that they use.
pub(crate) fn load(lang: Lang) -> Result<Environment<'static>, DocumentError> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(
        SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            // An included text ends its last line.
            .keep_trailing_newline(true)
            .build()
            .map_err(broken("syntax"))?,
    );
    environment.add_filter("center", |value: String| text::centered(&value));
    environment.add_filter("para", |value: String| text::paragraph(&value) + "\n");
    environment.add_filter("item", |value: String, mark: String| {
        text::hanging(&value, &mark)
    });
    environment.add_filter("field", |value: String, label: String| {
        text::hanging(&value, &field(&label))
    });
    environment.add_filter("numbered", numbered);
    environment.add_filter("steps", |values: Vec<String>| {
        let numbered = values.into_iter().zip(1..);
        let lines: Vec<_> = numbered.map(|(text, n)| self::numbered(text, n)).collect();
        lines.join("\n")
    });
    environment.add_global("rule", "─".repeat(LINE_WIDTH));
    let parameters: BTreeMap<&str, &str> = TEXTS.iter().copied().collect();
    environment.add_global("parameters", minijinja::Value::from(parameters));
    for (name, ru, en) in TEMPLATES {
        environment
            .add_template(name, lang.pick(ru, en))
            .map_err(broken(name))?;
    }
    Ok(environment)
}

/// The label of a field, as wide as every other; a longer one is followed by one space.
fn field(label: &str) -> String {
    if label.chars().count() < FIELD_INDENT {
        format!("{label:FIELD_INDENT$}")
    } else {
        format!("{label} ")
    }
}

/// An item of a numbered list.
fn numbered(text: String, number: u64) -> String {
    text::hanging(&text, &format!("{number:3}. "))
}

/// Says which template it was.
pub(crate) fn broken(template: &'static str) -> impl Fn(minijinja::Error) -> DocumentError {
    move |source| DocumentError::Template { template, source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_template_contains_a_number() {
        for (name, ru, en) in TEMPLATES {
            for text in [ru, en] {
                let text = text.replace("SHA-256", "");
                assert!(!text.contains(|c: char| c.is_ascii_digit()), "{name}");
            }
        }
    }

    #[test]
    fn every_file_of_templates_is_listed() {
        for lang in Lang::ALL {
            let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("src/templates")
                .join(lang.tag());
            let mut folders = vec![root.clone()];
            let mut count = 0;
            while let Some(folder) = folders.pop() {
                for entry in std::fs::read_dir(folder).unwrap() {
                    let path = entry.unwrap().path();
                    if path.is_dir() {
                        folders.push(path);
                        continue;
                    }
                    let name = path.strip_prefix(&root).unwrap().to_str().unwrap();
                    assert!(TEMPLATES.iter().any(|(known, ..)| *known == name), "{name}");
                    count += 1;
                }
            }
            assert_eq!(count, TEMPLATES.len());
        }
    }
}
