//! What can go wrong with personal data, in the reader's language and without the data.

use crate::coop::facts;
use antelope_cli::Failure;
use coop_language::{Messages, Words};
use coop_private::PrivateError;

/// The failure of the store.
pub(in crate::coop) fn failed(messages: &Messages) -> impl Fn(PrivateError) -> Box<Failure> {
    move |error| {
        let failure = |code: &'static str, words: Words| Failure::new(code, words.say(messages));
        match &error {
            PrivateError::Missing { folder } => {
                let words = Words::of("private.none").with("folder", folder.display());
                failure("private.none", words).hint(messages.text("private.init"))
            }
            PrivateError::Exists { folder } => {
                let words = Words::of("private.exists").with("folder", folder.display());
                failure("private.exists", words)
            }
            PrivateError::WrongMaster { path } => {
                let words = Words::of("private.master").with("file", path.display());
                failure("private.master", words)
            }
            PrivateError::NoPerson { account } => failure(
                "person.none",
                Words::of("private.nobody").with("account", account),
            ),
            PrivateError::NoDocument { hash } => failure(
                "document.none",
                Words::of("private.no_document").with("hash", hash),
            ),
            PrivateError::Field(error) => {
                let failure = Failure::new("person.field", facts::told(messages, error));
                facts::expecting(failure, error)
            }
            PrivateError::Backup { folder, problem } => {
                let words = Words::of("private.backup")
                    .with("folder", folder.display())
                    .with("problem", problem);
                failure("private.backup", words)
            }
            PrivateError::Busy { path } => {
                let words = Words::of("private.busy").with("file", path.display());
                failure("private.busy", words).hint(messages.text("private.stop"))
            }
            PrivateError::KeyMissing { of } => {
                let words = Words::of("private.key").with("of", of);
                failure("private.key", words).hint(messages.text("private.ring"))
            }
            PrivateError::Changed { of, .. } => {
                let words = Words::of("private.changed").with("of", of);
                failure("private.changed", words).hint(messages.text("private.ring"))
            }
            PrivateError::Damaged { path, problem } => {
                let words = Words::of("private.damaged")
                    .with("file", path.display())
                    .with("problem", problem);
                failure("private.damaged", words).hint(messages.text("private.ring"))
            }
            PrivateError::Version { path, found, known } => {
                let words = Words::of("private.version")
                    .with("file", path.display())
                    .with("found", found)
                    .with("known", known);
                failure("private.version", words)
            }
            _ => match error {
                PrivateError::Keystore(error) => error.into(),
                error => failure(
                    "private",
                    Words::of("private.failed").with("problem", error),
                ),
            },
        }
    }
}
