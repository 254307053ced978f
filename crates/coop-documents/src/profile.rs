//! Profiles: who a person or an organization is, with what the law wants in a statement.
//!
//! | `kind` | fields |
//! |---|---|
//! | `individual`, the default | `last_name`, `first_name`, `middle_name` where there is one; whoever applies: `birth_date`, `address`, `phone`, `email` |
//! | `entrepreneur` | the same; whoever applies: `ogrnip`, `inn`, `bank`; where they are known apart from `address`: `country`, `city` |
//! | `organization` | `name`, `short_name`; whoever applies: `address`, `ogrn`, `inn`, `kpp` where it has one, `bank`, `phone`, `email`, `represented_by`, `based_on`; where they are known apart: `country` and `city`, and of who represents it `position`, `last_name`, `first_name`, `middle_name` |
//!
//! Documents name an address and who represents an organization by one text, `address` and `represented_by`. `bank` is an object: `name`, `bik`, `account`, and `corr_account` where the bank has one. Every field that is there
//! is checked, whether somebody applies or not.

use crate::calendar::Date;
use crate::fields::{FACT, FieldError, FieldFault, Fields, NAME, object};
use crate::forms::{EntrepreneurStatement, Fees, Form, OrganizationStatement, Statement};
use crate::people::{Applicant, Entrepreneur, Organization, Party, Person};
use crate::requisites;
use antelope_types::Name;
use coop_model::people::kind;
use serde_json::{Map, Value, json};

const INDIVIDUAL: &[&str] = &[
    "kind",
    "birth_date",
    "address",
    "phone",
    "email",
    "last_name",
    "first_name",
    "middle_name",
];
const ENTREPRENEUR: &[&str] = &[
    "kind",
    "birth_date",
    "address",
    "phone",
    "email",
    "last_name",
    "first_name",
    "middle_name",
    "ogrnip",
    "inn",
    "bank",
    "country",
    "city",
];
const ORGANIZATION: &[&str] = &[
    "kind",
    "name",
    "short_name",
    "address",
    "ogrn",
    "inn",
    "kpp",
    "bank",
    "phone",
    "email",
    "represented_by",
    "based_on",
    "country",
    "city",
    "position",
    "last_name",
    "first_name",
    "middle_name",
];

/// Who a person or an organization is. Its fields have been checked. Holds personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    kind: Name,
    party: Party,
    fields: Map<String, Value>,
}

/// Who applies for admission, with all that a statement tells about them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applying {
    /// A natural person.
    Individual(Box<Applicant>),
    /// An entrepreneur.
    Entrepreneur(Box<Entrepreneur>),
    /// A legal person.
    Organization(Box<Organization>),
}

/// The earliest year in which a person who lives was born.
const FIRST_YEAR: i64 = 1900;

/// The fewest digits of a phone number, that of a village for one.
const PHONE_DIGITS: usize = 5;

impl Profile {
    /// Reads a profile of an account from JSON.
    ///
    /// # Errors
    /// The first field that is not what it should be; those of names are missing, too.
    pub fn from_json(account: Name, bytes: &[u8]) -> Result<Self, FieldError> {
        let mut given = object(bytes)?;
        given.retain(|_, value| !value.is_null());
        let fields = Fields::of(&given);
        let kind = match fields.optional("kind", NAME)?.as_deref() {
            None | Some("individual") => kind::INDIVIDUAL,
            Some("entrepreneur") => kind::ENTREPRENEUR,
            Some("organization") => kind::ORGANIZATION,
            Some(_) => return Err(fields.refuse("kind", FieldFault::NoKind)),
        };
        let known = match kind {
            kind::ORGANIZATION => ORGANIZATION,
            kind::ENTREPRENEUR => ENTREPRENEUR,
            _ => INDIVIDUAL,
        };
        fields.only(known)?;
        let mut checked = Map::new();
        for field in known.iter().filter(|field| fields.has(field)) {
            checked.insert((*field).to_owned(), self::checked(&fields, kind, field)?);
        }
        checked.insert("kind".to_owned(), json!(kind.to_string()));
        Ok(Self {
            kind,
            party: party(account, kind, &Fields::of(&checked))?,
            fields: checked,
        })
    }

    /// What is asked of a profile when it is entered or somebody applies by it, and not of one that is kept already,
    /// which has to be readable for as long as the law wants: a birthday that has come, an e-mail address, a phone
    /// number.
    ///
    /// # Errors
    /// [`FieldFault::NoBirthday`], [`FieldFault::NoEmail`], [`FieldFault::NoPhone`], with the field.
    pub fn check_entered(&self, today: Date) -> Result<(), FieldError> {
        let fields = Fields::of(&self.fields);
        let check = |field, is_right: bool, fault| match is_right {
            true => Ok(()),
            false => Err(fields.refuse(field, fault)),
        };
        if fields.has("birth_date") {
            let day = fields.day("birth_date")?;
            let is_right = day <= today && day.parts().0 >= FIRST_YEAR;
            check("birth_date", is_right, FieldFault::NoBirthday)?;
        }
        if let Some(email) = fields.optional("email", FACT)? {
            check("email", is_email(&email), FieldFault::NoEmail)?;
        }
        if let Some(phone) = fields.optional("phone", FACT)? {
            let digits = phone.chars().filter(char::is_ascii_digit).count();
            check("phone", digits >= PHONE_DIGITS, FieldFault::NoPhone)?;
        }
        Ok(())
    }

    /// The profile in JSON, as [`from_json`](Self::from_json) reads it.
    pub fn to_json(&self) -> Value {
        Value::Object(self.fields.clone())
    }

