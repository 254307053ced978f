//! Documents that the server writes: from the facts of this moment, or once more as they were.
//!
//! A document is kept unsigned, with its facts, under the key of the person whom it is about. Whoever sends the same
//! meta again gets the same text with the same hash. Once it comes back signed it is kept as the law wants.

use crate::api::Api;
use crate::error::ApiError;
use crate::pages::Pages;
use crate::policy::Operation;
use crate::rates::Counted;
use crate::store::{
    self,
    moments::{AHEAD, MILLISECOND},
};
use crate::stored::{self, StoredPeople};
use crate::types::document::{
    ApplicationMeta, DecisionMeta, DocumentMeta, DocumentOf, FreeDecisionMeta, ProjectMeta,
};
use crate::types::generate::{GenerateDocumentOptionsInput, RegenerateInput};
use crate::types::scalar::{iso, moment};
use antelope_types::json::bytes;
use antelope_types::{Checksum256, Encode, Name, TimePoint, base64};
use async_graphql::OutputType;
use coop_documents::{Cooperative, Form, Rendered, Stamp, Surroundings};
use coop_language::{Lang, Words};
use coop_model::document::signing_digest;
use coop_model::parameters::CLOCK_SKEW_MINUTES;
use coop_model::{Document, DocumentSignature, Meta};
use coop_papers::{Facts, PaperError, Repeat};
use coop_private::PrivateDocument;
use std::time::Instant;

/// What is to be written, for whom.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    /// Who asks for it.
    pub(crate) who: Name,
    /// By which operation.
    pub(crate) operation: Operation,
    /// Whom its meta names.
    pub(crate) username: Name,
    /// Its number in the registry of documents.
    pub(crate) registry_id: u64,
    /// What is repeated of a document that was written before.
    pub(crate) repeat: Repeat,
    /// Whether it is not to be kept.
    pub(crate) skip_save: bool,
    /// Of a proposal: the question and the decision.
    pub(crate) proposal: Option<[String; 2]>,
}

/// A document that was written.
pub(crate) struct Written {
    pub(crate) rendered: Rendered,
    pub(crate) document: Document,
    page: String,
    signed_hash: Option<Checksum256>,
}

impl Wanted {
    /// A document that an operation writes for who asks.
    ///
    /// # Errors
    /// [`ApiError::Field`].
    pub(crate) fn new(
        (who, operation): (Name, Operation),
        (username, registry_id): (Name, u64),
        again: RegenerateInput,
        options: Option<GenerateDocumentOptionsInput>,
    ) -> Result<Self, ApiError> {
        let options = options.unwrap_or_default();
        if options
            .lang
            .is_some_and(|it| !["ru", "en"].contains(&it.as_str()))
        {
            return Err(ApiError::field("options.lang", Words::of("expected.lang")));
        }
        Ok(Self {
            who,
            operation,
            username,
            registry_id,
            repeat: repeat(again)?,
            skip_save: options.skip_save.unwrap_or_default(),
            proposal: None,
        })
    }

    /// Writes the document: `is_it` knows it where it was written before, `form` gathers its facts with the moment until
    /// which votes are counted. Of a thread that may wait.
    ///
    /// # Errors
    /// [`ApiError::TooMany`]; [`ApiError::Field`] where what is repeated is not of this document; those of the facts,
    /// of the node and of the store.
    pub(crate) fn write(
        &self,
        api: &Api,
        is_it: impl Fn(&PrivateDocument) -> bool,
        form: impl FnOnce(
            &Facts<'_, StoredPeople<'_>>,
            TimePoint,
        ) -> Result<Box<dyn Form>, PaperError<ApiError>>,
    ) -> Result<Written, ApiError> {
        let rate = api.settings().documents_a_minute;
        let counted = Counted::Documents(self.who);
        api.rates().take(counted, rate, Instant::now())?;
        if self.repeat.is_asked()
            && let Some(written) = self.again(api, is_it)?
        {
            let named = stored::named(&written.rendered.meta, Some(&written.rendered.record));
            api.write_down(self.who, self.operation, &named)?;
            return Ok(written);
        }
        let chain = api.cooperative()?;
        let stamp = self.stamp(api)?;
        let cooperative = stored::cooperative(api)?;
        let people = StoredPeople::of(api);
        let facts = Facts::new(&chain, &people);
        let form = form(&facts, TimePoint::from_micros(stamp.created_at))?;
        let rendered = render(&cooperative, &*form, stamp)?;
        if let Some(field) = self.repeat.difference(&rendered.meta) {
            let field = format!("data.{field}");
            return Err(ApiError::field(field, Words::of("expected.same")));
        }
        let shown = people.shown();
        let written = Written::of(rendered, &api.contracts().chain_id)?;
        if !self.skip_save {
            self.keep(api, &written)?;
        }
        api.write_down(self.who, self.operation, &shown)?;
        Ok(written)
    }

