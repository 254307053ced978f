use super::*;
use crate::MAX_PROFILE;
use antelope_types::name;
use proptest::prelude::*;

const ANNA: Name = name!("nolifarubime");

fn anna() -> Value {
    json!({
        "kind": "individual",
        "last_name": "Звягинцева", "first_name": "Анна", "middle_name": "Викторовна",
        "birth_date": "1988-04-12", "address": "г. Приозёрный, ул. Садовая, д. 14",
        "phone": "+7 000 000-00-01", "email": "anna@example.org",
    })
}

fn bank() -> Value {
    json!({
        "name": "АО «Банк»", "bik": "049805777",
        "account": "40702810700000000123", "corr_account": "30101810400000000777",
    })
}

fn entrepreneur() -> Value {
    let mut value = anna();
    value["kind"] = json!("entrepreneur");
    value["ogrnip"] = json!("304530100000014");
    value["inn"] = json!("530100100202");
    value["bank"] = bank();
    value
}

fn organization() -> Value {
    json!({
        "kind": "organization", "name": "Общество «Мельница»", "short_name": "ООО «Мельница»",
        "address": "ул. Мельничная, д. 1", "ogrn": "1025300000109", "inn": "5301001007",
        "kpp": "530101001", "bank": bank(), "phone": "+7 000 000-00-04",
        "email": "mill@example.org", "represented_by": "директор Мельников О. Ю.",
        "based_on": "устав",
    })
}

fn read(value: &Value) -> Result<Profile, FieldError> {
    Profile::from_json(ANNA, &serde_json::to_vec(value).unwrap())
}

#[test]
fn profiles_of_all_kinds_are_read_as_they_were_written() {
    for (value, name) in [
        (anna(), "Звягинцева Анна Викторовна"),
        (entrepreneur(), "Звягинцева Анна Викторовна"),
        (organization(), "Общество «Мельница»"),
    ] {
        let profile = read(&value).unwrap();
        assert_eq!(profile.to_json(), value);
        assert_eq!(profile.kind().to_string(), value["kind"]);
        assert_eq!(profile.name(), name);
        assert_eq!(profile.party().account(), ANNA);
    }
    let mut without_kind = anna();
    without_kind.as_object_mut().unwrap().remove("kind");
    assert_eq!(read(&without_kind).unwrap(), read(&anna()).unwrap());
}

#[test]
fn what_is_wrong_is_told_by_the_field_and_without_its_value() {
    for (field, wrong, told) in [
        ("last_name", json!(""), "last_name is empty"),
        ("last_name", json!("Я".repeat(61)), "last_name is too long"),
        ("first_name", json!("Анна\u{202e}"), "nobody sees"),
        ("first_name", json!(7), "first_name is not a text"),
        ("birth_date", json!("secret"), "birth_date is not a day"),
        ("last_name", Value::Null, "last_name is missing"),
        ("kind", json!("secret"), "kind is none of"),
        ("secret", json!("x"), "has a field that is not known"),
        ("inn", json!("530100100203"), "inn has a wrong digit"),
        (
            "ogrnip",
            json!("secret"),
            "ogrnip is not a number of 15 digits",
        ),
        ("bank", json!("secret"), "bank is not an object"),
        ("bank", json!({"secret": 1}), "bank has a field"),
    ] {
        let mut value = entrepreneur();
        value[field] = wrong;
        let error = read(&value).unwrap_err().to_string();
        assert!(error.contains(told), "{error}");
        assert!(!error.contains("secret"), "{error}");
    }
    let mut value = organization();
    value["bank"]["account"] = json!("40702810700000000124");
    let error = read(&value).unwrap_err().to_string();
    assert!(
        error.starts_with("bank.account is not an account"),
        "{error}"
    );
    let error = Profile::from_json(ANNA, b"secret").unwrap_err().to_string();
    assert!(!error.contains("secret"), "{error}");
    let long = vec![b' '; MAX_PROFILE + 1];
    assert!(Profile::from_json(ANNA, &long).is_err());
}

