//! `registry package`, and the list of decisions, from the index.

use super::index::{OpenIndex, PackageArgs, asked, refused};
use antelope_cli::{Failure, Fallible, Report};
use coop_index::{DocumentRecord, Package, QuestionFilter, QuestionRecord, Recorded, Slice};
use coop_language::{Messages, Words};
use coop_papers::kind_title;
use serde_json::{Value, json};

/// Decisions, finished or not.
pub(super) fn list(
    index: &mut OpenIndex,
    filter: &QuestionFilter,
    slice: &Slice,
) -> Fallible<Report> {
    let page = index.reader.questions(index.coopname, filter, slice);
    let page = page.map_err(refused)?;
    let messages = &index.messages;
    let mut lines: Vec<_> = page.entries.iter().map(|it| short(messages, it)).collect();
    if page.entries.is_empty() {
        lines.push(messages.text("registry.empty"));
    }
    lines.push(
        Words::of("found.total")
            .with("total", page.total)
            .say(messages),
    );
    if let Some(next) = &page.next {
        lines.push(Words::of("found.next").with("cursor", next).say(messages));
    }
    let data = json!({
        "decisions": page.entries.iter().map(|it| question(messages, it)).collect::<Vec<_>>(),
        "total": page.total,
        "next": page.next,
    });
    Ok(Report::new(data, lines.join("\n")))
}

fn short(messages: &Messages, question: &QuestionRecord) -> String {
    let title = kind_title(question.kind, messages.lang());
    format!(
        "{:>4}  {title}: {}\n      {}  {} UTC{}",
        question.id,
        question.username,
        outcome(messages, question),
        asked(question.finished_at.or(question.published_at)).unwrap_or_default(),
        unsettled(messages, question),
    )
}

/// What became of a question.
fn outcome(messages: &Messages, question: &QuestionRecord) -> String {
    messages.text(match question.outcome.as_deref() {
        Some("carried_out") => "fate.carried_out",
        Some("declined") => "fate.declined",
        Some("not_approved") => "fate.not_approved",
        Some("not_signed") => "fate.not_signed",
        _ => "found.open",
    })
}

/// What is not over yet, or did not go well.
fn unsettled(messages: &Messages, question: &QuestionRecord) -> String {
    let mut text = String::new();
    if question.has_failed {
        text += &format!("; {}", messages.text("found.failed"));
    }
    if !question.is_final {
        text += &format!("; {}", messages.text("found.not_final"));
    }
    text
}

/// A question with all that belongs to it.
pub(super) fn package(index: &mut OpenIndex, arguments: &PackageArgs) -> Fallible<Report> {
    let found = index.reader.package(index.coopname, arguments.id);
    let Some(package) = found.map_err(refused)? else {
        let words = Words::of("registry.none").with("id", arguments.id);
        let block = index.status.head.map_or(0, |it| it.block_num);
        let hint = Words::of("found.head").with("block", block);
        return Err(
            Failure::not_found("decision.none", words.say(&index.messages))
                .hint(hint.say(&index.messages)),
        );
    };
    let text = told(&index.messages, &package);
    Ok(Report::new(data(&index.messages, &package), text))
}

fn told(messages: &Messages, package: &Package) -> String {
    let question = &package.question;
    let mut lines = vec![format!(
        "{}  {}",
        question.id,
        kind_title(question.kind, messages.lang())
    )];
    let mut say = |words: Words| lines.push(words.say(messages));
    say(Words::of("show.who").with("account", question.username));
    if let Some(time) = question.published_at {
        say(Words::of("show.published").with("time", time));
    }
    let names = |is_for| {
        let votes = package.votes.iter().filter(|it| it.is_for == is_for);
        let names: Vec<_> = votes.map(|it| it.username.to_string()).collect();
        match names.is_empty() {
            true => "–".to_owned(),
            false => names.join(", "),
        }
    };
    say(Words::of("show.for").with("names", names(true)));
    say(Words::of("show.against").with("names", names(false)));
    if let Some(chairman) = question.chairman {
        say(Words::of("registry.signed").with("account", chairman));
    }
    if let Some(time) = question.finished_at {
        say(Words::of("registry.fate")
            .with("fate", outcome(messages, question))
            .with("time", time));
    }
    say(Words::of("show.hash").with("hash", question.hash));
    if let Some(protocol) = question.protocol {
        say(Words::of("registry.protocol").with("hash", protocol));
    }
    for act in &package.acts {
        say(Words::of("registry.act").with("hash", act.hash));
    }
    for link in &package.links {
        say(Words::of("found.link")
            .with("title", &link.title)
            .with("hash", link.hash));
    }
    for payment in &package.payments {
        say(Words::of("found.payment")
            .with("sum", payment.quantity)
            .with("status", payment.status));
    }
    for settlement in &package.settlements {
        let reason = settlement.reason.clone().unwrap_or_default();
        say(Words::of("found.settlement")
            .with("time", settlement.at)
            .with("action", settlement.action)
            .with("reason", reason));
    }
    if let Some(transaction) = question.finished_in {
        say(Words::of("registry.transaction").with("id", transaction));
    }
    let rest = unsettled(messages, question);
    if !rest.is_empty() {
        lines.push(rest.trim_start_matches("; ").to_owned());
    }
    lines.join("\n")
}

