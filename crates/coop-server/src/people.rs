//! Between the profiles that are kept and the types of the schema.

use crate::error::ApiError;
use crate::store;
use crate::types::account::AccountType;
use crate::types::person::{
    EntrepreneurData, EntrepreneurDetails, IndividualData, OrganizationData, OrganizationDetails,
    PrivateAccount, Representative,
};
use crate::types::register::{BankAccountInput, RegisterAccountInput, RepresentedByInput};
use antelope_types::Name;
use coop_documents::requisites::RequisiteFault;
use coop_documents::{Date, FieldError, FieldFault, Profile};
use coop_language::Words;
use coop_model::people::kind;
use serde_json::{Value, json};

/// The e-mail address of a profile; empty where it has none.
pub(crate) fn email(profile: &Profile) -> String {
    text(&profile.to_json(), "email")
}

/// A profile as the schema shows it. What it does not have is empty: whoever was put into the store by a clerk may
/// have a name only.
pub(crate) fn shown(profile: &Profile) -> PrivateAccount {
    let fields = profile.to_json();
    let of = |name: &str| text(&fields, name);
    let given = |name: &str| Some(of(name)).filter(|it| !it.is_empty());
    let username = profile.party().account().to_string();
    match profile.kind() {
        kind::ORGANIZATION => PrivateAccount::Organization(OrganizationData {
            city: given("city"),
            country: given("country"),
            details: OrganizationDetails {
                inn: of("inn"),
                kpp: given("kpp"),
                ogrn: of("ogrn"),
            },
            email: of("email"),
            fact_address: None,
            full_address: of("address"),
            full_name: of("name"),
            phone: of("phone"),
            represented_by: Representative {
                based_on: of("based_on"),
                first_name: given("first_name"),
                last_name: given("last_name"),
                middle_name: given("middle_name"),
                position: given("position").unwrap_or_else(|| of("represented_by")),
            },
            short_name: of("short_name"),
            form: None,
            username,
        }),
        kind::ENTREPRENEUR => PrivateAccount::Entrepreneur(EntrepreneurData {
            birthdate: of("birth_date"),
            city: given("city"),
            country: given("country"),
            details: EntrepreneurDetails {
                inn: of("inn"),
                ogrn: of("ogrnip"),
            },
            email: of("email"),
            first_name: of("first_name"),
            full_address: of("address"),
            last_name: of("last_name"),
            middle_name: given("middle_name"),
            phone: of("phone"),
            username,
        }),
        _ => PrivateAccount::Individual(IndividualData {
            birthdate: of("birth_date"),
            email: of("email"),
            first_name: of("first_name"),
            full_address: of("address"),
            last_name: of("last_name"),
            middle_name: given("middle_name"),
            passport: None,
            phone: of("phone"),
            username,
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
            (it.city, it.country) = (None, None);
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
            (it.city, it.country) = (None, None);
            for field in [&mut it.email, &mut it.full_address, &mut it.phone] {
                field.clear();
            }
        }
    }
    shown
}

/// A field of a profile in JSON; empty where it is not there.
fn text(fields: &Value, name: &str) -> String {
    fields[name].as_str().unwrap_or_default().to_owned()
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
                return Err(ApiError::field("data.individual_data.passport", expected));
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
            "country": given(it.country.as_deref()), "city": given(it.city.as_deref()),
        }),
        (AccountType::Organization, (None, None, Some(it))) => {
            let mut value = json!({
                "kind": "organization", "name": it.full_name, "short_name": it.short_name,
                "address": place(it.country.as_deref(), it.city.as_deref(), &it.full_address),
                "ogrn": it.details.ogrn, "inn": it.details.inn, "bank": bank(&it.bank_account),
                "phone": it.phone, "email": input.email,
                "represented_by": representative(&it.represented_by),
                "based_on": it.represented_by.based_on,
                "country": given(it.country.as_deref()), "city": given(it.city.as_deref()),
                "position": it.represented_by.position,
                "last_name": it.represented_by.last_name,
                "first_name": it.represented_by.first_name,
                "middle_name": given(it.represented_by.middle_name.as_deref()),
            });
            if let Some(kpp) = given(it.details.kpp.as_deref()) {
                value["kpp"] = json!(kpp);
            }
            value
        }
        (AccountType::Individual, _) => return Err(other("data.individual_data")),
        (AccountType::Entrepreneur, _) => return Err(other("data.entrepreneur_data")),
        (AccountType::Organization, _) => return Err(other("data.organization_data")),
    };
    let today = Date::of_micros(store::now().micros());
    let profile = Profile::from_json(username, value.to_string().as_bytes());
    let profile = profile.and_then(|it| it.check_entered(today).map(|()| it));
    profile.map_err(|error| refused(input.kind, &error))
}

