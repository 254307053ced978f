//! A clerk's program that is interrupted after it has sent something is run again, and nothing is done twice,
//! though each document has a moment of its own.

mod commands;

use super::{Desk, clerk::papers, desk::veche_at};
use serde_json::Value;
use test_support::proxy::{Proxy, Spoil};

const CHAIRMAN: &str = "mirodaluvaxe";

/// Runs a command whose answer is lost, and then again.
fn twice(desk: &Desk, who: &str, words: &[&str]) {
    again(desk, who, words, true);
}

/// Runs a command whose transaction `arrives` without an answer, or does not arrive, and then again.
fn again(desk: &Desk, who: &str, words: &[&str], arrives: bool) {
    let key = desk.key(who);
    let rest = ["--yes", "--as", who, "--lang", "en", "--key-file", &key];
    let all = [words, &rest].concat();
    let spoil = if arrives {
        Spoil::LostAfter
    } else {
        Spoil::LostBefore
    };
    let proxy = Proxy::ending_with(desk.url(), spoil);
    let lost = veche_at(&proxy.url(), desk.folder.path(), all.iter().copied());
    assert_eq!(lost.code, 7, "{words:?}: {}", lost.err);
    assert!(
        lost.err.contains("run the same command again"),
        "{}",
        lost.err
    );
    let id = lost.err.split("error: transaction ").nth(1);
    let id = id.and_then(|it| it.split(' ').next()).expect("its id");
    let again = veche_at(desk.url(), desk.folder.path(), all.iter().copied());
    assert_eq!(again.code, 0, "{words:?}: {}", again.err);
    let told = match arrives {
        true => "nothing was sent again",
        false => "and is now, as it was signed then",
    };
    assert!(again.err.contains(told), "{words:?}: {}", again.err);
    // The very transaction of the first run, whose fate is known now.
    let executed = format!("executed {id}");
    assert!(again.out.contains(&executed), "{words:?}: {}", again.out);
    let unfinished = std::fs::read_dir(desk.folder.path().join("unfinished"));
    assert_eq!(unfinished.expect("a folder").count(), 0, "{words:?}");
    let documents = desk.folder.path().join("desk/zarechyekoop/documents");
    let left = std::fs::read_dir(documents).expect("documents").flatten();
    let mut left = left.map(|it| it.file_name().to_string_lossy().into_owned());
    assert_eq!(left.find(|it| it.starts_with("draft")), None);
}

fn count(desk: &Desk, command: &str) -> usize {
    let data = desk.data(command);
    data.as_array().map_or(0, Vec::len)
}

#[test]
fn what_was_sent_by_an_interrupted_run_is_not_done_twice() {
    let desk = Desk::open();
    papers(&desk);
    let participant = "nolifarubime";
    twice(&desk, participant, &["contribute", "10.0000 RUB"]);
    assert_eq!(count(&desk, "pay"), 1, "one invoice");
    // Once its fate is known, the same words are a second contribution.
    let key = desk.key(participant);
    let rest = [
        "10.0000 RUB",
        "--yes",
        "--as",
        participant,
        "--key-file",
        &key,
    ];
    let second = desk.run("contribute", &rest);
    assert_eq!(second.code, 0, "{}", second.err);
    assert_eq!(count(&desk, "pay"), 2);

    let before = count(&desk, "agenda");
    let texts = ["propose", "--question", "Q", "--decision", "D"];
    twice(&desk, "kepozanuriso", &texts);
    assert_eq!(count(&desk, "agenda"), before + 1, "one question");

    let anna = "zuketamosiva";
    let key = coop_demo::development_key(anna.parse().expect("an account"));
    let key = antelope_rpc_client::signing::public_key(&key).expect("a key");
    let open = ["join", "--open", anna, "--public-key", &key.to_string()];
    twice(&desk, "gipavudorezo", &open);
    twice(&desk, anna, &["join"]);
    let open: Value = desk.data("pay");
    let of_anna = open.as_array().expect("payments").iter();
    assert_eq!(of_anna.filter(|it| it["username"] == anna).count(), 1);
}

