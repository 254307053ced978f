//! Documents with their text, and what they say about themselves.

use async_graphql::{OutputType, SimpleObject, Union};

/// What every document says about itself.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "MetaDocument", rename_fields = "snake_case")]
pub(crate) struct DocumentMeta {
    /// The block that its facts are of.
    pub(crate) block_num: u32,
    /// The cooperative.
    pub(crate) coopname: String,
    /// When it was made.
    pub(crate) created_at: String,
    /// The program that made it.
    pub(crate) generator: String,
    /// The tag of its language.
    pub(crate) lang: String,
    /// Hashes of the documents that it follows from.
    pub(crate) links: Vec<String>,
    /// The number of its form in the registry of documents.
    pub(crate) registry_id: u32,
    /// The zone that its moments are told in.
    pub(crate) timezone: String,
    /// Its title.
    pub(crate) title: String,
    /// Whom it is about.
    pub(crate) username: String,
    /// The version of its form.
    pub(crate) version: String,
}

/// What a statement of who joins says about itself.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(
    name = "ParticipantApplicationMetaDocument",
    rename_fields = "snake_case"
)]
pub(crate) struct ApplicationMeta {
    #[graphql(flatten)]
    pub(crate) meta: DocumentMeta,
}

/// What a proposal says about itself.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "ProjectFreeDecisionMetaDocument", rename_fields = "snake_case")]
pub(crate) struct ProjectMeta {
    #[graphql(flatten)]
    pub(crate) meta: DocumentMeta,
    /// The draft that it was made from; empty for a proposal that was not drafted here.
    pub(crate) project_id: String,
}

/// What the protocol of a free decision says about itself.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "FreeDecisionMetaDocument", rename_fields = "snake_case")]
pub(crate) struct FreeDecisionMeta {
    #[graphql(flatten)]
    pub(crate) meta: DocumentMeta,
    /// The draft of its proposal; empty for one that was not drafted here.
    pub(crate) project_id: String,
    /// The number of the decision.
    pub(crate) decision_id: f64,
}

/// What the protocol of any other decision says about itself.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(
    name = "ParticipantApplicationDecisionMetaDocument",
    rename_fields = "snake_case"
)]
pub(crate) struct DecisionMeta {
    #[graphql(flatten)]
    pub(crate) meta: DocumentMeta,
    /// The number of the decision.
    pub(crate) decision_id: f64,
}

/// A document with its text. `binary` and `html` are empty where the text is not kept here, or where the caller may not
/// read it.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(
    rename_fields = "snake_case",
    concrete(name = "GeneratedDocument", params(DocumentMeta)),
    concrete(name = "ParticipantApplicationDocument", params(ApplicationMeta)),
    concrete(name = "ProjectFreeDecisionDocument", params(ProjectMeta)),
    concrete(name = "FreeDecisionDocument", params(FreeDecisionMeta)),
    concrete(name = "ParticipantApplicationDecisionDocument", params(DecisionMeta))
)]
pub(crate) struct DocumentOf<M: OutputType> {
    /// The file in base64: the text whose hash is signed, in UTF-8. Empty where the text is not kept here, or is not
    /// shown to who asks.
    pub(crate) binary: String,
    /// The title of the document.
    pub(crate) full_title: String,
    /// What is signed.
    pub(crate) hash: String,
    /// A page for people; empty as `binary` is.
    pub(crate) html: String,
    /// What the document says about itself.
    pub(crate) meta: M,
    /// What its hash covers, in hexadecimal digits: the packed meta and the hash of the text. A contract takes this with
    /// the signatures behind it.
    pub(crate) packed: Option<String>,
    /// What the first signer signs, with the moment `meta.created_at`; null where that is not known here.
    pub(crate) signed_hash: Option<String>,
}

/// A document of any form.
pub(crate) type GeneratedDocument = DocumentOf<DocumentMeta>;

impl<M: OutputType + Clone> DocumentOf<M> {
    /// The document with only what every document says about itself.
    fn plain(&self, meta: fn(M) -> DocumentMeta) -> GeneratedDocument {
        let it = self.clone();
        DocumentOf {
            binary: it.binary,
            full_title: it.full_title,
            hash: it.hash,
            html: it.html,
            meta: meta(it.meta),
            packed: it.packed,
            signed_hash: it.signed_hash,
        }
    }
}

/// The statement of a question, by its form.
#[derive(Clone, Debug, Union)]
#[graphql(name = "StatementDocument")]
pub(crate) enum StatementDocument {
    Application(DocumentOf<ApplicationMeta>),
    Project(DocumentOf<ProjectMeta>),
}

/// The protocol of a decision, by its form.
#[derive(Clone, Debug, Union)]
#[graphql(name = "DecisionDocument")]
pub(crate) enum DecisionDocument {
    Free(DocumentOf<FreeDecisionMeta>),
    Other(DocumentOf<DecisionMeta>),
}

impl StatementDocument {
    /// The document with only what every document says about itself.
    pub(crate) fn plain(&self) -> GeneratedDocument {
        match self {
            Self::Application(it) => it.plain(|meta| meta.meta),
            Self::Project(it) => it.plain(|meta| meta.meta),
        }
    }
}

impl DecisionDocument {
    /// The document with only what every document says about itself.
    pub(crate) fn plain(&self) -> GeneratedDocument {
        match self {
            Self::Free(it) => it.plain(|meta| meta.meta),
            Self::Other(it) => it.plain(|meta| meta.meta),
        }
    }
}
