//! Between the profiles that are kept and the types of the schema.

use crate::error::ApiError;
use crate::types::account::AccountType;
use crate::types::person::{
    EntrepreneurData, EntrepreneurDetails, IndividualData, OrganizationData, OrganizationDetails,
    PrivateAccount, Representative,
};
use crate::types::register::{BankAccountInput, RegisterAccountInput, RepresentedByInput};
use antelope_types::Name;
use coop_documents::{Applicant, Date};
use coop_language::Words;
use coop_model::people::kind;
use coop_private::{PrivateError, Profile};
use serde_json::{Value, json};

/// The e-mail address of a profile.
pub(crate) fn email(profile: &Profile) -> String {
    match profile {
        Profile::Individual(it) => it.email.clone(),
        Profile::Entrepreneur(it, _) => it.applicant.email.clone(),
        Profile::Organization(it, _) => it.email.clone(),
    }
}

/// A profile as the schema shows it.
pub(crate) fn shown(profile: &Profile) -> PrivateAccount {
    match profile {
        Profile::Individual(it) => PrivateAccount::Individual(IndividualData {
            birthdate: day(it.birth_date),
            email: it.email.clone(),
            first_name: it.person.first_name.clone(),
            full_address: it.address.clone(),
            last_name: it.person.last_name.clone(),
            middle_name: it.person.middle_name.clone(),
            passport: None,
            phone: it.phone.clone(),
            username: it.person.account.to_string(),
        }),
        Profile::Entrepreneur(it, _) => {
            let details = EntrepreneurDetails {
                inn: it.inn.clone(),
                ogrn: it.ogrnip.clone(),
            };
            PrivateAccount::Entrepreneur(entrepreneur(&it.applicant, details))
        }
        Profile::Organization(it, _) => PrivateAccount::Organization(OrganizationData {
            city: None,
            country: None,
            details: OrganizationDetails {
                inn: it.inn.clone(),
                kpp: it.kpp.clone(),
                ogrn: it.ogrn.clone(),
            },
            email: it.email.clone(),
            fact_address: None,
            full_address: it.address.clone(),
            full_name: it.name.clone(),
            phone: it.phone.clone(),
            represented_by: Representative {
                based_on: it.based_on.clone(),
                first_name: None,
                last_name: None,
                middle_name: None,
                position: it.represented_by.clone(),
            },
            short_name: it.short_name.clone(),
            form: None,
            username: it.account.to_string(),
        }),
    }
}

/// The same with the name only: what else the schema wants is empty.
pub(crate) fn named(profile: &Profile) -> PrivateAccount {
    let mut shown = shown(profile);
    match &mut shown {
        PrivateAccount::Individual(it) => {
            for field in [
                &mut it.birthdate,
                &mut it.email,
                &mut it.full_address,
                &mut it.phone,
            ] {
                field.clear();
            }
        }
        PrivateAccount::Entrepreneur(it) => {
            for field in [
                &mut it.birthdate,
                &mut it.email,
                &mut it.full_address,
                &mut it.phone,
            ] {
                field.clear();
            }
        }
        PrivateAccount::Organization(it) => {
            for field in [&mut it.email, &mut it.full_address, &mut it.phone] {
                field.clear();
            }
        }
    }
    shown
}

fn entrepreneur(it: &Applicant, details: EntrepreneurDetails) -> EntrepreneurData {
    EntrepreneurData {
        birthdate: day(it.birth_date),
        city: None,
        country: None,
        details,
        email: it.email.clone(),
        first_name: it.person.first_name.clone(),
        full_address: it.address.clone(),
        last_name: it.person.last_name.clone(),
        middle_name: it.person.middle_name.clone(),
        phone: it.phone.clone(),
        username: it.person.account.to_string(),
    }
}

fn day(date: Date) -> String {
    let (year, month, day) = date.parts();
    format!("{year:04}-{month:02}-{day:02}")
}

