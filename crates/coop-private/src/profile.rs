//! Profiles: who a person or an organization is, with what the law wants in a statement.
//!
//! | `kind` | fields |
//! |---|---|
//! | `individual`, the default | `last_name`, `first_name`, `middle_name` where there is one, `birth_date`, `address`, `phone`, `email` |
//! | `entrepreneur` | the same, `ogrnip`, `inn`, `bank` |
//! | `organization` | `name`, `short_name`, `address`, `ogrn`, `inn`, `kpp` where it has one, `bank`, `phone`, `email`, `represented_by`, `based_on` |
//!
//! `bank` is an object: `name`, `bik`, `account`, and `corr_account` where the bank has one.

use crate::error::PrivateError;
use crate::fault::{MAX_PROFILE, ProfileFault};
use antelope_types::Name;
use coop_documents::requisites::{self, RequisiteFault};
use coop_documents::{Applicant, Date, Entrepreneur, Organization, Party, Person, is_invisible};
use coop_model::people::kind;
use serde_json::{Map, Value, json};

/// The most characters of a part of a name, and of a number.
const NAME: usize = 60;
/// The most characters of any other field.
const FACT: usize = 200;

const INDIVIDUAL: &[&str] = &[
    "kind",
    "last_name",
    "first_name",
    "middle_name",
    "birth_date",
    "address",
    "phone",
    "email",
];
const ENTREPRENEUR: &[&str] = &[
    "kind",
    "last_name",
    "first_name",
    "middle_name",
    "birth_date",
    "address",
    "phone",
    "email",
    "ogrnip",
    "inn",
    "bank",
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
];
const BANK: &[&str] = &["name", "bik", "account", "corr_account"];

/// A bank account, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankDetails {
    /// The name of the bank.
    pub name: String,
    /// Its БИК.
    pub bik: String,
    /// The account.
    pub account: String,
    /// The account of the bank at the central bank, where it has one.
    pub corr_account: Option<String>,
}

/// Who a person or an organization is. Its fields have been checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Profile {
    /// A natural person.
    Individual(Box<Applicant>),
    /// An entrepreneur, whose bank is told apart.
    Entrepreneur(Box<Entrepreneur>, BankDetails),
    /// A legal person, whose bank is told apart.
    Organization(Box<Organization>, BankDetails),
}

impl Profile {
    /// Reads a profile of an account from JSON.
    ///
    /// # Errors
    /// [`PrivateError::Field`].
    pub fn from_json(account: Name, bytes: &[u8]) -> Result<Self, PrivateError> {
        let whole = |fault| PrivateError::Field {
            field: "the profile".to_owned(),
            fault,
        };
        if bytes.len() > MAX_PROFILE {
            return Err(whole(ProfileFault::TooLarge));
        }
        // What a parser says may repeat what it has read.
        let value: Value =
            serde_json::from_slice(bytes).map_err(|_| whole(ProfileFault::NoObject))?;
        let Value::Object(fields) = &value else {
            return Err(whole(ProfileFault::NoObject));
        };
        let fields = Fields { within: "", fields };
        let given = fields.optional("kind", NAME)?;
        match given.as_deref() {
            None | Some("individual") => {
                fields.only(INDIVIDUAL)?;
                Ok(Self::Individual(Box::new(fields.applicant(account)?)))
            }
            Some("entrepreneur") => {
                fields.only(ENTREPRENEUR)?;
                let bank = fields.bank()?;
                let entrepreneur = Entrepreneur {
                    applicant: fields.applicant(account)?,
                    ogrnip: fields.number("ogrnip", requisites::ogrnip)?,
                    inn: fields.number("inn", requisites::inn_of_person)?,
                    bank: bank.told(),
                };
                Ok(Self::Entrepreneur(Box::new(entrepreneur), bank))
            }
            Some("organization") => {
                fields.only(ORGANIZATION)?;
                let bank = fields.bank()?;
                let organization = fields.organization(account, bank.told())?;
                Ok(Self::Organization(Box::new(organization), bank))
            }
            Some(_) => Err(fields.refuse("kind", ProfileFault::NoKind)),
        }
    }

