//! The papers of the cooperative, from the example of the demo.

use super::super::Desk;
use serde_json::Value;
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
}
