//! `login`, `loginChallenge`, `loginByChallenge`, `refresh`, `logout`, `revokeSessions`: who somebody is, shown by a
//! signature.
//!
//! The first way is what clients know: a K1 signature of SHA-256 of the chain's time. It is taken within 30 seconds of
//! the chain's time, and once. The other one signs a challenge of this server, in a text that names its purpose, the
//! chain, the cooperative and the account, with any kind of key; no transaction and no document is ever signed by it.

use super::accounts::account;
use crate::api::Api;
use crate::caller::{Caller, May, api, caller};
use crate::error::ApiError;
use crate::fields;
use crate::policy::Operation;
use crate::rates::Counted;
use crate::store;
use crate::store::accounts::AccountEntry;
use crate::store::sessions::{Refreshed, SessionTokens};
use crate::types::scalar::{DateTime, moment};
use crate::types::tokens::{
    ChallengeLoginInput, LoginChallenge, LoginInput, LogoutInput, RefreshInput, RegisteredAccount,
    Token, Tokens,
};
use antelope_keys::signing;
use antelope_types::{Checksum256, Name, PublicKey, Signature, TimePoint, name};
use async_graphql::{Context, Object};
use coop_language::Words;
use std::time::Instant;

/// How far the signed time may be from the chain's.
const NEAR_SECONDS: i64 = 30;

/// The longest text that somebody logs in with: a WebAuthn signature has the client data in it.
const MAX_TEXT: usize = 16_384;

/// Mutations of sessions.
#[derive(Default)]
pub(crate) struct AuthMutations;

#[Object]
impl AuthMutations {
    /// Logs in by a signature of the chain's time.
    #[graphql(guard = "May(Operation::Login)")]
    async fn login(
        &self,
        context: &Context<'_>,
        data: LoginInput,
    ) -> Result<RegisteredAccount, ApiError> {
        let (api, caller) = (api(context)?, caller(context)?);
        take_attempt(api, caller)?;
        let refused = || ApiError::field("data.now", Words::of("expected.moment"));
        let signed = moment(&data.now)
            .filter(|_| data.now.len() < 64)
            .ok_or_else(refused)?;
        let signature = signature("data.signature", &data.signature)?;
        let done = api.work(move |api| {
            let now = api.chain_time()?;
            let bound = NEAR_SECONDS * 1_000_000;
            if signed.micros().abs_diff(now.micros()) > bound.unsigned_abs() {
                let seconds = NEAR_SECONDS;
                return Err(ApiError::LoginStale { seconds });
            }
            let digest = Checksum256::sha256(data.now.as_bytes());
            let key = match &signature {
                Signature::K1(_) => signing::recover(&digest, &signature).ok(),
                _ => None,
            };
            let entry = api.store().account_by_email(&data.email)?;
            let entry = entry.filter(|it| is_kept(api, it));
            let (Some(entry), Some(key)) = (entry, key) else {
                return Err(ApiError::LoginRefused);
            };
            if !keys(api, entry.username, Some(&entry))?.contains(&key) {
                return Err(ApiError::LoginRefused);
            }
            let until = TimePoint::from_micros(signed.micros() + bound);
            api.store().use_login(&data.email, signed, until, now)?;
            begin(api, entry.username)
        });
        done.await
    }

    /// What is to be signed to log in with any kind of key.
    #[graphql(guard = "May(Operation::LoginChallenge)")]
    async fn login_challenge(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Who logs in.")] username: String,
    ) -> Result<LoginChallenge, ApiError> {
        let (api, caller) = (api(context)?, caller(context)?);
        take_attempt(api, caller)?;
        let username = fields::account("username", &username)?;
        let done = api.work(move |api| {
            // Also for accounts that are not there: who is, is not told.
            let (challenge, until) = api.store().new_challenge(username, store::now())?;
            let message = message(api, username, &challenge);
            Ok(LoginChallenge {
                digest: Checksum256::sha256(message.as_bytes()).to_string(),
                challenge,
                message,
                expires: DateTime(until),
            })
        });
        done.await
    }

    /// Logs in by a signature of a challenge.
    #[graphql(guard = "May(Operation::LoginByChallenge)")]
    async fn login_by_challenge(
        &self,
        context: &Context<'_>,
        data: ChallengeLoginInput,
    ) -> Result<RegisteredAccount, ApiError> {
        let (api, caller) = (api(context)?, caller(context)?);
        take_attempt(api, caller)?;
        let username = fields::account("data.username", &data.username)?;
        let signature = signature("data.signature", &data.signature)?;
        let done = api.work(move |api| {
            // A challenge is used up by any attempt.
            let is_open = api
                .store()
                .use_challenge(username, &data.challenge, store::now())?;
            let message = message(api, username, &data.challenge);
            let digest = Checksum256::sha256(message.as_bytes());
            let key = signing::recover(&digest, &signature).ok();
            let entry = api.store().account(username)?;
            let known = keys(api, username, entry.as_ref())?;
            match key {
                Some(key) if is_open && known.contains(&key) => begin(api, username),
                _ => Err(ApiError::LoginRefused),
            }
        });
        done.await
    }

