//! `cargo antelope completions`: a script that completes the command line in a shell.
//!
//! The script goes to stdout, for the user to put where the shell looks for it. Nothing is written.

use crate::arguments::{Cargo, Completions};
use crate::output::CommandResult;
use clap::CommandFactory;
use serde_json::json;

/// Scripts complete `cargo-antelope antelope …`: what is typed after `cargo` belongs to cargo's script.
pub(crate) fn run(arguments: &Completions) -> CommandResult {
    let mut script = Vec::new();
    let mut command = Cargo::command();
    clap_complete::generate(arguments.shell, &mut command, "cargo-antelope", &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    let data = json!({ "shell": arguments.shell.to_string(), "script": script });
    Ok((data, script))
}
