//! What members read beside the words of the cooperative: what the toolkit says on the way, in their language.

use super::Desk;
use super::clerk::papers;
use super::desk::veche_at;

use serde_json::Value;
use test_support::proxy::{Proxy, Spoil};

const MARIA: &str = "nolifarubime";

/// The words of a command of Maria's.
fn words<'a>(lang: &'a str, key: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let rest = ["--yes", "--as", MARIA, "--lang", lang, "--key-file", key];
    [more, &rest].concat()
}

#[test]
fn what_became_of_an_earlier_run_is_told_in_the_readers_language() {
    let desk = Desk::open();
    papers(&desk);
    let (key, folder) = (desk.key(MARIA), desk.folder.path());
    for (lang, lost, told, done) in [
        (
            "ru",
            [
                "отправлена, ответа нет",
                "что делать: повторите ту же команду",
            ],
            [
                "прошлый запуск отправил транзакцию",
                "второй раз ничего не отправлено",
            ],
            "исполнено ",
        ),
        (
            "en",
            [
                "was sent, and no answer came",
                "help: run the same command again",
            ],
            [
                "an earlier run has sent transaction",
                "nothing was sent again",
            ],
            "executed ",
        ),
    ] {
        let words = words(lang, &key, &["contribute", "10 RUB"]);
        let proxy = Proxy::ending_with(desk.url(), Spoil::LostAfter);
        let first = veche_at(&proxy.url(), folder, words.iter().copied());
        assert_eq!(first.code, 7, "{}", first.err);
        for words in lost {
            assert!(first.err.contains(words), "{words}: {}", first.err);
        }
        let again = veche_at(desk.url(), folder, words.iter().copied());
        assert_eq!(again.code, 0, "{}", again.err);
        for words in told {
            assert!(again.err.contains(words), "{words}: {}", again.err);
        }
        assert!(again.out.starts_with(done), "{}", again.out);
    }
}

#[test]
fn a_report_that_the_disk_does_not_take_is_printed_and_the_thing_is_done() {
    let desk = Desk::open();
    papers(&desk);
    let key = desk.key(MARIA);
    for (count, lang, told) in [
        (
            1,
            "ru",
            ["не записать /dev/full", "сама транзакция исполнена"],
        ),
        (
            2,
            "en",
            ["cannot write /dev/full", "the transaction itself is done"],
        ),
    ] {
        let more = [
            "contribute",
            "10 RUB",
            "--json-file",
            "/dev/full",
            "--force-unique",
        ];
        let said = desk.run("", &words(lang, &key, &more));
        assert_eq!(said.code, 1, "{}", said.err);
        for words in told {
            assert!(said.err.contains(words), "{words}: {}", said.err);
        }
        assert!(!said.out.is_empty(), "the report is printed");
        let open = desk.data("pay");
        assert_eq!(open.as_array().map(Vec::len), Some(count));
    }
    let more = ["contribute", "10 RUB", "--json-file", "/dev/full", "--json"];
    let said = desk.run("", &words("ru", &key, &more));
    let object: Value = serde_json::from_str(&said.out).expect("an object");
    assert_eq!(object["errors"][0]["code"], "file.write");
    assert_eq!(object["data"]["executed"], true);
}

#[test]
fn whatever_stops_a_command_is_told_in_russian() {
    let desk = Desk::open();
    papers(&desk);
    let (key, folder) = (desk.key(MARIA), desk.folder.path());
    let foreign = desk.key("basulotimegi");
    let gone = "http://127.0.0.1:1";
    for (url, key, more, told) in [
        (
            gone,
            &key,
            &["agenda"][..],
            "что делать: работает ли узел, верен ли адрес?",
        ),
        (
            desk.url(),
            &foreign,
            &["contribute", "10 RUB"][..],
            "ошибка: ни один имеющийся ключ не подписывает за nolifarubime",
        ),
        (
            desk.url(),
            &key,
            &["contribute", "10 RUB", "--dry-run"][..],
            "проба: ничего из этого не сохраняется",
        ),
        (
            desk.url(),
            &key,
            &["wallet-of", "nobody"][..],
            "что делать: пай появляется с приёмом",
        ),
    ] {
        let reads = more[0] == "agenda" || more[0] == "wallet-of";
        let words = match reads {
            true => [more, &["--lang", "ru"]].concat(),
            false => words("ru", key, more),
        };
        let said = veche_at(url, folder, words);
        assert!(said.err.contains(told), "{told}: {}", said.err);
    }
    // Nobody can be asked here.
    let rest = [
        "contribute",
        "10 RUB",
        "--as",
        MARIA,
        "--lang",
        "ru",
        "--key-file",
        &key,
    ];
    let asked = desk.run("", &rest);
    assert_eq!(asked.code, 3);
    assert!(
        asked.err.contains("спросить некого") && asked.err.contains("ничего не отправлено; --yes"),
        "{}",
        asked.err
    );
}
