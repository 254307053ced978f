//! `getActs`, `signAct`: acts about property, which several sign, collect their signatures here.
//!
//! Whoever acts for the cooperative has an act made; the owner finds it, reads it and signs it. Once both have signed,
//! `submitAssetContributionAct` or `submitReturnByAssetAct` sends it.

use crate::api::Api;
use crate::caller::{May, acting, api, caller};
use crate::error::ApiError;
use crate::fields;
use crate::policy::Operation;
use crate::signing::{made, signature};
use crate::stored;
use crate::types::records::RecordedSignature;
use crate::types::scalar::DateTime;
use crate::types::submit::{MissingSignature, PropertyAct, SignActInput};
use crate::written::{self, Written};
use antelope_types::{Name, TimePoint};
use async_graphql::{Context, Object};
use coop_model::catalogue::registry;
use coop_model::document::signing_digest;
use coop_model::{Subject, parameters};
use coop_private::PrivateDocument;

/// The forms of acts.
const ACTS: [u64; 2] = [registry::ACCEPTANCE_ACT, registry::HANDOVER_ACT];

/// The most acts of one person that are shown, the newest first.
const MAX_ACTS: usize = 50;

/// How long an act is taken by a contract, in microseconds.
const TERM: i64 = parameters::DOCUMENT_SECONDS as i64 * 1_000_000;

/// Queries about acts.
#[derive(Default)]
pub(crate) struct ActQueries;

/// Mutations of acts.
#[derive(Default)]
pub(crate) struct ActMutations;

#[Object]
impl ActQueries {
    /// Acts about property of a person that are not on the chain yet and that it would still take, the newest first:
    /// one's own, or for the clerks, anybody's.
    #[graphql(
        guard = "May(Operation::GetActs)",
        complexity = "10 + child_complexity"
    )]
    async fn get_acts(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Whose; the caller where it is left out.")] username: Option<String>,
    ) -> Result<Vec<PropertyAct>, ApiError> {
        let (api, caller) = (api(context)?, caller(context)?);
        let who = caller.username()?;
        let owner = fields::account_if("username", username.as_ref())?.unwrap_or(who);
        caller.may_about(Operation::GetActs, owner)?;
        let found = api.work(move |api| {
            let acts = of_owner(api, owner)?;
            if !acts.is_empty() {
                api.write_down(who, Operation::GetActs, &[owner])?;
            }
            Ok(acts)
        });
        found.await
    }
}

#[Object]
impl ActMutations {
    /// Signs an act: the caller's signature is kept with it, in the place of an earlier one.
    #[graphql(guard = "May(Operation::SignAct)")]
    async fn sign_act(
        &self,
        context: &Context<'_>,
        data: SignActInput,
    ) -> Result<PropertyAct, ApiError> {
        let (api, who) = acting(context, Operation::SignAct, &data.coopname, &data.username)?;
        let hash = fields::hash("data.hash", &data.hash)?;
        let signed = api.work(move |api| {
            let document = made(api, who, &ACTS, &hash)?.document;
            let given = (&*data.public_key, &*data.signature);
            let signature = signature(api, &document, who, "data", given)?;
            let owner = document.meta.username;
            api.write_down(who, Operation::SignAct, &[owner])?;
            let kept = written::sign(api, (&hash, owner), |signatures| {
                signatures.retain(|it| it.signer != who);
                signatures.push(signature);
            })?;
            let shown = kept.map(|it| shown(api, &it)).transpose()?.flatten();
            shown.ok_or_else(|| ApiError::not_found("what.paper"))
        });
        signed.await
    }
}

/// The acts of an owner that wait.
fn of_owner(api: &Api, owner: Name) -> Result<Vec<PropertyAct>, ApiError> {
    let oldest = api.chain_time()?.micros().saturating_sub(TERM);
    let entries = api.people()?.documents(Some(owner))?.into_iter();
    let entries = entries.filter(|it| {
        ACTS.contains(&it.registry_id) && it.created_at >= TimePoint::from_micros(oldest)
    });
    let mut acts = Vec::new();
    for entry in entries.take(MAX_ACTS) {
        let is_sent = api.index(|reader| Ok(reader.find(api.coopname(), entry.hash)?))?;
        if is_sent.is_none()
            && let Some(kept) = stored::document(api, &entry.hash)?
        {
            acts.extend(shown(api, &kept)?);
        }
    }
    Ok(acts)
}

/// An act as the schema has it; `None` for what is no act with its facts.
fn shown(api: &Api, kept: &PrivateDocument) -> Result<Option<PropertyAct>, ApiError> {
    let chain_id = &api.contracts().chain_id;
    let PrivateDocument {
        document, record, ..
    } = kept;
    let (Some(Subject::Act(about)), Some(record)) = (document.meta.subject, record) else {
        return Ok(None);
    };
    let Some(written) = Written::of_kept(kept, chain_id)? else {
        return Ok(None);
    };
    let (hash, moment) = (document.hash(), document.meta.created_at);
    let signatures = &document.signatures;
    let missing = stored::signers(record).into_iter();
    let missing = missing.filter(|it| signatures.iter().all(|by| by.signer != *it));
    let missing = missing.map(|signer| MissingSignature {
        signer: signer.to_string(),
        signed_hash: signing_digest(chain_id, &hash, signer, moment).to_string(),
    });
    let given = signatures.iter().map(|it| RecordedSignature {
        signer: it.signer.to_string(),
        public_key: it.public_key.to_string(),
        signature: it.signature.to_string(),
        signed_at: DateTime(it.signed_at),
    });
    Ok(Some(PropertyAct {
        property_id: fields::float(about.property_id),
        signatures: given.collect(),
        missing: missing.collect(),
        document: written.any(),
    }))
}
