//! `cargo antelope doctor`: what is installed, what is missing and how to get it.
//!
//! Looks at the current folder and the machine, and changes nothing. Each finding is a line with what was
//! found, and under it how to get what is missing or differs. Exit codes: 0 if contracts can be built,
//! although optional things may be missing; 1 with `doctor.missing` if something that builds need is.
//! The findings go to stdout in both cases.

use crate::arguments::Doctor;
use crate::failure::Failure;
use crate::output::{CommandResult, Output};
use antelope_build::doctor::{Finding, State, examine, is_able_to_build};
use serde_json::json;
use std::path::Path;

pub(crate) fn run(_arguments: &Doctor, _output: &mut Output) -> CommandResult {
    let findings = examine(Path::new("."));
    let mut text: Vec<_> = findings.iter().map(line).collect();
    let is_able = is_able_to_build(&findings);
    if is_able {
        let missing = findings.iter().any(|it| it.state == State::Missing);
        text.push(match missing {
            true => "contracts can be built and tested; what is missing is optional".to_owned(),
            false => "contracts can be built and tested".to_owned(),
        });
    }
    let (data, text) = (json!(findings), text.join("\n"));
    if is_able {
        return Ok((data, text));
    }
    Err(Box::new(Failure {
        result: Some((data, text)),
        ..Failure::new("doctor.missing", "something that builds need is missing")
    }))
}

/// A finding for people. Capital letters mark what makes the command fail.
fn line(finding: &Finding) -> String {
    let mark = match finding.state {
        State::Found => "ok",
        State::Differs => "differs",
        State::Missing if finding.required => "MISSING",
        State::Missing => "missing",
    };
    let found = finding.found.as_deref().unwrap_or(finding.purpose);
    let line = format!("{mark:>8}  {:<14} {found}", finding.name);
    match &finding.remedy {
        Some(remedy) => format!("{line}\n{:>26}{remedy}", "-> "),
        None => line,
    }
}
