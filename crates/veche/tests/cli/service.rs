//! The files of `service/`, as the program takes them; the running of them is docs/service.md.

use crate::support::Said;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn file(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../service");
    root.join(name)
}

/// Runs the program with these arguments, of which it reads all and does nothing.
fn read(arguments: &str) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_veche"));
    command.args(arguments.split_whitespace()).arg("--help");
    Said::of(command.output().unwrap())
}

/// A command over several lines, with values in the places of variables.
fn filled(command: &str) -> String {
    let mut text = command.replace("\\\n", " ").replace("\\\"", "");
    for line in fs::read_to_string(file("serve.env")).unwrap().lines() {
        if let Some((name, value)) = line.split_once('=').filter(|_| !line.starts_with('#')) {
            for place in [format!("${{{name}}}"), format!("${name}")] {
                text = text.replace(&place, value);
            }
        }
    }
    text
}

#[test]
fn the_program_takes_the_commands_of_unit_and_container() {
    for (name, mark, end) in [
        ("veche.service", "ExecStart=/usr/local/bin/veche ", "\n# "),
        ("Containerfile", "exec /usr/local/bin/veche ", "\"]"),
    ] {
        let text = fs::read_to_string(file(name)).unwrap();
        let (_, command) = text.split_once(mark).unwrap();
        let (command, _) = command.split_once(end).unwrap();
        let command = filled(command);
        assert!(
            !command.contains('$'),
            "{name}: a variable that serve.env has not: {command}"
        );
        let said = read(&command);
        assert_eq!(said.code, 0, "{name}: {command}\n{}", said.err);
        assert_ne!(read(&format!("{command} --no-such-option")).code, 0);
    }
}

#[test]
fn the_settings_are_taken() {
    let text = fs::read_to_string(file("api.toml")).unwrap();
    let settings = coop_server::ApiSettings::from_toml(&text).unwrap();
    assert!(settings.behind_proxy && !settings.introspection);
}
