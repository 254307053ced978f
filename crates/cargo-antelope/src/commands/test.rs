//! `cargo antelope test`: the tests of contracts, and what their actions cost.
//!
//! 1. Run `cargo test` for the contracts with a fresh folder in `ANTELOPE_COSTS`. The crate
//!    `antelope-testing` writes there what each action of a successful transaction has cost. Failed
//!    tests end the command here.
//! 2. Add up the records of each contract: CPU in instructions, NET in words of 8 bytes, RAM in bytes;
//!    least, median and most.
//! 3. Compare with `costs.snap` beside `Cargo.toml`, or write it with `--bless`.
//! 4. Remove the folder.
//!
//! Costs are counted and not timed, so that they are the same on every machine, and any difference is
//! a change of the code, of the tests or of wasm-opt. Growth and savings both fail: the file is to
//! show what the code costs now.
//!
//! The state of a contract, `state` in the result:
//!
//! | state | | exit |
//! |---|---|---|
//! | `same` | as in the file | 0 |
//! | `written` | by `--bless` | 0 |
//! | `absent` | there is no file | 0 |
//! | `not compared` | arguments after `--` selected some of the tests | 0 |
//! | `differs` | something costs more or less, or is new or gone | 8 |
//!
//! The data has for each contract `package`, `costs` and `counts` by action, `file`, `state`, and
//! `changes` from the file.
//!
//! Exit code 1 for failed tests (`tests.failed`), where no test has executed a contract
//! (`costs.none`), and for files that cannot be read or written.

use super::cargo_test::{cargo_test, file_failure, record_folder};
use crate::arguments::Test;
use crate::cost_table::table;
use crate::failure::Failure;
use crate::output::{CommandResult, Output};
use antelope_build::costs::{CostChange, CostSnapshot, changes, recorded};
use antelope_build::{ContractPackage, WasmOpt, contracts};
use serde_json::{Value, json};
use std::fs;
use std::io;
use std::path::Path;

/// The environment variable that tells tests where to record costs. `antelope-testing` reads it.
const VARIABLE: &str = "ANTELOPE_COSTS";

/// The file of expected costs, beside `Cargo.toml` and meant to be committed.
const SNAPSHOT: &str = "costs.snap";

pub(crate) fn run(arguments: &Test, output: &mut Output) -> CommandResult {
    let packages = contracts(&arguments.tests.options())?;
    if let Some(folder) = &arguments.recorded {
        return report(arguments, output, &packages, folder);
    }
    let folder = record_folder(&packages, "costs")?;
    let tested = cargo_test(&arguments.tests, output, &packages, (VARIABLE, &folder));
    let outcome = tested.and_then(|()| report(arguments, output, &packages, &folder));
    // What is left is nobody's any more; if it stays, the next run has a folder of its own.
    let _ = fs::remove_dir_all(&folder);
    outcome
}

/// What all packages together came to.
#[derive(Default)]
struct Report {
    /// An object for each contract.
    data: Vec<Value>,
    /// A table for each contract, and a line for each change.
    text: Vec<String>,
    /// Changes of packages whose costs are others than in their files.
    drift: Vec<CostChange>,
}

/// Reads what was recorded and compares it. A contract that was not executed and has no file is left
/// out; one that has a file shows all its costs as gone.
fn report(
    arguments: &Test,
    output: &mut Output,
    packages: &[ContractPackage],
    folder: &Path,
) -> CommandResult {
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

/// The result of all contracts together.
fn finish(report: Report) -> CommandResult {
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
    if !arguments.tests.cargo.is_empty() {
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
