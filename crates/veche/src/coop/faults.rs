//! Failures of reading the chain and of making documents, with what can be done about them.

use antelope_cli::Failure;
use coop_client::ReadError;
use coop_documents::DocumentError;
use coop_language::{Messages, Words};
use coop_model::refusal::find_code;
use coop_papers::{PaperError, PaperFault};

/// The failure of reading the chain.
pub(super) fn unreadable(error: ReadError) -> Box<Failure> {
    match error {
        ReadError::Client(error) => error.into(),
        other => Failure::not_found("coop.none", other.to_string()),
    }
}

/// What the contracts would refuse with this code, before anything is made or sent.
pub(super) fn refused(messages: &Messages, code: u64) -> Box<Failure> {
    let lang = messages.lang();
    let found = find_code(code);
    let text = found.map_or("", |it| lang.pick(it.ru, it.refusal.text));
    let mut failure = Failure::new("chain.refused", text);
    failure.hint = found.map(|it| lang.pick(it.do_ru, it.do_en).to_owned());
    failure.details = serde_json::json!({ "refusal": code });
    failure
}

/// The failure of a document that cannot be made.
pub(super) fn failed(error: DocumentError) -> Box<Failure> {
    Failure::new("document", error.to_string())
}

/// The failure of a document whose facts are not all there.
pub(super) fn lacking(messages: &Messages, error: PaperError<Box<Failure>>) -> Box<Failure> {
    match error {
        PaperError::People(failure) => failure,
        PaperError::Fault(fault) => faulty(messages, fault),
    }
}

/// The same where nothing about people was asked.
pub(super) fn faulty(messages: &Messages, fault: PaperFault) -> Box<Failure> {
    use PaperFault as F;
    let failure = Failure::new(fault.code(), fault.say(messages.lang()));
    let hint = match fault {
        F::Read(error) => return unreadable(error),
        F::Document(error) => return failed(error),
        F::NoCooperative { .. } => Words::of("office.name_it"),
        F::NoCouncil => Words::of("board.found_first"),
        F::NoQuestion { id } => Words::of("show.finished").with("id", id),
        F::NoProperty { .. } | F::OtherState { .. } => Words::of("property.list"),
        F::NoShare { .. } => Words::of("wallet.comes"),
        F::UnknownEffect { .. } => Words::of("authorize.desk"),
        _ => return failure,
    };
    failure.hint(hint.say(messages))
}
