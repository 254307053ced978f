//! `people/ACCOUNT.json`: who people and organizations are, and what the law wants in their statements.
//!
//! | `kind` | fields |
//! |---|---|
//! | `individual`, the default | `last_name`, `first_name`, `middle_name`; whoever applies: `birth_date`, `address`, `phone`, `email` |
//! | `entrepreneur` | the same; whoever applies: `ogrnip`, `inn`, `bank` |
//! | `organization` | `name`, `short_name`; whoever applies: `address`, `ogrn`, `inn`, `kpp` where it has one, `bank`, `phone`, `email`, `represented_by`, `based_on` |
//!
//! `bank` is an object: `name`, `bik`, `account`, and `corr_account` where the bank has one.

use super::Desk;
use super::fields::{FACT, Fields, NAME};
use antelope_cli::{Failure, Fallible};
use antelope_types::Name;
use coop_documents::{
    Applicant, Date, Entrepreneur, Organization, Party, Person,
    requisites::{self, RequisiteFault},
};
use coop_language::Words;
use coop_model::people::kind;
use coop_papers::Applying;
use std::path::PathBuf;

/// What a file about an individual may have.
const INDIVIDUAL: [&str; 8] = [
    "kind",
    "last_name",
    "first_name",
    "middle_name",
    "birth_date",
    "address",
    "phone",
    "email",
];
/// What a file about an entrepreneur may have besides.
const ENTREPRENEUR: [&str; 3] = ["ogrnip", "inn", "bank"];
const ORGANIZATION: [&str; 12] = [
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
const BANK: [&str; 4] = ["name", "bik", "account", "corr_account"];

impl Desk {
    /// The natural person with this account.
    ///
    /// # Errors
    /// `desk.read`, `desk.parse` for the file, also where it is about an organization.
    pub(in super::super) fn person(&self, account: Name) -> Fallible<Person> {
        let (of_kind, fields) = self.about(account)?;
        match of_kind {
            kind::ORGANIZATION => {
                let value = fields.text("short_name", FACT)?;
                Err(fields.refuse("kind", value, Words::of("folder.not_person")))
            }
            _ => person(account, &fields),
        }
    }

    /// The person or organization with this account.
    ///
    /// # Errors
    /// `desk.read`, `desk.parse` for the file.
    pub(in super::super) fn party(&self, account: Name) -> Fallible<Party> {
        let (of_kind, fields) = self.about(account)?;
        match of_kind {
            kind::ORGANIZATION => Ok(Party::Organization {
                account,
                name: fields.text("name", FACT)?,
                short_name: fields.text("short_name", FACT)?,
            }),
            _ => person(account, &fields).map(Party::Person),
        }
    }

    /// Whoever applies from this account, with what a statement tells about them.
    ///
    /// # Errors
    /// As [`Desk::party`]; `desk.parse` for a field that is missing, and for a number that cannot be.
    pub(in super::super) fn applying(&self, account: Name) -> Fallible<Applying> {
        let (of_kind, fields) = self.about(account)?;
        Ok(match of_kind {
            kind::ORGANIZATION => Applying::Organization(Box::new(organization(account, &fields)?)),
            kind::ENTREPRENEUR => Applying::Entrepreneur(Box::new(Entrepreneur {
                applicant: self.applicant(account, &fields)?,
                ogrnip: number(&fields, "ogrnip", requisites::ogrnip)?,
                inn: number(&fields, "inn", requisites::inn_of_person)?,
                bank: bank(&fields)?,
            })),
            _ => Applying::Individual(Box::new(self.applicant(account, &fields)?)),
        })
    }

    /// The file about an account, and what kind of person it is about.
    fn about(&self, account: Name) -> Fallible<(Name, Fields<'_>)> {
        let place = self.place(account);
        let fields = Fields::read(&self.messages, &place).map_err(|failure| {
            let is_there = failure.code != "desk.read";
            let example = r#"{"last_name": "…", "first_name": "…", "middle_name": "…"}"#;
            let words = Words::of("folder.person").with("example", example);
            match is_there {
                true => failure,
                false => failure
                    .hint(words.say(&self.messages))
                    .hint(self.messages.text("folder.kinds")),
            }
        })?;
        let given = fields.optional("kind", NAME)?;
        let known = [kind::INDIVIDUAL, kind::ENTREPRENEUR, kind::ORGANIZATION];
        let of_kind = match &given {
            None => kind::INDIVIDUAL,
            Some(text) => {
                let found = known.into_iter().find(|it| it.to_string() == *text);
                found.ok_or_else(|| {
                    let names = known.map(|it| it.to_string());
                    fields
                        .refuse("kind", text, Words::of("folder.no_kind"))
                        .expected(names.join(", "))
                })?
            }
        };
        let fits = match of_kind {
            kind::ORGANIZATION => fields.only(&ORGANIZATION),
            kind::ENTREPRENEUR => fields.only(&[&INDIVIDUAL[..], &ENTREPRENEUR].concat()),
            _ => fields.only(&INDIVIDUAL),
        };
        fits.map_err(|failure| failure.hint(self.messages.text("folder.kinds")))?;
        Ok((of_kind, fields))
    }

    fn applicant(&self, account: Name, fields: &Fields<'_>) -> Fallible<Applicant> {
        let birth_date = fields.text("birth_date", NAME)?;
        let birth_date = Date::parse(&birth_date).ok_or_else(|| {
            let expected = Words::of("folder.day").with("example", "1988-04-12");
            fields
                .refuse("birth_date", &birth_date, Words::of("folder.no_day"))
                .expected(expected.say(&self.messages))
        })?;
        Ok(Applicant {
            birth_date,
            address: fields.text("address", FACT)?,
            phone: fields.text("phone", FACT)?,
            email: fields.text("email", FACT)?,
            person: person(account, fields)?,
        })
    }

    /// The file about an account.
    pub(in super::super) fn place(&self, account: Name) -> PathBuf {
        self.folder.join("people").join(format!("{account}.json"))
    }
}

fn person(account: Name, fields: &Fields<'_>) -> Fallible<Person> {
    Ok(Person {
        account,
        last_name: fields.text("last_name", NAME)?,
        first_name: fields.text("first_name", NAME)?,
        middle_name: fields.optional("middle_name", NAME)?,
    })
}

fn organization(account: Name, fields: &Fields<'_>) -> Fallible<Organization> {
    let kpp = fields.optional("kpp", NAME)?;
    if let Some(kpp) = &kpp {
        requisites::kpp(kpp).map_err(|fault| refused(fields, "kpp", kpp, fault))?;
    }
    Ok(Organization {
        account,
        name: fields.text("name", FACT)?,
        short_name: fields.text("short_name", FACT)?,
        address: fields.text("address", FACT)?,
        ogrn: number(fields, "ogrn", requisites::ogrn)?,
        inn: number(fields, "inn", requisites::inn_of_organization)?,
        kpp,
        bank: bank(fields)?,
        phone: fields.text("phone", FACT)?,
        email: fields.text("email", FACT)?,
        represented_by: fields.text("represented_by", FACT)?,
        based_on: fields.text("based_on", FACT)?,
    })
}

/// The bank account as a statement names it.
fn bank(fields: &Fields<'_>) -> Fallible<String> {
    let bank = fields.object("bank")?;
    bank.only(&BANK)?;
    let name = bank.text("name", FACT)?;
    let bik = number(&bank, "bik", requisites::bik)?;
    let account = number(&bank, "account", |it| requisites::account(it, &bik))?;
    let mut text = format!("{account} в {name}, БИК {bik}");
    if let Some(number) = bank.optional("corr_account", NAME)? {
        let checked = requisites::corr_account(&number, &bik);
        checked.map_err(|fault| refused(&bank, "corr_account", &number, fault))?;
        text += &format!(", к/с {number}");
    }
    Ok(text)
}

/// A number that must be there, and right.
fn number(
    fields: &Fields<'_>,
    field: &str,
    check: impl FnOnce(&str) -> Result<(), RequisiteFault>,
) -> Fallible<String> {
    let text = fields.text(field, NAME)?;
    check(&text).map_err(|fault| refused(fields, field, &text, fault))?;
    Ok(text)
}

fn refused(fields: &Fields<'_>, field: &str, value: &str, fault: RequisiteFault) -> Box<Failure> {
    let words = match fault {
        RequisiteFault::Digits(count) => Words::of("requisite.digits").with("count", count),
        RequisiteFault::Kpp => Words::of("requisite.kpp"),
        RequisiteFault::Check => Words::of("requisite.check"),
        RequisiteFault::OfAnotherBank => Words::of("requisite.bank"),
    };
    fields.refuse(field, value, words)
}

#[cfg(test)]
mod tests;
