//! Verifying an archive: by itself, and that its key is one of the account that signed.

use super::VerifyArgs;
use antelope_cli::{Failure, Fallible, Report, Session};
use antelope_types::name;
use coop_archive::{ArchiveError, VerifiedArchive, verify};
use coop_language::{Messages, Words};
use serde_json::json;

/// Verifies an archive.
///
/// # Errors
/// `mismatch.forged` where a byte is not what was signed, where the key is another one than was asked for, or where
/// the node says that it is none of the account; `verify.none` for a file of something else; `mismatch.chain`.
pub(super) fn verified(
    session: &Session,
    arguments: &VerifyArgs,
    messages: &Messages,
    bytes: &[u8],
) -> Fallible<Report> {
    let VerifiedArchive {
        manifest,
        seal,
        documents,
        texts,
    } = verify(bytes).map_err(|error| match error {
        ArchiveError::Forged { .. } => forged(error.to_string()),
        ArchiveError::UnknownFormat { .. } => Failure::new("verify.format", error.to_string()),
        other => Failure::not_found("verify.none", other.to_string()),
    })?;
    if let Some(key) = arguments.key.as_ref().filter(|it| **it != seal.public_key) {
        let words = Words::of("check.other_key").with("key", &seal.public_key);
        return Err(forged(words.say(messages)).expected(key.to_string()));
    }
    let mut lines = vec![
        messages.text("check.genuine"),
        Words::of("check.archive")
            .with("coop", manifest.coopname)
            .with("block", manifest.block_num)
            .with("time", manifest.block_time)
            .say(messages),
        Words::of("check.contents")
            .with("documents", documents.len())
            .with("texts", texts)
            .say(messages),
        Words::of("check.signed")
            .with("account", seal.account)
            .with("key", &seal.public_key)
            .say(messages),
    ];
    let is_known = match (arguments.offline, &arguments.key) {
        (true, _) => None,
        (false, _) => Some(is_key_of(session, &manifest.chain_id, &seal, messages)?),
    };
    match (is_known, &arguments.key) {
        (Some(false), None) => {
            let words = Words::of("check.no_key").with("account", seal.account);
            return Err(forged(words.say(messages)).hint(messages.text("check.no_key_hint")));
        }
        (None, None) => lines.push(messages.text("check.offline")),
        _ => {}
    }
    let data = json!({
        "verdict": "genuine",
        "source": "archive",
        "manifest": manifest,
        "signed_by": seal.account,
        "public_key": seal.public_key,
        "signed_at": seal.signed_at,
        "is_key_of_account": is_known,
        "documents": documents.len(),
        "texts": texts,
    });
    Ok(Report::new(data, lines.join("\n")))
}

/// Whether the node says that the key is one of the account's `active` permission now.
fn is_key_of(
    session: &Session,
    chain_id: &antelope_types::Checksum256,
    seal: &coop_archive::Seal,
    messages: &Messages,
) -> Fallible<bool> {
    let found = session.chain_id()?;
    if found != *chain_id {
        let words = Words::of("office.other_chain").with("found", found);
        let expected = Words::of("office.chain").with("id", chain_id);
        return Err(
            Failure::new("mismatch.chain", words.say(messages)).expected(expected.say(messages))
        );
    }
    let account = session.client.get_account(seal.account)?;
    let active = account.permission(name!("active"));
    let keys = active.map_or(&[][..], |it| &it.required_auth.keys);
    Ok(keys.iter().any(|it| it.key.key() == Some(&seal.public_key)))
}

fn forged(text: String) -> Box<Failure> {
    let mut failure = Failure::new("mismatch.forged", text);
    failure.details = json!({ "verdict": "forged" });
    failure
}
