//! `cargo antelope coverage`: which lines of a contract its tests execute on the embedded chain.
//!
//! 1. Run `cargo test` for the contracts with a fresh folder in `ANTELOPE_COVERAGE`. Each contract that
//!    a test builds is then compiled a second time, with counters, and each transaction that
//!    succeeded is executed a second time on that module to count. Failed tests end the command here.
//! 2. Add up what all processes have recorded ([`Tally`]), for lines that are written in the bodies of
//!    functions of the package; with `--all`, also of its dependencies.
//! 3. Write the lcov file for editors and CI services.
//! 4. Print a table by file and function with the lines that were missed.
//! 5. Compare each contract with `--fail-under`.
//! 6. Remove the folder.
//!
//! Exit codes: 0; 8 with `coverage.under`; 1 for failed tests, where a contract could not be compiled for
//! coverage (`coverage.build`), where no test has built one (`coverage.none`), and for files.
//!
//! The data is an object with the path of the `lcov` file and a list of `contracts`:
//!
//! ```json
//! {
//!   "package": "shop",
//!   "lines": { "hit": 3, "total": 4, "percent": 75.0 },
//!   "files": [{
//!     "path": "/shop/src/lib.rs",
//!     "lines": { "hit": 3, "total": 4, "percent": 75.0 },
//!     "functions": [{
//!       "name": "Shop::buy", "kind": "action", "line": 12, "calls": 2,
//!       "lines": { "hit": 3, "total": 4, "percent": 75.0 },
//!       "missed": [[15, 15]],
//!       "counts": [[13, 2], [14, 2], [15, 0], [17, 2]]
//!     }]
//!   }]
//! }
//! ```

use super::cargo_test::{cargo_test, file_failure, record_folder};
use crate::arguments::Coverage;
use crate::coverage::{Lines, Sources, Tally, data, lcov, table};
use crate::failure::Failure;
use crate::output::{CommandResult, Output};
use antelope_build::coverage::{CoverageRecords, read_records};
use antelope_build::{ContractPackage, Warning, contracts};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// The environment variable that tells tests where to record what they execute.
const VARIABLE: &str = "ANTELOPE_COVERAGE";

pub(crate) fn run(arguments: &Coverage, output: &mut Output) -> CommandResult {
    let packages = contracts(&arguments.tests.options())?;
    if let Some(folder) = &arguments.recorded {
        return report(arguments, output, &packages, folder);
    }
    let folder = record_folder(&packages, "coverage")?;
    let tested = cargo_test(&arguments.tests, output, &packages, (VARIABLE, &folder));
    let outcome = tested.and_then(|()| report(arguments, output, &packages, &folder));
    // What is left is nobody's any more; if it stays, the next run has a folder of its own.
    let _ = fs::remove_dir_all(&folder);
    outcome
}

/// Everything after the tests: adds up, writes, prints, judges.
fn report(
    arguments: &Coverage,
    output: &mut Output,
    packages: &[ContractPackage],
    folder: &Path,
) -> CommandResult {
    let records =
        read_records(folder).map_err(|error| file_failure("coverage.record", folder, &error))?;
    if let Some(failure) = records.failures.first() {
        return Err(Box::new(Failure::new("coverage.build", failure)));
    }
    warn(output, &records);
    let mut sources = Sources::default();
    let mut covered = Vec::new();
    for package in packages {
        let tally = tally(arguments, package, &records, &mut sources);
        if !tally.files.is_empty() {
            covered.push((package, tally));
        }
    }
    if covered.is_empty() {
        let hint = "tests build the contract with contract!() and push to a chain of the crate \
                    antelope-testing: see docs/book/src/coverage.md";
        return Err(Box::new(Failure {
            hint: Some(hint.to_owned()),
            ..Failure::new("coverage.none", "no test has built a contract")
        }));
    }
    let file = write_lcov(arguments, packages, &covered)?;
    let tables = covered
        .iter()
        .map(|(package, tally)| table(&package.name, &package.folder, tally));
    let text = tables.collect::<Vec<_>>().join("\n");
    let contracts: Vec<_> = covered
        .iter()
        .map(|(package, tally)| data(&package.name, tally))
        .collect();
    output.say(&format!("wrote {}", file.display()));
    judge(
        arguments,
        &covered,
        json!({ "contracts": contracts, "lcov": file }),
        text,
    )
}

/// What was executed of one contract, by all processes that have built it.
fn tally(
    arguments: &Coverage,
    package: &ContractPackage,
    records: &CoverageRecords,
    sources: &mut Sources,
) -> Tally {
    let mut tally = Tally::default();
    let recorded = records.recorded.iter();
    for recorded in recorded.filter(|it| it.map.package == package.name) {
        tally.add(recorded, sources, |path| {
            arguments.all || path.starts_with(&recorded.map.folder)
        });
    }
    tally
}

/// A second execution that failed has counted up to the failure only. The figures are then too low,
/// which is said and does not fail the command.
fn warn(output: &mut Output, records: &CoverageRecords) {
    for recorded in &records.recorded {
        if let Some(why) = &recorded.diverged {
            output.warn(&Warning {
                code: "coverage.incomplete",
                message: format!(
                    "lines may count as missed that were executed: a transaction succeeded, and failed \
                     when it was executed again for coverage: {why}"
                ),
            });
        }
    }
}

/// Writes one file for all contracts, and the folders above it; returns its path.
fn write_lcov(
    arguments: &Coverage,
    packages: &[ContractPackage],
    covered: &[(&ContractPackage, Tally)],
) -> Result<PathBuf, Box<Failure>> {
    let file = arguments.lcov.clone().unwrap_or_else(|| {
        let target = packages.first().map(|package| package.target_dir.clone());
        target
            .unwrap_or_default()
            .join("antelope/coverage/lcov.info")
    });
    let text = lcov(covered.iter().map(|(_, tally)| tally));
    let folder = file.parent().filter(|it| !it.as_os_str().is_empty());
    let made = folder.map_or(Ok(()), fs::create_dir_all);
    made.and_then(|()| fs::write(&file, text))
        .map_err(|error| file_failure("coverage.lcov", &file, &error))?;
    Ok(file)
}

/// Fails if any contract has a smaller share of lines executed than `--fail-under`. The share is compared
/// as it is and not as it is printed, which is rounded.
fn judge(
    arguments: &Coverage,
    covered: &[(&ContractPackage, Tally)],
    data: Value,
    text: String,
) -> CommandResult {
    let Some(least) = arguments.fail_under else {
        return Ok((data, text));
    };
    let under = covered
        .iter()
        .map(|(package, tally)| (&package.name, tally.lines()))
        .filter(|(_, lines)| lines.percent() < least);
    let under: Vec<_> = under.map(|(name, lines)| sentence(name, lines)).collect();
    if under.is_empty() {
        return Ok((data, text));
    }
    let message = format!(
        "less than {least} % of lines executed: {}",
        under.join(", ")
    );
    Err(Box::new(Failure::mismatch(
        "coverage.under",
        message,
        data,
        text,
    )))
}

/// A contract in the error's message.
fn sentence(package: &str, lines: Lines) -> String {
    format!(
        "{package} {:.1} % ({} of {})",
        lines.percent(),
        lines.hit,
        lines.total
    )
}
