//! Facts in JSON: an object whose fields are checked one by one, so that an error names the field and what is wrong
//! with it. What people have written there is not repeated.

use crate::calendar::{Date, Zone};
use crate::requisites::{self, RequisiteFault};
use crate::text::{is_blank, is_invisible};
use serde_json::{Map, Value};
use std::fmt;

/// The most bytes of a profile in JSON, or of what is told about a cooperative.
pub const MAX_PROFILE: usize = 16 * 1024;
/// The most characters of a part of a name, and of a number.
pub(crate) const NAME: usize = 60;
/// The most characters of any other field.
pub(crate) const FACT: usize = 200;

const BANK: &[&str] = &["name", "bik", "account", "corr_account"];

/// A field that is not what it should be. It does not repeat the field's value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct FieldError {
    /// The field, such as `bank.bik`; empty for all of the object.
    pub field: String,
    /// What is wrong with it.
    pub fault: FieldFault,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FieldFault {
    /// It is not JSON.
    NoJson {
        /// The line where reading ended, from 1.
        line: usize,
        /// The column.
        column: usize,
    },
    /// It is not an object with fields.
    NoObject,
    /// It has more bytes than [`MAX_PROFILE`].
    TooLarge,
    /// It has a field that there is not.
    UnknownField {
        /// Those that it may have.
        known: &'static [&'static str],
    },
    /// It has to be there.
    Missing,
    /// It is not a text.
    NoText,
    /// It is empty.
    Empty,
    /// It is longer than this many characters.
    Long(usize),
    /// It has control characters or others that nobody sees.
    Invisible,
    /// It is not a day as `1988-04-12`.
    NoDay,
    /// It is a day on which nobody who lives was born: one that has not come, or one before 1900.
    NoBirthday,
    /// It is not an address as `anna@example.org`.
    NoEmail,
    /// It has fewer than five digits.
    NoPhone,
    /// It is none of the kinds of people.
    NoKind,
    /// It is no zone that documents know.
    NoZone,
    /// It is a number that cannot be.
    Number(RequisiteFault),
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.field.as_str() {
            "" => write!(f, "the object {}", self.fault),
            field => write!(f, "{field} {}", self.fault),
        }
    }
}

impl fmt::Display for FieldFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoJson { line, column } => {
                write!(f, "is not JSON: line {line}, column {column}")
            }
            Self::NoObject => f.write_str("is not an object, expected fields with texts"),
            Self::TooLarge => write!(f, "has more than {MAX_PROFILE} bytes"),
            Self::UnknownField { known } => {
                write!(
                    f,
                    "has a field that is not known, expected {}",
                    known.join(", ")
                )
            }
            Self::Missing => f.write_str("is missing"),
            Self::NoText => f.write_str("is not a text"),
            Self::Empty => f.write_str("is empty"),
            Self::Long(most) => write!(f, "is too long, expected at most {most} characters"),
            Self::Invisible => f.write_str("has characters that nobody sees: type it again"),
            Self::NoDay => f.write_str("is not a day, expected one such as 1988-04-12"),
            Self::NoBirthday => f.write_str(
                "is no birthday of a living person, expected a day from 1900 until today",
            ),
            Self::NoEmail => {
                f.write_str("is no e-mail address, expected one such as anna@example.org")
            }
            Self::NoPhone => f.write_str("is no phone number, expected at least five digits"),
            Self::NoKind => f.write_str("is none of individual, entrepreneur, organization"),
            Self::NoZone => f.write_str("is no zone without summer time, such as Europe/Moscow"),
            Self::Number(RequisiteFault::Digits(count)) => {
                write!(f, "is not a number of {count} digits")
            }
            Self::Number(RequisiteFault::Kpp) => f.write_str("is not a KPP of nine characters"),
            Self::Number(RequisiteFault::Check) => {
                f.write_str("has a wrong digit: its last digits do not fit the others")
            }
            Self::Number(RequisiteFault::OfAnotherBank) => {
                f.write_str("is not an account of the bank with this bik")
            }
        }
    }
}

/// That all of an object is not what it should be.
pub(crate) fn whole(fault: FieldFault) -> FieldError {
    FieldError {
        field: String::new(),
        fault,
    }
}

