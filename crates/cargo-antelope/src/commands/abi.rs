//! `cargo antelope abi`: the ABI of contracts, printed or compared.
//!
//! The contract is compiled, since its ABI is in records that the macros leave in the module; nothing
//! is written.
//!
//! Without `--check`, stdout is the text of the ABI, byte for byte as `build` writes it to the `.abi`
//! file. With `--check FILE` it must be the only contract:
//!
//! 1. Read the file. It may be any ABI, also one of another compiler.
//! 2. List the changes from the file to the contract, each breaking, compatible or of text.
//! 3. Succeed only if the file has the same bytes. Changed order or white space fails too, so that the
//!    file in the repository stays the one that would be deployed.
//!
//! Exit codes: 0; 8 with `abi.differs`; 1 for everything else.
//!
//! The data without `--check` is a list with `package` and `abi` for each contract. With it, it is one
//! object: `package`, `file`, `same` (byte for byte), `breaking` (whether any change is) and `changes`.

use crate::arguments::Abi;
use crate::failure::Failure;
use crate::output::{CommandResult, Output};
use antelope_build::abi::{Change, ContractAbi, Effect, diff_abi, read_abi_file};
use antelope_build::abi_all;
use serde_json::{Value, json};
use std::path::Path;

pub(crate) fn run(arguments: &Abi, output: &mut Output) -> CommandResult {
    let options = arguments.source.options(output.is_quiet());
    let contracts = abi_all(&options, &mut |step| output.step(step))?;
    match (&arguments.check, contracts.as_slice()) {
        (None, contracts) => Ok(print(contracts)),
        (Some(file), [(package, abi)]) => check(file, package, abi),
        (Some(_), contracts) => Err(Box::new(Failure::new(
            "usage.many",
            format!(
                "{} contracts, expected one to compare with a file; use -p",
                contracts.len()
            ),
        ))),
    }
}

/// The ABIs themselves.
fn print(contracts: &[(String, ContractAbi)]) -> (Value, String) {
    let data = contracts
        .iter()
        .map(|(package, abi)| json!({ "package": package, "abi": abi.definition }))
        .collect();
    let text = contracts.iter().map(|(_, abi)| abi.json.as_str()).collect();
    (data, text)
}

/// Compares with the file. The hints are what makes breaking changes compatible, where something does,
/// and then how to accept all of them.
fn check(file: &Path, package: &str, abi: &ContractAbi) -> CommandResult {
    let (old, text) = read_abi_file(file)?;
    let changes = diff_abi(&old, &abi.definition);
    let breaking = count(&changes, Effect::Breaking);
    let data = json!({
        "package": package,
        "file": file,
        "same": text == abi.json,
        "breaking": breaking > 0,
        "changes": changes,
    });
    if text == abi.json {
        return Ok((data, format!("{package}  same as {}", file.display())));
    }
    let mut lines: Vec<_> = changes.iter().map(ToString::to_string).collect();
    if lines.is_empty() {
        lines.push("only the form differs: order or white space".to_owned());
    }
    let message = format!(
        "the ABI of {package} differs from {}: {breaking} breaking, {} compatible, {} of text",
        file.display(),
        count(&changes, Effect::Compatible),
        count(&changes, Effect::Text),
    );
    let mut hints: Vec<_> = changes.iter().filter_map(|it| it.cure.clone()).collect();
    hints.push(format!(
        "to accept it: cargo antelope abi -p {package} > {}",
        file.display()
    ));
    Err(Box::new(Failure {
        hint: Some(hints.join("\n")),
        ..Failure::mismatch("abi.differs", message, data, lines.join("\n"))
    }))
}

/// How many changes have this effect.
fn count(changes: &[Change], effect: Effect) -> usize {
    changes
        .iter()
        .filter(|change| change.effect == effect)
        .count()
}
