//! How an index fails, as a command does.

use antelope_cli::Failure;
use antelope_follow::FollowError;
use coop_client::ReadError;
use coop_index::{IndexError, IndexFolder};
use coop_language::Messages;

/// The failure of a command, with what to do.
pub(in crate::coop) fn failure(
    error: IndexError,
    folder: &IndexFolder,
    messages: &Messages,
) -> Box<Failure> {
    let text = error.to_string();
    let rebuild = || messages.say("index.rebuild", &[("folder", &folder.path().display())]);
    match error {
        IndexError::Busy { .. } => {
            let text = messages.say("index.busy", &[("folder", &folder.path().display())]);
            Failure::new("index.busy", text)
        }
        IndexError::Chain(ReadError::Client(error)) => error.into(),
        IndexError::OtherScope { .. } => Failure::new("mismatch.index", text).hint(rebuild()),
        IndexError::Follow(error) => match error {
            FollowError::Diverged { .. } => Failure::new("indexing.diverged", text).hint(rebuild()),
            FollowError::OtherChain { .. } => Failure::new("mismatch.chain", text),
            FollowError::Address { .. } => Failure::usage(text),
            FollowError::TooLong { .. } => {
                Failure::new("node.too_long", text).hint(messages.text("index.longer"))
            }
            _ => Failure::new("node.history", text),
        },
        error if error.is_disk_full() => {
            let hint = messages.say("index.disk_full", &[("folder", &folder.path().display())]);
            Failure::new("indexing.database", text).hint(hint)
        }
        error if error.is_corrupt() => {
            let hint = messages.say("index.corrupt", &[("folder", &folder.path().display())]);
            Failure::new("indexing.damaged", text).hint(hint)
        }
        IndexError::Damaged(_) | IndexError::NotNext { .. } | IndexError::NotKept { .. } => {
            Failure::new("indexing.damaged", text).hint(rebuild())
        }
        _ => Failure::new("indexing.database", text),
    }
}
