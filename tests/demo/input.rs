//! A wrong input file: every problem at once, each with its field, before anything starts.

use super::golden;
use coop_demo::input::{self, Expected, ProblemKind};
use serde_json::{Value, json};
use std::ffi::OsString;

const EXAMPLE: &str = include_str!("../../examples/cooperative.json");

fn example() -> Value {
    serde_json::from_str(EXAMPLE).unwrap()
}

/// The example with one value changed; `None` takes the field away.
fn changed(pointer: &str, value: Option<Value>) -> String {
    let mut file = example();
    let (parent, field) = pointer.rsplit_once('/').unwrap();
    let parent = file.pointer_mut(parent).unwrap();
    let object = parent.as_object_mut().unwrap();
    match value {
        Some(value) => object.insert(field.to_owned(), value),
        None => object.remove(field),
    };
    file.to_string()
}

/// What the command says about a file, in a language, and its exit code.
fn said(text: &str, more: &[&str]) -> (u8, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cooperative.json");
    std::fs::write(&path, text).unwrap();
    let documents = folder.path().join("documents");
    let mut arguments: Vec<OsString> = ["veche", "demo"].map(Into::into).into();
    arguments.extend([
        path.clone().into(),
        "--out".into(),
        documents.clone().into(),
    ]);
    arguments.extend(more.iter().map(OsString::from));
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = veche::run(arguments, &mut out, &mut err);
    assert!(!documents.exists(), "nothing has started");
    let err = String::from_utf8(err)
        .unwrap()
        .replace(&format!("{}: ", path.display()), "");
    (code, String::from_utf8(out).unwrap(), err)
}

fn problems(text: &str) -> Vec<(String, &'static str)> {
    let problems = input::read(text).expect_err("a wrong file");
    problems
        .into_iter()
        .map(|problem| (problem.field, problem.kind.code()))
        .collect()
}

#[test]
fn the_example_is_right() {
    let input = input::read(EXAMPLE).unwrap();
    assert_eq!(input.council.len(), 5);
    let expected: Vec<_> = input
        .candidates
        .iter()
        .map(|candidate| candidate.votes.expected())
        .collect();
    assert_eq!(
        expected,
        [Expected::Approved, Expected::Declined, Expected::Approved]
    );
    assert_eq!(
        (
            input.contributions.len(),
            input.exits.len(),
            input.moves.len()
        ),
        (3, 1, 1)
    );
    let election = input.election.as_ref().expect("an election");
    assert_eq!(election.objections.len(), 1);
    assert!(input.contributions[2].lapses());
    assert_eq!(input.questions[0].votes.expected(), Expected::Approved);
}

#[test]
fn one_wrong_field_is_one_problem_that_names_it() {
    let member = "/council/1/position";
    let cases: [(&str, Option<Value>, &str, &str); 27] = [
        ("/cooperative", None, "cooperative", "missing"),
        (
            "/cooperative/name",
            Some(json!("  ")),
            "cooperative.name",
            "empty",
        ),
        (
            "/cooperative/name",
            Some(json!("я".repeat(201))),
            "cooperative.name",
            "too_long",
        ),
        (
            "/cooperative/address",
            Some(json!("а\nб")),
            "cooperative.address",
            "hidden_character",
        ),
        (
            "/cooperative/address",
            Some(json!("а\u{202e}б")),
            "cooperative.address",
            "hidden_character",
        ),
        (
            "/cooperative/timezone",
            Some(json!("Europe/Paris")),
            "cooperative.timezone",
            "unknown_zone",
        ),
        (
            "/cooperative/account",
            Some(json!("zarechyekoo")),
            "cooperative.account",
            "not_account",
        ),
        (
            "/cooperative/account",
            Some(json!("zarechyekoo1")),
            "cooperative.account",
            "not_account",
        ),
        (
            "/cooperative/account",
            Some(json!("zarechyekoopp")),
            "cooperative.account",
            "not_account",
        ),
        (
            "/cooperative/account",
            Some(json!("Zarechyekoop")),
            "cooperative.account",
            "not_account",
        ),
        (
            "/cooperative/account",
            Some(json!(5)),
            "cooperative.account",
            "wrong_type",
        ),
        (
            "/fees/symbol",
            Some(json!("RUB")),
            "fees.symbol",
            "not_symbol",
        ),
        (
            "/fees/initial",
            Some(json!("-1.0000 RUB")),
            "fees.initial",
            "not_positive",
        ),
        (
            "/fees/initial",
            Some(json!("0.0000 RUB")),
            "fees.initial",
            "not_positive",
        ),
        (
            "/fees/minimum",
            Some(json!("1.0000 EUR")),
            "fees.minimum",
            "wrong_symbol",
        ),
        (
            "/fees/minimum",
            Some(json!("1.00 RUB")),
            "fees.minimum",
            "wrong_symbol",
        ),
        (
            "/fees/minimum",
            Some(json!("много")),
            "fees.minimum",
            "not_amount",
        ),
        (
            "/council/0/position",
            Some(json!("member")),
            "council",
            "no_chairman",
        ),
        (
            member,
            Some(json!("chairman")),
            "council[1].position",
            "second_chairman",
        ),
        (
            member,
            Some(json!("boss")),
            "council[1].position",
            "not_one_of",
        ),
        (
            "/cashier/account",
            Some(json!("mirodaluvaxe")),
            "cashier.account",
            "same_account",
        ),
        (
            "/candidates/0/birth_date",
            Some(json!("1988-02-30")),
            "candidates[0].birth_date",
            "not_date",
        ),
        (
            "/candidates/0/key",
            Some(json!("rsa")),
            "candidates[0].key",
            "not_one_of",
        ),
        (
            "/charter/quorum_percent",
            Some(json!(101)),
            "charter.quorum_percent",
            "not_within",
        ),
        (
            "/questions/0/votes/mirodaluvaxe",
            None,
            "questions[0].votes",
            "no_vote",
        ),
        (
            "/questions/0/proposer",
            Some(json!("nolifarubime")),
            "questions[0].proposer",
            "not_member",
        ),
        (
            "/candidates/0/votes/sulemokatira",
            Some(json!("abstain")),
            "candidates[0].votes.sulemokatira",
            "not_one_of",
        ),
    ];
    for (pointer, value, field, code) in cases {
        let text = changed(pointer, value.clone());
        assert_eq!(
            problems(&text),
            [(field.to_owned(), code)],
            "{pointer} = {value:?}"
        );
    }
}

