//! A cooperative from nothing: account, fees, founders, council, staff, the first admission; then another
//! chairman and another council.

use super::{Bureau, CASHIER, CHAIRMAN, MARIA};
use serde_json::{Value, json};
use std::fs;

const COOP: &str = "zarechyekoop";
pub(crate) const FOUNDERS: [&str; 3] = [CHAIRMAN, "kepozanuriso", "basulotimegi"];
const OPERATOR: &str = "eosio";

/// Somebody who is given once for each of these.
fn each<'a>(option: &'a str, accounts: &[&'a str]) -> Vec<&'a str> {
    accounts.iter().flat_map(|it| [option, *it]).collect()
}

impl Bureau {
    /// Runs a command with the keys of the cooperative and of these people, which must succeed.
    fn meeting(&self, people: &[&str], words: &str, more: &[&str]) {
        let keys = [&[COOP], people].concat();
        let said = self.with_keys(&keys, words, more);
        assert_eq!(said.code, 0, "{words}: {}", said.err);
    }

    /// From the chain with three contracts to a cooperative with a council and staff. Somebody makes the
    /// cooperative's account with this key, and the operator of the contracts lets it act.
    pub(crate) fn found(&self, open: impl FnOnce(&str), activate: impl FnOnce()) {
        open(&self.public_key(COOP));
        let unknown = self.read("coop");
        assert_eq!(unknown.code, 4, "{}", unknown.err);
        let charter = self.desk.folder.path().join("charter.txt");
        let fees = ["--entrance", "1000.0000 RUB", "--minimum", "3000.0000 RUB"];
        let file = charter.display().to_string();
        let register = "coop register --coop zarechyekoop --quorum 60 --document";
        let missing = self.with_keys(&[COOP], register, &[&[file.as_str()], &fees[..]].concat());
        assert!(
            missing.code == 1 && missing.err.contains("charter.txt"),
            "{}",
            missing.err
        );
        fs::write(&charter, "Устав").expect("a file");
        self.meeting(&[], register, &[&[file.as_str()], &fees[..]].concat());
        activate();
        for founder in FOUNDERS {
            let key = self.public_key(founder);
            self.by(
                COOP,
                &format!("join --open {founder} --public-key"),
                &[&key],
            );
        }
        self.meeting(&FOUNDERS, "coop found", &each("--founder", &FOUNDERS));
        let seats = [
            &["--chairman", CHAIRMAN],
            &each("--member", &FOUNDERS[1..])[..],
        ]
        .concat();
        self.meeting(&FOUNDERS, "board found", &seats);
        let again = self.with_keys(&[COOP], "board found", &seats);
        assert!(
            again.code == 2 && again.err.contains("board elect"),
            "{}",
            again.err
        );
        let key = self.public_key(CASHIER);
        self.by(
            COOP,
            &format!("join --open {CASHIER} --public-key"),
            &[&key],
        );
        self.by(CHAIRMAN, "staff add gipavudorezo cashier clerk", &[]);
    }

    /// Maria is admitted, whom nobody knew before.
    fn admit(&self) {
        self.apply();
        self.admit_applicant();
    }

    /// Maria applies, and pays.
    pub(crate) fn apply(&self) {
        let key = self.public_key(MARIA);
        self.by(CASHIER, "join --open nolifarubime --public-key", &[&key]);
        self.by(MARIA, "join", &[]);
        self.by(
            CASHIER,
            "pay nolifarubime",
            &["4000.0000 RUB", "--record", "order 1"],
        );
    }

    /// The council admits her.
    pub(crate) fn admit_applicant(&self) {
        let id = self.newest();
        for member in FOUNDERS {
            self.by(member, &format!("vote {id} for"), &[]);
        }
        self.by(CHAIRMAN, &format!("authorize {id}"), &[]);
        assert_eq!(
            self.desk.data("wallet-of nolifarubime")["minimum"],
            "3000.0000 RUB"
        );
    }

    /// Who presides.
    fn chairman(&self) -> String {
        let board = self.desk.data("board");
        let seats = board.as_array().expect("seats").iter();
        let mut chairmen = seats.filter(|it| it["is_chairman"] == true);
        let chairman = chairmen.next().expect("a chairman");
        chairman["username"]
            .as_str()
            .expect("an account")
            .to_owned()
    }
}

fn from_nothing(lang: &'static str, words: [&str; 4]) {
    let [registered, voices, over, ended] = words;
    let bureau = Bureau::before_the_founding(lang);
    let open = |key: &str| {
        let operator = bureau.desk.key(OPERATOR);
        let rest = [key, "--yes", "--key-file", &operator];
        let made = bureau.desk.run("create account eosio zarechyekoop", &rest);
        assert_eq!(made.code, 0, "{}", made.err);
    };
    bureau.found(open, || {
        bureau.by(OPERATOR, "coop activate", &[]);
    });
    let coop = bureau.desk.data("coop");
    assert_eq!(
        (&coop["status"], &coop["participants"]),
        (&json!("active"), &json!(3))
    );
    assert_eq!(bureau.chairman(), CHAIRMAN);
    bureau.admit();
    // Whoever joins in the block of an election has no voice in it.
    bureau.desk.pass(1);

    // The meeting elects another chairman; one of those elected signs at a desk of its own.
    let next = FOUNDERS[1];
    let submit = format!("board chairman {next}");
    let keys = [&[COOP], &FOUNDERS[..2]].concat();
    let said = bureau.with_keys(&keys, &submit, &["--json"]);
    assert_eq!(said.code, 1, "{}", said.err);
    let error: Value = serde_json::from_str(&said.out).expect("an object");
    let details = &error["errors"][0]["details"];
    assert_eq!(details["missing"], json!([FOUNDERS[2]]));
    let file = details["file"].as_str().expect("a file");
    bureau.by(FOUNDERS[2], &format!("paper {file} --sign"), &[]);
    bureau.meeting(&[], &submit, &["--paper", file]);
    let election = bureau.desk.data("board election");
    assert_eq!(
        (&election["support"], &election["objections"]),
        (&json!(3), &json!(0))
    );
    bureau.by(MARIA, "board object", &[]);
    let told = bureau.read("board election").out;
    assert!(told.contains(voices), "{told}");
    let early = bureau.with_keys(&[CASHIER], "board seat", &[]);
    assert_eq!(early.code, 6, "{}", early.err);
    bureau.desk.pass(73 * 3600);
    assert!(bureau.read("board election").out.contains(over));
    bureau.by(CASHIER, "board seat", &[]);
    assert_eq!(bureau.chairman(), next);

    // Rights ended with the council that gave them; the new chairman confirms them.
    assert!(bureau.read("staff").out.contains(ended));
    bureau.by(next, "staff confirm", &[]);
    assert_eq!(bureau.desk.data("staff")[0]["ended"], false);
    let nothing = bureau.with_keys(&[next], "staff confirm", &[]);
    assert!(
        nothing.code == 4 && nothing.err.contains("veche staff"),
        "{}",
        nothing.err
    );
    bureau.by(next, "staff set gipavudorezo gateway::incomplete", &[]);
    assert_eq!(
        bureau.desk.data("staff")[0]["rights"],
        json!(["gateway::incomplete"])
    );
    let wrong = bureau.with_keys(&[next], "staff set gipavudorezo boss", &[]);
    assert_eq!(wrong.code, 2, "{}", wrong.err);
    bureau.by(next, "staff rm gipavudorezo", &[]);
    let none = bureau.with_keys(&[next], "staff rm gipavudorezo", &[]);
    assert_eq!(none.code, 4, "{}", none.err);

    // A seat for Maria; the cooperative takes that back.
    let replace = format!("board replace {} {MARIA}", FOUNDERS[2]);
    bureau.meeting(&[FOUNDERS[0], FOUNDERS[1], MARIA], &replace, &[]);
    bureau.by(COOP, "board drop", &[]);
    let no = bureau.read("board election");
    assert!(no.code == 4 && no.err.contains("board elect"), "{}", no.err);

    // Another board, the charter and the fees.
    let audit = ["--board", "audit", "--member", MARIA];
    bureau.meeting(&[MARIA], "board elect", &audit);
    bureau.by(COOP, "board drop", &[]);
    let fees = ["--entrance", "1500.0000 RUB", "--minimum", "3000.0000 RUB"];
    bureau.meeting(&[], "coop fees", &fees);
    assert_eq!(bureau.desk.data("coop")["initial"], "1500.0000 RUB");
    let present = each("--present", &FOUNDERS);
    let against = each("--against", &[MARIA]);
    let words = [&["--quorum", "80"], &present[..], &against[..]].concat();
    bureau.meeting(&FOUNDERS, "coop charter", &words);
    bureau.by(OPERATOR, "coop block", &[]);
    assert_eq!(bureau.desk.data("coop")["status"], "blocked");
    let dry = ["--json", "--dry-run"];
    let said = bureau.with_keys(&[OPERATOR], "coop activate", &dry);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.err.contains(registered), "{}", said.err);
    assert_eq!(
        bureau.desk.data("coop")["status"],
        "blocked",
        "nothing of it is kept"
    );
}

#[test]
fn a_cooperative_from_nothing_in_russian() {
    from_nothing(
        "ru",
        [
            "Кооператив zarechyekoop может работать",
            "За состав: 3, нужно 2; против: 1",
            "Срок прошёл: veche board seat",
            "закончились с советом",
        ],
    );
}

#[test]
fn a_cooperative_from_nothing_in_english() {
    from_nothing(
        "en",
        [
            "The cooperative zarechyekoop may act",
            "For it: 3, needed 2; against it: 1",
            "The term for voices is over: veche board seat",
            "ended with the council",
        ],
    );
}
