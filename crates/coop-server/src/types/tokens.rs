//! Logging in.

use super::account::Account;
use super::scalar::DateTime;
use async_graphql::{InputObject, SimpleObject};

/// A login by a signature of the chain's time.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct LoginInput {
    /// The e-mail address.
    pub(crate) email: String,
    /// The time of the newest block, as the node tells it.
    pub(crate) now: String,
    /// A K1 signature of SHA-256 of that text.
    pub(crate) signature: String,
}

/// A login by a signature of a challenge, of any kind of key.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct ChallengeLoginInput {
    /// Who logs in.
    pub(crate) username: String,
    /// The challenge that was signed.
    pub(crate) challenge: String,
    /// A signature of `digest`: K1, R1 or WebAuthn.
    pub(crate) signature: String,
}

/// What is to be signed to log in.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct LoginChallenge {
    /// A random text that is good for one login.
    pub(crate) challenge: String,
    /// What is signed, in hexadecimal digits: SHA-256 of the text `message`.
    pub(crate) digest: String,
    /// What the digest is of: it names its purpose, the chain, the cooperative, the account and the challenge.
    pub(crate) message: String,
    /// When it ends.
    pub(crate) expires: DateTime,
}

/// Both tokens of a session.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct RefreshInput {
    /// The access token.
    pub(crate) access_token: String,
    /// The refresh token.
    pub(crate) refresh_token: String,
}

/// Both tokens of a session.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct LogoutInput {
    /// The access token.
    pub(crate) access_token: String,
    /// The refresh token.
    pub(crate) refresh_token: String,
}

/// Who has logged in, with the tokens of the session.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct RegisteredAccount {
    /// The account.
    pub(crate) account: Account,
    /// The tokens of the session.
    pub(crate) tokens: Tokens,
}

/// The tokens of a session.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct Tokens {
    /// The token of requests.
    pub(crate) access: Token,
    /// The token that gives new ones, once.
    pub(crate) refresh: Token,
}

/// A token.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct Token {
    /// When it ends.
    pub(crate) expires: DateTime,
    /// The token.
    pub(crate) token: String,
}
