//! `createAccount`, `registerParticipant`: an account on the chain; an application with its agreements, signed by the candidate, comes to the chain.

use super::accounts::account;
use crate::api::Api;
use crate::caller::{May, api, caller};
use crate::error::ApiError;
use crate::fields;
use crate::policy::Operation;
use crate::signing::signed;
use crate::types::account::Account;
use crate::types::register::{CreateAccountInput, RegisterParticipantInput};
use crate::written;
use antelope_types::{Action, Name};
use async_graphql::{Context, Object};
use coop_language::Words;
use coop_model::Document;
use coop_model::catalogue::registry;
use coop_model::clients::Registrator;

/// Mutations of joining.
#[derive(Default)]
pub(crate) struct ParticipantMutations;

#[Object]
impl ParticipantMutations {
    /// Makes the account on the chain of who has registered here, with the key of the registration: of a founder, or of
    /// a participant who lost the key of another account, and goes on under this one. Who joins gets it by
    /// `registerParticipant`.
    #[graphql(guard = "May(Operation::CreateAccount)")]
    async fn create_account(
        &self,
        context: &Context<'_>,
        data: CreateAccountInput,
    ) -> Result<Account, ApiError> {
        let (api, who) = (api(context)?, caller(context)?.username()?);
        fields::cooperative("data.coopname", &data.coopname, api.coopname())?;
        let username = fields::account("data.username", &data.username)?;
        let made = api.work(move |api| {
            let registered = api.store().account(username)?;
            let registered = registered.ok_or_else(|| ApiError::not_found("what.account"))?;
            let key = registered.public_key;
            let key = key.ok_or_else(|| ApiError::not_found("what.key"))?;
            if api.node()?.find_account(username)?.is_some() {
                let what = Words::of("what.accounts");
                return Err(ApiError::AlreadyExists { what });
            }
            api.write_down(who, Operation::CreateAccount, &[username])?;
            let (coopname, registrator) = (api.coopname(), api.contracts().registrator);
            let trace = api.act(|level| {
                let registrator = Registrator::at(registrator).signed_by(level);
                let made = registrator.newaccount(coopname, level.actor, username, key);
                vec![made.to_action()]
            })?;
            tracing::info!(transaction = %trace.id, account = %username, by = %who, "an account was made");
            account(api, username)
        });
        made.await
    }

    /// Sends the application of a candidate with the agreements, all signed by the candidate. The cooperative sends it,
    /// and makes the candidate's account first where there is none; the contract wants the candidate's signatures.
    #[graphql(guard = "May(Operation::RegisterParticipant)")]
    async fn register_participant(
        &self,
        context: &Context<'_>,
        data: RegisterParticipantInput,
    ) -> Result<Account, ApiError> {
        let (api, caller) = (api(context)?, caller(context)?);
        let username = fields::account("data.username", &data.username)?;
        caller.may_about(Operation::RegisterParticipant, username)?;
        let registered = api.work(move |api| {
            let of = |number| (username, number);
            let agreements = vec![
                signed(
                    api,
                    of(registry::WALLET_AGREEMENT),
                    "data.wallet_agreement",
                    &data.wallet_agreement,
                )?,
                signed(
                    api,
                    of(registry::SIGNATURE_AGREEMENT),
                    "data.signature_agreement",
                    &data.signature_agreement,
                )?,
                signed(
                    api,
                    of(registry::PRIVACY_AGREEMENT),
                    "data.privacy_agreement",
                    &data.privacy_agreement,
                )?,
                signed(
                    api,
                    of(registry::STATUTES_AGREEMENT),
                    "data.user_agreement",
                    &data.user_agreement,
                )?,
            ];
            let statement = signed(
                api,
                of(registry::STATEMENT),
                "data.statement",
                &data.statement,
            )?;
            let trace = send(api, username, &agreements, &statement)?;
            tracing::info!(transaction = %trace, account = %username, "an application was sent");
            for document in agreements.iter().chain([&statement]) {
                written::keep_sent(api, document);
            }
            account(api, username)
        });
        registered.await
    }
}

/// Sends an application for the cooperative; the id of the transaction.
fn send(
    api: &Api,
    username: Name,
    agreements: &[Document],
    statement: &Document,
) -> Result<String, ApiError> {
    let (coopname, registrator) = (api.coopname(), api.contracts().registrator);
    let profile = api.people()?.profile(username)?;
    let profile = profile.ok_or_else(|| ApiError::not_found("what.account"))?;
    let is_new = api.node()?.find_account(username)?.is_none();
    let key = statement.signatures.first().map(|it| it.public_key.clone());
    // A stolen token makes no account with the thief's key.
    let registered = api.store().account(username)?.and_then(|it| it.public_key);
    if is_new && registered.is_some() && registered != key {
        let expected = Words::of("expected.registered_key");
        return Err(ApiError::field("data.statement.public_key", expected));
    }
    let trace = api.act(|level| {
        let registrator = Registrator::at(registrator).signed_by(level);
        let mut actions: Vec<Action> = Vec::new();
        if let Some(key) = key.filter(|_| is_new) {
            let made = registrator.newaccount(coopname, level.actor, username, key);
            actions.push(made.to_action());
        }
        let agreements = agreements.to_vec();
        actions.push(
            registrator
                .signagree(coopname, username, agreements)
                .to_action(),
        );
        let applied = registrator.reguser(coopname, username, profile.kind(), statement.clone());
        actions.push(applied.to_action());
        actions
    })?;
    Ok(trace.id.to_string())
}