fn data(messages: &Messages, package: &Package) -> Value {
    let mut data = question(messages, &package.question);
    let votes = package.votes.iter().map(|it| {
        json!({
            "username": it.username, "is_for": it.is_for, "at": it.at,
            "transaction_id": it.cast_in,
        })
    });
    let documents = |all: &[DocumentRecord]| all.iter().map(document).collect::<Vec<_>>();
    let payments = package.payments.iter().map(|it| {
        json!({
            "id": it.id, "username": it.username, "kind": it.kind, "quantity": it.quantity,
            "status": it.status, "created_at": it.created_at, "is_overdue": it.is_overdue,
            "is_open": it.is_open, "ended_by": it.ended_by, "ended_at": it.ended_at,
        })
    });
    let settlements = package.settlements.iter().map(|it| {
        json!({
            "action": it.action, "actor": it.actor, "quantity": it.quantity,
            "reference": it.reference, "reason": it.reason, "at": it.at,
            "transaction_id": it.done_in,
        })
    });
    let properties = package.properties.iter().map(|it| {
        json!({
            "id": it.id, "username": it.username, "status": it.status,
            "description": it.description, "valuation": it.valuation, "is_open": it.is_open,
            "is_overdue": it.is_overdue, "ended_by": it.ended_by, "ended_at": it.ended_at,
        })
    });
    let events = package.events.iter().map(|it| {
        json!({
            "sequence": it.sequence, "contract": it.contract, "action": it.action,
            "at": it.at, "block_num": it.block, "transaction_id": it.done_in,
            "arguments": it.arguments,
        })
    });
    data["votes"] = votes.collect();
    data["statement_document"] = json!(package.statement.as_ref().map(document));
    data["protocol_document"] = json!(package.protocol.as_ref().map(document));
    data["acts"] = json!(documents(&package.acts));
    data["links"] = json!(documents(&package.links));
    data["payments"] = payments.collect();
    data["settlements"] = settlements.collect();
    data["properties"] = properties.collect();
    data["events"] = events.collect();
    data
}

fn question(messages: &Messages, it: &QuestionRecord) -> Value {
    json!({
        "id": it.id,
        "kind": it.kind,
        "title": kind_title(it.kind, messages.lang()),
        "username": it.username,
        "fate": it.outcome,
        "reason": it.reason,
        "is_open": it.is_open,
        "status": it.status,
        "finished_at": it.finished_at,
        "transaction_id": it.finished_in,
        "published_at": it.published_at,
        "published_in": it.published_in,
        "approved_at": it.approved_at,
        "expires_at": it.expires_at,
        "seats": it.seats,
        "quorum_percent": it.quorum_percent,
        "statement": it.hash,
        "protocol": it.protocol,
        "chairman": it.chairman,
        "has_failed": it.has_failed,
        "is_final": it.is_final,
    })
}

/// A document, with account names and keys only.
fn document(it: &DocumentRecord) -> Value {
    let signatures = it.signatures.iter().map(
        |it| json!({ "signer": it.signer, "public_key": it.public_key, "signed_at": it.signed_at }),
    );
    json!({
        "hash": it.hash,
        "doc_hash": it.doc_hash,
        "registry_id": it.registry_id,
        "username": it.username,
        "title": it.title,
        "action": it.action,
        "at": it.at,
        "block_num": it.block,
        "transaction_id": it.recorded_in,
        "is_final": it.is_final,
        "signatures": signatures.collect::<Vec<_>>(),
    })
}

/// Where a hash is recorded, for programs.
pub(super) fn recorded_data(recorded: &Recorded) -> Value {
    let questions = recorded.questions.iter().map(|(role, question)| {
        json!({
            "role": role.name(),
            "id": question.id,
            "kind": question.kind,
            "fate": question.outcome,
            "is_open": question.is_open,
            "is_final": question.is_final,
        })
    });
    json!({
        "source": "index",
        "document": recorded.document.as_ref().map(document),
        "questions": questions.collect::<Vec<_>>(),
    })
}

/// The same for people.
pub(super) fn recorded_lines(messages: &Messages, recorded: &Recorded) -> Vec<String> {
    let mut lines = Vec::new();
    let mut say = |words: Words| lines.push(words.say(messages));
    let mut is_final = recorded.questions.iter().all(|(_, it)| it.is_final);
    if let Some(document) = &recorded.document {
        is_final = document.is_final;
        say(Words::of("check.title")
            .with("title", &document.title)
            .with("form", document.registry_id));
        say(Words::of("check.recorded")
            .with("block", document.block)
            .with("time", document.at));
        say(Words::of("registry.transaction").with("id", document.recorded_in));
        for signature in &document.signatures {
            say(Words::of("check.signed")
                .with("account", signature.signer)
                .with("key", &signature.public_key));
        }
    }
    for (_, question) in &recorded.questions {
        say(Words::of("check.question").with("id", question.id));
        say(Words::of("check.outcome").with("outcome", outcome(messages, question)));
    }
    lines.push(messages.text(match is_final {
        true => "check.final",
        false => "check.not_final",
    }));
    lines
}
