//! What the main commands print, in both languages. Hashes, times and what is left of a term are filtered.

use super::{Bureau, CASHIER, MARIA};
use std::ffi::OsString;

/// Text without what differs from run to run.
fn filtered(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let words = line.split(' ').map(|word| {
            let core = word.trim_end_matches([',', ';']);
            let is_hash = core.len() == 64 && core.chars().all(|it| it.is_ascii_hexdigit());
            let is_time = core.len() > 18 && core.contains('T') && core.contains(':');
            match (is_hash, is_time) {
                (true, _) => "HASH".to_owned(),
                (_, true) => "TIME".to_owned(),
                _ => word.to_owned(),
            }
        });
        let line = words.collect::<Vec<_>>().join(" ");
        let left = ["left", "осталось"].iter().find(|it| line.contains(**it));
        out += &match left {
            Some(_) => line
                .chars()
                .map(|it| if it.is_ascii_digit() { '#' } else { it })
                .collect(),
            None => line,
        };
        out.push('\n');
    }
    out.replace("##", "#")
}

fn looks(lang: &'static str) {
    let bureau = Bureau::open(lang);
    bureau.by(MARIA, "contribute", &["500.0000 RUB"]);
    bureau.by(
        CASHIER,
        "pay nolifarubime",
        &["500.0000 RUB", "--record", "order 1"],
    );
    bureau.decided();
    bureau.by(MARIA, "return", &["200.0000 RUB"]);
    bureau.desk.pass(1);
    let mut text = String::new();
    for command in [
        "agenda",
        "show 2",
        "coop",
        "board",
        "staff",
        "wallet-of nolifarubime",
        "pay",
        "property",
        "registry",
        "registry show 4",
        "registry show 99",
        "show 99",
        "wallet-of nobody",
        "board election",
    ] {
        let said = bureau.read(command);
        text += &format!("$ veche {command}\n{}{}\n", said.out, said.err);
    }
    insta::assert_snapshot!(format!("looks_{lang}"), filtered(&text));
}

#[test]
fn what_the_main_commands_print_in_russian() {
    looks("ru");
}

#[test]
fn what_the_main_commands_print_in_english() {
    looks("en");
}

#[test]
fn help_of_the_vocabulary() {
    let mut text = String::new();
    for command in [
        "", "registry", "property", "move", "block", "paper", "coop", "board", "staff", "pay",
    ] {
        let words = ["veche", command, "-h"];
        let words = words.iter().filter(|it| !it.is_empty()).map(OsString::from);
        let (mut out, mut err) = (Vec::new(), Vec::new());
        assert_eq!(veche::run(words, &mut out, &mut err), 0);
        let out = String::from_utf8(out).expect("text");
        // The options that all commands share are not this vocabulary's.
        let own = out.split("\n\n").filter(|part| {
            part.starts_with("Usage") || part.starts_with("Commands") || !part.contains(':')
        });
        text += &format!(
            "$ veche {command} -h\n{}\n\n",
            own.collect::<Vec<_>>().join("\n\n")
        );
    }
    insta::assert_snapshot!(text);
}

#[test]
fn help_in_russian() {
    let mut text = String::new();
    for command in [
        "join",
        "pay",
        "board",
        "board support",
        "board object",
        "kind accept",
    ] {
        let words = command.split(' ').chain(["--lang", "ru", "-h"]);
        let words = ["veche"].into_iter().chain(words).map(OsString::from);
        let (mut out, mut err) = (Vec::new(), Vec::new());
        assert_eq!(veche::run(words, &mut out, &mut err), 0);
        let out = String::from_utf8(out).expect("text");
        // What is English are the names of commands, options and values, and how they are set.
        for words in [
            "Usage:",
            "Options:",
            "Arguments:",
            "Print help",
            "Global options",
        ] {
            assert!(!out.contains(words), "{command}: {words}");
        }
        // How a transaction is sent is the same for all.
        let own = out.split("\n\n").filter(|part| {
            ["Транзакция:", "Ключи:", "Общие параметры:"]
                .iter()
                .all(|heading| !part.starts_with(heading))
        });
        let own = own.collect::<Vec<_>>().join("\n\n");
        text += &format!("$ veche {command} -h\n{own}\n\n");
    }
    insta::assert_snapshot!(text);
}