    /// What it is, see [`coop_model::people::kind`].
    pub fn kind(&self) -> Name {
        self.kind
    }

    /// The person or organization as documents name it.
    pub fn party(&self) -> Party {
        self.party.clone()
    }

    /// The natural person; `None` for an organization.
    pub fn person(&self) -> Option<&Person> {
        match &self.party {
            Party::Person(person) => Some(person),
            Party::Organization { .. } => None,
        }
    }

    /// The full name.
    pub fn name(&self) -> String {
        match &self.party {
            Party::Person(person) => person.full_name(),
            Party::Organization { name, .. } => name.clone(),
        }
    }

    /// Whoever applies, with what a statement tells about them.
    ///
    /// # Errors
    /// A field that is missing for it.
    pub fn applying(&self) -> Result<Applying, FieldError> {
        let fields = Fields::of(&self.fields);
        let applicant = |person: &Person| {
            Ok(Applicant {
                birth_date: fields.day("birth_date")?,
                address: fields.text("address", FACT)?,
                phone: fields.text("phone", FACT)?,
                email: fields.text("email", FACT)?,
                person: person.clone(),
            })
        };
        Ok(match &self.party {
            Party::Organization { account, .. } => {
                Applying::Organization(Box::new(organization(*account, &fields)?))
            }
            Party::Person(person) if self.kind == kind::ENTREPRENEUR => {
                Applying::Entrepreneur(Box::new(Entrepreneur {
                    applicant: applicant(person)?,
                    ogrnip: fields.text("ogrnip", NAME)?,
                    inn: fields.text("inn", NAME)?,
                    bank: fields.bank()?,
                }))
            }
            Party::Person(person) => Applying::Individual(Box::new(applicant(person)?)),
        })
    }
}

impl Applying {
    /// As what they apply, see [`coop_model::people::kind`].
    pub fn kind(&self) -> Name {
        match self {
            Self::Individual(_) => kind::INDIVIDUAL,
            Self::Entrepreneur(_) => kind::ENTREPRENEUR,
            Self::Organization(_) => kind::ORGANIZATION,
        }
    }

    /// Who they are.
    pub fn party(&self) -> Party {
        match self {
            Self::Individual(it) => it.person.clone().into(),
            Self::Entrepreneur(it) => it.applicant.person.clone().into(),
            Self::Organization(it) => (&**it).into(),
        }
    }

    /// Their statement, by which they undertake to pay these fees.
    pub fn statement(self, fees: Fees) -> Box<dyn Form> {
        match self {
            Self::Individual(it) => Box::new(Statement {
                applicant: *it,
                fees,
            }),
            Self::Entrepreneur(it) => Box::new(EntrepreneurStatement {
                entrepreneur: *it,
                fees,
            }),
            Self::Organization(it) => Box::new(OrganizationStatement {
                organization: *it,
                fees,
            }),
        }
    }
}

/// Whether a text has the form of an e-mail address: a name, `@`, and a domain with a dot. Letters of any alphabet may
/// be in both.
fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else {
        return false;
    };
    let is_label = |it: &str| !it.is_empty();
    !name.is_empty()
        && !text.contains(char::is_whitespace)
        && !domain.contains('@')
        && domain.contains('.')
        && domain.split('.').all(is_label)
}

/// A field that is there, checked.
fn checked(fields: &Fields<'_>, of_kind: Name, field: &str) -> Result<Value, FieldError> {
    let is_organization = of_kind == kind::ORGANIZATION;
    let text = match field {
        "bank" => {
            fields.bank()?;
            return Ok(fields.value("bank"));
        }
        "birth_date" => {
            let (year, month, day) = fields.day(field)?.parts();
            format!("{year:04}-{month:02}-{day:02}")
        }
        "ogrn" => fields.number(field, requisites::ogrn)?,
        "ogrnip" => fields.number(field, requisites::ogrnip)?,
        "inn" if is_organization => fields.number(field, requisites::inn_of_organization)?,
        "inn" => fields.number(field, requisites::inn_of_person)?,
        "kpp" => fields.number(field, requisites::kpp)?,
        "last_name" | "first_name" | "middle_name" | "kind" => fields.text(field, NAME)?,
        _ => fields.text(field, FACT)?,
    };
    Ok(json!(text))
}

/// Whom a profile is of.
fn party(account: Name, of_kind: Name, fields: &Fields<'_>) -> Result<Party, FieldError> {
    Ok(match of_kind {
        kind::ORGANIZATION => Party::Organization {
            account,
            name: fields.text("name", FACT)?,
            short_name: fields.text("short_name", FACT)?,
        },
        _ => Party::Person(Person {
            account,
            last_name: fields.text("last_name", NAME)?,
            first_name: fields.text("first_name", NAME)?,
            middle_name: fields.optional("middle_name", NAME)?,
        }),
    })
}

/// The organization that these fields, which have been checked, are of.
fn organization(account: Name, fields: &Fields<'_>) -> Result<Organization, FieldError> {
    Ok(Organization {
        account,
        name: fields.text("name", FACT)?,
        short_name: fields.text("short_name", FACT)?,
        address: fields.text("address", FACT)?,
        ogrn: fields.text("ogrn", NAME)?,
        inn: fields.text("inn", NAME)?,
        kpp: fields.optional("kpp", NAME)?,
        bank: fields.bank()?,
        phone: fields.text("phone", FACT)?,
        email: fields.text("email", FACT)?,
        represented_by: fields.text("represented_by", FACT)?,
        based_on: fields.text("based_on", FACT)?,
    })
}

#[cfg(test)]
mod tests;
