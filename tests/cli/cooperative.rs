//! The cooperative's vocabulary in both languages.

use super::Desk;
use serde_json::json;

#[test]
fn a_member_reads_the_agenda_and_votes_in_either_language() {
    let desk = Desk::open();
    let agenda = desk.run("agenda --lang ru", &[]);
    assert_eq!((agenda.code, agenda.err.as_str()), (0, ""));
    for words in [
        "2  Свободное решение: kepozanuriso",
        "██···  за: 2, против: 0, из 5",
        "не хватает голосов «за»: 1; не голосовали: basulotimegi, donavirepuka, sulemokatira",
    ] {
        assert!(agenda.out.contains(words), "{words}: {}", agenda.out);
    }
    let agenda = desk.run("agenda --lang en", &[]);
    assert!(
        agenda.out.contains("██···  2 for, 0 against, of 5"),
        "{}",
        agenda.out
    );

    let key = desk.key("basulotimegi");
    let vote = "vote 2 за --as basulotimegi --lang ru --key-file";
    // Nobody can be asked here, so nobody has agreed.
    let asked = desk.run(vote, &[&key]);
    assert_eq!(asked.code, 3);
    assert!(
        asked
            .err
            .contains("голосует ЗА вопрос 2: Свободное решение"),
        "{}",
        asked.err
    );
    let done = desk.run(vote, &[&key, "--yes"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.out.starts_with("исполнено "), "{}", done.out);
    assert!(done.err.contains("Дальше: сколько голосов"), "{}", done.err);
    let again = desk.run(vote, &[&key, "--yes"]);
    assert_eq!(again.code, 6);
    assert!(
        again
            .err
            .contains("ошибка: голос уже подан и окончателен\nчто делать: оставьте как есть"),
        "{}",
        again.err
    );
    let english = desk.run(
        "-y vote 2 for --as basulotimegi --lang en --key-file",
        &[&key],
    );
    assert!(english.err.contains("final"), "{}", english.err);

    let shown = desk.data("show 2");
    assert_eq!(
        shown["votes_for"],
        json!(["mirodaluvaxe", "kepozanuriso", "basulotimegi"])
    );
    let other = desk.key("donavirepuka");
    let dry = desk.run(
        "vote 2 against --as donavirepuka --dry-run --lang en --key-file",
        &[&other],
    );
    assert_eq!(dry.code, 0, "{}", dry.err);
    assert_eq!(
        desk.data("show 2")["votes_against"],
        json!([]),
        "nothing of it is kept"
    );
}

#[test]
fn what_does_not_exist_is_told_with_exit_code_4() {
    let desk = Desk::open();
    for (command, code) in [
        ("show 9", "question.none"),
        ("wallet-of nobody", "wallet.none"),
        ("coop --coop nobody", "coop.none"),
        ("agenda --soviet eosio", "table.none"),
    ] {
        let said = desk.run(command, &["--json"]);
        assert_eq!(said.code, 4, "{command}: {} {}", said.out, said.err);
        let object: serde_json::Value = serde_json::from_str(&said.out).expect("an object");
        assert_eq!(object["errors"][0]["code"], code, "{command}");
    }
    let nobody = desk.run("-y exec 2 --lang en", &[]);
    assert_eq!(nobody.code, 2);
    assert!(
        nobody
            .err
            .contains("error: nobody acts\nexpected: --as ACCOUNT"),
        "{}",
        nobody.err
    );
}

#[test]
fn everyone_may_know_the_council_the_staff_the_money_and_a_share() {
    let desk = Desk::open();
    let coop = desk.data("coop");
    assert_eq!(
        (
            &coop["account"],
            &coop["participants"],
            &coop["funds"]["share"]
        ),
        (&json!("zarechyekoop"), &json!(6), &json!("3000.0000 RUB"))
    );
    let board = desk.data("board");
    let chairmen = board.as_array().expect("seats").iter();
    let chairmen: Vec<_> = chairmen.filter(|it| it["is_chairman"] == true).collect();
    assert_eq!(
        (board.as_array().map(Vec::len), chairmen.len()),
        (Some(5), 1)
    );
    assert_eq!(chairmen[0]["username"], "mirodaluvaxe");
    let staff = desk.data("staff");
    assert_eq!(
        (&staff[0]["username"], &staff[0]["ended"]),
        (&json!("gipavudorezo"), &json!(false))
    );
    let wallet = desk.data("wallet-of nolifarubime");
    assert_eq!(wallet["minimum"], "3000.0000 RUB");
    let text = desk.run("wallet-of nolifarubime --lang ru", &[]).out;
    assert!(
        text.contains("Минимальный пай        3\u{a0}000,00\u{a0}руб."),
        "{text}"
    );
}
