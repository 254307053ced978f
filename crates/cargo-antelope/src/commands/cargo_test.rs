//! Runs the tests of contracts, and has them record something: what `test` and `coverage` share.
//!
//! The tests are ordinary ones, run by an ordinary `cargo test`. Only an environment variable tells the
//! chains in them to record, so that no test has to know about it. Many processes write into one
//! folder; `antelope-build` reads it afterwards.

use crate::arguments::Tests;
use crate::failure::Failure;
use crate::output::{Output, to_stderr};
use crate::test_results::TestResults;
use antelope_build::ContractPackage;
use serde_json::json;
use std::fs;
use std::io::{self, BufRead};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Creates the folder `<target>/antelope/<kind>/<process>-<number>`, which no other run has, and
/// returns its absolute path.
///
/// # Errors
/// `record.folder`, where the target folder cannot be written.
pub(crate) fn record_folder(
    packages: &[ContractPackage],
    kind: &str,
) -> Result<PathBuf, Box<Failure>> {
    let target = packages.first().map(|package| &package.target_dir);
    let parent = target.map(|target| target.join("antelope").join(kind));
    let parent = parent.unwrap_or_default();
    let failed = |error| file_failure("record.folder", &parent, &error);
    fs::create_dir_all(&parent).map_err(failed)?;
    for number in 0u32.. {
        let folder = parent.join(format!("{}-{number}", std::process::id()));
        match fs::create_dir(&folder) {
            // Tests run in the folders of their packages.
            Ok(()) => return std::path::absolute(folder).map_err(failed),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(failed(error)),
        }
    }
    Err(failed(io::Error::other("no name is left")))
}

/// Lets cargo run the tests of these packages, with the variable set to the folder to record into.
///
/// What they print goes to stderr line by line as it comes, since stdout is for the result, and is read
/// on the way for the names and outputs of those that fail. stdin is closed to them.
///
/// # Errors
/// `tests.failed`, with [`TestResults`] as the result; also where cargo did not start or the tests did
/// not compile, and then no test is named.
pub(crate) fn cargo_test(
    arguments: &Tests,
    output: &Output,
    packages: &[ContractPackage],
    (variable, folder): (&str, &Path),
) -> Result<(), Box<Failure>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    let project = &arguments.project;
    command.arg("test").current_dir(&project.folder);
    for package in packages {
        command.args(["-p", &package.name]);
    }
    command.args(project.cargo_flags());
    if output.is_quiet() {
        command.arg("--quiet");
    }
    if project.offline {
        // The contracts are built by the tests.
        command.env("CARGO_NET_OFFLINE", "true");
    }
    command.args(&arguments.cargo).env(variable, folder);
    let failed = |message: String| Box::new(Failure::new("tests.failed", message));
    let not_started = |error: io::Error| {
        failed(format!(
            "cargo did not start: {error}; expected it in PATH or named by CARGO"
        ))
    };
    let mut cargo = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(not_started)?;
    let mut results = TestResults::default();
    for line in cargo.stdout.take().into_iter().flat_map(lines) {
        to_stderr(&line);
        results.read(&line);
    }
    let status = cargo.wait().map_err(not_started)?;
    if status.success() {
        return Ok(());
    }
    let message = match results.failed.len() {
        0 => format!("cargo test failed: {status}"),
        1 => "1 test failed".to_owned(),
        number => format!("{number} tests failed"),
    };
    Err(Box::new(Failure {
        result: Some((json!(results), results.text())),
        ..*failed(message)
    }))
}

/// What was printed, line by line. Bytes that are not UTF-8 become replacement characters: a test may
/// print anything, and must not end the command by it.
fn lines(output: impl io::Read) -> impl Iterator<Item = String> {
    let lines = io::BufReader::new(output).split(b'\n');
    lines.map_while(|line| Some(String::from_utf8_lossy(&line.ok()?).into_owned()))
}

/// A failure about a file or folder, in the words of the operating system.
pub(crate) fn file_failure(code: &str, path: &Path, error: &io::Error) -> Box<Failure> {
    Box::new(Failure::new(code, format!("{}: {error}", path.display())))
}