/// The kind of an account, as the chain names it.
pub(crate) fn kind_of(of: AccountType) -> Name {
    match of {
        AccountType::Individual => kind::INDIVIDUAL,
        AccountType::Entrepreneur => kind::ENTREPRENEUR,
        AccountType::Organization => kind::ORGANIZATION,
    }
}

/// The profile of who registers: data of the kind that is named, and of no other.
///
/// # Errors
/// [`ApiError::Field`].
pub(crate) fn profile_of(
    username: Name,
    input: &RegisterAccountInput,
) -> Result<Profile, ApiError> {
    let other = |field: &str| ApiError::field(field, Words::of("expected.data_of_kind"));
    let data = (
        &input.individual_data,
        &input.entrepreneur_data,
        &input.organization_data,
    );
    let value = match (input.kind, data) {
        (AccountType::Individual, (Some(it), None, None)) => {
            if it.passport.is_some() {
                let expected = Words::of("expected.no_passport");
                return Err(ApiError::field("individual_data.passport", expected));
            }
            json!({
                "kind": "individual", "last_name": it.last_name, "first_name": it.first_name,
                "middle_name": given(it.middle_name.as_deref()), "birth_date": it.birthdate,
                "address": it.full_address, "phone": it.phone, "email": input.email,
            })
        }
        (AccountType::Entrepreneur, (None, Some(it), None)) => json!({
            "kind": "entrepreneur", "last_name": it.last_name, "first_name": it.first_name,
            "middle_name": given(it.middle_name.as_deref()), "birth_date": it.birthdate,
            "address": place(it.country.as_deref(), it.city.as_deref(), &it.full_address),
            "phone": it.phone, "email": input.email, "ogrnip": it.details.ogrn,
            "inn": it.details.inn, "bank": bank(&it.bank_account),
        }),
        (AccountType::Organization, (None, None, Some(it))) => {
            let mut value = json!({
                "kind": "organization", "name": it.full_name, "short_name": it.short_name,
                "address": place(it.country.as_deref(), it.city.as_deref(), &it.full_address),
                "ogrn": it.details.ogrn, "inn": it.details.inn, "bank": bank(&it.bank_account),
                "phone": it.phone, "email": input.email,
                "represented_by": representative(&it.represented_by),
                "based_on": it.represented_by.based_on,
            });
            if let Some(kpp) = given(it.details.kpp.as_deref()) {
                value["kpp"] = json!(kpp);
            }
            value
        }
        (AccountType::Individual, _) => return Err(other("individual_data")),
        (AccountType::Entrepreneur, _) => return Err(other("entrepreneur_data")),
        (AccountType::Organization, _) => return Err(other("organization_data")),
    };
    Profile::from_json(username, value.to_string().as_bytes()).map_err(refused)
}

/// What is wrong with a profile, without its values.
fn refused(error: PrivateError) -> ApiError {
    match &error {
        PrivateError::Field { field, fault } => {
            let expected = Words::of("expected.profile").with("problem", fault);
            ApiError::field(field.clone(), expected)
        }
        other => ApiError::internal(other),
    }
}

fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// An address in one text: with country and city where it does not name them itself.
fn place(country: Option<&str>, city: Option<&str>, address: &str) -> String {
    let parts = [given(country), given(city)].into_iter().flatten();
    let missing = parts.filter(|part| !address.contains(*part));
    let parts: Vec<_> = missing.chain([address.trim()]).collect();
    parts.join(", ")
}

fn representative(it: &RepresentedByInput) -> String {
    let names = [&it.last_name, &it.first_name].map(|name| name.trim());
    let names = names.into_iter().chain(given(it.middle_name.as_deref()));
    let names: Vec<_> = names.collect();
    format!("{} {}", it.position.trim(), names.join(" "))
}

fn bank(it: &BankAccountInput) -> Value {
    let mut value = json!({
        "name": it.bank_name, "bik": it.details.bik, "account": it.account_number,
    });
    if let Some(number) = given(it.details.corr.as_deref()) {
        value["corr_account"] = json!(number);
    }
    value
}
