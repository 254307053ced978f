//! The whole story, on the embedded chain and on a real node, as a program that runs the command sees it.

use antelope_client::Client;
use antelope_types::Checksum256;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// Runs the demo; its result, and what it said on the way.
fn told(documents: &Path, more: &[&str]) -> (Value, String) {
    let example = format!("{ROOT}/examples/cooperative.json");
    let mut arguments: Vec<OsString> = [
        "veche",
        "demo",
        &example,
        "--workspace",
        ROOT,
        "--lang",
        "en",
        "--json",
        "--out",
    ]
    .map(Into::into)
    .into();
    arguments.push(documents.into());
    arguments.extend(more.iter().map(OsString::from));
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = veche::run(arguments, &mut out, &mut err);
    let err = String::from_utf8(err).unwrap();
    assert_eq!(code, 0, "{err}");
    let answer: Value = serde_json::from_slice(&out).expect("the result and nothing else");
    assert_eq!(
        (&answer["schema_version"], &answer["success"]),
        (&json!(1), &json!(true))
    );
    (answer["data"].clone(), err)
}

fn names(steps: &[Value]) -> Vec<&str> {
    steps
        .iter()
        .map(|step| step["name"].as_str().unwrap())
        .collect()
}

/// The whole admission, in order; `vote_for` three times, `vote_against` once, one silent.
const ADMISSION: [&str; 14] = [
    "open_account",
    "apply",
    "invoice",
    "confirm_payment",
    "on_agenda",
    "outsider_vote",
    "early_expire",
    "early_exec",
    "vote_for",
    "second_vote",
    "vote_for",
    "vote_against",
    "vote_for",
    "authorize_and_exec",
];

const REFUND: [&str; 11] = [
    "open_account",
    "apply",
    "invoice",
    "confirm_payment",
    "on_agenda",
    "vote_against",
    "vote_for",
    "vote_against",
    "vote_against",
    "remove_declined",
    "refund",
];

const FREE: [&str; 7] = [
    "propose",
    "vote_for",
    "vote_for",
    "vote_for",
    "vote_for",
    "other_protocol",
    "authorize_and_exec",
];

/// A question that hardly anybody votes on, where the clock can be moved.
const EXPIRY: [&str; 8] = [
    "propose",
    "vote_for",
    "wait",
    "early_expire",
    "wait",
    "late_vote",
    "exec_unapproved",
    "expire",
];

#[test]
fn the_story_is_told_from_an_empty_chain_to_an_admitted_participant() {
    let folder = tempfile::tempdir().unwrap();
    let (data, progress) = told(folder.path(), &[]);
    let steps = data["steps"].as_array().unwrap();
    assert_eq!(
        names(steps)[11..],
        [&ADMISSION[..], &REFUND, &FREE, &EXPIRY].concat()
    );
    for step in steps {
        assert!(
            progress.contains(step["title"].as_str().unwrap()),
            "{step} is not told on the way"
        );
        match step["outcome"]["kind"].as_str().unwrap() {
            "done" => {
                let transaction = &step["transaction"];
                assert!(
                    transaction["id"]
                        .as_str()
                        .unwrap()
                        .parse::<Checksum256>()
                        .is_ok()
                );
                assert!(transaction["cpu_us"].as_u64().unwrap() >= 100, "{step}");
                assert!(transaction["net_bytes"].as_u64().unwrap() > 0, "{step}");
                assert!(transaction["ram_bytes"].is_i64(), "{step}");
            }
            _ => assert!(step["transaction"].is_null(), "{step}"),
        }
    }
    let waited: Vec<_> = steps
        .iter()
        .filter(|step| step["name"] == "wait")
        .map(|step| step["result"].as_str().unwrap())
        .collect();
    let expected = [
        "question 4 is on the agenda",
        "question 4 is on no agenda any more",
    ];
    assert_eq!(waited, expected, "half a second makes the difference");
    let last = steps
        .iter()
        .filter(|step| step["name"] == "authorize_and_exec");
    for step in last {
        assert_eq!(
            step["transaction"]["actions"],
            json!(["soviet::authorize", "soviet::exec"])
        );
    }

    // Voting costs nobody memory, whatever a member says.
    let votes = steps
        .iter()
        .filter(|step| step["name"].as_str().unwrap().starts_with("vote_"));
    assert!(
        votes
            .clone()
            .all(|step| step["transaction"]["ram_bytes"] == 0)
    );
    assert_eq!(votes.count(), 13);

    let checks = data["checks"].as_array().unwrap();
    assert!(
        checks.len() > 30 && checks.iter().all(|check| check["ok"] == true),
        "{checks:?}"
    );
    assert!(data["kept"].is_null());
}