    /// The profile in JSON, as [`from_json`](Self::from_json) reads it.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Individual(it) => of_applicant(it, "individual"),
            Self::Entrepreneur(it, bank) => {
                let mut value = of_applicant(&it.applicant, "entrepreneur");
                value["ogrnip"] = json!(it.ogrnip);
                value["inn"] = json!(it.inn);
                value["bank"] = bank.to_json();
                value
            }
            Self::Organization(it, bank) => {
                let mut value = json!({
                    "kind": "organization",
                    "name": it.name,
                    "short_name": it.short_name,
                    "address": it.address,
                    "ogrn": it.ogrn,
                    "inn": it.inn,
                    "bank": bank.to_json(),
                    "phone": it.phone,
                    "email": it.email,
                    "represented_by": it.represented_by,
                    "based_on": it.based_on,
                });
                if let Some(kpp) = &it.kpp {
                    value["kpp"] = json!(kpp);
                }
                value
            }
        }
    }

    /// What it is, see [`coop_model::people::kind`].
    pub fn kind(&self) -> Name {
        match self {
            Self::Individual(_) => kind::INDIVIDUAL,
            Self::Entrepreneur(..) => kind::ENTREPRENEUR,
            Self::Organization(..) => kind::ORGANIZATION,
        }
    }

    /// The person or organization as documents name it.
    pub fn party(&self) -> Party {
        match self {
            Self::Individual(it) => it.person.clone().into(),
            Self::Entrepreneur(it, _) => it.applicant.person.clone().into(),
            Self::Organization(it, _) => (&**it).into(),
        }
    }

    /// The natural person; `None` for an organization.
    pub fn person(&self) -> Option<&Person> {
        match self {
            Self::Individual(it) => Some(&it.person),
            Self::Entrepreneur(it, _) => Some(&it.applicant.person),
            Self::Organization(..) => None,
        }
    }

    /// The full name.
    pub fn name(&self) -> String {
        match self {
            Self::Organization(it, _) => it.name.clone(),
            Self::Individual(_) | Self::Entrepreneur(..) => {
                self.person().map(Person::full_name).unwrap_or_default()
            }
        }
    }
}

impl BankDetails {
    /// As a statement names it.
    fn told(&self) -> String {
        let Self {
            name, bik, account, ..
        } = self;
        let corr = self.corr_account.as_ref();
        let corr = corr.map(|it| format!(", к/с {it}")).unwrap_or_default();
        format!("{account} в {name}, БИК {bik}{corr}")
    }

    fn to_json(&self) -> Value {
        let mut value = json!({"name": self.name, "bik": self.bik, "account": self.account});
        if let Some(number) = &self.corr_account {
            value["corr_account"] = json!(number);
        }
        value
    }
}

fn of_applicant(it: &Applicant, kind: &str) -> Value {
    let (year, month, day) = it.birth_date.parts();
    let mut value = json!({
        "kind": kind,
        "last_name": it.person.last_name,
        "first_name": it.person.first_name,
        "birth_date": format!("{year:04}-{month:02}-{day:02}"),
        "address": it.address,
        "phone": it.phone,
        "email": it.email,
    });
    if let Some(name) = &it.person.middle_name {
        value["middle_name"] = json!(name);
    }
    value
}

/// An object whose fields are checked one by one.
struct Fields<'a> {
    within: &'a str,
    fields: &'a Map<String, Value>,
}

