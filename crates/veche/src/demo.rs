//! `veche demo`: reads the input, tells the story, writes the result.

mod args;
mod messages;
mod output;

use antelope_envelope::{Envelope, Exit, Message};
use coop_demo::{
    NodeKind, Report, StoryOptions,
    input::{self, Input, InputProblem},
};
use coop_language::{Messages, Words};
use std::{fs, io::Write};

pub(crate) use args::DemoArgs;

/// Runs the command.
pub(crate) fn run(arguments: &DemoArgs, out: &mut dyn Write, err: &mut dyn Write) -> Exit {
    let messages = messages::messages(arguments.lang());
    if arguments.keep && arguments.node == NodeKind::Embedded {
        let error = Message::new("keep", messages.text("error.keep"));
        let _ = writeln!(err, "{error}");
        let envelope = Envelope::failure(Exit::WrongUse, vec![error]);
        return write_result(arguments, &messages, None, envelope, out);
    }
    let input = match read(arguments, &messages) {
        Ok(input) => input,
        Err(errors) => {
            for error in &errors {
                let _ = writeln!(err, "{}: {error}", arguments.file.display());
            }
            let envelope = Envelope::failure(Exit::WrongUse, errors);
            return write_result(arguments, &messages, None, envelope, out);
        }
    };
    let options = StoryOptions {
        workspace: arguments.workspace.clone(),
        contracts: arguments.contracts.clone(),
        documents: arguments.out.clone(),
        node: arguments.node,
        keep: arguments.keep,
        lang: arguments.lang(),
        every_step: arguments.all,
    };
    let told = coop_demo::tell(&input, &options, err);
    let report = &told.report;
    let envelope = match &told.stopped {
        None => Envelope::success(report),
        Some(error) => {
            let words = Words::of("error.stopped").with("reason", error);
            let _ = writeln!(err, "{}", words.say(&messages));
            let error = Message::new(error.code(), error.to_string());
            Envelope::partial(report, Exit::Failure, vec![error])
        }
    };
    write_result(arguments, &messages, Some(report), envelope, out)
}

fn read(arguments: &DemoArgs, messages: &Messages) -> Result<Input, Vec<Message>> {
    let text = fs::read_to_string(&arguments.file).map_err(|error| {
        let words = Words::of("error.file").with("reason", error);
        vec![Message::new("file", words.say(messages))]
    })?;
    let message = |problem: InputProblem| {
        let text = problem.kind.told(messages.lang());
        Message::new(problem.kind.code(), text).field(problem.field)
    };
    input::read(&text).map_err(|problems| problems.into_iter().map(message).collect())
}

fn write_result(
    arguments: &DemoArgs,
    messages: &Messages,
    report: Option<&Report>,
    envelope: Envelope<&Report>,
    out: &mut dyn Write,
) -> Exit {
    let text = if arguments.json {
        envelope.to_json() + "\n"
    } else {
        report
            .map(|report| output::told(report, messages, arguments))
            .unwrap_or_default()
    };
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    envelope.exit()
}
