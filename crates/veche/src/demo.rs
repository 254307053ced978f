//! `veche demo`: reads the input, tells the story, writes the result.

use std::{fs, io::Write};

use crate::{
    cli::{DemoArgs, FAILURE, SUCCESS, WRONG_USE},
    envelope::{Envelope, Message},
    input::{self, Input, Problem},
    lang::Messages,
    output,
    report::Report,
    story::{self, Kind, Log, Options},
    words::Words,
};

/// Runs the command; the exit code.
pub(crate) fn run(arguments: &DemoArgs, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let messages = Messages::of(arguments.lang());
    if arguments.keep && arguments.node == Kind::Embedded {
        let message = messages.text("error.keep");
        let _ = writeln!(err, "{message}");
        let error = Message {
            code: "keep",
            field: None,
            message,
        };
        write_result(arguments, &messages, None, vec![error], out);
        return WRONG_USE;
    }
    let input = match read(arguments, &messages) {
        Ok(input) => input,
        Err(errors) => {
            for error in &errors {
                let place = error
                    .field
                    .as_ref()
                    .map(|field| format!("{field}: "))
                    .unwrap_or_default();
                let _ = writeln!(
                    err,
                    "{}: {place}{}",
                    arguments.file.display(),
                    error.message
                );
            }
            write_result(arguments, &messages, None, errors, out);
            return WRONG_USE;
        }
    };
    let options = Options {
        workspace: arguments.workspace.clone(),
        contracts: arguments.contracts.clone(),
        documents: arguments.out.clone(),
        node: arguments.node,
        keep: arguments.keep,
        lang: arguments.lang(),
    };
    let mut log = Log::new(&messages, err, arguments.all);
    let told = story::tell(&input, &options, &mut log);
    let mut report = log.report;
    report.sum_up();
    let errors: Vec<Message> = told.err().iter().map(story_message).collect();
    for error in &errors {
        let words = Words::of("error.stopped").with("reason", &error.message);
        let _ = writeln!(err, "{}", words.say(&messages));
    }
    let code = if errors.is_empty() { SUCCESS } else { FAILURE };
    write_result(arguments, &messages, Some(&report), errors, out);
    code
}

fn read(arguments: &DemoArgs, messages: &Messages) -> Result<Input, Vec<Message>> {
    let text = fs::read_to_string(&arguments.file).map_err(|error| {
        let words = Words::of("error.file").with("reason", error);
        vec![Message {
            code: "file",
            field: None,
            message: words.say(messages),
        }]
    })?;
    let message = |problem: Problem| Message {
        code: problem.kind.code(),
        message: problem.kind.say(messages),
        field: Some(problem.field),
    };
    input::read(&text).map_err(|problems| problems.into_iter().map(message).collect())
}

fn story_message(error: &story::StoryError) -> Message {
    Message {
        code: error.code(),
        field: None,
        message: error.to_string(),
    }
}

fn write_result(
    arguments: &DemoArgs,
    messages: &Messages,
    report: Option<&Report>,
    errors: Vec<Message>,
    out: &mut dyn Write,
) {
    let text = if arguments.json {
        Envelope::new(report, errors).to_text()
    } else {
        report
            .map(|report| output::told(report, messages, arguments))
            .unwrap_or_default()
    };
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
