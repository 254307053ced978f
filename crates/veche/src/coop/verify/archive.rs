//! Verifying an archive: by itself, and that its key is one of the account that signed, or was when it signed,
//! and that this account may speak for the cooperative.

use super::VerifyArgs;
use crate::coop::faults::unreadable;
use crate::coop::registry::{OpenIndex, refused};
use antelope_cli::{Console, Failure, Fallible, Report, Session};
use antelope_types::name;
use coop_archive::{ArchiveError, Manifest, Seal, VerifiedArchive, verify};
use coop_client::history::keys::KeyHistory;
use coop_client::{Contracts, Cooperative};
use coop_language::{Messages, Words};
use serde_json::json;

/// The most pages of an account's actions that are read for the keys that it had.
const MOST_PAGES: u32 = 50;

/// Whose the key of an archive is, by the node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// The account has it today.
    Now,
    /// The account had it when it signed, and has another one today.
    Then,
    /// The account had other keys when it signed.
    Never,
    /// The account has other keys today, and the node does not tell which it had.
    Unknown,
}

/// What the account that signed is in the cooperative, which alone may say what its registry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SignerOffice {
    /// The cooperative's own account.
    Cooperative,
    /// Its chairman, today or when it signed.
    Chairman,
    /// Neither.
    None,
    /// Nobody was asked.
    Unchecked,
}

impl SignerOffice {
    /// For programs.
    fn name(self) -> Option<&'static str> {
        match self {
            Self::Cooperative => Some("cooperative"),
            Self::Chairman => Some("chairman"),
            Self::None => Some("none"),
            Self::Unchecked => None,
        }
    }

    /// For people.
    fn said(self, messages: &Messages, seal: &Seal) -> String {
        let words = match self {
            Self::Cooperative => Words::of("check.by_cooperative"),
            Self::Chairman => Words::of("check.by_chairman"),
            Self::None => Words::of("check.by_other"),
            Self::Unchecked => Words::of("check.office_unchecked"),
        };
        words.with("account", seal.account).say(messages)
    }
}

/// Verifies an archive.
///
/// # Errors
/// `mismatch.forged` where a byte is not what was signed, where the key is another one than was asked for, or where
/// the node says that the account had others; `mismatch.signer` where the account is neither the cooperative's nor its
/// chairman's; `unconfirmed.key` where the account has another one today and the node
/// does not tell which it had; `verify.none` for a file of something else; `mismatch.chain`.
pub(super) fn verified(
    session: &Session,
    console: &mut Console<'_>,
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
    let standing = match arguments.offline {
        true => None,
        false => Some(standing(session, &manifest, &seal, messages)?),
    };
    let office = office_of(session, console, arguments, &manifest, &seal)?;
    if office == SignerOffice::None && arguments.key.is_none() {
        let words = Words::of("check.no_office")
            .with("account", seal.account)
            .with("coop", manifest.coopname);
        let mut failure = Failure::new("mismatch.signer", words.say(messages))
            .hint(messages.text("check.no_office_hint"));
        failure.details = json!({ "verdict": "unentitled", "signed_by": seal.account });
        return Err(failure);
    }
    match (standing, &arguments.key) {
        (Some(Standing::Never), None) => {
            let words = Words::of("check.no_key").with("account", seal.account);
            return Err(forged(words.say(messages)).hint(messages.text("check.no_key_hint")));
        }
        (Some(Standing::Unknown), None) => {
            let words = Words::of("check.key_unknown")
                .with("account", seal.account)
                .with("time", seal.signed_at);
            let mut failure = Failure::new("unconfirmed.key", words.say(messages))
                .hint(messages.text("check.no_key_hint"));
            failure.details = json!({ "verdict": "unconfirmed" });
            return Err(failure);
        }
        (Some(Standing::Then), _) => lines.push(messages.text("check.key_then")),
        (None, None) => lines.push(messages.text("check.offline")),
        _ => {}
    }
    lines.push(office.said(messages, &seal));
    let data = json!({
        "verdict": "genuine",
        "source": "archive",
        "manifest": manifest,
        "signed_by": seal.account,
        "public_key": seal.public_key,
        "signed_at": seal.signed_at,
        "is_key_of_account": standing.map(|it| it == Standing::Now),
        "was_key_of_account": match standing {
            Some(Standing::Now | Standing::Then) => Some(true),
            Some(Standing::Never) => Some(false),
            Some(Standing::Unknown) | None => None,
        },
        "signer_office": office.name(),
        "documents": documents.len(),
        "texts": texts,
    });
    Ok(Report::new(data, lines.join("\n")))
}

