//! A report for people: the short story and what was refused; or everything: steps, documents,
//! contracts, sums.

use super::DemoArgs;
use crate::table::{Align, columns, layout};
use antelope_types::Checksum256;
use coop_demo::{
    NodeKind, Report,
    report::{Step, StepOutcome},
};
use coop_language::{Messages, Words};
use std::collections::BTreeSet;

/// How much of a transaction's id the table shows.
const SHORT_ID: usize = 12;

/// The report: the short story with the sums, or everything.
pub(crate) fn told(report: &Report, messages: &Messages, arguments: &DemoArgs) -> String {
    let mut parts = Vec::new();
    if !report.steps.is_empty() {
        parts.push(story(report));
        parts.push(refusals(report, messages));
        if arguments.all {
            parts.push(steps(report, messages, arguments.full_ids));
            parts.push(documents(report, messages, arguments));
            parts.push(contracts(report, messages));
        }
        parts.push(sums(report, messages, arguments));
    }
    parts.push(kept(report, messages));
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}

fn story(report: &Report) -> String {
    let sentences = report.story.iter().zip(1..);
    sentences
        .map(|(sentence, number)| format!("{number:2}. {sentence}\n"))
        .collect()
}

/// What the contracts refused, each reason once.
fn refusals(report: &Report, messages: &Messages) -> String {
    let mut codes = BTreeSet::new();
    let mut rows = Vec::new();
    for step in &report.steps {
        if let StepOutcome::Refused {
            attempt,
            refusal: Some(refusal),
            ..
        } = &step.outcome
            && codes.insert(refusal.code)
        {
            rows.push([
                format!("  {attempt}"),
                refusal.code.to_string(),
                refusal.told(messages.lang()).to_owned(),
            ]);
        }
    }
    if rows.is_empty() {
        return String::new();
    }
    messages.text("report.refused") + "\n" + &columns(&rows)
}

fn steps(report: &Report, messages: &Messages, full_ids: bool) -> String {
    let column = |key, align| (messages.text(key), align);
    let head = [
        column("report.number", Align::Right),
        column("report.step", Align::Left),
        column("report.who", Align::Left),
        column("report.transaction", Align::Left),
        column("report.cpu", Align::Right),
        column("report.net", Align::Right),
        column("report.ram", Align::Right),
        column("report.result", Align::Left),
    ];
    let rows: Vec<_> = report
        .steps
        .iter()
        .map(|step| row(step, full_ids))
        .collect();
    layout(&head, &rows)
}

fn row(step: &Step, full_ids: bool) -> [String; 8] {
    let price = step.transaction.as_ref();
    let told = |value: Option<String>| value.unwrap_or_else(|| "—".to_owned());
    [
        step.number.to_string(),
        step.title.clone(),
        match &step.person {
            Some(person) => format!("{} {person}", step.role),
            None => format!("{} {}", step.role, step.who),
        },
        told(price.map(|transaction| id(transaction.id, full_ids))),
        told(price.map(|transaction| transaction.cpu_us.to_string())),
        told(price.map(|transaction| transaction.net_bytes.to_string())),
        told(price.map(|transaction| format!("{:+}", transaction.ram_bytes))),
        step.result.clone(),
    ]
}

fn id(id: Checksum256, full: bool) -> String {
    let mut text = id.to_string();
    if !full {
        text.truncate(SHORT_ID);
    }
    text
}

fn documents(report: &Report, messages: &Messages, arguments: &DemoArgs) -> String {
    let column = |key, align| (messages.text(key), align);
    let head = [
        column("report.document", Align::Left),
        column("report.title", Align::Left),
        column("report.doc_hash", Align::Left),
        column("report.transaction", Align::Left),
    ];
    let rows: Vec<_> = report
        .documents
        .iter()
        .map(|document| {
            let sent = document
                .transaction_id
                .map(|sent| id(sent, arguments.full_ids));
            [
                arguments.out.join(&document.file).display().to_string(),
                document.title.clone(),
                document.doc_hash.to_string(),
                sent.unwrap_or_else(|| messages.text("report.not_sent")),
            ]
        })
        .collect();
    layout(&head, &rows)
}

fn contracts(report: &Report, messages: &Messages) -> String {
    let mut lines = Vec::new();
    for contract in &report.contracts {
        let words = Words::of("report.contract")
            .with("account", contract.account)
            .with("bytes", contract.wasm_bytes)
            .with("hash", contract.code_hash);
        lines.push(words.say(messages) + "\n");
    }
    lines.concat()
}

fn sums(report: &Report, messages: &Messages, arguments: &DemoArgs) -> String {
    let mut lines = Vec::new();
    if let Some(chain) = &report.chain {
        let key = match chain.node {
            NodeKind::Embedded => "report.embedded_chain",
            NodeKind::Nodeos => "report.chain",
        };
        let words = Words::of(key)
            .with("id", chain.id)
            .with("version", &chain.node_version)
            .with("url", &chain.url);
        lines.push(words.say(messages));
    }
    let totals = &report.totals;
    let words = Words::of("report.totals")
        .with("transactions", totals.transactions)
        .with("refusals", totals.refusals);
    lines.push(words.say(messages));
    let words = Words::of("report.price")
        .with("cpu", totals.cpu_us)
        .with("net", totals.net_bytes)
        .with("ram", totals.ram_bytes);
    lines.push(words.say(messages));
    for check in report.checks.iter().filter(|check| !check.ok) {
        let words = Words::of("report.check_failed")
            .with("title", &check.title)
            .with("expected", &check.expected)
            .with("found", &check.found);
        lines.push(words.say(messages));
    }
    let passed = report.checks.iter().filter(|check| check.ok).count();
    let words = Words::of("report.checks")
        .with("passed", passed)
        .with("all", report.checks.len());
    lines.push(words.say(messages));
    let words = Words::of("report.documents")
        .with("count", report.documents.len())
        .with("folder", arguments.out.display());
    lines.push(words.say(messages));
    if !arguments.all {
        lines.push(messages.text("report.more"));
    }
    lines.join("\n") + "\n"
}

/// How to look around on a node that was left running.
fn kept(report: &Report, messages: &Messages) -> String {
    let Some(kept) = &report.kept else {
        return String::new();
    };
    let mut out = Words::of("report.kept")
        .with("pid", kept.process_id)
        .say(messages);
    out.push('\n');
    for command in &kept.commands {
        out.push_str(&format!("  # {}\n  {}\n", command.title, command.line));
    }
    out
}
