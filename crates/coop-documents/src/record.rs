//! What has to be kept beside a document's meta so that its text can be made again.

use crate::{
    DocumentError, calendar::Zone, forms::Form, locale::Locale, people::Cooperative, text,
};
use antelope_types::{Name, TimePoint};
use coop_language::Lang;
use coop_model::{Meta, parameters::TEXTS};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// The most characters of one fact.
pub const MAX_FACT: usize = 10_000;
/// The most items of one list of facts.
pub const MAX_FACTS: usize = 10_000;

/// The facts of one document, as its template saw them: names, sums and dates as they were written, and
/// the parameters that held then. With the meta they give the same text in every later version of this
/// program. Holds personal data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The form, `statement/admission`; which version of it is in the meta.
    pub form: String,
    /// What the name of the document's file starts with, after the number in the registry.
    pub stem: String,
    /// What the form's template names.
    pub facts: Value,
}

impl Record {
    /// Writes down the facts of a form.
    ///
    /// # Errors
    /// [`DocumentError::LongFact`], [`DocumentError::ManyFacts`] and [`DocumentError::HiddenFact`] for a
    /// fact that no document can show.
    pub(crate) fn of(
        cooperative: &Cooperative,
        form: &dyn Form,
        locale: Locale,
    ) -> Result<Self, DocumentError> {
        let mut facts = form.fields(locale);
        facts["cooperative"] = cooperative.fields();
        let signers: Vec<_> = form.signers().iter().map(ToString::to_string).collect();
        facts["signers"] = json!(signers.join(", "));
        check(&facts, "")?;
        let parameters: Map<String, Value> = TEXTS
            .iter()
            .map(|(name, value)| ((*name).to_owned(), json!(value)))
            .collect();
        facts["parameters"] = Value::Object(parameters);
        Ok(Self {
            form: name_of(form.template()).to_owned(),
            stem: form.stem().to_owned(),
            facts,
        })
    }

    /// The accounts in a fact that lists them, `signers` or `opposed`, in the order of the document; none where there is
    /// no such fact.
    pub fn accounts(&self, fact: &str) -> impl Iterator<Item = Name> {
        let names = self.facts[fact].as_str().unwrap_or_default();
        names.split(", ").filter_map(|it| it.parse().ok())
    }

    /// Whether a fact is this account, or lists it. Facts about the cooperative do not count: every document has them.
    pub fn names(&self, account: Name) -> bool {
        let fields = self.facts.as_object().into_iter().flatten();
        let account = account.to_string();
        fields
            .filter(|(name, _)| *name != "cooperative")
            .any(|(_, fact)| names(fact, &account))
    }

    /// What a template is rendered with: the facts, and what the meta says.
    pub(crate) fn context(&self, meta: &Meta) -> Result<Value, DocumentError> {
        let locale = locale(meta)?;
        let mut context = match &self.facts {
            Value::Object(_) => self.facts.clone(),
            _ => Value::Object(Map::new()),
        };
        context["title"] = json!(meta.title);
        context["meta"] = json!({
            "registry_id": meta.registry_id,
            "account": meta.username.to_string(),
            "generator": meta.generator,
            "version": meta.version,
            "block_num": meta.block_num,
            "created_at": moment(locale, meta.created_at),
            "timezone": meta.timezone,
            "links": meta.links.iter().map(ToString::to_string).collect::<Vec<_>>(),
        });
        inline_all(&mut context);
        Ok(context)
    }
}

/// Whether a fact has this account, alone or in a list.
fn names(fact: &Value, account: &str) -> bool {
    match fact {
        Value::String(text) => text.split(", ").any(|it| it == account),
        Value::Array(items) => items.iter().any(|it| names(it, account)),
        Value::Object(fields) => fields.values().any(|it| names(it, account)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// The form that a template is of: its name without the ending.
pub(crate) fn name_of(template: &str) -> &str {
    template.trim_end_matches(".txt")
}

/// The language and the zone that a document was written in.
pub(crate) fn locale(meta: &Meta) -> Result<Locale, DocumentError> {
    let lang = Lang::ALL.into_iter().find(|it| it.tag() == meta.lang);
    Ok(Locale {
        lang: lang.ok_or_else(|| DocumentError::UnknownLang {
            tag: meta.lang.clone(),
        })?,
        zone: Zone::named(&meta.timezone)?,
    })
}

fn moment(locale: Locale, time: TimePoint) -> String {
    locale.moment(time.micros())
}

/// Makes every inserted value one harmless line; see [`text::inline`].
fn inline_all(value: &mut Value) {
    match value {
        Value::String(text) => *text = text::inline(text),
        Value::Array(items) => items.iter_mut().for_each(inline_all),
        Value::Object(fields) => fields.values_mut().for_each(inline_all),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Fails for a fact that no document can show, by its path: `applicant.full_name`.
fn check(value: &Value, path: &str) -> Result<(), DocumentError> {
    let field = || path.to_owned();
    match value {
        Value::String(text) => {
            let found = text.chars().count();
            if found > MAX_FACT {
                return Err(DocumentError::LongFact {
                    field: field(),
                    found,
                });
            }
            if !text.trim().is_empty() && text::inline(text).is_empty() {
                return Err(DocumentError::HiddenFact { field: field() });
            }
            Ok(())
        }
        Value::Array(items) if items.len() > MAX_FACTS => Err(DocumentError::ManyFacts {
            field: field(),
            found: items.len(),
        }),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .try_for_each(|(i, item)| check(item, &format!("{path}[{i}]"))),
        Value::Object(fields) => fields.iter().try_for_each(|(name, value)| match path {
            "" => check(value, name),
            path => check(value, &format!("{path}.{name}")),
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
    }
}
