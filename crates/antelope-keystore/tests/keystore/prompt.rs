//! Passphrases that are typed, in a terminal that `script` of util-linux makes.

use super::helpers::{self, Helper};
use super::{OTHER, TEXT};
use antelope_keystore::{KeystoreError, PassphraseSource};
use std::io::{ErrorKind, Read, Write};
use std::process::{Command, Stdio};

/// Types lines, each after a prompt; everything that the terminal shows.
fn typed(lines: &[&str]) -> Option<String> {
    let program = std::env::current_exe().unwrap();
    let arguments = helpers::arguments("prompt::asks_twice").join(" ");
    let child = Command::new("script")
        .arg("-qec")
        .arg(format!("{} {arguments}", program.display()))
        .arg("/dev/null")
        .env("KEYSTORE_TEST_PROCESS", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut child = match child {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let told = "SKIPPED: a test of typed passphrases: `script` is not installed";
            let _ = writeln!(std::io::stderr(), "{told}");
            return None;
        }
        child => child.unwrap(),
    };
    let (mut input, mut output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let mut shown = Vec::new();
    let mut lines = lines.iter();
    let mut byte = [0];
    while output.read(&mut byte).unwrap_or_default() == 1 {
        shown.push(byte[0]);
        // The prompt is written when the echo is off.
        if shown.ends_with(b"phrase> ") || shown.ends_with(b"same again: ") {
            input.write_all(lines.next().unwrap().as_bytes()).unwrap();
            input.write_all(b"\n").unwrap();
        }
    }
    child.wait().unwrap();
    assert!(
        lines.next().is_none(),
        "{}",
        String::from_utf8_lossy(&shown)
    );
    Some(String::from_utf8_lossy(&shown).into_owned())
}

#[test]
fn a_new_passphrase_is_typed_twice_and_not_shown() {
    for (lines, expected) in [
        (&[TEXT, TEXT][..], "SAID done"),
        (&[TEXT, OTHER], "SAID keys.passphrase-differs"),
        (&["short"], "SAID keys.passphrase-weak"),
        (&[""], "SAID keys.passphrase-weak"),
    ] {
        let Some(shown) = typed(lines) else { return };
        assert!(shown.contains(expected), "{shown}");
        for line in lines.iter().filter(|line| !line.is_empty()) {
            assert!(!shown.contains(line), "{shown}");
        }
    }
}

#[test]
fn without_a_terminal_the_other_ways_are_named() {
    let mut process = helpers::start("asks_twice", &[]);
    assert_eq!(process.wait_for("keys.terminal"), "");
    let error = KeystoreError::NoTerminal {
        what: "a passphrase".to_owned(),
    };
    assert_eq!(error.to_string(), "no terminal to ask for a passphrase");
    let hint = error.hint().unwrap();
    for way in ["file", "descriptor", "agent"] {
        assert!(hint.contains(way), "{hint}");
    }
}

/// The program in the terminal.
#[test]
#[ignore = "a process of another test"]
fn asks_twice() {
    let Some(helper) = Helper::new() else { return };
    match PassphraseSource::Prompt.read_new("new passphrase> ") {
        Ok(_) => helper.say("done"),
        Err(error) => helper.say(error.code()),
    }
}
