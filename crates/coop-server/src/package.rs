//! Packages as the schema shows them: put together from the index, and from the texts and names that are kept here.
//!
//! Personal data is shown as far as it is needed: of who asks to join the council sees all that the statement says, of
//! others the name. Texts of documents are shown to the office, and to whom they are about.

use crate::api::Api;
use crate::error::ApiError;
use crate::fields::{count, float};
use crate::pages::Pages;
use crate::people;
use crate::types::action::{ActionAuthorization, BlockchainAction, ExtendedBlockchainAction};
use crate::types::aggregate::{SignatureInfo, SignedDigitalDocument};
use crate::types::document::{
    ApplicationMeta, DecisionDocument, DecisionMeta, DocumentMeta, DocumentOf, FreeDecisionMeta,
    ProjectMeta, StatementDocument,
};
use crate::types::package::{ActPart, DecisionPart, DocumentPackage, StatementPart};
use crate::types::person::PrivateAccount;
use crate::types::scalar::{DateTime, iso};
use antelope_types::json::bytes;
use antelope_types::{Checksum256, Name, base64, name};
use async_graphql::{Json, OutputType};
use coop_index::{DocumentRecord, EventRecord, Package};
use coop_model::catalogue::{kind, registry};
use coop_model::document::signing_digest;
use coop_private::{PrivateDocument, PrivateError};
use serde_json::Value;
use std::collections::HashMap;

/// Who looks at packages, and what has been shown so far.
pub(crate) struct Showing<'a> {
    api: &'a Api,
    /// Whether texts and names of anybody may be shown.
    is_office: bool,
    who: Name,
    known: HashMap<Name, Option<coop_private::Profile>>,
    /// Whose personal data is shown.
    shown: Vec<Name>,
}

impl<'a> Showing<'a> {
    /// Shows packages to somebody; with `is_office`, what is about anybody.
    pub(crate) fn to(api: &'a Api, who: Name, is_office: bool) -> Self {
        Self {
            api,
            is_office,
            who,
            known: HashMap::new(),
            shown: Vec::new(),
        }
    }

    /// Whose personal data was shown. It is written down before an answer goes.
    pub(crate) fn shown(self) -> Vec<Name> {
        self.shown
    }

    /// A package of the index with texts and names.
    ///
    /// # Errors
    /// Those of the store of people.
    pub(crate) fn package(&mut self, package: &Package) -> Result<DocumentPackage, ApiError> {
        let question = &package.question;
        let is_joining = question.kind == kind::JOINCOOP;
        let event = |action: Name, username: Option<Name>| {
            let mut events = package.events.iter();
            events.find(|it| {
                it.action == action && username.is_none_or(|name| it.username == Some(name))
            })
        };
        let statement = match (&package.statement, event(name!("newsubmitted"), None)) {
            (Some(document), Some(event)) => Some(StatementPart {
                action: self.extended(event, Some(question.username), is_joining)?,
                document: self.statement(document)?,
                signed: signed(document, &self.api.contracts().chain_id),
            }),
            _ => None,
        };
        let decided = event(name!("newdecision"), None)
            .or_else(|| event(name!("newresolved"), None))
            .or_else(|| event(name!("authorize"), None));
        let decision = match (&package.protocol, decided) {
            (Some(document), Some(decided)) => {
                let project_id = package.statement.as_ref().map(project_of);
                let project_id = project_id.unwrap_or_default();
                let (mut votes_for, mut votes_against) = (Vec::new(), Vec::new());
                for vote in &package.votes {
                    let (action, votes) = match vote.is_for {
                        true => (name!("votefor"), &mut votes_for),
                        false => (name!("voteagainst"), &mut votes_against),
                    };
                    let voter = vote.username;
                    if let Some(event) = event(action, Some(voter)) {
                        votes.push(self.extended(event, Some(voter), false)?);
                    }
                }
                Some(DecisionPart {
                    action: self.extended(decided, question.chairman, false)?,
                    document: self.decision(document, question.id, project_id)?,
                    votes_against,
                    votes_for,
                    signed: signed(document, &self.api.contracts().chain_id),
                })
            }
            _ => None,
        };
        let mut acts = Vec::new();
        for act in &package.acts {
            let mut events = package.events.iter();
            let event =
                events.find(|it| it.action == name!("newact") && it.done_in == act.recorded_in);
            acts.push(ActPart {
                action: event
                    .map(|it| self.extended(it, Some(act.username), false))
                    .transpose()?,
                document: Some(self.document(act, meta(act))?),
                signed: Some(signed(act, &self.api.contracts().chain_id)),
            });
        }
        let links = package.links.iter();
        let links = links.map(|it| self.document(it, meta(it)));
        Ok(DocumentPackage {
            links: links.collect::<Result<_, _>>()?,
            acts,
            decision,
            statement,
        })
    }

