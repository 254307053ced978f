//! A kind of decisions of a contract beside the three: registered, accepted, dropped.

use super::{Bureau, CHAIRMAN, VOTERS};
use serde_json::Value;
use std::path::Path;

const COOP: &str = "zarechyekoop";
const KIND: &str = "bookmachine";
const SHOP: &str = "workshopshop";

impl Bureau {
    /// What is told of a kind.
    fn kind(&self, name: &str) -> Value {
        let kinds = self.desk.data("kind");
        let mut kinds = kinds.as_array().expect("kinds").iter();
        kinds
            .find(|it| it["kind"] == name)
            .cloned()
            .unwrap_or_default()
    }

    /// Runs a command with the keys of the cooperative and its chairman, as the chairman.
    fn both(&self, words: &str) -> super::Said {
        self.with_keys(&[CHAIRMAN, COOP], words, &[])
    }
}

fn own_kind(lang: &'static str, words: [&str; 5]) {
    let [unknown, accept, accepted, drop, registered] = words;
    let bureau = Bureau::open(lang);
    veche_tests::built("workshop");
    let key = bureau.public_key(SHOP);
    let operator = bureau.desk.key("eosio");
    let made = format!("create account eosio {SHOP} {key} --yes --key-file {operator}");
    let made = bureau.desk.run(&made, &[]);
    assert_eq!(made.code, 0, "{}", made.err);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/antelope/workshop");
    let folder = folder.display().to_string();
    let shop = bureau.desk.key(SHOP);
    let set = ["--yes", "--key-file", &shop];
    let set = bureau
        .desk
        .run(&format!("set contract {SHOP} {folder}"), &set);
    assert_eq!(set.code, 0, "{}", set.err);

    // Only what is registered can be accepted.
    let early = bureau.both(&format!("kind accept {KIND}"));
    assert!(
        early.code == 4 && early.err.contains(unknown) && early.err.contains("veche kind"),
        "{}",
        early.err
    );
    let register = format!(
        "kind register {KIND} --contract {SHOP} --confirm book --decline refuse --protocol 2001"
    );
    let foreign = bureau.with_keys(&[CHAIRMAN], &register, &[]);
    assert_eq!(foreign.code, 6, "not the operator: {}", foreign.err);
    bureau.by("eosio", &register, &[]);
    assert_eq!(bureau.kind(KIND)["is_accepted"], false);
    let told = bureau.read("kind").out;
    assert!(told.contains(registered), "{told}");

    // Both the cooperative and its chairman sign.
    let alone = bureau.with_keys(&[CHAIRMAN], &format!("kind accept {KIND}"), &[]);
    assert_eq!(alone.code, 6, "{}", alone.err);
    let member = bureau.with_keys(&[VOTERS[1], COOP], &format!("kind accept {KIND}"), &[]);
    assert_eq!(member.code, 6, "not the chairman: {}", member.err);
    let done = bureau.both(&format!("kind accept {KIND}"));
    assert!(done.code == 0 && done.err.contains(accept), "{}", done.err);
    let row = bureau.kind(KIND);
    assert_eq!(
        (&row["is_accepted"], &row["contract"]),
        (&true.into(), &SHOP.into())
    );
    assert!(bureau.read("kind").out.contains(accepted));
    let again = bureau.both(&format!("kind accept {KIND}"));
    assert_eq!(again.code, 6, "{}", again.err);

    let done = bureau.both(&format!("kind drop {KIND}"));
    assert!(done.code == 0 && done.err.contains(drop), "{}", done.err);
    assert_eq!(bureau.kind(KIND)["is_accepted"], false);
    let none = bureau.both(&format!("kind drop {KIND}"));
    assert_eq!(none.code, 4, "{}", none.err);
    let own = bureau.both("kind drop sharemoney");
    assert_eq!(own.code, 6, "a kind of the protocol stays: {}", own.err);
    assert_eq!(bureau.kind("sharemoney")["is_own"], true);
    assert_eq!(bureau.kind("freedecision")["is_accepted"], true);
}

#[test]
fn a_kind_of_another_contract_is_accepted_and_dropped_in_russian() {
    own_kind(
        "ru",
        [
            "вид bookmachine в сети не зарегистрирован",
            "Совет будет решать вопросы вида bookmachine, которые публикует контракт workshopshop",
            "принят кооперативом",
            "Вопросов вида bookmachine совет больше не принимает",
            "вид контракта workshopshop: не принят",
        ],
    );
}

#[test]
fn a_kind_of_another_contract_is_accepted_and_dropped_in_english() {
    own_kind(
        "en",
        [
            "kind bookmachine is not registered on this chain",
            "The council will decide questions of kind bookmachine, which contract workshopshop publishes",
            "accepted by the cooperative",
            "The council takes no more questions of kind bookmachine",
            "of contract workshopshop: not accepted",
        ],
    );
}
