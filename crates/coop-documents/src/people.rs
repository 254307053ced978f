//! The people and the cooperative a document speaks about.

use crate::calendar::{Date, Zone};
use crate::fields::{FACT, FieldError, Fields, object};
use crate::text::{MOST_MARKS, is_combining, is_invisible};
use antelope_types::Name;
use serde_json::{Value, json};

/// A person: known to the chain by the account only, named in documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The account, twelve letters a–z.
    pub account: Name,
    /// Фамилия.
    pub last_name: String,
    /// Имя.
    pub first_name: String,
    /// Отчество, where a person has one.
    pub middle_name: Option<String>,
}

impl Person {
    /// `Белова Мария Андреевна`
    pub fn full_name(&self) -> String {
        [
            Some(&self.last_name),
            Some(&self.first_name),
            self.middle_name.as_ref(),
        ]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(" ")
    }

    /// `Белова М. А.`, held together by no-break spaces.
    pub fn short_name(&self) -> String {
        let initials = [Some(&self.first_name), self.middle_name.as_ref()];
        initials
            .into_iter()
            .flatten()
            .filter_map(|name| initial(name))
            .fold(self.last_name.clone(), |name, initial| {
                format!("{name}\u{a0}{initial}.")
            })
    }

    pub(crate) fn fields(&self) -> Value {
        json!({
            "account": self.account.to_string(),
            "full_name": self.full_name(),
            "short_name": self.short_name(),
            "is_organization": false,
        })
    }
}

/// The first letter that is seen, with the marks over it: `Й` may be two characters.
fn initial(name: &str) -> Option<String> {
    let is_seen = |c: &char| !is_invisible(*c) && !c.is_whitespace() && !c.is_control();
    let mut letters = name.chars().filter(is_seen);
    let first = letters.next()?;
    let marks = letters.take_while(|c| is_combining(*c)).take(MOST_MARKS);
    Some(std::iter::once(first).chain(marks).collect())
}

/// What an applicant tells the cooperative about themselves. It stays in the document's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applicant {
    /// The applicant.
    pub person: Person,
    /// The day of birth.
    pub birth_date: Date,
    /// The postal address.
    pub address: String,
    /// The telephone number.
    pub phone: String,
    /// The e-mail address, for notices.
    pub email: String,
}

/// What an entrepreneur tells besides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entrepreneur {
    /// The person.
    pub applicant: Applicant,
    /// ОГРНИП, the number in the state register.
    pub ogrnip: String,
    /// ИНН, the taxpayer's number.
    pub inn: String,
    /// The bank account.
    pub bank: String,
}

/// A legal person, with what the law wants in its statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// The account, twelve letters a–z.
    pub account: Name,
    /// The full name.
    pub name: String,
    /// The short name.
    pub short_name: String,
    /// The seat.
    pub address: String,
    /// ОГРН, the number in the state register.
    pub ogrn: String,
    /// ИНН, the taxpayer's number.
    pub inn: String,
    /// КПП, the code of its registration with a tax office, where it has one.
    pub kpp: Option<String>,
    /// The bank account.
    pub bank: String,
    /// The telephone number.
    pub phone: String,
    /// The e-mail address, for notices.
    pub email: String,
    /// Who acts for it, in words.
    pub represented_by: String,
    /// On what ground.
    pub based_on: String,
}

/// Whom a protocol is about: a natural or a legal person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Party {
    /// A natural person.
    Person(Person),
    /// A legal person.
    Organization {
        /// The account.
        account: Name,
        /// The full name.
        name: String,
        /// The short name.
        short_name: String,
    },
}

impl Party {
    /// The account.
    pub fn account(&self) -> Name {
        match self {
            Self::Person(person) => person.account,
            Self::Organization { account, .. } => *account,
        }
    }

    /// `Белова М. А.` or `ООО «Мельница»`.
    pub fn short_name(&self) -> String {
        match self {
            Self::Person(person) => person.short_name(),
            Self::Organization { short_name, .. } => short_name.clone(),
        }
    }

    pub(crate) fn fields(&self) -> Value {
        match self {
            Self::Person(person) => person.fields(),
            Self::Organization {
                account,
                name,
                short_name,
            } => json!({
                "account": account.to_string(),
                "full_name": name,
                "short_name": short_name,
                "is_organization": true,
            }),
        }
    }
}

impl From<Person> for Party {
    fn from(person: Person) -> Self {
        Self::Person(person)
    }
}

impl From<&Organization> for Party {
    fn from(organization: &Organization) -> Self {
        Self::Organization {
            account: organization.account,
            name: organization.name.clone(),
            short_name: organization.short_name.clone(),
        }
    }
}

/// The cooperative whose documents are rendered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cooperative {
    /// The account of the cooperative.
    pub account: Name,
    /// The full name, with its kind: `Потребительский кооператив «Заречье»`.
    pub name: String,
    /// The short name: `ПК «Заречье»`.
    pub short_name: String,
    /// The seat of the cooperative, the place of its meetings.
    pub address: String,
    /// The zone its documents are dated in.
    pub zone: Zone,
}

impl Cooperative {
    /// Reads what is told about the cooperative from JSON: `name`, `short_name`, `address`, `timezone`.
    ///
    /// # Errors
    /// The first field that is not what it should be.
    pub fn from_json(account: Name, bytes: &[u8]) -> Result<Self, FieldError> {
        let given = object(bytes)?;
        let fields = Fields::of(&given);
        fields.only(&["name", "short_name", "address", "timezone"])?;
        Ok(Self {
            account,
            zone: fields.zone("timezone")?,
            name: fields.text("name", FACT)?,
            short_name: fields.text("short_name", FACT)?,
            address: fields.text("address", FACT)?,
        })
    }

    pub(crate) fn fields(&self) -> Value {
        json!({
            "account": self.account.to_string(),
            "name": self.name,
            "short_name": self.short_name,
            "address": self.address,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_types::name;

    #[test]
    fn an_initial_is_the_first_letter_that_is_seen() {
        let short = |first_name: &str| {
            let person = Person {
                account: name!("nolifarubime"),
                last_name: "Белова".into(),
                first_name: first_name.into(),
                middle_name: None,
            };
            person.short_name()
        };
        assert_eq!(short("Мария"), "Белова\u{a0}М.");
        assert_eq!(short("\u{202e} Мария"), "Белова\u{a0}М.");
        assert_eq!(short("И\u{306}ован"), "Белова\u{a0}И\u{306}.");
        assert_eq!(short("\u{200b}"), "Белова");
    }
}
