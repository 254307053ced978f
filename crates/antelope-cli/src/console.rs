//! Where words go: the result to stdout, everything else to stderr.
//!
//! | | stdout | stderr |
//! |---|---|---|
//! | what is said on the way, questions, progress | | yes, unless `--quiet` |
//! | warnings | in `warnings` with `--json` | yes |
//! | the result | text, or the envelope with `--json` | |
//! | the error | in `errors` with `--json` | yes |
//!
//! Progress is told on a terminal only, once something takes longer than a second.
//!
//! A reader that has closed the pipe, as `head` does, changes nothing about how the command went. A
//! result that cannot be written otherwise, as on a full disk, is lost, and the command ends with 1.

use crate::transact::Entry;
use crate::{Failure, Fallible, Progress, Report};
use antelope_envelope::{Envelope, Exit, Message};
use std::io::{self, BufRead, IsTerminal, Write};

/// The channels of one run.
pub struct Console<'a> {
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
    json: bool,
    quiet: bool,
    warnings: Vec<Message>,
    /// Puts what is said into the reader's language.
    translate: Option<fn(&str) -> String>,
    /// Transactions whose result is known here, and not to the user yet.
    untold: Vec<Entry>,
}

impl<'a> Console<'a> {
    /// Over two streams: the first gets the result and nothing else.
    pub fn new(out: &'a mut dyn Write, err: &'a mut dyn Write) -> Self {
        Self {
            out,
            err,
            json: false,
            quiet: false,
            warnings: Vec::new(),
            translate: None,
            untold: Vec::new(),
        }
    }

    /// From now on whatever is said, asked or failed with, but not what is [shown](Self::show), goes through
    /// this, line by line, which gives a text that it does not know back as it is. Results are the command's own affair.
    pub fn translate(&mut self, translate: fn(&str) -> String) {
        self.translate = Some(translate);
    }

    /// The text in the reader's language.
    fn translated(&self, text: &str) -> String {
        match self.translate {
            Some(translate) => translate(text),
            None => text.to_owned(),
        }
    }

    /// Takes the form of the result from the options.
    pub fn configure(&mut self, json: bool, quiet: bool) {
        self.json = json;
        self.quiet = quiet;
    }

    /// Whether the result is an object of JSON.
    #[must_use]
    pub fn is_json(&self) -> bool {
        self.json
    }

    /// Says something on the way, unless `--quiet`. The result must be understood without it.
    pub fn say(&mut self, text: &str) {
        if !self.quiet {
            let text = harmless(&self.translated(text));
            let _ = writeln!(self.err, "{text}");
        }
    }

    /// Shows a text as it is, in whatever language: a document, or what is said in the reader's already.
    pub fn show(&mut self, text: &str) {
        if !self.quiet {
            let _ = writeln!(self.err, "{}", harmless(text));
        }
    }

    /// Says a warning, also with `--quiet`, and keeps it for the envelope.
    pub fn warn(&mut self, mut message: Message) {
        message.message = self.translated(&message.message);
        message.hint = message.hint.as_deref().map(|it| self.translated(it));
        let text = harmless(&self.translated(&format!("warning: {message}")));
        let _ = writeln!(self.err, "{text}");
        self.warnings.push(message);
    }

    /// Begins to tell what is going on, until it is dropped; see [`Progress`].
    #[must_use]
    pub fn progress(&self, text: impl Into<String>) -> Progress {
        Progress::begin(self.quiet, text)
    }

    /// Whether somebody can be asked: stdin is a terminal.
    #[must_use]
    pub fn can_ask(&self) -> bool {
        io::stdin().is_terminal()
    }

    /// Asks, and returns the line that is typed, without its end.
    ///
    /// # Errors
    /// `declined` where stdin is not a terminal or ends: whoever cannot be asked has not agreed.
    pub fn ask(&mut self, question: &str) -> Fallible<String> {
        if !self.can_ask() {
            return Err(Failure::declined(format!(
                "{question} – stdin is not a terminal, so nobody can be asked"
            )));
        }
        let told = harmless(&self.translated(question));
        let _ = write!(self.err, "{told} ");
        let _ = self.err.flush();
        let mut line = String::new();
        match io::stdin().lock().read_line(&mut line) {
            Ok(0) | Err(_) => Err(Failure::declined(question.to_owned())),
            Ok(_) => Ok(line.trim().to_owned()),
        }
    }

    /// Asks for yes or no; anything but yes is no. Yes in English or Russian.
    ///
    /// # Errors
    /// `declined` for no, and as [`Console::ask`].
    pub fn confirm(&mut self, question: &str) -> Fallible<()> {
        let answer = self.ask(&format!("{question} [y/N]"))?.to_lowercase();
        match answer.as_str() {
            "y" | "yes" | "д" | "да" => Ok(()),
            _ => Err(Failure::declined(question.to_owned())),
        }
    }

    /// Keeps the entry of a transaction that was executed until the user has been told: whoever is
    /// interrupted before that runs the command again, and must not do it a second time.
    pub(crate) fn keep_until_told(&mut self, entry: Entry) {
        self.untold.push(entry);
    }

