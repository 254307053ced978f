//! The whole story, on the embedded chain and on a real node, as a program that runs the command sees it.

use antelope_rpc_client::Client;
use antelope_types::Checksum256;
use coop_model::refusal::{self, council, decision, document, money, moving, payment, staff};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use super::chapters::{
    ADMISSION, EXIT, FREE, MONEY, PROPERTY, REFUND, SECOND_ADMISSION, SECOND_MONEY, in_time,
};

pub(super) const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The example of the repository.
pub(super) const EXAMPLE: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/cooperative.json");

/// Runs the demo on the example; its result, and what it said on the way.
fn told(documents: &Path, more: &[&str]) -> (Value, String) {
    told_of(EXAMPLE, documents, more)
}

/// Runs the demo on a file.
fn told_of(file: &str, documents: &Path, more: &[&str]) -> (Value, String) {
    let mut arguments: Vec<OsString> = [
        "veche",
        "demo",
        file,
        "--workspace",
        ROOT,
        "--lang",
        "en",
        "--json",
        "--all",
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

#[test]
fn the_story_is_told_from_an_empty_chain_to_people_who_leave() {
    let folder = tempfile::tempdir().unwrap();
    let (data, progress) = told(folder.path(), &[]);
    let steps = data["steps"].as_array().unwrap();
    assert_eq!(
        names(steps)[12..],
        [
            &ADMISSION[..],
            &REFUND,
            &SECOND_ADMISSION,
            &FREE,
            &MONEY,
            &PROPERTY,
            &SECOND_MONEY,
            &EXIT,
            &in_time(),
        ]
        .concat()
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
        "question 11 is on the agenda",
        "question 11 is on no agenda any more",
        "question 12 is on no agenda any more",
        "enough support in 72 hours",
        "no veto of the old account in 7 days",
    ];
    assert_eq!(waited, expected, "half a second makes the difference");
    for (name, actions) in [
        (
            "authorize_and_exec",
            json!(["soviet::authorize", "soviet::exec"]),
        ),
        (
            "remove_declined",
            json!(["soviet::declinedec", "soviet::deliver"]),
        ),
    ] {
        for step in steps.iter().filter(|step| step["name"] == name) {
            assert_eq!(step["transaction"]["actions"], actions);
        }
    }
    // A free question has no owner who waits for the news.
    let expired: Vec<_> = steps
        .iter()
        .filter(|step| step["name"] == "expire")
        .map(|step| &step["transaction"]["actions"])
        .collect();
    let [free, standardized] = [
        json!(["soviet::expire"]),
        json!(["soviet::expire", "soviet::deliver"]),
    ];
    assert_eq!(expired, [&free, &standardized]);

    // Voting costs nobody memory, whatever a member says.
    let votes = steps
        .iter()
        .filter(|step| step["name"].as_str().unwrap().starts_with("vote_"));
    assert!(
        votes
            .clone()
            .all(|step| step["transaction"]["ram_bytes"] == 0)
    );
    assert_eq!(votes.count(), 57);

    let checks = data["checks"].as_array().unwrap();
    assert!(
        checks.len() > 150 && checks.iter().all(|check| check["ok"] == true),
        "{checks:?}"
    );
    assert!(data["kept"].is_null());

    let told: Vec<_> = data["story"].as_array().unwrap().iter().collect();
    assert!((20..=30).contains(&told.len()), "{told:?}");
}

/// The council says no to everything that it is asked after the admissions: money and property go
/// back, what was asked back stays a share, nobody leaves and nobody moves. The return of a thing
/// that too few vote on leaves it a share.
#[test]
fn what_the_council_does_not_agree_to_leaves_the_books_as_they_were() {
    let mut file: Value = serde_json::from_str(&std::fs::read_to_string(EXAMPLE).unwrap()).unwrap();
    let no = file["candidates"][1]["votes"].clone();
    let yes = file["candidates"][2]["votes"].clone();
    let too_few = file["contributions"][2]["return"]["votes"].clone();
    let contributions = json!([
        {"participant": "nolifarubime", "money": "5000.0000 RUB", "votes": yes,
         "return": {"money": "2000.0000 RUB", "votes": no}},
        {"participant": "nolifarubime", "money": "1.0000 RUB", "votes": no},
        {"participant": "nolifarubime", "property": "Стол", "valuation": "10.0000 RUB", "votes": no},
        {"participant": "rukavomelita", "property": "Стул", "valuation": "20.0000 RUB", "votes": yes,
         "return": {"votes": no}},
        {"participant": "rukavomelita", "property": "Шкаф", "valuation": "30.0000 RUB", "votes": yes,
         "return": {"votes": too_few}},
    ]);
    file["contributions"] = contributions;
    file.as_object_mut().unwrap().remove("election");
    file["exits"][0]["votes"] = no.clone();
    file["moves"][0]["votes"] = no;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cooperative.json");
    std::fs::write(&path, file.to_string()).unwrap();
    let (data, _) = told_of(path.to_str().unwrap(), folder.path(), &[]);
    let done = names(data["steps"].as_array().unwrap());
    let count = |name| done.iter().filter(|done| **done == name).count();
    let counts = [
        ("refund", 2),
        ("hand_over", 1),
        ("remove_declined", 7),
        ("pay_share", 0),
        ("complete_move", 0),
        ("expire", 2),
    ];
    for (name, expected) in counts {
        assert_eq!(count(name), expected, "{name}");
    }
    let told: Vec<_> = data["story"].as_array().unwrap().iter().collect();
    let last = told.last().unwrap().as_str().unwrap();
    assert!(
        last.ends_with("the new account does not get the participation"),
        "{last}"
    );
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
        ("own_rights", staff::CHAIRMAN_HIMSELF),
        ("changed_statement", document::WRONG_SIGNATURE),
        ("other_sum", payment::NOT_EXACTLY),
        (
            "confirm_without_right",
            staff::NEITHER_COOPERATIVE_NOR_STAFF,
        ),
        ("outsider_vote", council::NO_VOTING_SEAT),
        ("early_expire", decision::VOTING_GOES_ON),
        ("early_exec", decision::NOT_AUTHORIZED),
        ("early_authorize", decision::NOT_APPROVED),
        ("second_vote", decision::VOTED_ALREADY),
        ("second_exec", decision::NO_QUESTION),
        ("used_record", payment::REFERENCE_USED),
        ("other_protocol", decision::PROTOCOL_OF_ANOTHER),
        ("too_much", money::NOT_ENOUGH),
        ("early_expire", decision::VOTING_GOES_ON),
        ("late_vote", decision::VOTING_OVER),
        ("exec_unapproved", decision::NOT_AUTHORIZED),
        ("early_board", council::ELECTION_NOT_OVER),
        ("ended_rights", staff::RIGHTS_ENDED),
        ("authorized_by_actor", payment::AUTHORIZED_BY_ACTOR),
        ("early_move", moving::VETO_NOT_OVER),
    ]
    .map(|(name, refusal)| (name, refusal.text));
    assert_eq!(refused, expected);
    let unchanged = data["checks"].as_array().unwrap().iter().filter(|check| {
        let title = check["title"].as_str().unwrap();
        title.starts_with("tables of the three contracts after the refusal")
    });
    assert_eq!(unchanged.count(), expected.len());
    // Programs find the reason by its code, people read it in their language.
    for step in data["steps"].as_array().unwrap() {
        let refusal = &step["outcome"]["refusal"];
        if step["outcome"]["kind"] == "refused" {
            let message = refusal::find_code(refusal["code"].as_u64().unwrap()).unwrap();
            assert_eq!(step["outcome"]["message"], message.refusal.text);
            assert_eq!(refusal["ru"], message.ru);
        }
    }
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
    assert_eq!(ours.len(), theirs.len() + in_time().len());
    ours.truncate(theirs.len());
    for (ours, theirs) in ours.iter().zip(&theirs) {
        assert_eq!(ours, theirs);
    }
    let left_out = there["story"].as_array().unwrap().last().unwrap();
    let left_out = left_out.as_str().unwrap();
    assert!(
        left_out.starts_with("Left to the embedded chain"),
        "{left_out}"
    );
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
        theirs.len() > 100 && theirs.iter().all(|check| ours.contains(check)),
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
