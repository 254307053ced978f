//! `verify`: whether a document, its text, an archive or a hash is what was recorded, where, and by whom signed.
//!
//! The answer has account names, keys and hashes, and no personal data.
//!
//! | exit | meaning |
//! |---|---|
//! | 0 | genuine: recorded as it is |
//! | 4 | unknown: neither the index nor the chain has it |
//! | 7 | unconfirmed: an archive whose key the account does not have today, where the node does not tell which it had |
//! | 8 | forged: it is not what was signed; unentitled: an archive that neither the cooperative nor its chairman signed |

#[cfg(feature = "registry")]
mod archive;
mod chain;

use super::faults::failed;
use super::office::{Office, OfficeOptions};
use super::registry::IndexOptions;
use antelope_cli::{Console, Failure, Fallible, Report, Session};
use antelope_types::{Checksum256, Decode, PublicKey, base64};
use clap::Args;
use coop_documents::{DocumentError, Record, Renderer, is_signed};
use coop_language::{Messages, Words};
use coop_model::Document;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// The largest file that is read, in bytes.
const MAX_FILE: u64 = 2 << 30;

/// What is verified.
#[derive(Args, Clone, Debug)]
pub(crate) struct VerifyArgs {
    /// The text of a document, a document that the desk keeps (HASH.json), an archive, or a hash
    what: String,
    /// Ask no node: an archive by itself, everything else by the index
    #[arg(long)]
    offline: bool,
    /// The key that an archive must be signed with
    #[cfg_attr(not(feature = "registry"), allow(dead_code))]
    #[arg(long, value_name = "PUBLIC_KEY")]
    key: Option<PublicKey>,
    /// The most reads of the node where there is no index: pages of actions, or blocks
    #[arg(long, value_name = "READS", default_value_t = 20_000,
          value_parser = clap::value_parser!(u32).range(1..))]
    most: u32,
    #[command(flatten)]
    index: IndexOptions,
    #[command(flatten)]
    pub(super) office: OfficeOptions,
}

/// What was given.
enum Subject {
    /// A hash: of a document or of its text.
    Hash(Checksum256),
    /// A signed document.
    /// With what its text is made from, where the desk has kept that.
    Document(Box<Document>, Value),
    /// An archive.
    #[cfg(feature = "registry")]
    Archive(Vec<u8>),
}

impl Subject {
    /// Reads what was given.
    ///
    /// # Errors
    /// `verify.read` for a file that cannot be read; `verify.no_registry` for an archive in a program without.
    fn of(what: &str, messages: &Messages) -> Fallible<Self> {
        if let Ok(hash) = what.parse() {
            return Ok(Self::Hash(hash));
        }
        let path = Path::new(what);
        let length = fs::metadata(path).map_or(0, |it| it.len());
        let read = match length > MAX_FILE {
            true => Err(std::io::Error::other(messages.text("check.large"))),
            false => fs::read(path),
        };
        let bytes = read.map_err(|error| {
            let words = Words::of("folder.unreadable")
                .with("file", path.display())
                .with("problem", error);
            Failure::new("verify.read", words.say(messages)).hint(messages.text("check.which"))
        })?;
        // As every archive begins.
        if bytes.starts_with(b"manifest.json\0") {
            #[cfg(feature = "registry")]
            return Ok(Self::Archive(bytes));
            #[cfg(not(feature = "registry"))]
            return Err(super::registry::not_built(messages));
        }
        let kept: Option<Value> = serde_json::from_slice(&bytes).ok();
        let packed = kept.as_ref().and_then(|it| it["document"].as_str());
        let document = packed.and_then(base64::decode);
        let document = document.and_then(|bytes| Document::from_bytes(&bytes).ok());
        Ok(match document {
            Some(document) => {
                let record = kept.map(|mut it| it["record"].take()).unwrap_or_default();
                Self::Document(Box::new(document), record)
            }
            None => Self::Hash(Checksum256::sha256(&bytes)),
        })
    }
}

