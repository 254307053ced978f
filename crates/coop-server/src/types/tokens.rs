//! Logging in.

use super::account::Account;
use super::scalar::DateTime;
use async_graphql::{InputObject, SimpleObject};

/// A login by a signature of the chain's time.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct LoginInput {
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
    pub(crate) username: String,
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
    pub(crate) expires: DateTime,
}

/// Both tokens of a session.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct RefreshInput {
    pub(crate) access_token: String,
    pub(crate) refresh_token: String,
}

/// Both tokens of a session.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct LogoutInput {
    pub(crate) access_token: String,
    pub(crate) refresh_token: String,
}

/// Who has logged in, with the tokens of the session.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct RegisteredAccount {
    pub(crate) account: Account,
    pub(crate) tokens: Tokens,
}

/// The tokens of a session.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct Tokens {
    pub(crate) access: Token,
    pub(crate) refresh: Token,
}

/// A token.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct Token {
    pub(crate) expires: DateTime,
    pub(crate) token: String,
}
