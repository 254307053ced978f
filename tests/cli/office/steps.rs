//! Steps beside the usual way: payments that fail, and what is withdrawn, vetoed or supported.

use super::{Bureau, CASHIER, CHAIRMAN, MARIA, VOTERS};
use serde_json::json;

/// Who applies, or goes on in Maria's place.
const ANNA: &str = "zuketamosiva";
const SUM: &str = "500.0000 RUB";

impl Bureau {
    /// With a cashier who may also decline, send back and try again.
    fn with_rights(lang: &'static str) -> Self {
        let bureau = Self::open(lang);
        bureau.by(CHAIRMAN, "staff set gipavudorezo cashier clerk", &[]);
        bureau
    }

    /// The status of the only payment; nothing where none is open.
    fn payment(&self) -> Option<String> {
        let open = self.desk.data("pay");
        let open = open.as_array().expect("payments");
        assert!(open.len() < 2, "{open:?}");
        let status = open.first().map(|it| it["status"].as_str());
        status.map(|it| it.expect("a status").to_owned())
    }

    /// The cashier confirms a payment, and is told these words.
    fn pays(&self, account: &str, more: &[&str], words: &str) {
        let said = self.by(CASHIER, &format!("pay {account}"), more);
        assert!(said.err.contains(words), "{words}: {}", said.err);
    }

    /// A share that was declined cannot be sent back at first.
    fn fails_and_goes_again(&self, account: &str, sum: &str, [not_sent, failed, again]: [&str; 3]) {
        assert_eq!(self.payment().as_deref(), Some("returning"));
        self.pays(account, &[sum, "--failed", "closed"], not_sent);
        assert_eq!(self.payment().as_deref(), Some("failed"));
        let list = self.read("pay").out;
        assert!(list.contains(failed), "{list}");
        self.pays(account, &[sum, "--again"], again);
        assert_eq!(self.payment().as_deref(), Some("returning"));
        self.pays(account, &[sum, "--record", "order 9"], "order 9");
        assert_eq!(self.payment(), None);
        // It has gone for good.
        let more = [sum, "--again"];
        let none = self.with_keys(&[CASHIER], &format!("pay {account}"), &more);
        assert_eq!(none.code, 4, "{}", none.err);
    }
}

/// What is said: an invoice that is not paid, then money that is not sent.
fn payments(lang: &'static str, not_coming: &str, words: [&str; 3]) {
    let bureau = Bureau::with_rights(lang);
    bureau.by(MARIA, "contribute", &[SUM]);
    bureau.pays(MARIA, &[SUM, "--failed", "a mistake"], not_coming);
    assert_eq!(bureau.payment(), None);

    bureau.by(MARIA, "contribute", &[SUM]);
    bureau.pays(MARIA, &[SUM, "--record", "order 1"], "order 1");
    bureau.declined();
    bureau.fails_and_goes_again(MARIA, SUM, words);
}

#[test]
fn payments_that_fail_in_russian() {
    let words = ["отправить не удалось", "вернуть не удалось", "ещё раз"];
    payments("ru", "не придут", words);
}

#[test]
fn payments_that_fail_in_english() {
    let words = [
        "could not be sent to nolifarubime",
        "could not be sent back",
        "are to be sent to nolifarubime once more",
    ];
    payments("en", "will not come", words);
}

#[test]
fn the_refund_of_a_candidate_is_tried_again() {
    let bureau = Bureau::with_rights("en");
    let key = bureau.public_key(ANNA);
    bureau.by(
        CASHIER,
        &format!("join --open {ANNA} --public-key"),
        &[&key],
    );
    bureau.by(ANNA, "join", &[]);
    let fees = "4000.0000 RUB";
    bureau.pays(ANNA, &[fees, "--record", "order 1"], "order 1");
    bureau.declined();
    let words = ["could not be sent", "could not be sent back", "once more"];
    bureau.fails_and_goes_again(ANNA, fees, words);
}

#[test]
fn an_offer_is_withdrawn_and_a_thing_stays_a_share() {
    let bureau = Bureau::open("en");
    let status = || bureau.desk.data("property")[0]["status"].clone();
    let offer = ["A trailer", "60000.0000 RUB"];
    bureau.by(MARIA, "property offer", &offer);
    let said = bureau.by(MARIA, "property withdraw 1", &[]);
    let words = "The offer of property 1 is withdrawn";
    assert!(said.err.contains(words), "{}", said.err);
    assert_eq!(bureau.desk.data("property"), json!([]));

    bureau.by(MARIA, "property offer", &offer);
    let accepted = bureau.with_keys(&[CASHIER, MARIA], "property accept 2", &[]);
    assert_eq!(accepted.code, 0, "{}", accepted.err);
    let early = bureau.with_keys(&[MARIA], "property withdraw 2", &[]);
    assert_eq!(early.code, 6, "the council decides: {}", early.err);
    bureau.decided();
    bureau.by(MARIA, "property ask 2", &[]);
    bureau.decided();
    assert_eq!(status(), "handover");
    let said = bureau.by(MARIA, "property withdraw 2", &[]);
    let words = "Property 2 stays a share";
    assert!(said.err.contains(words), "{}", said.err);
    assert_eq!(status(), "shared");
}

