//! Every action beside its packing by the ABI that the contract has.

use crate::{abi, answers, hex};
use antelope_abi::Abi;
use antelope_types::{Name, Signature};
use coop_wasm::ACTIONS;
use serde_json::{Value, json};

/// A signed document as JSON.
fn document() -> Value {
    json!({
        "meta": {
            "registry_id": 501, "coopname": "zarechyekoop", "username": "nolifarubime",
            "title": "Протокол", "lang": "ru", "generator": "veche", "version": "1",
            "block_num": 7, "created_at": "2026-01-31T12:00:00.500", "timezone": "Europe/Moscow",
            "links": ["ab".repeat(32)],
            "subject": ["DecisionSubject", {
                "decision_id": 5, "hash": "cd".repeat(32), "votes_for": "18446744073709551615",
                "votes_against": 0, "quorum_percent": 50,
            }],
        },
        "doc_hash": "ef".repeat(32),
        "signatures": [{
            "signer": "nolifarubime",
            "public_key": "PUB_K1_6MRyAjQq8ud7hVNYcfnVPJqcVpscN5So8BhtHuGYqET5BoDq63",
            "signature": Signature::K1([31; 65]).to_string(),
            "signed_at": "2026-01-31T12:00:01.000",
        }],
    })
}

/// A value of this kind for a field of this name.
fn value(ty: &str, field: &str) -> Value {
    match (ty, field) {
        ("name", "kind") => json!("individual"),
        ("name", _) => json!("nolifarubime"),
        ("uint64" | "uint32", _) => json!(5),
        ("string", _) => json!("не пришли \"деньги\""),
        ("checksum256", _) => json!("12".repeat(32)),
        ("asset", _) => json!("1500.00 RUB"),
        ("public_key", _) => {
            json!("PUB_WA_WdCPfafVNxVMiW5ybdNs83oWjenQXvSt1F49fg9mv7qrCiRwHj5b38U3ponCFWxQTkDsMC")
        }
        ("Document", _) => document(),
        ("Document[]", _) => json!([document(), document()]),
        ("name[]", _) => json!(["nolifarubime", "kepozanuriso"]),
        ("Charter", _) => json!({ "quorum_percent": 51, "board_support": 7 }),
        ("Right[]", _) => json!([{ "contract": "gateway", "action": "incomplete" }]),
        ("Seat[]", _) => {
            json!([{ "username": "nolifarubime", "is_voting": true, "position": "chairman" }])
        }
        _ => panic!("{field}: {ty}"),
    }
}

/// Who signs what anybody may do.
const ANYBODY: &str = "";

/// The actions of `ActionData`, by contract and with the field that has who signs.
const SIGNERS: &[(&str, &[(&str, &str)])] = &[
    (
        "registrator",
        &[
            ("newaccount", "actor"),
            ("signagree", "username"),
            ("reguser", "username"),
            ("regfounders", "coopname"),
            ("setcharter", "coopname"),
            ("exitcoop", "username"),
            ("moveuser", "newname"),
            ("vetomove", "username"),
            ("completemove", ANYBODY),
            ("blockuser", "proposer"),
            ("retryrefund", "actor"),
        ],
    ),
    (
        "soviet",
        &[
            ("freedecision", "username"),
            ("votefor", "username"),
            ("voteagainst", "username"),
            ("authorize", "chairman"),
            ("exec", "executer"),
            ("createboard", "coopname"),
            ("updateboard", "coopname"),
            ("support", "username"),
            ("object", "username"),
            ("seatboard", ANYBODY),
            ("dropboard", ANYBODY),
            ("freevoices", ANYBODY),
            ("addstaff", "chairman"),
            ("setrights", "chairman"),
            ("rmstaff", "actor"),
            ("accepttype", "chairman"),
            ("droptype", "chairman"),
        ],
    ),
    (
        "gateway",
        &[
            ("incomplete", "actor"),
            ("indecline", "actor"),
            ("outcomplete", "actor"),
            ("outdecline", "actor"),
            ("retrypay", "actor"),
            ("sharemoney", "username"),
            ("shareprop", "username"),
            ("acceptprop", "actor"),
            ("cancelprop", "actor"),
            ("handprop", "actor"),
            ("returnmoney", "username"),
            ("returnprop", "username"),
        ],
    ),
];

