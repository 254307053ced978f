use super::super::tests::desk;
use super::*;
use antelope_cli::Failure;
use antelope_types::name;
use coop_language::Lang;
use coop_model::people::kind;
use serde_json::{Value, json};
use std::fs;

const ANNA: Name = name!("anna");

fn entrepreneur() -> Value {
    json!({
        "kind": "entrepreneur",
        "last_name": "Белова", "first_name": "Анна", "birth_date": "1988-04-12",
        "address": "г. Приозёрный", "phone": "+7 000 000-00-01", "email": "anna@example.org",
        "ogrnip": "304530100000014", "inn": "530100100202",
        "bank": { "name": "АО «Банк»", "bik": "049805777", "account": "40802810500000000456" },
    })
}

fn organization() -> Value {
    json!({
        "kind": "organization",
        "name": "Общество с ограниченной ответственностью «Мельница»", "short_name": "ООО «Мельница»",
        "address": "г. Приозёрный", "ogrn": "1025300000109", "inn": "5301001007", "kpp": "530101001",
        "bank": {
            "name": "АО «Банк»", "bik": "049805777", "account": "40702810700000000123",
            "corr_account": "30101810400000000777",
        },
        "phone": "+7 000 000-00-04", "email": "melnitsa@example.org",
        "represented_by": "директор Мельников Олег Юрьевич", "based_on": "устав",
    })
}

/// What is said when whoever the file is about applies.
fn told(file: &str, lang: Lang) -> Box<Failure> {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(folder.path(), lang);
    fs::write(folder.path().join("people/anna.json"), file).unwrap();
    desk.applying(ANNA).unwrap_err()
}

#[test]
fn each_kind_is_read_with_what_its_statement_tells() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(folder.path(), Lang::En);
    let file = folder.path().join("people/anna.json");
    fs::write(&file, r#"{"last_name": "Белова", "first_name": "Анна"}"#).unwrap();
    assert_eq!(desk.person(ANNA).unwrap().full_name(), "Белова Анна");
    fs::write(&file, entrepreneur().to_string()).unwrap();
    assert_eq!(desk.person(ANNA).unwrap().full_name(), "Белова Анна");
    let Applying::Entrepreneur(read) = desk.applying(ANNA).unwrap() else {
        panic!("another kind");
    };
    assert_eq!(read.bank, "40802810500000000456 в АО «Банк», БИК 049805777");
    fs::write(&file, organization().to_string()).unwrap();
    let applying = desk.applying(ANNA).unwrap();
    assert_eq!(applying.kind(), kind::ORGANIZATION);
    assert_eq!(applying.party(), desk.party(ANNA).unwrap());
    let Applying::Organization(read) = applying else {
        panic!("another kind");
    };
    assert!(
        read.bank
            .ends_with("БИК 049805777, к/с 30101810400000000777")
    );
    // Only people sit and work.
    let failure = desk.person(ANNA).unwrap_err();
    assert!(failure.message.contains("ООО «Мельница»"), "{failure:?}");
}

#[test]
fn a_file_that_is_missing_says_what_it_should_have() {
    let folder = tempfile::tempdir().unwrap();
    let failure = desk(folder.path(), Lang::Ru).applying(ANNA).unwrap_err();
    assert_eq!(failure.code, "desk.read");
    assert!(failure.message.starts_with("не прочитать"), "{failure:?}");
    let hint = failure.hint.unwrap();
    for words in ["папку", "о человеке", "организации"] {
        assert!(hint.contains(words), "{words}: {hint}");
    }
}

#[test]
fn what_is_wrong_with_a_person_is_named() {
    for (file, ru, en) in [
        (
            json!({ "last_name": "Б", "first_name": "А" }),
            "нет поля birth_date (дата рождения)",
            "no birth_date (date of birth)",
        ),
        (
            json!({ "last_name": "Б", "first_name": "А", "birth_date": "12.04.1988" }),
            "birth_date (дата рождения): нужен день в виде год-месяц-день, например 1988-04-12",
            "birth_date (date of birth): expected year-month-day, such as 1988-04-12",
        ),
        (
            json!({ "last_name": " ", "birth_date": "1988-04-12", "address": "А", "phone": "1", "email": "e" }),
            "last_name (фамилия): пусто",
            "last_name (last name) is empty",
        ),
        (
            json!({ "birth_date": "1988-04-12", "address": "a\u{202e}b" }),
            "address (адрес): есть знаки, которых никто не видит",
            "address has characters that nobody sees",
        ),
        (
            json!({ "birth_date": "1988-04-12", "address": "а".repeat(201) }),
            "address (адрес): можно не больше 200 знаков",
            "address: at most 200 characters",
        ),
        (
            json!({ "last_name": "Б", "ogrnip": "1" }),
            "есть неизвестное поле",
            "there is a field that is not known",
        ),
        (
            json!({ "kind": "firm" }),
            "kind (вид): нужно individual, entrepreneur или organization",
            "kind: expected individual, entrepreneur or organization",
        ),
    ] {
        for (lang, words) in [(Lang::Ru, ru), (Lang::En, en)] {
            let failure = told(&file.to_string(), lang);
            assert_eq!(failure.code, "desk.parse");
            assert!(failure.message.contains(words), "{words}: {failure:?}");
        }
    }
}

#[test]
fn a_number_that_cannot_be_is_named() {
    let bank = |field: &str, value: &str| {
        let mut file = organization();
        file["bank"][field] = json!(value);
        file
    };
    let with = |mut file: Value, field: &str, value: Value| {
        file[field] = value;
        file
    };
    for (file, ru, en) in [
        (
            with(organization(), "inn", json!("530100100202")),
            "inn (ИНН): нужно цифр: 10",
            "inn (INN): expected 10 digits",
        ),
        (
            with(organization(), "ogrn", json!("1025300000108")),
            "ogrn (ОГРН): контрольная цифра не сходится",
            "ogrn (OGRN): a check digit does not fit",
        ),
        (
            with(organization(), "kpp", json!("5301")),
            "kpp (КПП): нужно 9 знаков",
            "kpp (KPP): expected 9",
        ),
        (
            with(organization(), "bank", json!("40702810700000000123")),
            "bank (счёт в банке): нужны поля name, bik, account",
            "bank (bank account): expected an object with name, bik, account",
        ),
        (
            with(entrepreneur(), "inn", json!("530100100203")),
            "inn (ИНН): контрольная цифра не сходится",
            "inn (INN): a check digit does not fit",
        ),
        (
            with(entrepreneur(), "ogrnip", json!(null)),
            "нет поля ogrnip (ОГРНИП)",
            "no ogrnip (OGRNIP)",
        ),
        (
            bank("bik", "0498"),
            "bank.bik (БИК): нужно цифр: 9",
            "bank.bik (BIC of the bank): expected 9 digits",
        ),
        (
            bank("account", "40702810800000000123"),
            "bank.account (номер счёта): не счёт банка с этим БИК",
            "bank.account (account number): not an account of the bank with this BIC",
        ),
        (
            bank("corr_account", "30101810400000000778"),
            "bank.corr_account (корреспондентский счёт): не счёт банка",
            "bank.corr_account (correspondent account): not an account of the bank",
        ),
    ] {
        for (lang, words) in [(Lang::Ru, ru), (Lang::En, en)] {
            let failure = told(&file.to_string(), lang);
            assert!(failure.message.contains(words), "{words}: {failure:?}");
            assert!(failure.message.contains("people/anna.json"), "{failure:?}");
        }
    }
}
