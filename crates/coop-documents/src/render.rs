//! From the facts of a document to its text: the same facts give the same bytes everywhere.

use crate::{
    DocumentError,
    forms::Form,
    hash::sha256,
    locale::Locale,
    people::Cooperative,
    record::{self, Record},
    templates::{self, Layout, Template},
    text,
    versions::{self, FormVersion, LATER},
};
use antelope_types::{Checksum256, TimePoint};
use coop_language::Lang;
use coop_model::{Meta, Subject};
use minijinja::{Environment, value::Serde};

/// The name the documents' meta gives this program.
pub const GENERATOR: &str = "veche";

/// When a document is made, as the chain tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The irreversible block whose state the document reflects.
    pub block_num: u32,
    /// Microseconds since the start of 1970, UTC.
    pub created_at: i64,
}

/// A document's text with what the chain is told about it, before anybody has signed.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// A name for the text's file, unique among the documents of one cooperative except for repeated
    /// statements of one person: `501-protocol-1.txt`, in English `501-protocol-1.en.txt`.
    pub file_name: String,
    /// The text, UTF-8 with `\n` at the end of each line.
    pub text: String,
    /// The SHA-256 of the text.
    pub doc_hash: Checksum256,
    /// What goes on chain beside the hash. No personal data.
    pub meta: Meta,
    /// What gives the same text again, with the meta; to be kept where the text is kept.
    pub record: Record,
}

/// Renders documents, in Russian and for reading along in English.
pub struct Renderer {
    environments: [Environment<'static>; 2],
    later: &'static [FormVersion],
}

impl Renderer {
    /// Loads the templates.
    ///
    /// # Errors
    /// [`DocumentError::Template`] when a template does not parse.
    pub fn new() -> Result<Self, DocumentError> {
        Self::load(Layout::Text, &[], LATER)
    }

    /// Loads the templates with some more, for one layout.
    pub(crate) fn load(
        layout: Layout,
        more: &[Template],
        later: &'static [FormVersion],
    ) -> Result<Self, DocumentError> {
        let [russian, english] = Lang::ALL.map(|lang| templates::load(lang, layout, more));
        Ok(Self {
            environments: [russian?, english?],
            later,
        })
    }

    /// Renders one document of a cooperative, by the newest version of its form.
    ///
    /// # Errors
    /// [`DocumentError::Template`] when the template names a fact the form does not have;
    /// [`DocumentError::LongFact`], [`DocumentError::ManyFacts`] and [`DocumentError::HiddenFact`] for a
    /// fact that no document can show.
    pub fn render(
        &self,
        cooperative: &Cooperative,
        form: &dyn Form,
        stamp: Stamp,
        lang: Lang,
    ) -> Result<Rendered, DocumentError> {
        let locale = Locale {
            lang,
            zone: cooperative.zone,
        };
        let record = Record::of(cooperative, form, locale)?;
        let meta = Meta {
            registry_id: form.registry_id(),
            coopname: cooperative.account,
            username: form.account(),
            title: form.title(lang),
            lang: lang.tag().to_owned(),
            generator: GENERATOR.to_owned(),
            version: versions::newest(self.later, &record.form).to_owned(),
            block_num: stamp.block_num,
            created_at: TimePoint::from_micros(stamp.created_at),
            timezone: cooperative.zone.name().to_owned(),
            links: form.links(),
            subject: form.subject(),
        };
        let text = self.text(&meta, &record)?;
        Ok(rendered(meta, record, text))
    }

    /// Renders a document again, from its meta and what was recorded of it alone; its text is the one with
    /// this hash.
    ///
    /// # Errors
    /// [`DocumentError::Version`] for a version of the form that this program does not have,
    /// [`DocumentError::UnknownLang`], [`DocumentError::UnknownZone`], [`DocumentError::Template`] where
    /// the meta or the record are not of a document, and [`DocumentError::AnotherText`] when they give
    /// another text than the one with this hash.
    pub fn regenerate(
        &self,
        meta: &Meta,
        doc_hash: &Checksum256,
        record: &Record,
    ) -> Result<Rendered, DocumentError> {
        let text = self.text(meta, record)?;
        let rendered = rendered(meta.clone(), record.clone(), text);
        match rendered.doc_hash == *doc_hash {
            true => Ok(rendered),
            false => Err(DocumentError::AnotherText {
                expected: *doc_hash,
                found: rendered.doc_hash,
            }),
        }
    }

    fn text(&self, meta: &Meta, record: &Record) -> Result<String, DocumentError> {
        self.laid_out(meta, record)
            .map(|text| text::canonical(&text))
    }

    /// What the template of the document gives, in this renderer's layout.
    pub(crate) fn laid_out(&self, meta: &Meta, record: &Record) -> Result<String, DocumentError> {
        let form = &record.form;
        let lang = record::locale(meta)?.lang;
        let unknown = || DocumentError::Version {
            form: form.clone(),
            version: meta.version.clone(),
            known: versions::known(self.later, form).join(", "),
        };
        let name = versions::template(self.later, form, &meta.version).ok_or_else(unknown)?;
        let context = record.context(meta)?;
        let environment = match lang {
            Lang::Ru => &self.environments[0],
            Lang::En => &self.environments[1],
        };
        environment
            .get_template(&name)
            .and_then(|template| template.render(Serde(context)))
            .map_err(templates::broken(&name))
    }
}

fn rendered(meta: Meta, record: Record, text: String) -> Rendered {
    Rendered {
        file_name: file_name(&record.stem, &meta),
        doc_hash: sha256(text.as_bytes()),
        text,
        meta,
        record,
    }
}

fn file_name(stem: &str, meta: &Meta) -> String {
    let which = match &meta.subject {
        Some(Subject::Decision(decision)) => decision.decision_id.to_string(),
        Some(Subject::Board(board)) => board.version.to_string(),
        Some(Subject::Project(project)) => project.project.to_string()[..12].to_owned(),
        Some(Subject::Act(act)) => act.property_id.to_string(),
        Some(Subject::Return(thing)) => thing.property_id.to_string(),
        _ => meta.username.to_string(),
    };
    let ending = match meta.lang == Lang::Ru.tag() {
        true => "txt",
        false => "en.txt",
    };
    format!("{}-{stem}-{which}.{ending}", meta.registry_id)
}
