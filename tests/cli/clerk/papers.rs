//! The papers of the cooperative, from the example of the demo.

use super::super::Desk;
use serde_json::{Value, json};
use std::fs;

const COOPERATIVE: &str = include_str!("../../../examples/cooperative.json");

/// The papers of the cooperative, from the example of the demo.
pub(in super::super) fn papers(desk: &Desk) {
    let folder = desk.folder.path().join("desk/zarechyekoop");
    fs::create_dir_all(folder.join("people")).expect("a folder");
    let example: Value = serde_json::from_str(COOPERATIVE).expect("JSON");
    let only = |from: &Value, fields: &[&str]| {
        let fields = fields.iter().filter(|it| !from[**it].is_null());
        let fields = fields.map(|it| ((*it).to_owned(), from[*it].clone()));
        Value::Object(fields.collect())
    };
    let about = only(
        &example["cooperative"],
        &["name", "short_name", "address", "timezone"],
    );
    fs::write(folder.join("cooperative.json"), about.to_string()).expect("a file");
    let council = example["council"].as_array().expect("a list");
    let candidates = example["candidates"].as_array().expect("a list");
    let fields = [
        "last_name",
        "first_name",
        "middle_name",
        "birth_date",
        "address",
        "phone",
        "email",
    ];
    for person in council
        .iter()
        .chain(candidates)
        .chain([&example["cashier"]])
    {
        let file = format!(
            "people/{}.json",
            person["account"].as_str().expect("an account")
        );
        fs::write(folder.join(file), only(person, &fields).to_string()).expect("a file");
    }
    for (account, facts) in [
        (ENTREPRENEUR, entrepreneur()),
        (ORGANIZATION, organization()),
    ] {
        let file = folder.join(format!("people/{account}.json"));
        fs::write(file, facts.to_string()).expect("a file");
    }
}

/// An entrepreneur who applies. Numbers are made up, with check digits that fit.
pub(super) const ENTREPRENEUR: &str = "ipkuznetsova";
/// An organization that applies.
pub(super) const ORGANIZATION: &str = "melnitsazare";

fn entrepreneur() -> Value {
    json!({
        "kind": "entrepreneur",
        "last_name": "Кузнецова", "first_name": "Вера", "middle_name": "Петровна",
        "birth_date": "1979-09-30", "address": "г. Приозёрный, ул. Заводская, д. 3, кв. 8",
        "phone": "+7 000 000-00-05", "email": "vera@example.org",
        "ogrnip": "304530100000014", "inn": "530100100202",
        "bank": { "name": "АО «Банк»", "bik": "049805777", "account": "40802810500000000456" },
    })
}

fn organization() -> Value {
    json!({
        "kind": "organization",
        "name": "Общество с ограниченной ответственностью «Мельница»", "short_name": "ООО «Мельница»",
        "address": "г. Приозёрный, ул. Мельничная, д. 1",
        "ogrn": "1025300000109", "inn": "5301001007", "kpp": "530101001",
        "bank": {
            "name": "АО «Банк»", "bik": "049805777", "account": "40702810700000000123",
            "corr_account": "30101810400000000777",
        },
        "phone": "+7 000 000-00-04", "email": "melnitsa@example.org",
        "represented_by": "директор Мельников Олег Юрьевич", "based_on": "устав",
    })
}
