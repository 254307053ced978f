//! `history`: whether the histories that delegates' nodes keep are as they were written, and the same, and
//! what they have of a document or a question whose rows are gone.
//!
//! It reads block logs, asks no node, and writes nothing.
//!
//! | exit | meaning |
//! |---|---|
//! | 0 | all logs are as they were written, the same where they overlap, and have every hash |
//! | 1 | a log cannot be read |
//! | 4 | a hash is in none of them |
//! | 8 | a log was changed, or two logs differ: where, to the block, the field and the byte |

use super::office::OfficeOptions;
use super::words;
use antelope_cli::{Console, Failure, Fallible, Report};
use antelope_types::Checksum256;
use clap::{Args, Subcommand};
use coop_history::{
    BlockLog, HistoryError, HistoryFinding, HistoryMatch, HistorySearch, LogComparison, LogDamage,
    LogDifference, LogField, LogReport, compare, verify,
};
use coop_language::{Messages, Words};
use serde_json::json;
use std::path::PathBuf;

/// Verify the history that nodes of delegates keep: whether anything in it was changed
#[derive(Args, Clone, Debug)]
pub(crate) struct HistoryArgs {
    #[command(subcommand)]
    command: HistoryCommand,
}

#[derive(Subcommand, Clone, Debug)]
enum HistoryCommand {
    /// Verify block logs, compare them, and find documents, questions and votes in them by their hashes
    Verify(HistoryVerifyArgs),
}

#[derive(Args, Clone, Debug)]
struct HistoryVerifyArgs {
    /// Block logs: files blocks.log, or folders of nodes with such a file; each is compared with the first
    #[arg(required = true, num_args = 1..=16, value_name = "LOG")]
    logs: Vec<PathBuf>,
    /// The hash of a document, of its text, of a question, or the id of a transaction or a block: find it
    #[arg(long, value_name = "HASH")]
    find: Vec<Checksum256>,
    #[command(flatten)]
    office: OfficeOptions,
}

impl HistoryArgs {
    /// Which language.
    pub(super) fn office(&self) -> &OfficeOptions {
        let HistoryCommand::Verify(arguments) = &self.command;
        &arguments.office
    }
}

/// Runs the command.
pub(super) fn run(console: &mut Console<'_>, arguments: &HistoryArgs) -> Fallible<Report> {
    let HistoryCommand::Verify(arguments) = &arguments.command;
    let messages = words::messages(arguments.office.language());
    let read = |error: HistoryError| Failure::new("history.read", error.to_string());
    let logs = arguments.logs.iter().map(|path| BlockLog::open(path));
    let logs = logs.collect::<Result<Vec<_>, _>>().map_err(read)?;
    let mut search = HistorySearch::of(arguments.find.clone());
    let mut reports = Vec::new();
    for (place, log) in logs.iter().enumerate() {
        let reading = Words::of("journal.reading").with("file", log.path().display());
        let _progress = console.progress(reading.say(&messages));
        let report = match place {
            0 => verify(log, &mut search),
            _ => verify(log, &mut HistorySearch::default()),
        };
        reports.push(report.map_err(read)?);
    }
    let mut comparisons = Vec::new();
    if let [first, others @ ..] = &logs[..] {
        for other in others {
            let compared = compare(first, other).map_err(read)?;
            comparisons.push((other.path().to_owned(), compared));
        }
    }
    told(&messages, &reports, &comparisons, &search)
}

/// What was found, as the result of a command.
fn told(
    messages: &Messages,
    reports: &[LogReport],
    comparisons: &[(PathBuf, LogComparison)],
    search: &HistorySearch,
) -> Fallible<Report> {
    let mut lines = Vec::new();
    for report in reports {
        lines.extend(of_log(messages, report));
    }
    for (other, compared) in comparisons {
        lines.push(of_comparison(messages, compared));
        if let Some(difference) = &compared.difference {
            let names = [reports[0].path.display(), other.display()].map(|it| it.to_string());
            lines.push(of_difference(messages, difference, &names));
        }
    }
    lines.extend(search.found().iter().map(|it| of_finding(messages, it)));
    let missing = search.missing();
    for hash in &missing {
        lines.push(
            Words::of("journal.missing")
                .with("hash", hash)
                .say(messages),
        );
    }
    let compared = comparisons.iter().map(|(other, it)| {
        let mut value = json!(it);
        value["other"] = json!(other);
        value
    });
    let data = json!({
        "logs": reports,
        "comparisons": compared.collect::<Vec<_>>(),
        "found": search.found(),
        "missing": missing,
    });
    let report = Report::new(data, lines.join("\n"));
    let is_damaged = reports.iter().any(|it| it.damage.is_some());
    let differs = comparisons.iter().any(|(_, it)| it.difference.is_some());
    let mut failure = match (is_damaged, differs) {
        (true, _) => Failure::new("mismatch.history", messages.text("journal.changed"))
            .hint(messages.text("journal.changed_hint")),
        (false, true) => Failure::new("mismatch.history", messages.text("journal.two"))
            .hint(messages.text("journal.two_hint")),
        _ if !missing.is_empty() => {
            Failure::not_found("history.none", messages.text("journal.not_found"))
        }
        _ => return Ok(report),
    };
    failure.report = Some(report);
    Err(failure)
}

