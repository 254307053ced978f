//! Every kind of decision of the catalogue, from its statement to the registry, by `veche` alone.

use super::{Bureau, CASHIER, MARIA};
use coop_model::catalogue::CATALOGUE;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;

/// Where Maria goes on when she has lost her key.
const NEW: &str = "veratunilosa";

impl Bureau {
    /// The state of the only thing, or of none.
    fn thing(&self) -> Value {
        self.desk.data("property")[0]["status"].clone()
    }

    /// A thing becomes a share, by an act that the two sides sign at one desk or at two.
    fn contribute_thing(&self, question: &str) {
        let offer = ["Прицеп бортовой", "60000.0000 RUB"];
        self.by(MARIA, "property offer", &offer);
        let list = self.read("property").out;
        assert!(list.contains("Прицеп бортовой"), "{list}");

        // The cashier alone cannot sign for both; the draft goes to the owner and comes back.
        let alone = self.with_keys(&[CASHIER], "property accept 1", &["--json"]);
        assert_eq!(alone.code, 1, "{}", alone.err);
        let error: Value = serde_json::from_str(&alone.out).expect("an object");
        let error = &error["errors"][0];
        assert_eq!(error["code"], "draft.unsigned");
        assert_eq!(error["details"]["missing"], json!([MARIA]));
        assert!(
            error["hint"]
                .as_str()
                .is_some_and(|it| it.contains("veche paper"))
        );
        let file = error["details"]["file"].as_str().expect("a file");
        let shown = self.read(&format!("paper {file}"));
        assert!(shown.out.contains("Прицеп бортовой"), "{}", shown.out);
        let foreign = self.with_keys(&["kepozanuriso"], &format!("paper {file} --sign"), &[]);
        assert_eq!(foreign.code, 2, "{}", foreign.err);
        self.by(MARIA, &format!("paper {file} --sign"), &[]);
        let wrong = self.with_keys(&[CASHIER], "property hand 1", &["--paper", file]);
        assert_eq!(wrong.code, 6, "not its step: {}", wrong.err);
        self.by(CASHIER, "property accept 1", &["--paper", file]);
        assert_eq!(self.thing(), "accepted");
        let protocol = self.decided();
        assert!(protocol.contains(question), "{protocol}");
        assert_eq!(self.thing(), "shared");
    }
}

