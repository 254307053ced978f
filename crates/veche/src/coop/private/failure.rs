//! What can go wrong with personal data, in the reader's language and without the data.

use antelope_cli::Failure;
use coop_documents::requisites::RequisiteFault;
use coop_language::{Messages, Words};
use coop_private::{PrivateError, ProfileFault};

/// The failure of the store.
pub(super) fn failed(messages: &Messages) -> impl Fn(PrivateError) -> Box<Failure> {
    move |error| {
        let failure = |code: &'static str, words: Words| Failure::new(code, words.say(messages));
        match &error {
            PrivateError::Missing { folder } => {
                let words = Words::of("personal.missing").with("folder", folder.display());
                failure("private.none", words).hint(messages.text("personal.init"))
            }
            PrivateError::Exists { folder } => {
                let words = Words::of("personal.exists").with("folder", folder.display());
                failure("private.exists", words)
            }
            PrivateError::WrongMaster { path } => {
                let words = Words::of("personal.master").with("file", path.display());
                failure("private.master", words)
            }
            PrivateError::NoPerson { account } => failure(
                "person.none",
                Words::of("personal.nobody").with("account", account),
            ),
            PrivateError::NoDocument { hash } => failure(
                "document.none",
                Words::of("personal.no_document").with("hash", hash),
            ),
            PrivateError::Field { field, fault } => field_failure(messages, field, fault),
            PrivateError::Backup { folder, problem } => {
                let words = Words::of("personal.backup")
                    .with("folder", folder.display())
                    .with("problem", problem);
                failure("private.backup", words)
            }
            PrivateError::Busy { path } => {
                let words = Words::of("personal.busy").with("file", path.display());
                failure("private.busy", words).hint(messages.text("personal.stop"))
            }
            PrivateError::KeyMissing { of } => {
                let words = Words::of("personal.key_missing").with("of", of);
                failure("private.key", words).hint(messages.text("personal.ring"))
            }
            PrivateError::Changed { of, .. } => {
                let words = Words::of("personal.changed").with("of", of);
                failure("private.changed", words).hint(messages.text("personal.ring"))
            }
            PrivateError::Damaged { path, problem } => {
                let words = Words::of("personal.damaged")
                    .with("file", path.display())
                    .with("problem", problem);
                failure("private.damaged", words).hint(messages.text("personal.ring"))
            }
            PrivateError::Version { path, found, known } => {
                let words = Words::of("personal.version")
                    .with("file", path.display())
                    .with("found", found)
                    .with("known", known);
                failure("private.version", words)
            }
            _ => match error {
                PrivateError::Keystore(error) => error.into(),
                error => failure(
                    "private",
                    Words::of("personal.failed").with("problem", error),
                ),
            },
        }
    }
}

/// A field of a profile that is not what it should be.
fn field_failure(messages: &Messages, field: &str, fault: &ProfileFault) -> Box<Failure> {
    let words = match fault {
        ProfileFault::NoObject => Words::of("profile.no_object"),
        ProfileFault::TooLarge => Words::of("profile.large"),
        ProfileFault::UnknownField { .. } => Words::of("profile.unknown"),
        ProfileFault::Missing => Words::of("profile.missing"),
        ProfileFault::NoText => Words::of("profile.no_text"),
        ProfileFault::Empty => Words::of("profile.empty"),
        ProfileFault::Long(most) => Words::of("profile.long").with("most", most),
        ProfileFault::Invisible => Words::of("profile.invisible"),
        ProfileFault::NoDay => Words::of("profile.no_day"),
        ProfileFault::NoKind => Words::of("profile.no_kind"),
        ProfileFault::Number(RequisiteFault::Digits(count)) => {
            Words::of("profile.digits").with("count", count)
        }
        ProfileFault::Number(RequisiteFault::Kpp) => Words::of("profile.kpp"),
        ProfileFault::Number(RequisiteFault::Check) => Words::of("profile.check"),
        ProfileFault::Number(RequisiteFault::OfAnotherBank) => Words::of("profile.bank"),
        _ => Words::of("profile.wrong"),
    };
    let failure = Failure::new("person.field", words.with("field", field).say(messages));
    match fault {
        ProfileFault::UnknownField { known } => failure.expected(known.join(", ")),
        _ => failure,
    }
}