/// What a log is, and what in it was changed.
fn of_log(messages: &Messages, report: &LogReport) -> Vec<String> {
    let words = Words::of("journal.log")
        .with("file", report.path.display())
        .with("first", report.first)
        .with("last", report.last)
        .with("transactions", report.transactions)
        .with("chain", report.chain_id);
    let mut lines = vec![words.say(messages)];
    if report.first == 1 {
        let producers = report.producers.iter();
        let producers = producers.filter(|(name, _)| !name.is_empty());
        let producers = producers.map(|(name, blocks)| format!("{name} {blocks}"));
        let producers = producers.collect::<Vec<_>>().join(", ");
        let words = Words::of("journal.signatures").with("count", report.signatures);
        lines.push(words.with("producers", producers).say(messages));
    } else {
        lines.push(messages.text("journal.unsigned"));
    }
    lines.extend(report.damage.iter().map(|it| of_damage(messages, it)));
    lines
}

fn of_damage(messages: &Messages, damage: &LogDamage) -> String {
    Words::of("journal.damage")
        .with("block", damage.block)
        .with("field", field(messages, damage.field))
        .with("from", damage.offset)
        .with("length", damage.length)
        .say(messages)
}

fn of_comparison(messages: &Messages, compared: &LogComparison) -> String {
    let key = match compared.last {
        0 => "journal.no_common",
        _ => "journal.same",
    };
    Words::of(key)
        .with("first", compared.first)
        .with("last", compared.last)
        .with("id", compared.last_id)
        .say(messages)
}

fn of_difference(messages: &Messages, difference: &LogDifference, names: &[String; 2]) -> String {
    let byte = |byte: Option<u8>| match byte {
        Some(byte) => format!("{byte:02x}"),
        None => "-".to_owned(),
    };
    Words::of("journal.differ")
        .with("block", difference.block)
        .with("field", field(messages, difference.field))
        .with("one", &names[0])
        .with("one_at", difference.offsets[0])
        .with("one_byte", byte(difference.bytes[0]))
        .with("other", &names[1])
        .with("other_at", difference.offsets[1])
        .with("other_byte", byte(difference.bytes[1]))
        .say(messages)
}

/// Where a hash was found. What is not an action has neither contract nor actors.
fn of_finding(messages: &Messages, found: &HistoryFinding) -> String {
    let how = match found.how {
        HistoryMatch::Block => "journal.found.block",
        HistoryMatch::Transaction => "journal.found.transaction",
        HistoryMatch::Document => "journal.found.document",
        HistoryMatch::Text => "journal.found.text",
        HistoryMatch::Named => "journal.found.named",
        HistoryMatch::Decision => "journal.found.decision",
    };
    let mut parts = vec![messages.text(how)];
    if !found.actors.is_empty() {
        let actors: Vec<_> = found.actors.iter().map(ToString::to_string).collect();
        let action = format!("{}::{}", found.contract, found.action);
        let words = Words::of("journal.action").with("action", action);
        parts.push(words.with("actors", actors.join(", ")).say(messages));
    }
    if let Some(id) = found.decision {
        parts.push(Words::of("journal.question").with("id", id).say(messages));
    }
    if let Some(id) = found.transaction {
        parts.push(
            Words::of("journal.transaction")
                .with("id", id)
                .say(messages),
        );
    }
    Words::of("journal.found")
        .with("hash", found.hash)
        .with("block", found.block)
        .with("time", found.time)
        .with("what", parts.join(", "))
        .say(messages)
}

/// The name of a field in the reader's language.
fn field(messages: &Messages, field: LogField) -> String {
    messages.text(match field {
        LogField::Preamble => "journal.field.preamble",
        LogField::Genesis => "journal.field.genesis",
        LogField::Totem => "journal.field.totem",
        LogField::Header => "journal.field.header",
        LogField::Timestamp => "journal.field.timestamp",
        LogField::Producer => "journal.field.producer",
        LogField::Confirmed => "journal.field.confirmed",
        LogField::Previous => "journal.field.previous",
        LogField::TransactionMroot => "journal.field.transaction_mroot",
        LogField::ActionMroot => "journal.field.action_mroot",
        LogField::ScheduleVersion => "journal.field.schedule_version",
        LogField::NewProducers => "journal.field.new_producers",
        LogField::HeaderExtensions => "journal.field.header_extensions",
        LogField::Signature => "journal.field.signature",
        LogField::Transactions => "journal.field.transactions",
        LogField::BlockExtensions => "journal.field.block_extensions",
        LogField::Position => "journal.field.position",
        LogField::End => "journal.field.end",
    })
}