#[test]
fn two_members_of_one_name_are_told_apart_by_nobody() {
    let mut file = example();
    for field in ["last_name", "first_name", "middle_name"] {
        let value = file["council"][0][field].as_str().unwrap().to_uppercase();
        file["council"][3][field] = json!(value);
    }
    let problems = input::read(&file.to_string()).expect_err("a wrong file");
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].field, "council[3]");
    assert!(
        matches!(&problems[0].kind, ProblemKind::SameName { first, .. } if first == "council[0]")
    );
}

#[test]
fn an_unknown_voter_is_a_problem_and_so_are_votes_that_decide_nothing() {
    let mut file = example();
    file["candidates"][0]["votes"]["nolifarubime"] = json!("for");
    assert_eq!(
        problems(&file.to_string()),
        [("candidates[0].votes.nolifarubime".to_owned(), "not_member")]
    );
    let mut file = example();
    file["candidates"][1]["votes"]["mirodaluvaxe"] = json!("silent");
    assert_eq!(
        problems(&file.to_string()),
        [("candidates[1].votes".to_owned(), "undecided")]
    );
}

/// The example without what participants do once they are admitted.
fn without_participants() -> Value {
    let mut file = example();
    for section in ["contributions", "exits", "election", "moves"] {
        file.as_object_mut().unwrap().remove(section);
    }
    file
}

#[test]
fn a_story_without_an_admission_is_no_story() {
    let mut file = without_participants();
    assert!(
        input::read(&file.to_string()).is_ok(),
        "sections may be left out"
    );
    let candidates = file["candidates"].as_array_mut().unwrap();
    candidates.retain(|candidate| candidate["account"] == "zuketamosiva");
    assert_eq!(
        problems(&file.to_string()),
        [("candidates".to_owned(), "nobody_admitted")]
    );
    file["candidates"] = json!([]);
    assert_eq!(
        problems(&file.to_string()),
        [("candidates".to_owned(), "too_few")]
    );
}

#[test]
fn participants_do_only_what_they_can() {
    let votes = example()["candidates"][0]["votes"].clone();
    let exit = json!({ "participant": "rukavomelita", "votes": votes });
    let against = example()["candidates"][1]["votes"].clone();
    let cases = [
        (
            "/contributions/0/participant",
            json!("zuketamosiva"),
            "contributions[0].participant",
            "not_admitted",
        ),
        (
            "/contributions/0/money",
            json!("1000.0000 RUB"),
            "contributions[0].return.money",
            "more_than_share",
        ),
        (
            "/contributions/0/property",
            json!("Стол"),
            "contributions[0]",
            "not_one_share",
        ),
        (
            "/contributions/0/valuation",
            json!("1.0000 RUB"),
            "contributions[0].valuation",
            "valuation_of_money",
        ),
        (
            "/contributions/1/return/money",
            json!("1.0000 RUB"),
            "contributions[1].return.money",
            "property_is_whole",
        ),
        (
            "/contributions/0/votes/kepozanuriso",
            json!("silent"),
            "contributions[0].votes",
            "undecided",
        ),
        ("/exits/0", exit, "exits[0].participant", "return_is_open"),
        (
            "/election/chairman",
            json!("mirodaluvaxe"),
            "election.chairman",
            "chairman_already",
        ),
        (
            "/election/chairman",
            json!("rukavomelita"),
            "election.chairman",
            "not_member",
        ),
        (
            "/election/objections/0",
            json!("nolifarubime"),
            "election.objections[0]",
            "gone_already",
        ),
        (
            "/election/objections/0",
            json!("zuketamosiva"),
            "election.objections[0]",
            "not_admitted",
        ),
        (
            "/election/objections",
            json!(["rukavomelita", "rukavomelita"]),
            "election.objections[1]",
            "repeated",
        ),
        (
            "/election/return/votes",
            against,
            "election.return.votes",
            "not_approved",
        ),
        (
            "/moves/0/participant",
            json!("nolifarubime"),
            "moves[0].participant",
            "gone_already",
        ),
        (
            "/moves/0/new_account",
            json!("zuketamosiva"),
            "moves[0].new_account",
            "same_account",
        ),
    ];
    for (pointer, value, field, code) in cases {
        let mut file = example();
        match pointer.rsplit_once('/') {
            Some((parent, name)) if name.parse::<usize>().is_err() => {
                file.pointer_mut(parent).unwrap()[name] = value;
            }
            _ => *file.pointer_mut(pointer).unwrap() = value,
        }
        assert_eq!(
            problems(&file.to_string()),
            [(field.to_owned(), code)],
            "{pointer}"
        );
    }
    let mut file = example();
    file["contributions"][1]
        .as_object_mut()
        .unwrap()
        .remove("return");
    assert_eq!(
        problems(&file.to_string()),
        [("exits[0].participant".to_owned(), "property_stays")]
    );
    let mut file = example();
    let votes = file["candidates"][1]["votes"].clone();
    file["contributions"][0]["votes"] = votes;
    assert_eq!(
        problems(&file.to_string()),
        [("contributions[0].return".to_owned(), "no_share")]
    );
}