impl Fields<'_> {
    fn refuse(&self, field: &str, fault: ProfileFault) -> PrivateError {
        PrivateError::Field {
            field: format!("{}{field}", self.within),
            fault,
        }
    }

    fn only(&self, known: &'static [&'static str]) -> Result<(), PrivateError> {
        match self.fields.keys().all(|it| known.contains(&it.as_str())) {
            true => Ok(()),
            false => Err(PrivateError::Field {
                field: match self.within {
                    "" => "the profile".to_owned(),
                    within => within.trim_end_matches('.').to_owned(),
                },
                fault: ProfileFault::UnknownField { known },
            }),
        }
    }

    fn optional(&self, field: &str, most: usize) -> Result<Option<String>, PrivateError> {
        let text = match self.fields.get(field) {
            None | Some(Value::Null) => return Ok(None),
            Some(Value::String(text)) => text.trim(),
            Some(_) => return Err(self.refuse(field, ProfileFault::NoText)),
        };
        let is_unseen = |it: char| it.is_control() || is_invisible(it);
        let fault = match text.chars().count() {
            0 => ProfileFault::Empty,
            count if count > most => ProfileFault::Long(most),
            _ if text.chars().any(is_unseen) => ProfileFault::Invisible,
            _ => return Ok(Some(text.to_owned())),
        };
        Err(self.refuse(field, fault))
    }

    fn text(&self, field: &str, most: usize) -> Result<String, PrivateError> {
        let text = self.optional(field, most)?;
        text.ok_or_else(|| self.refuse(field, ProfileFault::Missing))
    }

    fn number(
        &self,
        field: &str,
        check: impl FnOnce(&str) -> Result<(), RequisiteFault>,
    ) -> Result<String, PrivateError> {
        let text = self.text(field, NAME)?;
        let checked = check(&text);
        checked.map_err(|fault| self.refuse(field, ProfileFault::Number(fault)))?;
        Ok(text)
    }

    fn applicant(&self, account: Name) -> Result<Applicant, PrivateError> {
        let day = Date::parse(&self.text("birth_date", NAME)?);
        Ok(Applicant {
            person: Person {
                account,
                last_name: self.text("last_name", NAME)?,
                first_name: self.text("first_name", NAME)?,
                middle_name: self.optional("middle_name", NAME)?,
            },
            birth_date: day.ok_or_else(|| self.refuse("birth_date", ProfileFault::NoDay))?,
            address: self.text("address", FACT)?,
            phone: self.text("phone", FACT)?,
            email: self.text("email", FACT)?,
        })
    }

    fn organization(&self, account: Name, bank: String) -> Result<Organization, PrivateError> {
        let kpp = match self.fields.contains_key("kpp") {
            true => Some(self.number("kpp", requisites::kpp)?),
            false => None,
        };
        Ok(Organization {
            account,
            name: self.text("name", FACT)?,
            short_name: self.text("short_name", FACT)?,
            address: self.text("address", FACT)?,
            ogrn: self.number("ogrn", requisites::ogrn)?,
            inn: self.number("inn", requisites::inn_of_organization)?,
            kpp,
            bank,
            phone: self.text("phone", FACT)?,
            email: self.text("email", FACT)?,
            represented_by: self.text("represented_by", FACT)?,
            based_on: self.text("based_on", FACT)?,
        })
    }

    fn bank(&self) -> Result<BankDetails, PrivateError> {
        let fields = match self.fields.get("bank") {
            Some(Value::Object(fields)) => fields,
            Some(_) => return Err(self.refuse("bank", ProfileFault::NoObject)),
            None => return Err(self.refuse("bank", ProfileFault::Missing)),
        };
        let fields = Fields {
            within: "bank.",
            fields,
        };
        fields.only(BANK)?;
        let bik = fields.number("bik", requisites::bik)?;
        let corr_account = match fields.fields.contains_key("corr_account") {
            true => Some(fields.number("corr_account", |it| requisites::corr_account(it, &bik))?),
            false => None,
        };
        Ok(BankDetails {
            name: fields.text("name", FACT)?,
            account: fields.number("account", |it| requisites::account(it, &bik))?,
            corr_account,
            bik,
        })
    }
}

#[cfg(test)]
mod tests;
