//! Where words go: the result to stdout, the rest to stderr.
//!
//! | | stdout | stderr |
//! |---|---|---|
//! | steps, what cargo and tests print | | yes, unless `--quiet` or as cargo decides |
//! | warnings | in `warnings` with `--json` | yes |
//! | the result | text, or the envelope with `--json` | |
//! | the error | in `errors` with `--json` | yes |
//!
//! A failed write is ignored everywhere: it means that the reader has closed the pipe, as `head` does,
//! and does not change how the command went.

use crate::failure::Failure;
use antelope_build::{Step, Warning};
use antelope_envelope::{Envelope, Exit, Message};
use serde_json::Value;
use std::io::{self, Write};
use std::process::ExitCode;

/// What a command hands over: data for programs and text for people.
pub(crate) type CommandResult = Result<(Value, String), Box<Failure>>;

/// The two channels of one run.
pub(crate) struct Output {
    /// Whether the result is an envelope of JSON.
    json: bool,
    /// Whether only warnings and errors are said.
    quiet: bool,
    /// Those already said, for the envelope.
    warnings: Vec<Message>,
    /// Whether results were written one by one, so that none is left for the end.
    is_done: bool,
}

impl Output {
    /// The channels as `--json` and `--quiet` want them.
    pub(crate) fn new(json: bool, quiet: bool) -> Self {
        Self {
            json,
            quiet,
            warnings: Vec::new(),
            is_done: false,
        }
    }

    /// Whether cargo and the steps may speak.
    pub(crate) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Says that a step of a build begins, in the form in which cargo announces its own.
    pub(crate) fn step(&self, step: &Step) {
        self.say(&format!(
            "{:>12} {} ({})",
            step.name, step.package, step.detail
        ));
    }

    /// Says something on the way, unless `--quiet`. It must not be needed to understand the result.
    pub(crate) fn say(&self, text: &str) {
        if !self.quiet {
            to_stderr(text);
        }
    }

    /// Says a warning, also with `--quiet`, and keeps it for the envelope. The same text is said once,
    /// since several contracts of a workspace often give cause for the same warning.
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

    /// Writes the result of one run of several on a line of its own, with `--json`, after the error to
    /// stderr if there is one. The warnings so far are those of this run. [`Output::finish`] then
    /// writes no result.
    pub(crate) fn result_of_run(&mut self, data: Value, failure: Option<&Failure>) {
        let envelope = match failure {
            Some(failure) => {
                let message = failure.to_message();
                to_stderr(&format!("error: {message}"));
                Envelope::partial(data, failure.exit, vec![message])
            }
            None => Envelope::success(data),
        };
        let envelope = envelope.with_warnings(std::mem::take(&mut self.warnings));
        if self.json {
            // As for other results, a closed pipe is the reader's decision.
            let _ = writeln!(io::stdout(), "{}", envelope.to_json_line());
            self.is_done = true;
        }
    }

    /// Writes the result, after the error to stderr if there is one, and returns the exit code.
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

    /// Writes the envelope, or the text where there is any.
    fn result(self, envelope: Envelope<Value>, text: &str) -> ExitCode {
        let exit = envelope.exit();
        let text = if self.json && self.is_done && exit == Exit::Success {
            String::new()
        } else if self.json {
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

/// A line to stderr, whatever `--quiet` says.
pub(crate) fn to_stderr(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}