#[test]
fn what_must_fail_fails_with_the_chains_own_text() {
    let folder = tempfile::tempdir().unwrap();
    let (data, _) = told(folder.path(), &[]);
    let refused: Vec<(&str, &str)> = data["steps"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|step| step["outcome"]["kind"] == "refused")
        .map(|step| {
            assert_eq!(step["outcome"]["error"], "eosio_assert_message_exception");
            (
                step["name"].as_str().unwrap(),
                step["outcome"]["message"].as_str().unwrap(),
            )
        })
        .collect();
    let expected = [
        (
            "outsider_vote",
            "the account has no voting seat in the council",
        ),
        (
            "early_expire",
            "the voting is not over: 48 hours have not passed",
        ),
        ("early_exec", "the decision is not authorized"),
        (
            "second_vote",
            "the member has voted already: a vote is final",
        ),
        ("other_protocol", "the protocol is about another decision"),
        (
            "early_expire",
            "the voting is not over: 48 hours have not passed",
        ),
        ("late_vote", "the voting is over: 48 hours have passed"),
        ("exec_unapproved", "the decision is not authorized"),
    ];
    assert_eq!(refused, expected);
}

/// What a step says that is the same wherever and whenever it happens.
fn lasting(step: &Value) -> Value {
    let mut result = step["result"].as_str().unwrap().to_owned();
    // The ends of votings follow the clock.
    if let Some(start) = result.find("until ") {
        result.truncate(start);
    }
    json!({
        "name": step["name"],
        "title": step["title"],
        "who": step["who"],
        "role": step["role"],
        "outcome": step["outcome"],
        "actions": step["transaction"]["actions"],
        "ram_bytes": step["transaction"]["ram_bytes"],
        "result": result,
    })
}

#[test]
fn the_story_is_the_same_on_a_real_node() {
    let folders = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let (here, _) = told(folders[0].path(), &[]);
    let (there, _) = told(folders[1].path(), &["--node", "nodeos"]);
    let steps = |data: &Value| -> Vec<Value> {
        let steps = data["steps"].as_array().unwrap();
        steps.iter().map(lasting).collect()
    };
    let (mut ours, theirs) = (steps(&here), steps(&there));
    assert_eq!(ours.len(), theirs.len() + EXPIRY.len());
    ours.truncate(theirs.len());
    for (ours, theirs) in ours.iter().zip(&theirs) {
        assert_eq!(ours, theirs);
    }
    assert_eq!(here["contracts"], there["contracts"]);
    // Hashes follow keys and clocks; what was compared, and that it is right, does not.
    let checks = |data: &Value| -> Vec<String> {
        let checks = data["checks"].as_array().unwrap().iter();
        let lasting = checks.filter(|check| !check["title"].as_str().unwrap().contains(".txt"));
        lasting
            .map(|check| format!("{}: {}", check["title"], check["ok"]))
            .collect()
    };
    let (ours, theirs) = (checks(&here), checks(&there));
    assert!(
        theirs.len() > 25 && theirs.iter().all(|check| ours.contains(check)),
        "{theirs:?}"
    );
    assert_eq!(
        (&here["chain"]["node"], &there["chain"]["node"]),
        (&json!("embedded"), &json!("nodeos"))
    );
}

