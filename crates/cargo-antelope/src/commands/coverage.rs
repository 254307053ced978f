//! `cargo antelope coverage`

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

/// Where tests are told to record what they execute.
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

/// What was executed of one contract.
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

/// Fails where fewer lines were executed than should be.
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

fn sentence(package: &str, lines: Lines) -> String {
    format!(
        "{package} {:.1} % ({} of {})",
        lines.percent(),
        lines.hit,
        lines.total
    )
}