    fn statement(&mut self, it: &DocumentRecord) -> Result<StatementDocument, ApiError> {
        let meta = meta(it);
        match it.registry_id {
            registry::PROPOSAL => {
                let project_id = project_of(it);
                let meta = ProjectMeta { meta, project_id };
                Ok(StatementDocument::Project(self.document(it, meta)?))
            }
            _ => {
                let meta = ApplicationMeta { meta };
                Ok(StatementDocument::Application(self.document(it, meta)?))
            }
        }
    }

    fn decision(
        &mut self,
        it: &DocumentRecord,
        id: u64,
        project_id: String,
    ) -> Result<DecisionDocument, ApiError> {
        let (meta, decision_id) = (meta(it), float(id));
        match it.registry_id {
            registry::FREE_PROTOCOL => {
                let meta = FreeDecisionMeta {
                    meta,
                    project_id,
                    decision_id,
                };
                Ok(DecisionDocument::Free(self.document(it, meta)?))
            }
            _ => {
                let meta = DecisionMeta { meta, decision_id };
                Ok(DecisionDocument::Other(self.document(it, meta)?))
            }
        }
    }

    /// A document, with its text where it is kept here and may be shown.
    fn document<M: OutputType>(
        &mut self,
        it: &DocumentRecord,
        meta: M,
    ) -> Result<DocumentOf<M>, ApiError> {
        let kept = match self.is_office || it.username == self.who {
            true => self.kept(it.hash)?,
            false => None,
        };
        if kept.is_some() {
            self.shown.push(it.username);
        }
        let pages = Pages::get()?;
        let (binary, html) = match &kept {
            Some(it) => (
                base64::encode(it.text.as_bytes()),
                pages.of_kept(it).unwrap_or_default(),
            ),
            None => Default::default(),
        };
        Ok(DocumentOf {
            binary,
            full_title: it.title.clone(),
            hash: it.hash.to_string(),
            html,
            meta,
            packed: it
                .packed
                .as_ref()
                .map(|meta| bytes::text(&[&meta[..], &it.doc_hash.0].concat())),
            signed_hash: None,
        })
    }

    fn kept(&self, hash: Checksum256) -> Result<Option<PrivateDocument>, ApiError> {
        if !self.api.has_people() {
            return Ok(None);
        }
        match self.api.people()?.document(&hash) {
            Ok(document) => Ok(Some(document)),
            Err(PrivateError::NoDocument { .. }) => Ok(None),
            Err(error) => Err(ApiError::internal(&error)),
        }
    }

    /// An action with the person that it is about: with all that is known of them, or with the name.
    fn extended(
        &mut self,
        event: &EventRecord,
        person: Option<Name>,
        is_whole: bool,
    ) -> Result<ExtendedBlockchainAction, ApiError> {
        let user = match person {
            Some(person) => self.person(person, is_whole)?,
            None => None,
        };
        Ok(ExtendedBlockchainAction {
            action: action(event),
            user,
        })
    }