#[test]
fn more_is_asked_of_what_is_entered_than_of_what_is_kept() {
    let today = Date::parse("2026-11-29").unwrap();
    let entered = |field: &str, text: &str| {
        let mut value = anna();
        value[field] = json!(text);
        let faults = read(&value).unwrap().check_entered(today);
        faults.map_err(|it| (it.field, it.fault))
    };
    let right = [
        ("birth_date", "2026-11-29"),
        ("birth_date", "1900-01-01"),
        ("email", "анна@почта.рф"),
        ("email", "a+b@mail.example.org"),
        ("phone", "2-17-40"),
        ("phone", "8 (800) 000-00-01, доб. 2"),
    ];
    for (field, text) in right {
        assert_eq!(entered(field, text), Ok(()), "{text}");
    }
    let wrong = [
        ("birth_date", "2026-11-30", FieldFault::NoBirthday),
        ("birth_date", "1899-12-31", FieldFault::NoBirthday),
        ("email", "anna", FieldFault::NoEmail),
        ("email", "@example.org", FieldFault::NoEmail),
        ("email", "anna@example", FieldFault::NoEmail),
        ("email", "anna@example.", FieldFault::NoEmail),
        ("email", "anna@b@example.org", FieldFault::NoEmail),
        ("email", "anna b@example.org", FieldFault::NoEmail),
        ("phone", "нет", FieldFault::NoPhone),
        ("phone", "12-34", FieldFault::NoPhone),
    ];
    for (field, text, fault) in wrong {
        assert_eq!(
            entered(field, text),
            Err((field.to_owned(), fault)),
            "{text}"
        );
    }
    for value in [anna(), entrepreneur(), organization()] {
        assert_eq!(read(&value).unwrap().check_entered(today), Ok(()));
    }
}

#[test]
fn whoever_applies_tells_all_and_others_their_names() {
    for (value, fields) in [
        (anna(), &["birth_date", "address", "phone", "email"][..]),
        (entrepreneur(), &["birth_date", "ogrnip", "inn", "bank"][..]),
        (
            organization(),
            &[
                "address",
                "ogrn",
                "inn",
                "bank",
                "represented_by",
                "based_on",
            ][..],
        ),
    ] {
        let whole = read(&value).unwrap();
        let applying = whole.applying().unwrap();
        assert_eq!(
            (applying.kind(), applying.party()),
            (whole.kind(), whole.party())
        );
        let mut least = value.clone();
        for field in fields {
            let mut without = value.clone();
            without.as_object_mut().unwrap().remove(*field);
            let error = read(&without).unwrap().applying().unwrap_err();
            assert_eq!(
                (error.field.as_str(), &error.fault),
                (*field, &FieldFault::Missing)
            );
            least[*field] = Value::Null;
        }
        let least = read(&least).unwrap();
        assert_eq!(least.party(), whole.party());
        assert_eq!(
            Profile::from_json(ANNA, least.to_json().to_string().as_bytes()),
            Ok(least)
        );
    }
    let mut without = organization();
    without.as_object_mut().unwrap().remove("kpp");
    let Applying::Organization(read) = read(&without).unwrap().applying().unwrap() else {
        panic!("another kind");
    };
    assert_eq!(
        (read.kpp, read.bank.as_str()),
        (
            None,
            "40702810700000000123 в АО «Банк», БИК 049805777, к/с 30101810400000000777"
        )
    );
}

#[test]
fn a_cooperative_is_read_and_what_is_wrong_is_told_by_the_field() {
    let read = |text: &str| crate::Cooperative::from_json(ANNA, text.as_bytes());
    let whole =
        r#"{"name": "Coop", "short_name": "C", "address": "A", "timezone": "Europe/Moscow"}"#;
    assert_eq!(read(whole).unwrap().short_name, "C");
    for (text, told) in [
        (r#"{"name": "Coop",}"#, "the object is not JSON: line 1"),
        (r#"["name"]"#, "the object is not an object"),
        (r#"{"timezone": "Europe/Berlin"}"#, "timezone is no zone"),
        (r#"{"name": 7, "timezone": "UTC"}"#, "name is not a text"),
        (
            r#"{"zone": "UTC"}"#,
            "the object has a field that is not known",
        ),
    ] {
        let error = read(text).unwrap_err().to_string();
        assert!(error.starts_with(told), "{error}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200), text in ".{0,80}") {
        let _ = Profile::from_json(ANNA, &bytes);
        let mut value = organization();
        for field in ORGANIZATION {
            value[*field] = json!(text);
            let _ = read(&value);
        }
    }
}
