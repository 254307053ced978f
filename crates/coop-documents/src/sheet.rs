//! A document as people see it: its parts, ready for html and for print.

use crate::{
    DocumentError,
    block::Block,
    locale::Locale,
    marks::{self, Parts},
    record,
    render::{Rendered, Renderer},
    templates::Layout,
    text,
    versions::LATER,
};
use coop_model::DocumentSignature;
use serde::Serialize;

/// The most characters of an address to verify documents at.
pub const MAX_ADDRESS: usize = 200;

/// A signature under a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignatureLine {
    /// The account.
    pub signer: String,
    /// Its key.
    pub key: String,
    /// When, by the signer's clock, in the zone of the document.
    pub signed_at: String,
}

/// What stands around a document: who signed, and where that can be verified.
#[derive(Clone, Copy, Debug, Default)]
pub struct Surroundings<'a> {
    /// The signatures, verified by the caller.
    pub signatures: &'a [DocumentSignature],
    /// The page that verifies a document by its hash, at most [`MAX_ADDRESS`] characters.
    pub verify_at: Option<&'a str>,
}

/// A document with all that is seen of it. Holds personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// The language's tag.
    pub lang: String,
    /// The name of the cooperative.
    pub organization: String,
    /// The title.
    pub title: String,
    /// The document itself.
    pub body: Vec<Block>,
    /// What stands under it: signers, registry, block, links.
    pub foot: Vec<Block>,
    /// Who signed.
    pub signatures: Vec<SignatureLine>,
    /// Where that can be verified.
    pub verify_at: Option<String>,
    /// The SHA-256 of the text, hexadecimal.
    pub doc_hash: String,
    /// The name of the text's file.
    pub file_name: String,
    /// When it was made, in microseconds since the start of 1970, UTC.
    pub created_at: i64,
    /// The text that is signed.
    #[serde(skip)]
    pub text: String,
}

/// Makes sheets of documents.
pub struct Presenter(Renderer);

impl Presenter {
    /// Loads the templates.
    ///
    /// # Errors
    /// [`DocumentError::Template`] when a template does not parse.
    pub fn new() -> Result<Self, DocumentError> {
        Renderer::load(Layout::Marked, &[], LATER).map(Self)
    }

    /// The sheet of a document that was rendered or regenerated, with the words of its text.
    ///
    /// # Errors
    /// [`DocumentError::Address`] for an address that cannot be printed; those of
    /// [`Renderer::regenerate`].
    pub fn sheet(
        &self,
        document: &Rendered,
        around: Surroundings<'_>,
    ) -> Result<Sheet, DocumentError> {
        let Rendered { meta, record, .. } = document;
        let locale = record::locale(meta)?;
        let verify_at = around.verify_at.map(address).transpose()?;
        let Parts {
            centered,
            mut body,
            mut foot,
        } = marks::read(&self.0.laid_out(meta, record)?);
        body.iter_mut().chain(&mut foot).for_each(steady);
        let organization = centered.first().map(String::as_str).unwrap_or_default();
        Ok(Sheet {
            lang: meta.lang.clone(),
            organization: text::steady(organization),
            title: meta.title.clone(),
            body,
            foot,
            signatures: around
                .signatures
                .iter()
                .map(|it| signature(it, locale))
                .collect(),
            verify_at,
            doc_hash: document.doc_hash.to_string(),
            file_name: document.file_name.clone(),
            created_at: meta.created_at.micros(),
            text: document.text.clone(),
        })
    }
}

fn signature(signature: &DocumentSignature, locale: Locale) -> SignatureLine {
    SignatureLine {
        signer: signature.signer.to_string(),
        key: signature.public_key.to_string(),
        signed_at: locale.moment(signature.signed_at.micros()),
    }
}

/// An address that a code and a line of print can hold.
fn address(found: &str) -> Result<String, DocumentError> {
    let is_web = found.starts_with("https://") || found.starts_with("http://");
    let is_visible = found.bytes().all(|byte| byte.is_ascii_graphic());
    match is_web && is_visible && found.len() <= MAX_ADDRESS {
        true => Ok(found.to_owned()),
        false => Err(DocumentError::Address {
            found: found.chars().take(MAX_ADDRESS).collect(),
        }),
    }
}

/// Keeps the texts of a block on their own lines, see [`text::steady`].
fn steady(block: &mut Block) {
    let one = |text: &mut String| *text = text::steady(text);
    match block {
        Block::Heading { text } | Block::Paragraph { text } | Block::Quote { text } => one(text),
        Block::Fields { rows } => rows.iter_mut().for_each(|row| one(&mut row.value)),
        Block::Numbered { items } => items.iter_mut().for_each(one),
        Block::Votes { rows } => rows.iter_mut().for_each(|row| one(&mut row.names)),
    }
}
