//! From the facts of a document to its text: the same facts give the same bytes everywhere.

use antelope_types::{Checksum256, TimePoint};
use coop_model::{Meta, Subject};
use minijinja::{Environment, UndefinedBehavior, syntax::SyntaxConfig, value::Serde};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{
    DocumentError,
    forms::Form,
    people::Cooperative,
    text::{self, LINE_WIDTH},
};

/// The name the documents' meta gives this program.
pub const GENERATOR: &str = "veche";
/// The version of the templates, in the meta of each document; a change of any template changes it.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The templates, by the name a form gives them.
const TEMPLATES: [(&str, &str); 9] = [
    ("head.txt", include_str!("templates/head.txt")),
    ("foot.txt", include_str!("templates/foot.txt")),
    ("vote.txt", include_str!("templates/vote.txt")),
    ("statement.txt", include_str!("templates/statement.txt")),
    ("proposal.txt", include_str!("templates/proposal.txt")),
    ("admission.txt", include_str!("templates/admission.txt")),
    ("decision.txt", include_str!("templates/decision.txt")),
    ("founding.txt", include_str!("templates/founding.txt")),
    ("election.txt", include_str!("templates/election.txt")),
];

/// How far a field's value stands from the edge.
const FIELD_INDENT: usize = 18;

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
    /// statements of one person: `501-protocol-1.txt`.
    pub file_name: String,
    /// The text, UTF-8 with `\n` at the end of each line.
    pub text: String,
    /// The SHA-256 of the text.
    pub doc_hash: Checksum256,
    /// What goes on chain beside the hash. No personal data.
    pub meta: Meta,
}

/// Renders documents in Russian.
pub struct Renderer {
    environment: Environment<'static>,
}

impl Renderer {
    /// Loads the templates.
    ///
    /// # Errors
    /// [`DocumentError::Template`] when a template does not parse.
    pub fn new() -> Result<Self, DocumentError> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_syntax(
            SyntaxConfig::builder()
                .trim_blocks(true)
                .lstrip_blocks(true)
                .build()
                .map_err(broken("syntax"))?,
        );
        environment.add_filter("center", |value: String| text::centered(&value));
        environment.add_filter("para", |value: String| text::paragraph(&value) + "\n");
        environment.add_filter("item", |value: String, mark: String| {
            text::hanging(&value, &mark)
        });
        environment.add_filter("field", |value: String, label: String| {
            text::hanging(&value, &format!("{label:FIELD_INDENT$}"))
        });
        environment.add_global("rule", "─".repeat(LINE_WIDTH));
        for (name, source) in TEMPLATES {
            environment
                .add_template(name, source)
                .map_err(broken(name))?;
        }
        Ok(Self { environment })
    }

    /// Renders one document of a cooperative.
    ///
    /// # Errors
    /// [`DocumentError::Template`] when the template names a fact the form does not have.
    pub fn render<F: Form>(
        &self,
        cooperative: &Cooperative,
        form: &F,
        stamp: Stamp,
    ) -> Result<Rendered, DocumentError> {
        let meta = Meta {
            registry_id: F::REGISTRY_ID,
            coopname: cooperative.account,
            username: form.account(),
            title: form.title(),
            lang: "ru".to_owned(),
            generator: GENERATOR.to_owned(),
            version: VERSION.to_owned(),
            block_num: stamp.block_num,
            created_at: TimePoint::from_micros(stamp.created_at),
            timezone: cooperative.zone.name().to_owned(),
            links: form.links(),
            subject: form.subject(),
        };
        let mut context = form.fields(cooperative.zone);
        context["cooperative"] = cooperative.fields();
        context["title"] = json!(meta.title);
        context["signers"] = json!(accounts(form));
        context["meta"] = json!({
            "registry_id": meta.registry_id,
            "account": meta.username.to_string(),
            "generator": meta.generator,
            "version": meta.version,
            "block_num": meta.block_num,
            "created_at": cooperative.zone.moment(stamp.created_at),
            "timezone": meta.timezone,
            "links": meta.links.iter().map(ToString::to_string).collect::<Vec<_>>(),
        });
        inline_all(&mut context);
        let rendered = self
            .environment
            .get_template(F::TEMPLATE)
            .and_then(|template| template.render(Serde(context)))
            .map_err(broken(F::TEMPLATE))?;
        let text = text::canonical(&rendered);
        Ok(Rendered {
            file_name: file_name::<F>(&meta),
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

/// The SHA-256 of some bytes.
pub(crate) fn sha256(bytes: &[u8]) -> Checksum256 {
    Checksum256(Sha256::digest(bytes).into())
}

fn accounts<F: Form>(form: &F) -> String {
    form.signers()
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}

fn file_name<F: Form>(meta: &Meta) -> String {
    let which = match &meta.subject {
        Some(Subject::Decision(decision)) => decision.decision_id.to_string(),
        Some(Subject::Board(board)) => board.version.to_string(),
        Some(Subject::Project(project)) => project.project.to_string()[..12].to_owned(),
        Some(Subject::Founders(_) | Subject::Application(_)) | None => meta.username.to_string(),
    };
    format!("{}-{}-{which}.txt", F::REGISTRY_ID, F::STEM)
}

fn broken(template: &'static str) -> impl Fn(minijinja::Error) -> DocumentError {
    move |source| DocumentError::Template { template, source }
}