/// Whose the key is by the account's `active` permission. Its owner says when it signed, but that was after the block
/// that the archive shows.
fn standing(
    session: &Session,
    manifest: &Manifest,
    seal: &Seal,
    messages: &Messages,
) -> Fallible<Standing> {
    let found = session.chain_id()?;
    if found != manifest.chain_id {
        let words = Words::of("office.other_chain").with("found", found);
        let expected = Words::of("office.chain").with("id", manifest.chain_id);
        return Err(
            Failure::new("mismatch.chain", words.say(messages)).expected(expected.say(messages))
        );
    }
    let account = session.client.get_account(seal.account)?;
    let active = account.permission(name!("active"));
    let mut keys = active.map_or(&[][..], |it| &it.required_auth.keys).iter();
    if keys.any(|it| it.key.key() == Some(&seal.public_key)) {
        return Ok(Standing::Now);
    }
    let history = KeyHistory::read(&session.client, seal.account, MOST_PAGES);
    let history = history.map_err(unreadable)?.unwrap_or_default();
    let signed_at = seal.signed_at.max(manifest.block_time);
    Ok(match history.at(signed_at) {
        Some(keys) if keys.contains(&seal.public_key) => Standing::Then,
        Some(_) => Standing::Never,
        None => Standing::Unknown,
    })
}

/// What the signer is in the cooperative: by the chain today, or by the index that is named when it signed. The
/// archive's own tables say nothing about it, since whoever signs it writes them.
fn office_of(
    session: &Session,
    console: &mut Console<'_>,
    arguments: &VerifyArgs,
    manifest: &Manifest,
    seal: &Seal,
) -> Fallible<SignerOffice> {
    let mut office = SignerOffice::Unchecked;
    if !arguments.offline {
        let client = &session.client;
        let contracts = Contracts::read(client, arguments.office.soviet).map_err(unreadable)?;
        let cooperative = Cooperative::new(client.clone(), contracts, manifest.coopname);
        let is_there = cooperative.coop().map_err(unreadable)?.is_some();
        let council = cooperative.sitting_members().map_err(unreadable)?;
        let mut chairmen = council.iter().filter(|it| it.is_chairman);
        office = match is_there {
            true if seal.account == manifest.coopname => SignerOffice::Cooperative,
            true if chairmen.any(|it| it.username == seal.account) => SignerOffice::Chairman,
            _ => SignerOffice::None,
        };
    }
    let is_known = matches!(office, SignerOffice::Cooperative | SignerOffice::Chairman);
    if is_known || arguments.index.folder.is_none() {
        return Ok(office);
    }
    let mut index = OpenIndex::of(session, console, &arguments.index, &arguments.office)?;
    if index.reader.snapshot().map_err(refused)?.chain_id != manifest.chain_id {
        return Ok(office);
    }
    let cooperatives = index.reader.cooperatives().map_err(refused)?;
    let is_there = cooperatives
        .iter()
        .any(|it| it.coopname == manifest.coopname);
    let signed_at = seal.signed_at.max(manifest.block_time);
    let mut seats = index
        .reader
        .seats(manifest.coopname)
        .map_err(refused)?
        .into_iter();
    let was_chairman = seats.any(|it| {
        let sat = it.since <= signed_at && it.left_at.is_none_or(|left| signed_at < left);
        it.is_chairman && it.username == seal.account && sat
    });
    Ok(match is_there {
        true if seal.account == manifest.coopname => SignerOffice::Cooperative,
        true if was_chairman => SignerOffice::Chairman,
        _ => SignerOffice::None,
    })
}

fn forged(text: String) -> Box<Failure> {
    let mut failure = Failure::new("mismatch.forged", text);
    failure.details = json!({ "verdict": "forged" });
    failure
}
