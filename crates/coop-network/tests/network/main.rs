//! The command with real nodes, and what it refuses.

mod life;
mod usage;

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

/// Runs the command on the network of a folder.
fn network(folder: &Path, arguments: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_coop-network"));
    command.arg("--dir").arg(folder);
    let output = command.args(arguments.split_whitespace()).output();
    output.expect("the command starts")
}

/// Runs the command, which must succeed, and shows what it says.
fn succeed(folder: &Path, arguments: &str) {
    let output = network(folder, arguments);
    let said = String::from_utf8_lossy(&output.stderr);
    println!("$ network {arguments}\n{said}");
    assert!(output.status.success(), "{arguments}: {said}");
}

/// The data of the command's JSON.
fn data(folder: &Path, arguments: &str) -> Value {
    let output = network(folder, &format!("{arguments} --json"));
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{arguments}: {text}");
    let envelope: Value = serde_json::from_str(&text).expect("JSON");
    envelope["data"].clone()
}