/// The data of an action, a value for each field of the ABI.
fn data(abi: &Abi, action: &str) -> Value {
    let definition = abi.definition();
    let layout = definition.structs.iter().find(|it| it.name == action);
    let fields = layout.expect("the action's data").fields.iter();
    fields
        .map(|field| (field.name.clone(), value(&field.ty, &field.name)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// The names of the actions that the package makes, by contract.
fn made() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    let name = |row: &'static str| row.split(' ').next().unwrap_or_default();
    ACTIONS
        .iter()
        .map(move |(contract, rows)| (*contract, rows.lines().map(name).collect()))
}

#[test]
fn who_signs_is_known_of_every_action() {
    let known = SIGNERS.iter().map(|(contract, rows)| {
        let names: Vec<_> = rows.iter().map(|(name, _)| *name).collect();
        (*contract, names)
    });
    assert!(made().eq(known), "SIGNERS are not the actions of ACTIONS");
}

#[test]
fn the_types_have_every_action_and_no_other() {
    let types = include_str!("../../src/types.d.ts");
    let (_, data) = types.split_once("interface ActionData {").expect("a type");
    let (data, _) = data.split_once("\n}").expect("its end");
    let lines = data.lines().filter_map(|line| line.split_once(':'));
    let mut typed: Vec<_> = lines.map(|(name, _)| name.trim()).collect();
    let mut made: Vec<_> = made().flat_map(|(_, names)| names).collect();
    typed.sort_unstable();
    made.sort_unstable();
    assert_eq!(typed, made);
}

#[test]
fn actions_are_packed_as_by_the_abi() {
    let mut lines = Vec::new();
    let mut expected = Vec::new();
    for (contract, actions) in SIGNERS {
        let abi = &abi(contract);
        for (name, signer) in *actions {
            let data = data(abi, name);
            let action: Name = name.parse().expect("a name");
            let packed = abi.pack_action(action, &data).expect("by the ABI");
            // By the usual names and permission, every other time.
            let is_usual = expected.len() % 2 == 1;
            let [account, permission] = match is_usual {
                true => [*contract, "active"],
                false => ["anothername1", "voting"],
            };
            let mut setting = match is_usual {
                true => json!({}),
                false => json!({ *contract: account, "permission": permission }),
            };
            let actor = match *signer {
                ANYBODY => {
                    setting["actor"] = json!("kepozanuriso");
                    setting["actor"].clone()
                }
                field => data[field].clone(),
            };
            let mut line = json!({
                "run": "action", "name": name, "data": data, "abi": abi.definition(),
                "setting": setting,
            });
            if setting == json!({}) {
                line.as_object_mut().expect("an object").remove("setting");
            }
            lines.push(line);
            expected.push(json!({
                "account": account, "name": name, "data": hex(&packed),
                "authorization": [{ "actor": actor, "permission": permission }],
            }));
        }
    }
    let Some(answers) = answers(&lines) else {
        return;
    };
    for (answer, expected) in answers.iter().zip(&expected) {
        assert_eq!(answer["done"], *expected, "{answer}");
    }
}

/// The new account of a move ends it as well as the old one, and only the old one stands in the data.
#[test]
fn another_account_than_the_data_names_signs_where_it_is_told_to() {
    let veto = json!({ "coopname": "a", "username": "b" });
    let seat = json!({ "coopname": "a", "version": 2 });
    let line = |(contract, name, data, setting): (&str, &str, &Value, Value)| {
        let abi = abi(contract);
        json!({
            "run": "action", "name": name, "data": data, "setting": setting, "abi": abi.definition(),
        })
    };
    let lines = [
        ("registrator", "vetomove", &veto, json!({})),
        ("registrator", "vetomove", &veto, json!({ "actor": "c" })),
        ("soviet", "seatboard", &seat, json!({ "actor": "c" })),
        ("soviet", "seatboard", &seat, json!({})),
        ("soviet", "seatboard", &seat, json!({ "actor": "Nobody" })),
    ]
    .map(line);
    let Some(answers) = answers(&lines) else {
        return;
    };
    for (answer, actor) in answers.iter().zip(["b", "c", "c"]) {
        assert_eq!(
            answer["done"]["authorization"],
            json!([{ "actor": actor, "permission": "active" }])
        );
    }
    for answer in &answers[3..] {
        assert_eq!(
            (&answer["code"], &answer["field"]),
            (&json!("value"), &json!("setting.actor"))
        );
    }
}

#[test]
fn what_is_wrong_with_the_data_of_an_action_is_told_by_its_path() {
    let mut long = document();
    long["meta"]["title"] = "я".repeat(129).into();
    let mut late = document();
    late["meta"]["created_at"] = "yesterday".into();
    let proposal = |document| json!({ "coopname": "a", "username": "b", "proposal": document });
    let vote = json!({ "coopname": "a", "username": "b", "decision_id": -1, "hash": "00" });
    let cases = [
        (
            "freedecision",
            proposal(long),
            "too_long",
            "proposal.meta.title",
        ),
        (
            "freedecision",
            proposal(late),
            "value",
            "proposal.meta.created_at",
        ),
        ("votefor", vote, "value", "decision_id"),
        ("votefor", json!({}), "value", "coopname"),
        ("transfer", json!({}), "action", "transfer"),
    ];
    let line = |(name, data, ..): &(&str, Value, &str, &str)| json!({ "run": "action", "name": name, "data": data });
    let lines: Vec<_> = cases.iter().map(line).collect();
    let Some(answers) = answers(&lines) else {
        return;
    };
    for (answer, (_, _, code, field)) in answers.iter().zip(&cases) {
        assert_eq!(
            (&answer["code"], &answer["field"]),
            (&json!(code), &json!(field))
        );
        for language in ["message", "ru"] {
            let message = answer[language].as_str().expect("a message");
            assert!(message.starts_with(field), "{message}");
        }
    }
}
