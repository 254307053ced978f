//! The templates of all forms, the same names in every language.

use crate::{
    DocumentError,
    marks::{self, Part},
    text::{self, LINE_WIDTH},
};
use coop_language::Lang;
use minijinja::{Environment, UndefinedBehavior, syntax::SyntaxConfig};

/// How far a field's value stands from the edge.
const FIELD_INDENT: usize = 18;

/// A template with its texts in both languages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Template {
    /// Its name, by which others include it.
    pub(crate) name: &'static str,
    /// The Russian text.
    pub(crate) ru: &'static str,
    /// The English text.
    pub(crate) en: &'static str,
}

/// What the filters of templates make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Lines of a plain text: what is signed.
    Text,
    /// The same words with marks around each part of the document, for [`marks::read`].
    Marked,
}

/// Lists templates: the name, the Russian and the English text.
macro_rules! templates {
    ($($name:literal)+) => {
        &[$(Template {
            name: $name,
            ru: include_str!(concat!("templates/ru/", $name)),
            en: include_str!(concat!("templates/en/", $name)),
        },)+]
    };
}

/// Every template.
const TEMPLATES: &[Template] = templates![
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
    "act/destruction.txt"
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

/// Loads the templates of a language and some more, with the filters that they use.
pub(crate) fn load(
    lang: Lang,
    layout: Layout,
    more: &[Template],
) -> Result<Environment<'static>, DocumentError> {
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
    match layout {
        Layout::Text => lay_out(&mut environment),
        Layout::Marked => mark(&mut environment),
    }
    for template in TEMPLATES.iter().chain(more) {
        environment
            .add_template(template.name, lang.pick(template.ru, template.en))
            .map_err(broken(template.name))?;
    }
    Ok(environment)
}

/// The filters that make lines.
fn lay_out(environment: &mut Environment<'_>) {
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
}

/// The filters that put marks around each part.
fn mark(environment: &mut Environment<'_>) {
    environment.add_filter("center", |value: String| {
        marks::put(Part::Centered, "", &value)
    });
    environment.add_filter("para", |value: String| {
        marks::put(Part::Paragraph, "", &value) + "\n"
    });
    environment.add_filter("item", |value: String, mark: String| {
        marks::put(Part::Item, &mark, &value)
    });
    environment.add_filter("field", |value: String, label: String| {
        marks::put(Part::Item, &label, &value)
    });
    environment.add_filter("numbered", |value: String, number: u64| {
        marks::put(Part::Numbered, &number.to_string(), &value)
    });
    environment.add_filter("steps", |values: Vec<String>| {
        let numbered = values.iter().zip(1_u64..);
        let parts = numbered.map(|(text, n)| marks::put(Part::Numbered, &n.to_string(), text));
        parts.collect::<String>()
    });
    environment.add_global("rule", marks::put(Part::Rule, "", ""));
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
pub(crate) fn broken(template: &str) -> impl Fn(minijinja::Error) -> DocumentError {
    move |source| DocumentError::Template {
        template: template.to_owned(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_template_contains_a_number() {
        for Template { name, ru, en } in TEMPLATES {
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
                    assert!(TEMPLATES.iter().any(|it| it.name == name), "{name}");
                    count += 1;
                }
            }
            assert_eq!(count, TEMPLATES.len());
        }
    }

    /// A template of a released version is never changed: a document of that version is regenerated from
    /// it. Whoever wants other words adds a version of the form, see `versions`.
    #[test]
    fn templates_are_those_that_were_released() {
        let sum = |text: &str| crate::hash::sha256(text.as_bytes()).to_string()[..16].to_owned();
        let lines: Vec<_> = TEMPLATES
            .iter()
            .map(|it| format!("{} {} {}", it.name, sum(it.ru), sum(it.en)))
            .collect();
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!("released_templates", lines.join("\n"));
        });
    }
}