/// Runs a command that must succeed.
fn by(desk: &Desk, who: &str, words: &[&str]) {
    let key = desk.key(who);
    let rest = ["--yes", "--as", who, "--lang", "en", "--key-file", &key];
    let said = desk.run("", &[words, &rest].concat());
    assert_eq!(said.code, 0, "{words:?}: {}", said.err);
}

/// The council agrees to the newest question, whose number is given back.
fn agreed(desk: &Desk) -> String {
    let agenda = desk.data("agenda");
    let ids = agenda.as_array().expect("questions").iter();
    let id = ids.filter_map(|it| it["id"].as_u64()).max();
    let id = id.expect("a question").to_string();
    for member in [CHAIRMAN, "kepozanuriso", "basulotimegi", "donavirepuka"] {
        by(desk, member, &["vote", &id, "for"]);
    }
    id
}

#[test]
fn what_has_removed_its_own_row_is_found_by_what_the_command_was_told() {
    let desk = Desk::open();
    papers(&desk);
    let (participant, cashier) = ("nolifarubime", "gipavudorezo");
    let share = || {
        let wallet = desk.data(&format!("wallet-of {participant}"));
        ["available", "blocked"].map(|part| wallet[part].as_str().expect("a sum").to_owned())
    };
    by(&desk, CHAIRMAN, &["staff", "set", cashier, "cashier"]);
    by(&desk, participant, &["contribute", "500.0000 RUB"]);
    let came = ["pay", participant, "500.0000 RUB", "--record", "order 1"];
    twice(&desk, cashier, &came);
    assert_eq!(desk.data("pay")[0]["status"], "received");
    let id = agreed(&desk);
    twice(&desk, CHAIRMAN, &["authorize", &id]);
    assert_eq!(share(), ["500.0000 RUB", "0.0000 RUB"]);

    by(&desk, participant, &["return", "200.0000 RUB"]);
    let id = agreed(&desk);
    // What is only signed stays where it is.
    twice(&desk, CHAIRMAN, &["authorize", &id, "--sign-only"]);
    twice(&desk, participant, &["exec", &id]);
    assert_eq!(share(), ["300.0000 RUB", "200.0000 RUB"]);
    let failed = ["pay", participant, "200.0000 RUB", "--failed", "no account"];
    twice(&desk, cashier, &failed);
    assert_eq!(share(), ["500.0000 RUB", "0.0000 RUB"]);

    // Once its fate is known, the same command is another one, which finds nothing to do.
    let key = desk.key(cashier);
    let rest = ["--yes", "--as", cashier, "--key-file", &key];
    let third = desk.run("", &[&failed[..], &rest].concat());
    assert_eq!(third.code, 4, "{}", third.err);
}

#[test]
fn what_has_not_arrived_is_sent_by_the_next_run_as_it_was_signed() {
    let desk = Desk::open();
    papers(&desk);
    let (participant, cashier) = ("nolifarubime", "gipavudorezo");
    by(&desk, participant, &["contribute", "500.0000 RUB"]);
    let came = ["pay", participant, "500.0000 RUB", "--record", "order 1"];
    again(&desk, cashier, &came, false);
    assert_eq!(desk.data("pay")[0]["status"], "received");
    let id = agreed(&desk);
    // A protocol that is written anew may tell of another moment, and so be another document.
    again(&desk, CHAIRMAN, &["authorize", &id], false);
    assert_eq!(
        desk.data(&format!("wallet-of {participant}"))["available"],
        "500.0000 RUB"
    );
}

#[test]
fn what_ends_is_not_asked_for_twice() {
    let desk = Desk::open();
    papers(&desk);
    let (participant, cashier) = ("nolifarubime", "gipavudorezo");
    by(
        &desk,
        participant,
        &["property", "offer", "A trailer", "60000.0000 RUB"],
    );
    twice(&desk, participant, &["property", "withdraw", "1"]);
    assert_eq!(count(&desk, "property"), 0);
    twice(&desk, CHAIRMAN, &["staff", "rm", cashier]);
    assert_eq!(count(&desk, "staff"), 0);
}
