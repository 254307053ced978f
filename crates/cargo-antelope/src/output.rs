//! Where words go: the result to stdout, the rest to stderr.

use std::io::{self, Write};
use std::process::ExitCode;

use antelope_build::{Step, Warning};
use serde_json::Value;

use crate::envelope::{Envelope, Message, SCHEMA_VERSION};
use crate::failure::Failure;

/// What a command hands over: data for programs and text for people.
pub(crate) type Outcome = Result<(Value, String), Box<Failure>>;

/// The two channels of one run.
pub(crate) struct Output {
    json: bool,
    quiet: bool,
    warnings: Vec<Message>,
}

impl Output {
    pub(crate) fn new(json: bool, quiet: bool) -> Self {
        Self {
            json,
            quiet,
            warnings: Vec::new(),
        }
    }

    /// Whether cargo and the steps may speak.
    pub(crate) fn is_quiet(&self) -> bool {
        self.quiet
    }

    pub(crate) fn step(&self, step: &Step) {
        self.say(&format!(
            "{:>12} {} ({})",
            step.name, step.package, step.detail
        ));
    }

    pub(crate) fn say(&self, text: &str) {
        if !self.quiet {
            to_stderr(text);
        }
    }

    pub(crate) fn warn(&mut self, warning: &Warning) {
        let message = Message {
            code: warning.code.to_owned(),
            message: warning.message.clone(),
            hint: None,
            details: Value::Null,
        };
        if self
            .warnings
            .iter()
            .any(|known| known.message == message.message)
        {
            return;
        }
        to_stderr(&format!("warning: {}", message.message));
        self.warnings.push(message);
    }

    /// Writes the result and says how the program ends.
    pub(crate) fn finish(self, outcome: Outcome) -> ExitCode {
        match outcome {
            Ok((data, text)) => {
                self.result(true, data, &text, Vec::new());
                ExitCode::SUCCESS
            }
            Err(failure) => {
                let exit = ExitCode::from(failure.exit);
                to_stderr(&format!("error: {}", failure.message));
                if let Some(hint) = &failure.hint {
                    to_stderr(&format!("help: {}", hint.replace('\n', "\nhelp: ")));
                }
                let failure = *failure;
                let (data, text) = failure.result.unwrap_or((Value::Null, String::new()));
                let message = Message {
                    code: failure.code,
                    message: failure.message,
                    hint: failure.hint,
                    details: failure.details,
                };
                self.result(false, data, &text, vec![message]);
                exit
            }
        }
    }

    fn result(self, success: bool, data: Value, text: &str, errors: Vec<Message>) {
        let text = if self.json {
            let warnings = self.warnings;
            let envelope = Envelope {
                schema_version: SCHEMA_VERSION,
                success,
                data,
                errors,
                warnings,
            };
            serde_json::to_string_pretty(&envelope).unwrap_or_default()
        } else {
            text.trim_end().to_owned()
        };
        if !text.is_empty() {
            // A closed pipe is the reader's decision.
            let _ = writeln!(io::stdout(), "{text}");
        }
    }
}

pub(crate) fn to_stderr(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}
