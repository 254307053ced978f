//! `cargo antelope doctor`

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