#[test]
fn the_embedded_chain_is_not_kept() {
    let arguments = ["veche", "demo", "--keep", "--lang", "en"].map(OsString::from);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    assert_eq!(veche::run(arguments, &mut out, &mut err), 2);
    let err = String::from_utf8(err).unwrap();
    assert!(err.contains("add --node nodeos"), "{err}");
}

#[test]
fn a_kept_node_answers_cleos_and_has_no_personal_data() {
    let folder = tempfile::tempdir().unwrap();
    let (data, _) = told(folder.path(), &["--keep", "--node", "nodeos"]);
    let client = Client::new(data["chain"]["url"].as_str().unwrap()).unwrap();

    // Files here, hashes there.
    for document in data["documents"].as_array().unwrap() {
        let file = std::fs::read(folder.path().join(document["file"].as_str().unwrap())).unwrap();
        let hash = Checksum256(Sha256::digest(&file).into());
        assert_eq!(document["doc_hash"], hash.to_string());
        let Some(id) = document["transaction_id"].as_str() else {
            continue;
        };
        let recorded = client.get_transaction(id.parse().unwrap()).unwrap();
        let carries = recorded
            .actions
            .iter()
            .any(|action| contains(&action.data, &hash.0));
        assert!(carries, "{document} is not in its transaction");
    }

    // Whatever the input file tells about people stays off the chain, but for their accounts.
    let example = std::fs::read_to_string(format!("{ROOT}/examples/cooperative.json")).unwrap();
    let private = personal(&serde_json::from_str(&example).unwrap());
    assert!(private.len() > 25, "{private:?}");
    for step in data["steps"].as_array().unwrap() {
        let Some(id) = step["transaction"]["id"].as_str() else {
            continue;
        };
        for action in client.get_transaction(id.parse().unwrap()).unwrap().actions {
            let leak = private
                .iter()
                .find(|text| contains(&action.data, text.as_bytes()));
            assert_eq!(leak, None, "{step}");
        }
    }

    // Every command that was printed works, and the last one stops the node.
    for command in data["kept"]["commands"].as_array().unwrap() {
        let line = command["line"].as_str().unwrap();
        let ran = Command::new("sh").args(["-c", line]).output().unwrap();
        let said = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert!(ran.status.success(), "{line}: {said}");
    }
    assert!(client.get_info().is_err(), "the node is stopped");
    assert!(!Path::new(data["kept"]["folder"].as_str().unwrap()).exists());
}

#[test]
fn the_table_for_people_has_every_step() {
    let folder = tempfile::tempdir().unwrap();
    let example = format!("{ROOT}/examples/cooperative.json");
    let documents = folder.path().display().to_string();
    let arguments = [
        "veche",
        "demo",
        &example,
        "--workspace",
        ROOT,
        "--lang",
        "ru",
        "--full-ids",
        "--out",
        &documents,
    ];
    let (mut out, mut err) = (Vec::new(), Vec::new());
    assert_eq!(
        veche::run(arguments.map(OsString::from), &mut out, &mut err),
        0
    );
    let out = String::from_utf8(out).unwrap();
    let head = out
        .lines()
        .find(|line| line.contains("Транзакция"))
        .unwrap();
    for column in [
        "№",
        "Шаг",
        "Кто",
        "CPU, мкс",
        "NET, байт",
        "RAM, байт",
        "Итог",
    ] {
        assert!(head.contains(column), "{head}");
    }
    assert!(
        out.contains("nolifarubime — пайщик, деньги в фондах"),
        "{out}"
    );
    assert!(
        out.contains("отказ: the member has voted already: a vote is final"),
        "{out}"
    );
}

fn contains(data: &[u8], part: &[u8]) -> bool {
    data.windows(part.len()).any(|window| window == part)
}

/// Names, addresses, telephones, questions: all texts of a file that are no accounts or words.
fn personal(value: &Value) -> Vec<String> {
    match value {
        Value::Object(fields) => fields.values().flat_map(personal).collect(),
        Value::Array(items) => items.iter().flat_map(personal).collect(),
        Value::String(text) if !text.is_ascii() || text.contains(['@', '+']) => vec![text.clone()],
        _ => Vec::new(),
    }
}
