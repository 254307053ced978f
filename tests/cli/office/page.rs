//! The table of kinds on the page of the command line, beside the catalogue and the commands that there are.

use coop_model::catalogue::CATALOGUE;
use std::ffi::OsString;

const PAGE: &str = include_str!("../../../docs/veche.md");

/// The first words of a command that are commands themselves: `property accept` of
/// `veche property accept ID`.
fn command(text: &str) -> Vec<&str> {
    let words = text.strip_prefix("veche ").expect("a command of veche");
    let is_command = |word: &&str| word.chars().all(|it| it.is_ascii_lowercase() || it == '-');
    let words = words.split(' ').take_while(is_command);
    words.take_while(|word| !word.starts_with('-')).collect()
}

/// Whether the program has the command, and how many of its words are commands.
fn has(words: &[&str]) -> bool {
    let arguments = ["veche"].iter().chain(words).chain(&["--help"]);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = veche::run(arguments.map(OsString::from), &mut out, &mut err);
    let out = String::from_utf8(out).expect("text");
    code == 0 && out.contains(&format!("veche {}", words.join(" ")))
}

#[test]
fn every_kind_of_the_catalogue_has_commands_that_there_are() {
    let lines = PAGE.lines().filter(|line| line.starts_with("| `"));
    for kind in CATALOGUE {
        let begin = format!("| `{}` |", kind.name);
        let line = lines.clone().find(|line| line.starts_with(&begin));
        let line = line.unwrap_or_else(|| panic!("{} has no line in docs/veche.md", kind.name));
        let commands = line.split('`').filter(|text| text.starts_with("veche "));
        let commands: Vec<_> = commands.collect();
        let first = line.split('|').nth(2).expect("a column");
        assert!(
            first.contains("`veche "),
            "{} has no command to begin with",
            kind.name
        );
        for text in commands {
            assert!(
                has(&command(text)),
                "{}: {text} is not a command",
                kind.name
            );
        }
    }
    assert!(!has(&["property", "sell"]) && !has(&["decide"]));
}
