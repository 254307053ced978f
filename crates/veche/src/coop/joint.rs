//! Papers that several people sign: acts about property, and protocols of general meetings.
//!
//! Whose keys are at hand signs at once. Where others are missing, the paper is written as a draft, which
//! goes from one to the next: `veche paper FILE --sign`. The command that needs it takes it in the end:
//! `--paper FILE`. A sealed desk has it in its store, under the name of the file; `veche paper FILE --output` writes
//! it for somebody at another desk. A draft is JSON:
//!
//! | field | content |
//! |---|---|
//! | `signers` | who has to sign |
//! | `text` | the text, whose SHA-256 the document has |
//! | `document` | the document with the signatures so far, packed, as hexadecimal |
//! | `record` | the facts of the text, from which it is printed |

use super::desk::{Desk, own_file, unwritten};
use super::office::{Actor, Office};
use super::paper::Papers;
use antelope_cli::{Console, Failure, Fallible, Report};
use antelope_rpc_client::Signer;
use antelope_types::json::bytes;
use antelope_types::{Checksum256, Decode, Encode, Name};
use clap::Args;
use coop_documents::{Form, Record, is_file_of, is_signed};
use coop_language::Words;
use coop_model::{Document, DocumentSignature, document::signing_digest};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};

/// The paper that a command needs, where several sign it.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct PaperOption {
    /// The paper that all have signed; without it a new one is made and signed by the keys at hand
    #[arg(long, value_name = "FILE")]
    pub(super) paper: Option<PathBuf>,
}

/// A paper to look at, or to sign.
#[derive(Args, Clone, Debug)]
pub(crate) struct PaperArgs {
    /// The draft
    file: PathBuf,
    /// Sign it, as whoever acts
    #[arg(long)]
    sign: bool,
    /// Write it to a file, for somebody at another desk
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) actor: Actor,
}

/// A draft as its file has it.
#[derive(Serialize, Deserialize)]
struct File {
    signers: Vec<Name>,
    text: String,
    document: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    record: Option<Record>,
}

/// A paper that waits for signatures.
struct Draft {
    signers: Vec<Name>,
    text: String,
    document: Document,
    record: Option<Record>,
}

impl Draft {
    fn read(office: &Office<'_>, path: &Path) -> Fallible<Self> {
        let unusable = |problem: String| {
            let words = Words::of("joint.unusable")
                .with("file", path.display())
                .with("problem", problem);
            Failure::new("draft.unusable", office.say(&words))
                .hint(office.messages.text("joint.new"))
        };
        let read = match path.exists() {
            true => fs::read(path),
            // Where there is no desk, there is no other paper than the file.
            false => match office.desk() {
                Ok(desk) => desk.read_joint(path)?,
                Err(_) => fs::read(path),
            },
        };
        let bytes = read.map_err(|error| unusable(error.to_string()))?;
        let file: File =
            serde_json::from_slice(&bytes).map_err(|error| unusable(error.to_string()))?;
        let changed = || unusable(office.messages.text("joint.changed"));
        let bytes = bytes::parse(&file.document).map_err(|_| changed())?;
        let document = Document::from_bytes(&bytes).map_err(|_| changed())?;
        let chain_id = office.chain_id()?;
        let is_whole = document.signatures.is_empty() || is_signed(&document, &chain_id);
        match is_file_of(&document, file.text.as_bytes()) && is_whole {
            true => Ok(Self {
                signers: file.signers,
                text: file.text,
                document,
                record: file.record,
            }),
            false => Err(changed()),
        }
    }

    fn write(&self, desk: &Desk, path: &Path) -> Fallible<()> {
        desk.write_joint(path, self.document.meta.username, &self.to_bytes())
    }

    fn to_bytes(&self) -> Vec<u8> {
        let file = File {
            signers: self.signers.clone(),
            text: self.text.clone(),
            document: bytes::text(&self.document.to_bytes()),
            record: self.record.clone(),
        };
        serde_json::to_vec_pretty(&file).unwrap_or_default()
    }

    /// Who has not signed.
    fn missing(&self) -> Vec<Name> {
        let signed = |name: &&Name| {
            self.document
                .signatures
                .iter()
                .any(|it| it.signer == **name)
        };
        self.signers
            .iter()
            .filter(|name| !signed(name))
            .copied()
            .collect()
    }

    fn sign(&mut self, papers: &Papers<'_>, signer: Name, key: &dyn Signer) -> Fallible<()> {
        // Signatures of one paper come at different times, each by the chain's clock.
        let signed_at = papers.office.now()?;
        let hash = self.document.hash();
        let digest = signing_digest(&papers.chain_id, &hash, signer, signed_at);
        let signature = key.sign(&digest).map_err(|error| {
            Failure::new("keys.sign", error.to_string())
                .hint(papers.office.messages.text("joint.other_key"))
        })?;
        self.document.signatures.push(DocumentSignature {
            signer,
            public_key: key.public_key(),
            signature,
            signed_at,
        });
        Ok(())
    }
}

