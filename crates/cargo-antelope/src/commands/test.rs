//! `cargo antelope test`

use std::fs;
use std::io::{self, BufRead};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use antelope_build::costs::{CostChange, CostSnapshot, changes, recorded};
use antelope_build::{BuildOptions, ContractPackage, WasmOpt, contracts};
use serde_json::{Value, json};

use crate::arguments::Test;
use crate::cost_table::table;
use crate::failure::Failure;
use crate::output::{Outcome, Output, to_stderr};
use crate::test_results::TestResults;

/// The file beside `Cargo.toml`.
const SNAPSHOT: &str = "costs.snap";

pub(crate) fn run(arguments: &Test, output: &mut Output) -> Outcome {
    let mut options = BuildOptions::new(&arguments.folder);
    options.package.clone_from(&arguments.package);
    options.locked = arguments.locked;
    options.offline = arguments.offline;
    options.target_dir.clone_from(&arguments.target_dir);
    let packages = contracts(&options)?;
    if let Some(folder) = &arguments.recorded {
        return report(arguments, output, &packages, folder);
    }
    let folder = record_folder(&packages)?;
    let tested = test(arguments, output, &packages, &folder);
    let outcome = tested.and_then(|()| report(arguments, output, &packages, &folder));
    // What is left is nobody's any more; if it stays, the next run has a folder of its own.
    let _ = fs::remove_dir_all(&folder);
    outcome
}

/// A folder that no other run has.
fn record_folder(packages: &[ContractPackage]) -> Result<PathBuf, Box<Failure>> {
    let target = packages.first().map(|package| &package.target_dir);
    let parent = target.map(|target| target.join("antelope").join("costs"));
    let parent = parent.unwrap_or_default();
    let failed = |error| file_failure("costs.record", &parent, &error);
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

/// Lets cargo run the tests. What they print goes to stderr: stdout is for the result.
fn test(
    arguments: &Test,
    output: &Output,
    packages: &[ContractPackage],
    folder: &Path,
) -> Result<(), Box<Failure>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.arg("test").current_dir(&arguments.folder);
    for package in packages {
        command.args(["-p", &package.name]);
    }
    for (flag, is_set) in [
        ("--locked", arguments.locked),
        ("--offline", arguments.offline),
        ("--quiet", output.is_quiet()),
    ] {
        if is_set {
            command.arg(flag);
        }
    }
    if let Some(target_dir) = &arguments.target_dir {
        command.arg("--target-dir").arg(target_dir);
    }
    if arguments.offline {
        // The contracts are built by the tests.
        command.env("CARGO_NET_OFFLINE", "true");
    }
    command.args(&arguments.cargo).env("ANTELOPE_COSTS", folder);
    let failed = |message: String| Box::new(Failure::new("tests.failed", message));
    let not_started = |error: io::Error| failed(format!("cargo did not start: {error}"));
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

/// What was printed, line by line; what is no text is printed as far as it is.
fn lines(output: impl io::Read) -> impl Iterator<Item = String> {
    let lines = io::BufReader::new(output).split(b'\n');
    lines.map_while(|line| Some(String::from_utf8_lossy(&line.ok()?).into_owned()))
}

/// What all packages together came to.
#[derive(Default)]
struct Report {
    data: Vec<Value>,
    text: Vec<String>,
    /// Changes of packages whose costs are others than in their files.
    drift: Vec<CostChange>,
}

fn report(
    arguments: &Test,
    output: &mut Output,
    packages: &[ContractPackage],
    folder: &Path,
) -> Outcome {
    let optimizer = WasmOpt::find().map_or_else(|| "none".to_owned(), |it| it.version);
    let mut report = Report::default();
    for package in packages {
        let recorded = recorded(folder, &package.name)
            .map_err(|error| file_failure("costs.record", folder, &error))?;
        let file = package.folder.join(SNAPSHOT);
        if recorded.costs.is_empty() && !file.exists() {
            continue;
        }
        report.text.push(table(&package.name, &recorded));
        let now = CostSnapshot {
            optimizer: optimizer.clone(),
            costs: recorded.costs,
        };
        let (state, changes) = compare(arguments, output, &file, &now)?;
        report.text.extend(changes.iter().map(ToString::to_string));
        report.data.push(json!({
            "package": package.name,
            "costs": now.costs,
            "counts": recorded.counts,
            "file": file,
            "state": state,
            "changes": changes,
        }));
        report.drift.extend(changes);
    }
    finish(report)
}

fn finish(report: Report) -> Outcome {
    if report.data.is_empty() {
        let hint =
            "tests push to a chain of the crate antelope-chain: see docs/book/src/testing.md";
        return Err(Box::new(Failure {
            hint: Some(hint.to_owned()),
            ..Failure::new("costs.none", "no test has executed a contract")
        }));
    }
    let (data, text) = (Value::Array(report.data), report.text.join("\n"));
    if report.drift.is_empty() {
        return Ok((data, text));
    }
    let grown = report.drift.iter().filter(|it| it.is_growth()).count();
    let changes = match report.drift.len() {
        1 => "1 change".to_owned(),
        count => format!("{count} changes"),
    };
    let message = format!("costs differ from {SNAPSHOT}: {changes}, more than before: {grown}");
    Err(Box::new(Failure {
        hint: Some("to accept them: cargo antelope test --bless".to_owned()),
        ..Failure::mismatch("costs.differ", message, data, text)
    }))
}

/// What the file says to these costs: its state in a word, and what is different.
fn compare(
    arguments: &Test,
    output: &mut Output,
    file: &Path,
    now: &CostSnapshot,
) -> Result<(&'static str, Vec<CostChange>), Box<Failure>> {
    let text = match fs::read_to_string(file) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(file_failure("costs.snapshot", file, &error)),
    };
    if arguments.bless {
        let new = now.write("cargo antelope test --bless");
        if text.as_ref() == Some(&new) {
            return Ok(("same", Vec::new()));
        }
        fs::write(file, new).map_err(|error| file_failure("costs.snapshot", file, &error))?;
        output.say(&format!("wrote {}", file.display()));
        return Ok(("written", Vec::new()));
    }
    if !arguments.cargo.is_empty() {
        output.say("not compared: only some of the tests were run");
        return Ok(("not compared", Vec::new()));
    }
    let Some(text) = text else {
        output.say(&format!("no {SNAPSHOT} to compare with; --bless writes it"));
        return Ok(("absent", Vec::new()));
    };
    let then = CostSnapshot::read(&text).map_err(|line| {
        let message = format!("{}: {line:?} is not a line of costs", file.display());
        Box::new(Failure::new("costs.snapshot", message))
    })?;
    let changes = changes(&then.costs, &now.costs);
    if changes.is_empty() {
        return Ok(("same", changes));
    }
    if then.optimizer != now.optimizer {
        output.say(&format!(
            "{} was written with the optimizer {}, here it is {}: the code is another",
            file.display(),
            then.optimizer,
            now.optimizer
        ));
    }
    Ok(("differs", changes))
}

fn file_failure(code: &str, path: &Path, error: &io::Error) -> Box<Failure> {
    Box::new(Failure::new(code, format!("{}: {error}", path.display())))
}