/// The fields of an object in JSON. What a parser says may repeat what it has read, so only the place is told.
pub(crate) fn object(bytes: &[u8]) -> Result<Map<String, Value>, FieldError> {
    if bytes.len() > MAX_PROFILE {
        return Err(whole(FieldFault::TooLarge));
    }
    let value: Value = serde_json::from_slice(bytes).map_err(|error| {
        whole(FieldFault::NoJson {
            line: error.line(),
            column: error.column(),
        })
    })?;
    match value {
        Value::Object(fields) => Ok(fields),
        _ => Err(whole(FieldFault::NoObject)),
    }
}

/// An object whose fields are checked one by one.
pub(crate) struct Fields<'a> {
    within: &'static str,
    fields: &'a Map<String, Value>,
}

impl<'a> Fields<'a> {
    pub(crate) fn of(fields: &'a Map<String, Value>) -> Self {
        Self { within: "", fields }
    }

    pub(crate) fn refuse(&self, field: &str, fault: FieldFault) -> FieldError {
        FieldError {
            field: format!("{}{field}", self.within),
            fault,
        }
    }

    /// Fails unless every field is one of these.
    pub(crate) fn only(&self, known: &'static [&'static str]) -> Result<(), FieldError> {
        match self.fields.keys().all(|it| known.contains(&it.as_str())) {
            true => Ok(()),
            false => Err(FieldError {
                field: self.within.trim_end_matches('.').to_owned(),
                fault: FieldFault::UnknownField { known },
            }),
        }
    }

    /// A text that may be missing.
    pub(crate) fn optional(&self, field: &str, most: usize) -> Result<Option<String>, FieldError> {
        let text = match self.fields.get(field) {
            None | Some(Value::Null) => return Ok(None),
            Some(Value::String(text)) => text.trim(),
            Some(_) => return Err(self.refuse(field, FieldFault::NoText)),
        };
        let is_unseen = |it: char| it.is_control() || is_invisible(it);
        let fault = match text.chars().count() {
            _ if is_blank(text) => FieldFault::Empty,
            count if count > most => FieldFault::Long(most),
            _ if text.chars().any(is_unseen) => FieldFault::Invisible,
            _ => return Ok(Some(text.to_owned())),
        };
        Err(self.refuse(field, fault))
    }

    /// A text that must be there.
    pub(crate) fn text(&self, field: &str, most: usize) -> Result<String, FieldError> {
        let text = self.optional(field, most)?;
        text.ok_or_else(|| self.refuse(field, FieldFault::Missing))
    }

    /// A day that must be there.
    pub(crate) fn day(&self, field: &str) -> Result<Date, FieldError> {
        let day = Date::parse(&self.text(field, NAME)?);
        day.ok_or_else(|| self.refuse(field, FieldFault::NoDay))
    }

    /// A zone that must be there.
    pub(crate) fn zone(&self, field: &str) -> Result<Zone, FieldError> {
        let zone = Zone::named(&self.text(field, FACT)?);
        zone.map_err(|_| self.refuse(field, FieldFault::NoZone))
    }

    /// A number that must be there, and right.
    pub(crate) fn number(
        &self,
        field: &str,
        check: impl FnOnce(&str) -> Result<(), RequisiteFault>,
    ) -> Result<String, FieldError> {
        let text = self.text(field, NAME)?;
        let checked = check(&text);
        checked.map_err(|fault| self.refuse(field, FieldFault::Number(fault)))?;
        Ok(text)
    }

    /// The bank account as a statement names it.
    pub(crate) fn bank(&self) -> Result<String, FieldError> {
        let fields = match self.fields.get("bank") {
            Some(Value::Object(fields)) => fields,
            None | Some(Value::Null) => return Err(self.refuse("bank", FieldFault::Missing)),
            Some(_) => return Err(self.refuse("bank", FieldFault::NoObject)),
        };
        let bank = Self {
            within: "bank.",
            fields,
        };
        bank.only(BANK)?;
        let name = bank.text("name", FACT)?;
        let bik = bank.number("bik", requisites::bik)?;
        let account = bank.number("account", |it| requisites::account(it, &bik))?;
        let mut text = format!("{account} в {name}, БИК {bik}");
        if bank.has("corr_account") {
            let corr = |it: &str| requisites::corr_account(it, &bik);
            text += &format!(", к/с {}", bank.number("corr_account", corr)?);
        }
        Ok(text)
    }

    /// What a field has, as it was given.
    pub(crate) fn value(&self, field: &str) -> Value {
        self.fields.get(field).cloned().unwrap_or_default()
    }

    /// Whether a field is there.
    pub(crate) fn has(&self, field: &str) -> bool {
        self.fields.get(field).is_some_and(|it| !it.is_null())
    }
}
