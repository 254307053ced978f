//! Failures of reading the chain and of making documents, with what can be done about them.

use antelope_cli::Failure;
use coop_client::ReadError;
use coop_documents::DocumentError;
use coop_language::{Messages, Words};
use coop_papers::{PaperError, PaperFault};

/// The failure of reading the chain.
pub(super) fn unreadable(error: ReadError) -> Box<Failure> {
    match error {
        ReadError::Client(error) => error.into(),
        other => Failure::not_found("coop.none", other.to_string()),
    }
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