    fn person(&mut self, person: Name, is_whole: bool) -> Result<Option<PrivateAccount>, ApiError> {
        let is_open = self.is_office || person == self.who;
        if !is_open || !self.api.has_people() {
            return Ok(None);
        }
        if !self.known.contains_key(&person) {
            let profile = self.api.people()?.profile(person)?;
            self.known.insert(person, profile);
        }
        let Some(Some(profile)) = self.known.get(&person) else {
            return Ok(None);
        };
        self.shown.push(person);
        Ok(Some(match is_whole || person == self.who {
            true => people::shown(profile),
            false => people::named(profile),
        }))
    }
}

/// An action as the index keeps it.
pub(crate) fn action(event: &EventRecord) -> BlockchainAction {
    let actor = event.arguments["actor"].as_str().map(str::to_owned);
    let actor = actor.or(event.username.map(|it| it.to_string()));
    let authorization = actor.map(|actor| ActionAuthorization {
        actor,
        permission: "active".to_owned(),
    });
    let is_vote = [name!("votefor"), name!("voteagainst")].contains(&event.action);
    BlockchainAction {
        account: event.contract.to_string(),
        account_ram_deltas: Vec::new(),
        action_ordinal: None,
        // Of other actions the index does not keep who signed them.
        authorization: authorization.into_iter().filter(|_| is_vote).collect(),
        block_id: None,
        block_num: event.block,
        chain_id: None,
        console: None,
        context_free: None,
        creator_action_ordinal: None,
        data: Json(event.arguments.clone()),
        elapsed: None,
        global_sequence: event.sequence.to_string(),
        name: event.action.to_string(),
        receipt: None,
        receiver: event.contract.to_string(),
        transaction_id: event.done_in.to_string(),
    }
}

/// What a document says about itself, as the chain has it.
pub(crate) fn meta(it: &DocumentRecord) -> DocumentMeta {
    let text = |field: &str| {
        let text = it.meta[field].as_str();
        text.unwrap_or_default().to_owned()
    };
    let links = it.meta["links"].as_array().into_iter().flatten();
    let links = links.filter_map(Value::as_str).map(str::to_owned);
    let created_at = text("created_at");
    DocumentMeta {
        block_num: count(it.meta["block_num"].as_u64().unwrap_or_default()),
        coopname: it.coopname.to_string(),
        created_at: created_at.parse().map(iso).unwrap_or(created_at),
        generator: text("generator"),
        lang: text("lang"),
        links: links.collect(),
        registry_id: count(it.registry_id),
        timezone: text("timezone"),
        title: it.title.clone(),
        username: it.username.to_string(),
        version: text("version"),
    }
}

/// A signed document as the chain has it.
fn signed(it: &DocumentRecord, chain_id: &Checksum256) -> SignedDigitalDocument {
    let signatures = (0..).zip(&it.signatures).map(|(id, by)| SignatureInfo {
        id,
        signer: by.signer.to_string(),
        public_key: by.public_key.clone(),
        signature: by.signature.clone(),
        signed_at: DateTime(by.signed_at),
        signed_hash: signing_digest(chain_id, &it.hash, by.signer, by.signed_at).to_string(),
        meta: String::new(),
    });
    let meta_hash = it.packed.as_deref().map(Checksum256::sha256);
    SignedDigitalDocument {
        version: meta(it).version,
        hash: it.hash.to_string(),
        doc_hash: it.doc_hash.to_string(),
        meta_hash: meta_hash.map(|it| it.to_string()),
        meta: Json(it.meta.clone()),
        signatures: signatures.collect(),
    }
}

/// The draft that a proposal was made from; empty for other documents.
fn project_of(it: &DocumentRecord) -> String {
    // A variant is a list: its type and its value.
    let project = it.meta["subject"][1]["project"].as_str();
    project.unwrap_or_default().to_owned()
}