    /// Forgets the transactions whose results have been told. [`Console::finish`] does so for what a
    /// command has done; a program that sends several transactions by itself calls it after each.
    pub fn told(&mut self) {
        for entry in self.untold.drain(..) {
            entry.forget();
        }
    }

    /// Writes the result or the error; the exit code.
    pub fn finish(mut self, outcome: Fallible<Report>) -> Exit {
        let (envelope, text) = match outcome {
            Ok(Report { data, text }) => (Envelope::success(data), text),
            Err(mut failure) => {
                failure.message = self.translated(&failure.message);
                failure.expected = failure.expected.as_deref().map(|it| self.translated(it));
                failure.hint = failure.hint.as_deref().map(|it| self.translated(it));
                let message = failure.to_message();
                let text = harmless(&self.translated(&format!("error: {message}")));
                let _ = writeln!(self.err, "{text}");
                let exit = failure.exit();
                let Report { data, text } = failure.report.unwrap_or_default();
                (Envelope::partial(data, exit, vec![message]), text)
            }
        };
        let exit = envelope.exit();
        let text = match self.json {
            true => envelope
                .with_warnings(std::mem::take(&mut self.warnings))
                .to_json(),
            false => harmless(text.trim_end()),
        };
        if !text.is_empty() {
            let written = writeln!(self.out, "{text}").and_then(|()| self.out.flush());
            if let Err(error) = written
                && error.kind() != io::ErrorKind::BrokenPipe
            {
                let text = self.translated(&format!("error: cannot write the result: {error}"));
                let _ = writeln!(self.err, "{text}");
                // Another failure tells more. The next run finds what this one has done.
                return match exit {
                    Exit::Success => Exit::Failure,
                    exit => exit,
                };
            }
        }
        self.told();
        exit
    }
}

/// A text as a terminal may get it. Names, titles and reasons come from whoever wrote them on a chain: what would move
/// the cursor, change colours or turn the order of letters is told by its number. Ends of lines and tabs stay.
fn harmless(text: &str) -> String {
    let is_harmful = |c: char| {
        let turns = matches!(
            c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        );
        turns || (c.is_control() && !matches!(c, '\n' | '\t'))
    };
    if !text.contains(is_harmful) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match is_harmful(c) {
            true => out.push_str(&format!("‹U+{:04X}›", c as u32)),
            false => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn what_others_have_written_moves_no_cursor_and_json_has_it_as_it_is() {
        let title = "\u{1b}[2Jодобрено\u{202e}\r\u{7}";
        let told = |is_json| {
            let (mut out, mut err) = (Vec::new(), Vec::new());
            let mut console = Console::new(&mut out, &mut err);
            console.configure(is_json, false);
            console.show(title);
            console.say(title);
            console.finish(Ok(Report::new(json!({ "title": title }), title)));
            (
                String::from_utf8(out).unwrap(),
                String::from_utf8(err).unwrap(),
            )
        };
        let (out, err) = told(false);
        let shown = "‹U+001B›[2Jодобрено‹U+202E›‹U+000D›‹U+0007›\n";
        assert_eq!(out, shown);
        assert_eq!(err, shown.repeat(2));
        let value: Value = serde_json::from_str(&told(true).0).unwrap();
        assert_eq!(value["data"]["title"], json!(title));
    }

    fn finished(json: bool, outcome: Fallible<Report>) -> (Exit, String, String) {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut console = Console::new(&mut out, &mut err);
        console.configure(json, false);
        console.warn(Message::new("old", "the node is old"));
        let exit = console.finish(outcome);
        let [out, err] = [out, err].map(|bytes| String::from_utf8(bytes).unwrap());
        (exit, out, err)
    }

    #[test]
    fn the_result_goes_to_stdout_and_all_else_to_stderr() {
        let (exit, out, err) = finished(false, Ok(Report::new(7, "seven")));
        assert_eq!((exit, out.as_str()), (Exit::Success, "seven\n"));
        assert_eq!(err, "warning: the node is old\n");
    }

    /// A stream that fails so.
    struct Full(io::ErrorKind);

    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_result_that_is_lost_is_a_failure() {
        for (kind, exit) in [
            (io::ErrorKind::StorageFull, Exit::Failure),
            (io::ErrorKind::BrokenPipe, Exit::Success),
        ] {
            let (mut out, mut err) = (Full(kind), Vec::new());
            let console = Console::new(&mut out, &mut err);
            assert_eq!(console.finish(Ok(Report::new(7, "seven"))), exit);
            assert_eq!(err.is_empty(), exit == Exit::Success, "{kind}");
        }
    }

    #[test]
    fn an_error_is_on_stderr_and_in_the_object() {
        let failure = || Failure::not_found("account.none", "no account alice");
        let (exit, out, err) = finished(false, Err(failure()));
        assert_eq!((exit, out.as_str()), (Exit::NotFound, ""));
        assert!(err.ends_with("error: no account alice\n"), "{err}");
        let (_, out, _) = finished(true, Err(failure()));
        let object: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(object["errors"][0]["code"], json!("account.none"));
        assert_eq!(object["warnings"][0]["code"], json!("old"));
        assert_eq!(object["success"], json!(false));
    }
}
