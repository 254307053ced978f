//! A file of facts: an object of JSON whose fields are checked one by one, so that an error names the file
//! and the field in the reader's language.

use super::{malformed, read};
use antelope_cli::{Failure, Fallible};
use coop_language::{Messages, Words};
use serde_json::{Map, Value};
use std::fmt::Display;
use std::path::{Path, PathBuf};

/// The most characters of a part of a name.
pub(super) const NAME: usize = 60;
/// The most characters of any other fact.
pub(super) const FACT: usize = 200;

/// The fields of an object.
pub(super) struct Fields<'m> {
    messages: &'m Messages,
    file: PathBuf,
    /// The field that this object is in, with a dot: `bank.`.
    within: String,
    fields: Map<String, Value>,
}

impl<'m> Fields<'m> {
    /// Reads the object of a file.
    ///
    /// # Errors
    /// `desk.read`, `desk.parse`.
    pub(super) fn read(messages: &'m Messages, file: &Path) -> Fallible<Self> {
        match read(messages, file)? {
            Value::Object(fields) => Ok(Self {
                messages,
                file: file.to_owned(),
                within: String::new(),
                fields,
            }),
            _ => Err(malformed(
                messages,
                file,
                &messages.text("folder.no_object"),
            )),
        }
    }

    /// Fails unless every field is one of these.
    ///
    /// # Errors
    /// `desk.parse`, with the fields that there may be.
    pub(super) fn only(&self, known: &[&str]) -> Fallible<()> {
        let mut fields = self.fields.keys();
        match fields.find(|it| !known.contains(&it.as_str())) {
            None => Ok(()),
            Some(field) => {
                let words = Words::of("folder.unknown").with("field", self.called(field));
                Err(self.wrong(words).expected(known.join(", ")))
            }
        }
    }

    /// A text that must be there.
    ///
    /// # Errors
    /// `desk.parse` where it is missing, empty, too long, or has characters that nobody sees.
    pub(super) fn text(&self, field: &str, most: usize) -> Fallible<String> {
        self.optional(field, most)?.ok_or_else(|| {
            let words = Words::of("folder.missing").with("field", self.called(field));
            self.wrong(words)
        })
    }

    /// A text that may be missing.
    ///
    /// # Errors
    /// As [`Fields::text`], for one that is there.
    pub(super) fn optional(&self, field: &str, most: usize) -> Fallible<Option<String>> {
        let text = match self.fields.get(field) {
            None | Some(Value::Null) => return Ok(None),
            Some(Value::String(text)) => text.trim(),
            Some(_) => {
                let words = Words::of("folder.no_text").with("field", self.called(field));
                return Err(self.wrong(words));
            }
        };
        let is_unseen = |it: char| it.is_control() || coop_documents::is_invisible(it);
        let words = match text.chars().count() {
            0 => Words::of("folder.empty"),
            count if count > most => Words::of("folder.long")
                .with("count", count)
                .with("most", most),
            _ if text.chars().any(is_unseen) => Words::of("folder.invisible"),
            _ => return Ok(Some(text.to_owned())),
        };
        Err(self.wrong(words.with("field", self.called(field))))
    }

    /// The fields of an object that must be there.
    ///
    /// # Errors
    /// `desk.parse` where it is missing or something else.
    pub(super) fn object(&self, field: &str) -> Fallible<Self> {
        match self.fields.get(field) {
            Some(Value::Object(fields)) => Ok(Self {
                messages: self.messages,
                file: self.file.clone(),
                within: format!("{}{field}.", self.within),
                fields: fields.clone(),
            }),
            None => {
                let words = Words::of("folder.missing").with("field", self.called(field));
                Err(self.wrong(words))
            }
            Some(_) => {
                let words = Words::of("folder.no_bank").with("field", self.called(field));
                Err(self.wrong(words))
            }
        }
    }

    /// That the value of a field cannot be: `words` have places for it, `{field}` and `{value}`.
    pub(super) fn refuse(&self, field: &str, value: impl Display, words: Words) -> Box<Failure> {
        self.wrong(words.with("field", self.called(field)).with("value", value))
    }

    fn wrong(&self, words: Words) -> Box<Failure> {
        malformed(self.messages, &self.file, &words.say(self.messages))
    }

    /// What a field is called, in the file and by people: `bank.bik (БИК)`.
    fn called(&self, field: &str) -> String {
        let name = format!("{}{field}", self.within);
        let called = people_call(&name).map(|key| self.messages.text(key));
        match called.filter(|it| *it != name) {
            Some(called) => format!("{name} ({called})"),
            None => name,
        }
    }
}

/// The message with what people call a field.
fn people_call(field: &str) -> Option<&'static str> {
    Some(match field {
        "address" => "field.address",
        "bank" => "field.bank",
        "bank.account" => "field.account",
        "bank.bik" => "field.bik",
        "bank.corr_account" => "field.corr_account",
        "bank.name" => "field.bank_name",
        "based_on" => "field.based_on",
        "birth_date" => "field.birth_date",
        "email" => "field.email",
        "first_name" => "field.first_name",
        "inn" => "field.inn",
        "kind" => "field.kind",
        "kpp" => "field.kpp",
        "last_name" => "field.last_name",
        "middle_name" => "field.middle_name",
        "name" => "field.name",
        "ogrn" => "field.ogrn",
        "ogrnip" => "field.ogrnip",
        "phone" => "field.phone",
        "represented_by" => "field.represented_by",
        "short_name" => "field.short_name",
        "timezone" => "field.timezone",
        _ => return None,
    })
}
