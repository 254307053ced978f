//! From the facts of a document to its text: the same facts give the same bytes everywhere.

use crate::{
    DocumentError,
    forms::Form,
    hash::sha256,
    locale::Locale,
    people::Cooperative,
    templates::{self, broken},
    text,
};
use antelope_types::{Checksum256, TimePoint};
use coop_language::Lang;
use coop_model::{Meta, Subject};
use minijinja::{Environment, value::Serde};
use serde_json::{Value, json};

/// The name the documents' meta gives this program.
pub const GENERATOR: &str = "veche";
/// The version of the templates, in the meta of each document; a change of any template changes it.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

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
}

/// Renders documents, in Russian and for reading along in English.
pub struct Renderer {
    russian: Environment<'static>,
    english: Environment<'static>,
}

impl Renderer {
    /// Loads the templates.
    ///
    /// # Errors
    /// [`DocumentError::Template`] when a template does not parse.
    pub fn new() -> Result<Self, DocumentError> {
        Ok(Self {
            russian: templates::load(Lang::Ru)?,
            english: templates::load(Lang::En)?,
        })
    }

    /// Renders one document of a cooperative.
    ///
    /// # Errors
    /// [`DocumentError::Template`] when the template names a fact the form does not have.
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
        let meta = Meta {
            registry_id: form.registry_id(),
            coopname: cooperative.account,
            username: form.account(),
            title: form.title(lang),
            lang: lang.tag().to_owned(),
            generator: GENERATOR.to_owned(),
            version: VERSION.to_owned(),
            block_num: stamp.block_num,
            created_at: TimePoint::from_micros(stamp.created_at),
            timezone: cooperative.zone.name().to_owned(),
            links: form.links(),
            subject: form.subject(),
        };
        let mut context = form.fields(locale);
        context["cooperative"] = cooperative.fields();
        context["title"] = json!(meta.title);
        context["signers"] = json!(signers(form));
        context["meta"] = json!({
            "registry_id": meta.registry_id,
            "account": meta.username.to_string(),
            "generator": meta.generator,
            "version": meta.version,
            "block_num": meta.block_num,
            "created_at": locale.moment(stamp.created_at),
            "timezone": meta.timezone,
            "links": meta.links.iter().map(ToString::to_string).collect::<Vec<_>>(),
        });
        inline_all(&mut context);
        let environment = match lang {
            Lang::Ru => &self.russian,
            Lang::En => &self.english,
        };
        let rendered = environment
            .get_template(form.template())
            .and_then(|template| template.render(Serde(context)))
            .map_err(broken(form.template()))?;
        let text = text::canonical(&rendered);
        Ok(Rendered {
            file_name: file_name(form, &meta, lang),
            doc_hash: sha256(text.as_bytes()),
            text,
            meta,
        })
    }
}

/// Makes every inserted value one harmless line; see [`text::inline`].
fn inline_all(value: &mut Value) {
    match value {
        Value::String(text) => *text = text::inline(text),
        Value::Array(items) => items.iter_mut().for_each(inline_all),
        Value::Object(fields) => fields.values_mut().for_each(inline_all),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn signers(form: &dyn Form) -> String {
    let names: Vec<_> = form.signers().iter().map(ToString::to_string).collect();
    names.join(", ")
}

fn file_name(form: &dyn Form, meta: &Meta, lang: Lang) -> String {
    let which = match &meta.subject {
        Some(Subject::Decision(decision)) => decision.decision_id.to_string(),
        Some(Subject::Board(board)) => board.version.to_string(),
        Some(Subject::Project(project)) => project.project.to_string()[..12].to_owned(),
        Some(Subject::Act(act)) => act.property_id.to_string(),
        Some(Subject::Return(thing)) => thing.property_id.to_string(),
        _ => meta.username.to_string(),
    };
    let ending = lang.pick("txt", "en.txt");
    format!("{}-{}-{which}.{ending}", meta.registry_id, form.stem())
}