/// Every kind of decision from its statement to its end.
pub(super) fn every_kind(bureau: &Bureau, question: &str) {
    let pay = |account: &str, sum: &str, record: &str| {
        // State history has no row that one block makes and erases: a payment is ordered in a block before.
        bureau.desk.pass(1);
        let command = format!("pay {account}");
        bureau.by(CASHIER, &command, &[sum, "--record", record]);
    };

    // Nobody signs what the contracts would refuse.
    let dollars = bureau.with_keys(&[MARIA], "contribute", &["500.0000 USD"]);
    assert_ne!(dollars.code, 0);
    assert!(dollars.err.contains("100.0000 RUB"), "{}", dollars.err);
    bureau.by(MARIA, "contribute", &["500.0000 RUB"]);
    pay(MARIA, "500.0000 RUB", "order 1");
    bureau.decided();
    bureau.by(MARIA, "return", &["500.0000 RUB"]);
    bureau.decided();
    pay(MARIA, "500.0000 RUB", "order 2");

    bureau.contribute_thing(question);
    bureau.by(MARIA, "property ask 1", &[]);
    bureau.decided();
    assert_eq!(bureau.thing(), "handover");
    // Whoever has the keys of both sides signs at once.
    let hand = bureau.with_keys(&[CASHIER, MARIA], "property hand 1", &[]);
    assert_eq!(hand.code, 0, "{}", hand.err);
    assert_eq!(bureau.thing(), json!(null));

    let member = "kepozanuriso";
    let texts = ["О крыше", "--decision", "Отремонтировать крышу до мая"];
    bureau.by(member, "propose --question", &texts);
    bureau.decided();
    let reason = ["--reason", "Не отвечает на письма"];
    for command in ["block nolifarubime", "unblock nolifarubime"] {
        bureau.by(member, command, &reason);
        bureau.decided();
    }

    // A lost key: the new account asks, and a week later anyone completes the move.
    let key = bureau.public_key(NEW);
    bureau.by(CASHIER, &format!("join --open {NEW} --public-key"), &[&key]);
    bureau.by(NEW, "move nolifarubime", &[]);
    bureau.decided();
    let early = bureau.with_keys(&[CASHIER], "move nolifarubime --complete", &[]);
    assert_eq!(early.code, 6, "{}", early.err);
    let moves = bureau.desk.data("move");
    assert_eq!(moves[0]["new_account"], NEW);
    assert!(moves[0]["ready_at"].is_string());
    bureau.desk.pass(8 * 86_400);
    bureau.by(CASHIER, "move nolifarubime --complete", &[]);
    assert_eq!(bureau.desk.data("move"), json!([]));

    let people = bureau.desk.folder.path().join("desk/zarechyekoop/people");
    let [old, new] = [MARIA, NEW].map(|it| people.join(format!("{it}.json")));
    fs::copy(old, new).expect("a file");
    bureau.by(NEW, "leave", &[]);
    bureau.decided();
    pay(NEW, "3000.0000 RUB", "order 3");

    // The registry has every kind, each with what it was about.
    bureau.desk.pass(1);
    let registry = bureau.desk.data("registry");
    let decisions = registry["decisions"].as_array().expect("a list");
    let kinds = decisions
        .iter()
        .map(|it| it["kind"].as_str().expect("a kind").to_owned());
    let known = CATALOGUE.iter().map(|it| it.name.to_string());
    assert_eq!(
        kinds.collect::<BTreeSet<_>>(),
        known.collect::<BTreeSet<_>>(),
        "a kind has no command, or was not tried here"
    );
    for decision in decisions {
        let kind = decision["kind"].as_str().expect("a kind");
        let (field, value) = match kind {
            "sharemoney" | "returnmoney" => ("quantity", json!("500.0000 RUB")),
            "shareprop" | "returnprop" => ("quantity", json!("60000.0000 RUB")),
            "leavecoop" => ("quantity", json!("3000.0000 RUB")),
            "moveuser" => ("new_account", json!(NEW)),
            _ => continue,
        };
        assert_eq!(decision[field], value, "{kind}");
        let acts = decision["acts"].as_array().map_or(0, Vec::len);
        assert_eq!(acts == 1, kind.ends_with("prop"), "{kind}: {acts} acts");
    }
    let blocked = decisions.iter().filter_map(|it| it["is_blocked"].as_bool());
    assert_eq!(blocked.collect::<Vec<_>>(), [false, true]);
}

#[test]
fn every_kind_of_decision_has_its_commands_in_russian() {
    every_kind(&Bureau::open("ru"), "Прицеп бортовой");
}

#[test]
fn every_kind_of_decision_has_its_commands_in_english() {
    every_kind(&Bureau::open("en"), "Share contribution in property");
}

#[test]
fn what_is_missing_for_a_protocol_is_asked_for() {
    let bureau = Bureau::open("ru");
    bureau.by(MARIA, "property offer", &["Прицеп", "60000.0000 RUB"]);
    let things = bureau.desk.folder.path().join("desk/zarechyekoop/things");
    let file = fs::read_dir(&things).expect("things").flatten().next();
    let file = file.expect("a thing").path();
    fs::write(&file, "Тележка").expect("a file");
    let said = bureau.with_keys(&[CASHIER, MARIA], "property accept 1", &[]);
    assert_eq!(said.code, 1);
    assert!(
        said.err.contains("положите текст") && said.err.contains("things/"),
        "{}",
        said.err
    );
    fs::write(&file, "Прицеп\n").expect("a file");
    let said = bureau.with_keys(&[CASHIER, MARIA], "property accept 1", &[]);
    assert_eq!(said.code, 0, "{}", said.err);
    let none = bureau.with_keys(&[CASHIER], "property hand 7", &[]);
    assert!(
        none.code == 4 && none.err.contains("имущества 7 нет"),
        "{}",
        none.err
    );
    let none = bureau.with_keys(&[CASHIER], "move nobody --veto", &[]);
    assert!(
        none.code == 4 && none.err.contains("veche move"),
        "{}",
        none.err
    );
}