/// What a field of a profile should be.
fn expected(fault: &FieldFault) -> Words {
    use RequisiteFault as R;
    match fault {
        FieldFault::TooLarge => Words::of("profile.small"),
        FieldFault::Missing | FieldFault::Empty => Words::of("profile.something"),
        FieldFault::Long(most) => Words::of("profile.short").with("most", most),
        FieldFault::Invisible => Words::of("profile.visible"),
        FieldFault::NoDay => Words::of("profile.day").with("example", "1988-04-12"),
        FieldFault::NoBirthday => Words::of("profile.birthday"),
        FieldFault::NoEmail => Words::of("expected.email"),
        FieldFault::NoPhone => Words::of("profile.phone"),
        FieldFault::Number(R::Digits(count)) => Words::of("profile.digits").with("count", count),
        FieldFault::Number(R::Kpp) => Words::of("profile.kpp"),
        FieldFault::Number(R::Check) => Words::of("profile.check"),
        FieldFault::Number(R::OfAnotherBank) => Words::of("profile.bank"),
        // The types of the schema leave no other.
        _ => Words::of("profile.other"),
    }
}

/// What is wrong with a profile, without its values: the field as the schema has it.
fn refused(kind: AccountType, error: &FieldError) -> ApiError {
    let expected = expected(&error.fault);
    let data = match kind {
        AccountType::Individual => "data.individual_data",
        AccountType::Entrepreneur => "data.entrepreneur_data",
        AccountType::Organization => "data.organization_data",
    };
    let field = match error.field.as_str() {
        "email" => "data.email".to_owned(),
        "birth_date" => format!("{data}.birthdate"),
        "address" => format!("{data}.full_address"),
        "name" => format!("{data}.full_name"),
        "ogrnip" | "ogrn" => format!("{data}.details.ogrn"),
        detail @ ("inn" | "kpp") => format!("{data}.details.{detail}"),
        person @ ("position" | "last_name" | "first_name" | "middle_name" | "based_on")
            if kind == AccountType::Organization =>
        {
            format!("{data}.represented_by.{person}")
        }
        "represented_by" => format!("{data}.represented_by"),
        "bank" => format!("{data}.bank_account"),
        other => format!("{data}.{other}"),
    };
    ApiError::field(field, expected)
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

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_types::name;
    use async_graphql::InputType;

    fn organization() -> RegisterAccountInput {
        let value = json!({
            "email": "mill@coop.example", "type": "Organization", "username": "zarechyemill",
            "organization_data": {
                "full_name": "Общество «Мельница»", "short_name": "ООО «Мельница»",
                "country": "Россия", "city": "Заречье", "full_address": "ул. Речная, д. 7",
                "phone": "+7 000 000-00-01",
                "details": { "inn": "5301001007", "kpp": "530101001", "ogrn": "1025300000109" },
                "represented_by": {
                    "position": "директор", "last_name": "Мельникова", "first_name": "Анна",
                    "middle_name": "Петровна", "based_on": "устав",
                },
                "bank_account": {
                    "account_number": "40702810700000000123", "bank_name": "АО «Банк»",
                    "details": { "bik": "049805777", "corr": "30101810400000000777" },
                },
            },
        });
        let value = async_graphql::Value::from_json(value).unwrap();
        RegisterAccountInput::parse(Some(value))
            .map_err(|it| it.into_server_error(Default::default()))
            .unwrap()
    }

    #[test]
    fn what_an_organization_gave_apart_comes_back_apart() {
        let profile = profile_of(name!("zarechyemill"), &organization()).unwrap();
        // Documents have one text for each.
        let Ok(coop_documents::Applying::Organization(papers)) = profile.applying() else {
            panic!("{profile:?}");
        };
        assert_eq!(papers.address, "Россия, Заречье, ул. Речная, д. 7");
        assert_eq!(papers.represented_by, "директор Мельникова Анна Петровна");
        let PrivateAccount::Organization(it) = shown(&profile) else {
            panic!("{profile:?}");
        };
        assert_eq!(
            (it.country.as_deref(), it.city.as_deref()),
            (Some("Россия"), Some("Заречье"))
        );
        let by = it.represented_by;
        assert_eq!(
            (&*by.position, by.last_name.as_deref()),
            ("директор", Some("Мельникова"))
        );
        assert_eq!(by.first_name.as_deref(), Some("Анна"));
        assert_eq!(by.middle_name.as_deref(), Some("Петровна"));
        let PrivateAccount::Organization(it) = named(&profile) else {
            panic!("{profile:?}");
        };
        assert_eq!((it.city, &*it.email), (None, ""));
    }

    #[test]
    fn a_profile_with_one_text_is_shown_with_one_text() {
        let mut value = profile_of(name!("zarechyemill"), &organization())
            .unwrap()
            .to_json();
        for field in [
            "country",
            "city",
            "position",
            "last_name",
            "first_name",
            "middle_name",
        ] {
            value[field] = Value::Null;
        }
        let bytes = value.to_string();
        let profile = Profile::from_json(name!("zarechyemill"), bytes.as_bytes()).unwrap();
        let PrivateAccount::Organization(it) = shown(&profile) else {
            panic!("{profile:?}");
        };
        assert_eq!(
            it.represented_by.position,
            "директор Мельникова Анна Петровна"
        );
        assert_eq!((it.city, it.represented_by.last_name), (None, None));
    }
}