    /// The document that is meant, as it was.
    fn again(
        &self,
        api: &Api,
        is_it: impl Fn(&PrivateDocument) -> bool,
    ) -> Result<Option<Written>, ApiError> {
        let millisecond = |it: TimePoint| it.micros().div_euclid(MILLISECOND);
        // Without a moment, every document of the person would be looked at.
        let Some(created_at) = self.repeat.created_at.map(millisecond) else {
            return Ok(None);
        };
        let entries = api.people()?.documents(Some(self.username))?;
        for entry in entries {
            let is_moment = created_at == millisecond(entry.created_at);
            if entry.registry_id != self.registry_id || !is_moment {
                continue;
            }
            let Some(kept) = stored::document(api, &entry.hash)? else {
                continue;
            };
            if is_it(&kept)
                && self.repeat.difference(&kept.document.meta).is_none()
                && let Some(written) = Written::of_kept(&kept, &api.contracts().chain_id)?
            {
                return Ok(Some(written));
            }
        }
        Ok(None)
    }

    /// The moment of the document: the one that is repeated, or a new one by the chain's clock.
    fn stamp(&self, api: &Api) -> Result<Stamp, ApiError> {
        let info = api.node()?.get_info()?;
        if let (Some(block_num), Some(created_at)) = (self.repeat.block_num, self.repeat.created_at)
        {
            // Before all others where documents are listed, it would never be too old to be kept.
            if created_at.micros() > info.head_block_time.micros().saturating_add(AHEAD) {
                let minutes = CLOCK_SKEW_MINUTES;
                let expected = Words::of("expected.past").with("minutes", minutes);
                return Err(ApiError::field("data.created_at", expected));
            }
            return Ok(Stamp {
                block_num,
                created_at: created_at.micros(),
            });
        }
        Ok(Stamp {
            block_num: info.last_irreversible_block_num,
            created_at: api.store().new_moment(info.head_block_time.micros())?,
        })
    }

    /// Keeps the document until it comes back signed.
    fn keep(&self, api: &Api, written: &Written) -> Result<(), ApiError> {
        let kept = PrivateDocument {
            document: written.document.clone(),
            text: written.rendered.text.clone(),
            record: Some(written.rendered.record.clone()),
            proposal: self.proposal.clone(),
        };
        let is_admitted = is_admitted(api, kept.document.meta.username)?;
        api.people()?
            .put_document(&kept, is_admitted, store::now())?;
        Ok(())
    }
}

/// Whether an account is or was a participant: what it signs is then kept as the law wants.
fn is_admitted(api: &Api, username: Name) -> Result<bool, ApiError> {
    let coopname = api.coopname();
    let found = api.index(|reader| Ok(reader.participant(coopname, username)?))?;
    Ok(found.is_some())
}

/// Changes the signatures of a document that is kept here, and keeps it as long as the law wants; the document as it is
/// then. `None` for one that was made elsewhere.
///
/// # Errors
/// Those of the index and of the store.
pub(crate) fn sign(
    api: &Api,
    (hash, username): (&Checksum256, Name),
    change: impl FnOnce(&mut Vec<DocumentSignature>),
) -> Result<Option<PrivateDocument>, ApiError> {
    let is_admitted = is_admitted(api, username)?;
    // Nobody else signs between the reading and the writing.
    let mut people = api.people()?;
    let Some(mut kept) = stored::found(people.document(hash))? else {
        return Ok(None);
    };
    change(&mut kept.document.signatures);
    people.put_document(&kept, is_admitted, store::now())?;
    Ok(Some(kept))
}

/// Keeps the signatures of a document that is on the chain now; one that was made elsewhere is left out. A store that
/// fails is told in the log alone: what the chain has executed is not answered as an error.
pub(crate) fn keep_sent(api: &Api, document: &Document) {
    if !api.has_people() {
        return;
    }
    let hash = document.hash();
    let signatures = document.signatures.clone();
    let kept = sign(api, (&hash, document.meta.username), |it| *it = signatures);
    if let Err(problem) = kept {
        tracing::error!(%problem, document = %hash, "the signatures of a document are not kept");
    }
}

impl Written {
    /// A rendered document with its page.
    fn of(rendered: Rendered, chain_id: &Checksum256) -> Result<Self, ApiError> {
        let page = Pages::get()?.of(&rendered, Surroundings::default());
        let document = Document {
            meta: rendered.meta.clone(),
            doc_hash: rendered.doc_hash,
            signatures: Vec::new(),
        };
        let signed_at = rendered.meta.created_at;
        let first = stored::signers(&rendered.record).first().copied();
        let digest = |it: Name| signing_digest(chain_id, &document.hash(), it, signed_at);
        Ok(Self {
            page: page.map_err(|error| ApiError::internal(&error))?,
            signed_hash: first.map(digest),
            document,
            rendered,
        })
    }

