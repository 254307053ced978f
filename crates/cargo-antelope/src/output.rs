//! Where words go: the result to stdout, the rest to stderr.

use crate::failure::Failure;
use antelope_build::{Step, Warning};
use antelope_envelope::{Envelope, Message};
use serde_json::Value;
use std::io::{self, Write};
use std::process::ExitCode;

/// What a command hands over: data for programs and text for people.
pub(crate) type CommandResult = Result<(Value, String), Box<Failure>>;

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
        let message = Message::new(warning.code, warning.message.clone());
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
    pub(crate) fn finish(self, outcome: CommandResult) -> ExitCode {
        match outcome {
            Ok((data, text)) => self.result(Envelope::success(data), &text),
            Err(failure) => {
                let message = failure.to_message();
                to_stderr(&format!("error: {message}"));
                let (data, text) = failure.result.unwrap_or((Value::Null, String::new()));
                let envelope = Envelope::partial(data, failure.exit, vec![message]);
                self.result(envelope, &text)
            }
        }
    }

    fn result(self, envelope: Envelope<Value>, text: &str) -> ExitCode {
        let exit = envelope.exit();
        let text = if self.json {
            envelope.with_warnings(self.warnings).to_json()
        } else {
            text.trim_end().to_owned()
        };
        if !text.is_empty() {
            // A closed pipe is the reader's decision.
            let _ = writeln!(io::stdout(), "{text}");
        }
        exit.into()
    }
}

pub(crate) fn to_stderr(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}