/// Where something is recorded.
struct Recorded {
    /// The chain.
    chain_id: Checksum256,
    /// What is known of it, for programs.
    data: Value,
    /// The same for people.
    lines: Vec<String>,
}

/// Runs the command. It opens what it needs: neither a node nor a cooperative for what is verified offline.
pub(super) fn run(
    session: &Session,
    console: &mut Console<'_>,
    arguments: &VerifyArgs,
) -> Fallible<Report> {
    let messages = super::words::messages(arguments.office.language());
    let subject = Subject::of(&arguments.what, &messages)?;
    let hash = match &subject {
        #[cfg(feature = "registry")]
        Subject::Archive(bytes) => {
            return archive::verified(session, console, arguments, &messages, bytes);
        }
        Subject::Hash(hash) => *hash,
        Subject::Document(document, _) => document.hash(),
    };
    let Some(recorded) = recorded(session, console, arguments, &messages, hash)? else {
        let words = Words::of("check.unknown").with("hash", hash);
        let mut failure = Failure::not_found("verify.none", words.say(&messages))
            .hint(messages.text("check.unknown_hint"));
        failure.details = json!({ "verdict": "unknown", "hash": hash });
        return Err(failure);
    };
    if let Subject::Document(document, record) = &subject {
        let problem = match is_signed(document, &recorded.chain_id) {
            false => Some(Words::of("check.forged").with("hash", hash)),
            true => changed(document, record)
                .map_err(failed)?
                .then(|| Words::of("check.facts").with("hash", hash)),
        };
        if let Some(words) = problem {
            let mut failure = Failure::new("mismatch.forged", words.say(&messages));
            failure.details = json!({ "verdict": "forged", "hash": hash });
            return Err(failure);
        }
    }
    let mut data = recorded.data;
    data["verdict"] = json!("genuine");
    data["hash"] = json!(hash);
    let lines = [vec![messages.text("check.genuine")], recorded.lines].concat();
    Ok(Report::new(data, lines.join("\n")))
}

/// Whether the facts that are kept with a document are others than those of its text. What is printed of the document
/// is made from them. Earlier releases have kept none.
///
/// # Errors
/// Where the templates of this program cannot be read.
fn changed(document: &Document, record: &Value) -> Result<bool, DocumentError> {
    if record.is_null() {
        return Ok(false);
    }
    let Ok(record) = serde_json::from_value::<Record>(record.clone()) else {
        return Ok(true);
    };
    let renderer = Renderer::new()?;
    let made = renderer.regenerate(&document.meta, &document.doc_hash, &record);
    Ok(made.is_err())
}

/// Where a hash is recorded, by the index where there is one, or by the history of a node.
fn recorded(
    session: &Session,
    console: &mut Console<'_>,
    arguments: &VerifyArgs,
    messages: &Messages,
    hash: Checksum256,
) -> Fallible<Option<Recorded>> {
    #[cfg(feature = "registry")]
    if arguments.offline || arguments.index.folder.is_some() {
        let (index, office) = (&arguments.index, &arguments.office);
        let mut index = super::registry::OpenIndex::of(session, console, index, office)?;
        return super::registry::recorded(&mut index, hash).map(|found| {
            found.map(|(chain_id, data, lines)| Recorded {
                chain_id,
                data,
                lines,
            })
        });
    }
    #[cfg(not(feature = "registry"))]
    if arguments.offline || arguments.index.folder.is_some() {
        return Err(super::registry::not_built(messages));
    }
    if let Some(doubt) = session.doubt()? {
        console.warn(doubt);
    }
    let office = Office::open(session, &arguments.office)?;
    let found = chain::find(&office, console, hash, arguments.most)?;
    Ok(found.map(|found| Recorded {
        chain_id: office.cooperative.contracts().chain_id,
        lines: found.lines(messages),
        data: found.data(),
    }))
}
