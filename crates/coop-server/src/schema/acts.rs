//! `getActs`, `signAct`: acts about property, which several sign, collect their signatures here.
//!
//! Whoever acts for the cooperative has an act made; the owner finds it, reads it and signs it. Once both have signed,
//! `submitAssetContributionAct` or `submitReturnByAssetAct` sends it.

use super::joint::{Joint, collected};
use crate::api::Api;
use crate::caller::{May, api, caller};
use crate::error::ApiError;
use crate::fields;
use crate::policy::Operation;
use crate::types::joint::SignDocumentInput;
use crate::types::submit::PropertyAct;
use async_graphql::{Context, Object};
use coop_model::catalogue::registry;
use coop_model::{Subject, parameters};
use coop_private::PrivateDocument;

static ACTS: Joint = Joint {
    forms: &[registry::ACCEPTANCE_ACT, registry::HANDOVER_ACT],
    term: parameters::DOCUMENT_SECONDS,
};

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
            let mut acts = Vec::new();
            for kept in ACTS.waiting(api, owner, |_| true)? {
                acts.extend(shown(api, &kept)?);
            }
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
        data: SignDocumentInput,
    ) -> Result<PropertyAct, ApiError> {
        ACTS.sign(context, Operation::SignAct, data, shown).await
    }
}

/// An act as the schema has it; `None` for what is no act with its facts.
fn shown(api: &Api, kept: &PrivateDocument) -> Result<Option<PropertyAct>, ApiError> {
    let Some(Subject::Act(about)) = kept.document.meta.subject else {
        return Ok(None);
    };
    let collected = collected(api, kept)?;
    Ok(collected.map(|collected| PropertyAct {
        property_id: fields::float(about.property_id),
        collected,
    }))
}