#[test]
fn a_field_given_twice_or_unknown_is_a_problem() {
    let text = EXAMPLE.replacen(
        "\"key\": \"r1\"",
        "\"position\": \"member\", \"keys\": \"r1\"",
        1,
    );
    let expected = [
        ("council[3].position".to_owned(), "repeated"),
        ("council[3].keys".to_owned(), "unknown_field"),
    ];
    assert_eq!(problems(&text), expected);
    let text = EXAMPLE.replacen(
        "\"mirodaluvaxe\": \"for\"",
        "\"mirodaluvaxe\": \"for\", \"mirodaluvaxe\": \"against\"",
        1,
    );
    assert_eq!(
        problems(&text),
        [("candidates[0].votes.mirodaluvaxe".to_owned(), "repeated")]
    );
}

/// One file with many mistakes: all are told at once, in the order of the file.
fn very_wrong() -> String {
    let mut file = example();
    file["cooperative"]["account"] = json!("zarechyekoo");
    file["fees"]["initial"] = json!("-1000.0000 RUB");
    file["fees"]["org_minimum"] = json!("15000.00 EUR");
    file["council"][0]["position"] = json!("member");
    file["council"][2]["account"] = json!("mirodaluvaxe");
    file["council"][4]["last_name"] = json!("Вересаев");
    file["council"][4]["first_name"] = json!("Пётр");
    file["council"][4]["middle_name"] = json!("Ильич");
    file["candidates"][0]["birth_date"] = json!("12.04.1988");
    file["candidates"][0]["votes"]["kepozanuriso"] = json!("maybe");
    file["candidates"][1]
        .as_object_mut()
        .unwrap()
        .remove("email");
    file["questions"][0]["question"] = json!("");
    file["contributions"][0]["money"] = json!("много");
    file["contributions"][1]["valuation"] = json!("0.0000 RUB");
    file["moves"][0]["key"] = json!("rsa");
    file["question"] = json!(null);
    file.to_string()
}

#[test]
fn all_problems_are_told_at_once_in_english() {
    let (code, out, err) = said(&very_wrong(), &["--lang", "en"]);
    assert_eq!((code, out.as_str()), (2, ""));
    golden("wrong_input_en", &err);
}

#[test]
fn all_problems_are_told_at_once_in_russian() {
    let (code, _, err) = said(&very_wrong(), &["--lang", "ru"]);
    assert_eq!(code, 2);
    golden("wrong_input_ru", &err);
}

#[test]
fn problems_as_json_name_code_and_field() {
    let text = changed("/fees/initial", Some(json!("-1.0000 RUB")));
    let (code, out, _) = said(&text, &["--lang", "en", "--json"]);
    assert_eq!(code, 2);
    let answer: Value = serde_json::from_str(&out).unwrap();
    let expected = json!({
        "schema_version": 1,
        "success": false,
        "data": null,
        "errors": [{
            "code": "not_positive",
            "field": "fees.initial",
            "message": "the sum must be more than zero, found -1.0000 RUB",
        }],
        "warnings": [],
    });
    assert_eq!(answer, expected);
}

#[test]
fn a_file_that_is_no_json_or_not_there_is_told() {
    let (code, _, err) = said("{", &["--lang", "en"]);
    assert_eq!(code, 2);
    assert!(err.starts_with("$: this is no JSON: "), "{err}");
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let arguments = ["veche", "demo", "/nowhere/cooperative.json", "--lang", "en"];
    assert_eq!(
        veche::run(arguments.map(OsString::from), &mut out, &mut err),
        2
    );
    assert!(
        String::from_utf8(err)
            .unwrap()
            .contains("the file cannot be read")
    );
}
