//! `veche keeper` on a chain whose members forget to vote.

mod nodeos;

use super::Desk;

#[test]
fn the_agenda_empties_itself_after_48_hours() {
    let desk = Desk::open();
    let key = desk.key("eosio");
    let keeper = "keeper --once -p eosio@active --key-file";
    let early = desk.run(keeper, &[&key]);
    assert_eq!(
        (early.code, early.out.as_str()),
        (0, "0 done\n"),
        "{}",
        early.err
    );
    desk.pass(50 * 3600);
    let done = desk.run(keeper, &[&key]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(
        done.out.contains(r#"{"expire":{"decision":2}}"#) && done.out.ends_with("2 done\n"),
        "{}",
        done.out
    );
    assert_eq!(desk.data("agenda"), serde_json::json!([]));
    assert_eq!(desk.run(keeper, &[&key]).out, "0 done\n");
}

#[test]
fn its_permission_is_printed_as_commands() {
    let desk = Desk::open();
    let said = desk.run("keeper -p robot@keeper --show-permission", &[]);
    assert_eq!(said.code, 0, "{}", said.err);
    let lines: Vec<_> = said.out.lines().collect();
    assert_eq!(lines.len(), 1 + coop_keeper::LINKS.len());
    assert_eq!(
        lines[1],
        "veche set action permission robot soviet expire keeper"
    );
    let nobody = desk.run("keeper --once", &[]);
    assert_eq!(nobody.code, 2);
}