#[test]
fn a_move_is_vetoed_by_the_old_account_and_withdrawn_by_the_new() {
    let bureau = Bureau::open("en");
    let key = bureau.public_key(ANNA);
    bureau.by(
        CASHIER,
        &format!("join --open {ANNA} --public-key"),
        &[&key],
    );
    for whose in [MARIA, ANNA] {
        bureau.by(ANNA, "move nolifarubime", &[]);
        bureau.decided();
        let foreign = bureau.with_keys(&[CASHIER], "move nolifarubime --veto", &[]);
        assert_eq!(foreign.code, 6, "{}", foreign.err);
        assert_eq!(bureau.desk.data("move")[0]["new_account"], ANNA);
        let said = bureau.by(whose, "move nolifarubime --veto", &[]);
        let words = "The move of nolifarubime does not happen";
        assert!(said.err.contains(words), "{}", said.err);
        assert_eq!(bureau.desk.data("move"), json!([]));
    }
    let share = bureau.desk.data("wallet-of nolifarubime");
    assert_eq!(share["minimum"], "3000.0000 RUB", "it is where it was");
}

#[test]
fn a_participant_supports_the_board_that_was_submitted() {
    let bureau = Bureau::open("en");
    let council = [&["zarechyekoop"], &VOTERS[..], &["sulemokatira"]].concat();
    let said = bureau.with_keys(&council, "board chairman kepozanuriso", &[]);
    assert_eq!(said.code, 0, "{}", said.err);
    let voices = || {
        let election = bureau.desk.data("board election");
        [election["support"].clone(), election["objections"].clone()]
    };
    assert_eq!(
        voices(),
        [json!(5), json!(0)],
        "whoever is elected supports it"
    );
    let said = bureau.by(MARIA, "board support", &[]);
    assert!(said.err.contains("supports the board"), "{}", said.err);
    assert_eq!(voices(), [json!(6), json!(0)]);
    let again = bureau.with_keys(&[MARIA], "board object", &[]);
    assert_eq!(again.code, 6, "a voice is final: {}", again.err);
    let foreign = bureau.with_keys(&[CASHIER], "board support", &[]);
    assert_eq!(foreign.code, 6, "not a participant: {}", foreign.err);
    assert_eq!(voices(), [json!(6), json!(0)]);
    bureau.desk.pass(73 * 3600);
    bureau.by(CASHIER, "board seat", &[]);
    let board = bureau.desk.data("board");
    let is_chairman = |who: &str| {
        let seats = board.as_array().expect("seats").iter();
        seats
            .filter(|it| it["username"] == who)
            .all(|it| it["is_chairman"] == true)
    };
    assert!(is_chairman("kepozanuriso") && !is_chairman(CHAIRMAN));
}

/// A protocol that the chain would refuse is neither signed nor kept, so the true one has its own name.
#[test]
fn a_question_that_is_open_has_no_signed_protocol() {
    let bureau = Bureau::open("en");
    bureau.by(
        VOTERS[1],
        "propose --question",
        &[
            "Покупать ли трактор\u{1b}[2J\nОдобрено",
            "--decision",
            "Купить",
        ],
    );
    let id = bureau.newest();
    let agenda = bureau.read("agenda").out;
    assert!(
        !agenda.contains('\u{1b}') && !agenda.contains("\nОдобрено"),
        "{agenda}"
    );
    let documents = bureau
        .desk
        .folder
        .path()
        .join("desk/zarechyekoop/documents");
    let protocols = || {
        let files = std::fs::read_dir(&documents).expect("documents").flatten();
        let names = files.map(|it| it.file_name().to_string_lossy().into_owned());
        names
            .filter(|it| it.starts_with("600-"))
            .collect::<Vec<_>>()
    };
    let said = bureau.with_keys(&[CHAIRMAN], &format!("authorize {id}"), &[]);
    assert_eq!(said.code, 6, "{}", said.err);
    assert!(said.err.contains("is not approved"), "{}", said.err);
    let shown = bureau.read(&format!("protocol {id}"));
    assert!(shown.err.contains("the voting goes on"), "{}", shown.err);
    for member in VOTERS {
        bureau.by(member, &format!("vote {id} for"), &[]);
    }
    // Somebody else than the chairman: the chain refuses, and nothing stays.
    let said = bureau.with_keys(&[VOTERS[1]], &format!("authorize {id}"), &[]);
    assert_eq!(said.code, 6, "{}", said.err);
    assert!(protocols().is_empty(), "{:?}", protocols());
    bureau.by(CHAIRMAN, &format!("authorize {id}"), &[]);
    assert_eq!(protocols(), [format!("600-protocol-{id}.txt")]);
    // A text that nobody could read is not signed.
    for text in ["", "\u{3164}", "\u{2800}", "\u{34f}\u{fe0f}"] {
        let said = bureau.with_keys(
            &[VOTERS[1]],
            "propose --question",
            &[text, "--decision", "Купить"],
        );
        assert_eq!(said.code, 2, "{}", said.err);
    }
}