    /// A document that is kept, as it was written; `None` for one that is kept without its facts.
    ///
    /// # Errors
    /// Those of the templates.
    pub(crate) fn of_kept(
        kept: &PrivateDocument,
        chain_id: &Checksum256,
    ) -> Result<Option<Self>, ApiError> {
        let Some(record) = &kept.record else {
            return Ok(None);
        };
        let PrivateDocument { document, .. } = kept;
        let rendered =
            Pages::get()?
                .renderer
                .regenerate(&document.meta, &document.doc_hash, record);
        let rendered = rendered.map_err(|error| ApiError::internal(&error))?;
        Self::of(rendered, chain_id).map(Some)
    }

    /// As the schema has it.
    fn shown<M: OutputType>(self, meta: M) -> DocumentOf<M> {
        let Self {
            rendered,
            document,
            page,
            signed_hash,
        } = self;
        let mut packed = rendered.meta.to_bytes();
        packed.extend_from_slice(&rendered.doc_hash.0);
        DocumentOf {
            binary: base64::encode(rendered.text.as_bytes()),
            full_title: rendered.meta.title,
            hash: document.hash().to_string(),
            html: page,
            meta,
            packed: Some(bytes::text(&packed)),
            signed_hash: signed_hash.map(|it| it.to_string()),
        }
    }

    /// As a document of any form.
    pub(crate) fn any(self) -> DocumentOf<DocumentMeta> {
        let meta = meta(&self.rendered.meta);
        self.shown(meta)
    }

    /// As the application of who joins.
    pub(crate) fn application(self) -> DocumentOf<ApplicationMeta> {
        let meta = ApplicationMeta {
            meta: meta(&self.rendered.meta),
        };
        self.shown(meta)
    }

    /// As a proposal.
    pub(crate) fn project(self, project: Checksum256) -> DocumentOf<ProjectMeta> {
        let meta = ProjectMeta {
            meta: meta(&self.rendered.meta),
            project_id: project.to_string(),
        };
        self.shown(meta)
    }

    /// As the protocol of a decision.
    pub(crate) fn decision(self, id: u64) -> DocumentOf<DecisionMeta> {
        let meta = DecisionMeta {
            meta: meta(&self.rendered.meta),
            decision_id: id as f64,
        };
        self.shown(meta)
    }

    /// As the protocol of a free decision.
    pub(crate) fn free(self, id: u64, project: String) -> DocumentOf<FreeDecisionMeta> {
        let meta = FreeDecisionMeta {
            meta: meta(&self.rendered.meta),
            project_id: project,
            decision_id: id as f64,
        };
        self.shown(meta)
    }
}

/// What a document says about itself, as the schema has it.
fn meta(it: &Meta) -> DocumentMeta {
    DocumentMeta {
        block_num: it.block_num,
        coopname: it.coopname.to_string(),
        created_at: iso(it.created_at),
        generator: it.generator.clone(),
        lang: it.lang.clone(),
        links: it.links.iter().map(ToString::to_string).collect(),
        registry_id: u32::try_from(it.registry_id).unwrap_or_default(),
        timezone: it.timezone.clone(),
        title: it.title.clone(),
        username: it.username.to_string(),
        version: it.version.clone(),
    }
}

/// What is repeated of a meta.
///
/// # Errors
/// [`ApiError::Field`].
pub(crate) fn repeat(given: RegenerateInput) -> Result<Repeat, ApiError> {
    let created_at = given.created_at.map(|text| {
        let refused = || ApiError::field("data.created_at", Words::of("expected.moment"));
        moment(&text).ok_or_else(refused)
    });
    let link = |text: &String| {
        let refused = |_| ApiError::field("data.links", Words::of("expected.hash"));
        text.parse::<Checksum256>().map_err(refused)
    };
    let links = given.links.as_deref().map(|links| {
        let links = links.iter().map(link);
        links.collect::<Result<Vec<_>, _>>()
    });
    Ok(Repeat {
        block_num: given.block_num,
        created_at: created_at.transpose()?,
        generator: given.generator,
        lang: given.lang,
        links: links.transpose()?,
        timezone: given.timezone,
        title: given.title,
        version: given.version,
    })
}

/// The text that is signed: in Russian.
fn render(cooperative: &Cooperative, form: &dyn Form, stamp: Stamp) -> Result<Rendered, ApiError> {
    let rendered = Pages::get()?
        .renderer
        .render(cooperative, form, stamp, Lang::Ru);
    rendered.map_err(|problem| {
        let expected = Words::of("expected.facts").with("problem", problem);
        ApiError::field("data", expected)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_repeated_is_read() {
        let given = RegenerateInput {
            created_at: Some("2026-01-01T00:00:00.500Z".into()),
            links: Some(vec!["00".repeat(32)]),
            ..RegenerateInput::default()
        };
        let read = repeat(given.clone()).unwrap();
        assert!(read.is_asked());
        assert_eq!(read.links, Some(vec![Checksum256::ZERO]));
        let wrong = RegenerateInput {
            links: Some(vec!["a link".into()]),
            ..given
        };
        assert_eq!(repeat(wrong).unwrap_err().code(), "BAD_INPUT");
    }
}
