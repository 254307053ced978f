//! `cargo antelope expand`: the source of a contract after macro expansion.
//!
//! It shows what `#[contract]`, `#[table]` and the derives generate: to find out why the compiler
//! complains, or what a line costs. The output is for reading; it refers to private items of the SDK and
//! does not always compile. Exit codes: 0, and 1 where a macro refuses the source or there is more than
//! one contract to choose from.

use crate::arguments::Expand;
use crate::output::{CommandResult, Output};
use antelope_build::expand;
use serde_json::json;
use std::process::{Command, Stdio};

/// Prints the contract as the compiler sees it after macros. What `rustc` writes has no line breaks
/// where people expect them; rustfmt puts them there if it is installed.
pub(crate) fn run(arguments: &Expand, output: &mut Output) -> CommandResult {
    let options = arguments.source.options(output.is_quiet());
    let (package, source) = expand(&options, &mut |step| output.step(step))?;
    let source = formatted(&source).unwrap_or(source);
    Ok((json!({ "package": package, "source": source }), source))
}

/// The source as rustfmt formats it; `None` where there is no rustfmt, or it fails.
fn formatted(source: &str) -> Option<String> {
    use std::io::Write;
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut input = rustfmt.stdin.take()?;
    let text = source.to_owned();
    // Both pipes hold a few KiB. Writing all before reading would block both programs for ever.
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = rustfmt.wait_with_output().ok()?;
    writer.join().ok()?.ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    (output.status.success() && !text.is_empty()).then_some(text)
}
