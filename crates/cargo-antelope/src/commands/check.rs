//! `cargo antelope check`: whether contracts compile and a node would take them.
//!
//! The steps are those of `build` up to validation for the chain of `--chain`; nothing is written to
//! `<target>/antelope/<package>`, so that artifacts of an earlier build stay. It takes as long as a
//! build.
//!
//! The result has for each contract the host functions that it imports and the protocol features that
//! a chain must have activated for them. Exit codes: 0, and 1 for a contract that does not compile or
//! would be refused, with the reasons in `details`.
//!
//! The data has for each contract `package`, `imports` and `protocol_features`.

use crate::arguments::Build;
use crate::output::{CommandResult, Output};
use antelope_build::check_all;
use serde_json::json;

pub(crate) fn run(arguments: &Build, output: &mut Output) -> CommandResult {
    let options = arguments.source.options(output.is_quiet());
    let checked = check_all(&options, &mut |step| output.step(step))?;
    for warning in checked.iter().flat_map(|contract| &contract.warnings) {
        output.warn(warning);
    }
    let text: Vec<_> = checked
        .iter()
        .map(|contract| {
            let features: Vec<_> = contract
                .requirements
                .features
                .iter()
                .map(ToString::to_string)
                .collect();
            let needs = if features.is_empty() {
                "none".to_owned()
            } else {
                features.join(", ")
            };
            format!("{}  ok  protocol features: {needs}", contract.package)
        })
        .collect();
    let data = checked
        .iter()
        .map(|contract| {
            json!({
                "package": contract.package,
                "imports": contract.requirements.imports,
                "protocol_features": contract.requirements.features,
            })
        })
        .collect();
    Ok((data, text.join("\n")))
}