    /// Gives new tokens for those of a session. Each refresh token is good once; whoever uses one again ends the
    /// session.
    #[graphql(guard = "May(Operation::Refresh)")]
    async fn refresh(
        &self,
        context: &Context<'_>,
        data: RefreshInput,
    ) -> Result<RegisteredAccount, ApiError> {
        let api = api(context)?;
        let done = api.work(move |api| {
            let now = store::now();
            match api
                .store()
                .refresh_session(&data.access_token, &data.refresh_token, now)?
            {
                Refreshed::New(username, tokens) => registered(api, username, tokens),
                Refreshed::Reused(username) => {
                    tracing::warn!(account = %username, "a refresh token was used twice: the session is ended");
                    Err(ApiError::TokenRefused)
                }
                Refreshed::Refused => Err(ApiError::TokenRefused),
            }
        });
        done.await
    }

    /// Ends the session that both tokens are of; whether there was one.
    #[graphql(guard = "May(Operation::Logout)")]
    async fn logout(&self, context: &Context<'_>, data: LogoutInput) -> Result<bool, ApiError> {
        let api = api(context)?;
        let done = api.work(move |api| {
            api.store()
                .end_session(&data.access_token, &data.refresh_token)
        });
        done.await
    }

    /// Ends all sessions of an account: one's own, or for clerks, anybody's. How many could still be used.
    #[graphql(guard = "May(Operation::RevokeSessions)")]
    async fn revoke_sessions(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Whose sessions.")] username: String,
    ) -> Result<u32, ApiError> {
        let (api, caller) = (api(context)?, caller(context)?);
        let username = fields::account("username", &username)?;
        caller.may_about(Operation::RevokeSessions, username)?;
        let who = caller.username()?;
        let ended = api.work(move |api| api.store().end_sessions(username));
        let ended = ended.await?;
        tracing::info!(account = %username, by = %who, ended, "sessions are revoked");
        Ok(fields::count(ended as u64))
    }
}

/// Counts an attempt to log in or to register.
///
/// # Errors
/// [`ApiError::TooMany`].
pub(crate) fn take_attempt(api: &Api, caller: &Caller) -> Result<(), ApiError> {
    let (most, now) = (api.settings().logins_a_minute, Instant::now());
    api.rates().take(Counted::Logins(caller.address), most, now)
}

/// Begins a session of an account; of a thread that may wait.
///
/// # Errors
/// Those of the databases.
pub(crate) fn begin(api: &Api, username: Name) -> Result<RegisteredAccount, ApiError> {
    let tokens = api.store().begin_session(username, store::now())?;
    tracing::info!(account = %username, "a session begins");
    registered(api, username, tokens)
}

fn registered(
    api: &Api,
    username: Name,
    tokens: SessionTokens,
) -> Result<RegisteredAccount, ApiError> {
    Ok(RegisteredAccount {
        account: account(api, username)?,
        tokens: Tokens {
            access: Token {
                expires: DateTime(tokens.access_until),
                token: tokens.access,
            },
            refresh: Token {
                expires: DateTime(tokens.refresh_until),
                token: tokens.refresh,
            },
        },
    })
}

fn signature(field: &str, text: &str) -> Result<Signature, ApiError> {
    let refused = || ApiError::field(field, Words::of("expected.signature"));
    match text.len() {
        0..=MAX_TEXT => text.parse().map_err(|_| refused()),
        _ => Err(refused()),
    }
}

/// What is signed to log in with a challenge.
fn message(api: &Api, username: Name, challenge: &str) -> String {
    let (coopname, chain) = (api.coopname(), api.contracts().chain_id);
    format!(
        "Veche login\nchain: {chain}\ncooperative: {coopname}\naccount: {username}\nchallenge: {challenge}\n"
    )
}

/// Whether the profile of an account is still kept. One whose person was erased is forgotten here too.
fn is_kept(api: &Api, entry: &AccountEntry) -> bool {
    let Ok(mut people) = api.people() else {
        return true;
    };
    match people.profile(entry.username) {
        Ok(Some(_)) => true,
        Ok(None) => {
            drop(people);
            if let Err(problem) = api.store().forget_account(entry.username) {
                tracing::warn!(%problem, "an account without a profile stays");
            }
            false
        }
        Err(problem) => {
            tracing::warn!(%problem, "the profile of an account cannot be read");
            false
        }
    }
}

/// Whether a key signs documents for an account. Where other accounts satisfy its `active` too, the chain alone knows,
/// and any key is taken.
///
/// # Errors
/// Those of the node and of the store.
pub(super) fn is_key_of(api: &Api, username: Name, key: &PublicKey) -> Result<bool, ApiError> {
    let entry = api.store().account(username)?;
    if keys(api, username, entry.as_ref())?.contains(key) {
        return Ok(true);
    }
    let account = match api.node_if() {
        Some(node) => node.find_account(username)?,
        None => None,
    };
    let active = account.as_ref();
    let active = active.and_then(|it| it.permission(name!("active")));
    Ok(active.is_some_and(|it| !it.required_auth.accounts.is_empty()))
}

/// The keys that an account logs in with: those that alone satisfy `active` on the chain, or before the account is
/// there, the one that it has registered with.
fn keys(
    api: &Api,
    username: Name,
    entry: Option<&AccountEntry>,
) -> Result<Vec<PublicKey>, ApiError> {
    let stored = || entry.and_then(|it| it.public_key.clone());
    let Some(node) = api.node_if() else {
        return Ok(stored().into_iter().collect());
    };
    let Some(account) = node.find_account(username)? else {
        return Ok(stored().into_iter().collect());
    };
    let Some(active) = account.permission(name!("active")) else {
        return Ok(Vec::new());
    };
    let auth = &active.required_auth;
    let enough = auth
        .keys
        .iter()
        .filter(|it| u32::from(it.weight) >= auth.threshold);
    Ok(enough.filter_map(|it| it.key.key().cloned()).collect())
}