/// A paper that all of its signers have signed: the one that is given, or a new one that the keys at hand
/// sign.
///
/// # Errors
/// `draft.unsigned` where others have to sign; the draft is written for them. `draft.another` for a paper
/// about something else.
pub(super) fn signed_by_all(
    papers: &Papers<'_>,
    console: &mut Console<'_>,
    form: &dyn Form,
    actor: &Actor,
    given: &PaperOption,
) -> Fallible<Document> {
    let office = papers.office;
    let mut draft = match &given.paper {
        Some(path) => {
            let draft = Draft::read(office, path)?;
            require_about(office, &draft, form, path)?;
            console.show(&draft.text);
            draft
        }
        None => new(papers, console, form)?,
    };
    let keys = office.keys(actor)?;
    for signer in draft.missing() {
        let Some(key) = office.one_of(&keys, signer)? else {
            continue;
        };
        office.agree(console, &Words::of("paper.sign").with("who", signer))?;
        draft.sign(papers, signer, key)?;
    }
    let missing = draft.missing();
    if missing.is_empty() {
        let path = papers
            .desk
            .keep_text(&draft.document, form, &draft.text, draft.record)?;
        console.show(&path.display().to_string());
        return Ok(draft.document);
    }
    let path = match &given.paper {
        Some(path) => path.clone(),
        None => papers.desk.joint(draft.document.hash()),
    };
    draft.write(&papers.desk, &path)?;
    Err(unsigned(office, &missing, &path))
}

fn new(papers: &Papers<'_>, console: &mut Console<'_>, form: &dyn Form) -> Fallible<Draft> {
    let rendered = papers.shown(console, form)?;
    let mut signers = form.signers();
    let mut seen = Vec::new();
    signers.retain(|name| {
        let is_new = !seen.contains(name);
        seen.push(*name);
        is_new
    });
    Ok(Draft {
        signers,
        text: rendered.text,
        record: Some(rendered.record),
        document: Document {
            meta: rendered.meta,
            doc_hash: rendered.doc_hash,
            signatures: Vec::new(),
        },
    })
}

/// Fails unless the paper is of this form and about the same.
fn require_about(office: &Office<'_>, draft: &Draft, form: &dyn Form, path: &Path) -> Fallible<()> {
    let meta = &draft.document.meta;
    let is_same = meta.registry_id == form.registry_id()
        && meta.coopname == office.cooperative.name()
        && meta.username == form.account()
        && meta.subject == form.subject();
    match is_same {
        true => Ok(()),
        false => {
            let words = Words::of("joint.another").with("file", path.display());
            Err(Failure::new("draft.another", office.say(&words))
                .hint(office.messages.text("joint.new")))
        }
    }
}

fn unsigned(office: &Office<'_>, missing: &[Name], path: &Path) -> Box<Failure> {
    let names: Vec<_> = missing.iter().map(Name::to_string).collect();
    let words = Words::of("joint.unsigned").with("names", names.join(", "));
    let hint = Words::of("joint.go_on").with("file", path.display());
    let mut failure = Failure::new("draft.unsigned", office.say(&words)).hint(office.say(&hint));
    failure.details = json!({ "file": path, "missing": missing });
    failure
}

/// Whom the draft with these bytes is about; `None` where it is no draft.
#[cfg(feature = "registry")]
pub(super) fn about(bytes: &[u8]) -> Option<Name> {
    let file: File = serde_json::from_slice(bytes).ok()?;
    let document = Document::from_bytes(&bytes::parse(&file.document).ok()?).ok()?;
    Some(document.meta.username)
}

/// Runs `paper`: shows a draft, and signs it where that is asked for.
pub(super) fn run(
    office: &Office<'_>,
    console: &mut Console<'_>,
    arguments: &PaperArgs,
) -> Fallible<Report> {
    let PaperArgs {
        file,
        sign,
        output,
        actor,
    } = arguments;
    let mut draft = Draft::read(office, file)?;
    if *sign {
        let signer = office.actor(actor)?.actor;
        if !draft.missing().contains(&signer) {
            let words = Words::of("joint.not_yours").with("who", signer);
            return Err(Failure::usage(office.say(&words)).hint(office.messages.text("joint.look")));
        }
        let key = office.key_of(actor, signer)?;
        console.show(&draft.text);
        office.agree(console, &Words::of("paper.sign").with("who", signer))?;
        let papers = Papers::open(office)?;
        draft.sign(&papers, signer, &*key)?;
        draft.write(&papers.desk, file)?;
    }
    if let Some(path) = output {
        own_file(path, &draft.to_bytes()).map_err(|error| {
            let mut failure = unwritten(&office.messages, path, &error);
            failure.hint = None;
            failure
        })?;
    }
    let signed = draft.document.signatures.iter().map(|it| it.signer);
    let signed: Vec<_> = signed.collect();
    let missing = draft.missing();
    let told = |names: &[Name]| match names.is_empty() {
        true => "–".to_owned(),
        false => names
            .iter()
            .map(Name::to_string)
            .collect::<Vec<_>>()
            .join(", "),
    };
    let mut text = match sign {
        true => String::new(),
        false => format!("{}\n", draft.text),
    };
    text += &office.say(&Words::of("joint.signed").with("names", told(&signed)));
    text += "\n";
    text += &office.say(&Words::of("joint.missing").with("names", told(&missing)));
    if let Some(path) = output {
        let words = Words::of("print.written").with("file", path.display());
        text += &format!("\n{}", office.say(&words));
    }
    let hash: Checksum256 = draft.document.hash();
    let data = json!({
        "hash": hash,
        "title": draft.document.meta.title,
        "signed": signed,
        "missing": missing,
    });
    Ok(Report::new(data, text))
}
