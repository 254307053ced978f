//! What the API refuses, with a stable code for programs and words for people.
//!
//! | code | when |
//! |---|---|
//! | `UNAUTHENTICATED` | nobody has logged in, and the operation needs somebody |
//! | `TOKEN_REFUSED` | the token is unknown, over, or revoked |
//! | `FORBIDDEN` | the caller has not the role |
//! | `BAD_INPUT` | a field cannot be what it is; `field` names it |
//! | `NOT_FOUND` | there is no such thing |
//! | `ALREADY_EXISTS` | there is one already |
//! | `NOT_NOW` | what is asked does not fit the state of things |
//! | `LOGIN_REFUSED` | the e-mail address, the account or the signature is not right; which is not said |
//! | `LOGIN_STALE` | the signed time is too far from the chain's |
//! | `LOGIN_REPLAYED` | the signature was used before |
//! | `TOO_MANY_REQUESTS` | a rate is exceeded; `retry_after` says for how many seconds |
//! | `NODE_UNAVAILABLE` | the node does not answer; whether a transaction was executed may be unknown |
//! | `REFUSED_BY_CHAIN` | the chain refuses the transaction; `refusal` has the contract's code, `exception` the name of the node's error |
//! | `REGISTRY_BEHIND` | the caller has not the role by the registry, which does not know the newest blocks |
//! | `NOT_CONFIGURED` | the server was started without what the operation needs |
//! | `BAD_REQUEST`, `GRAPHQL_INVALID`, `TOO_COMPLEX`, `TOO_LARGE`, `TIMEOUT`, `BUSY` | the request itself |
//! | `INTERNAL` | a fault of the server; `reference` is in its log |

use crate::messages;
use antelope_rpc_client::ClientError;
use async_graphql::{ErrorExtensionValues, Response, ServerError};
use coop_client::ReadError;
use coop_index::IndexError;
use coop_language::{Lang, Words};
use coop_model::refusal;
use coop_private::PrivateError;
use std::fmt;

/// Why an operation is refused.
#[derive(Clone, Debug)]
pub(crate) enum ApiError {
    /// Nobody has logged in.
    Unauthenticated,
    /// The token is unknown, over, or revoked.
    TokenRefused,
    /// The caller has not the role that the operation needs.
    Forbidden {
        /// The operation, as the schema names it.
        operation: &'static str,
    },
    /// A field cannot be what it is.
    Field {
        /// Its name, as the schema has it.
        field: String,
        /// What was expected.
        expected: Words,
    },
    /// There is no such thing.
    NotFound {
        /// What there is not.
        what: Words,
    },
    /// There is one already.
    AlreadyExists {
        /// What there is.
        what: Words,
    },
    /// What is asked does not fit the state of things.
    NotNow {
        /// Why, and what can be done.
        why: Words,
    },
    /// The e-mail address, the account or the signature is not right.
    LoginRefused,
    /// The signed time is too far from the chain's.
    LoginStale {
        /// How many seconds it may be.
        seconds: i64,
    },
    /// The signature was used before.
    LoginReplayed,
    /// A rate is exceeded.
    TooMany {
        /// After how many seconds it is not any more.
        retry_after: u64,
    },
    /// The node does not answer.
    NodeUnavailable,
    /// The chain refuses the transaction.
    Refused {
        /// The code of the contract's refusal, where it is one of ours.
        code: Option<u64>,
        /// The name of the node's error, such as `unsatisfied_authorization`.
        exception: String,
        /// Why, in Russian.
        ru: String,
        /// Why, in English.
        en: String,
    },
    /// The caller has not the role by the registry, which does not know the newest blocks.
    Behind {
        /// How far it is.
        notice: Words,
    },
    /// The server was started without what the operation needs.
    NotConfigured {
        /// What is missing.
        what: Words,
    },
    /// The request is not one of GraphQL over HTTP.
    BadRequest {
        /// What was expected.
        expected: Words,
    },
    /// The request breaks a bound.
    TooComplex {
        /// What there are too many of.
        what: Words,
        /// How many there may be.
        most: usize,
    },
    /// The body is too long.
    TooLarge {
        /// How many bytes it may have.
        most: usize,
    },
    /// It took too long.
    Timeout,
    /// Too many requests are being answered.
    Busy,
    /// A fault of the server. What it was is in the log, under this number.
    Internal {
        /// The number.
        reference: String,
    },
}

impl ApiError {
    /// A field that cannot be what it is.
    pub(crate) fn field(field: impl Into<String>, expected: Words) -> Self {
        let field = field.into();
        Self::Field { field, expected }
    }

    /// There is no such thing.
    pub(crate) fn not_found(what: &'static str) -> Self {
        let what = Words::of(what);
        Self::NotFound { what }
    }

    /// A fault of the server, which is logged.
    pub(crate) fn internal(problem: &dyn fmt::Display) -> Self {
        let reference = crate::random::digits::<8>().unwrap_or_else(|_| "0".to_owned());
        tracing::error!(reference, %problem, "internal error");
        Self::Internal { reference }
    }

    /// The code, which never changes.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::TokenRefused => "TOKEN_REFUSED",
            Self::Forbidden { .. } => "FORBIDDEN",
            Self::Field { .. } => "BAD_INPUT",
            Self::NotFound { .. } => "NOT_FOUND",
            Self::AlreadyExists { .. } => "ALREADY_EXISTS",
            Self::NotNow { .. } => "NOT_NOW",
            Self::LoginRefused => "LOGIN_REFUSED",
            Self::LoginStale { .. } => "LOGIN_STALE",
            Self::LoginReplayed => "LOGIN_REPLAYED",
            Self::TooMany { .. } => "TOO_MANY_REQUESTS",
            Self::NodeUnavailable => "NODE_UNAVAILABLE",
            Self::Refused { .. } => "REFUSED_BY_CHAIN",
            Self::Behind { .. } => "REGISTRY_BEHIND",
            Self::NotConfigured { .. } => "NOT_CONFIGURED",
            Self::BadRequest { .. } => "BAD_REQUEST",
            Self::TooComplex { .. } => "TOO_COMPLEX",
            Self::TooLarge { .. } => "TOO_LARGE",
            Self::Timeout => "TIMEOUT",
            Self::Busy => "BUSY",
            Self::Internal { .. } => "INTERNAL",
        }
    }

    /// What is said to people.
    pub(crate) fn say(&self, lang: Lang) -> String {
        let messages = messages::of(lang);
        let words = match self {
            Self::Refused { ru, en, .. } => {
                return match lang {
                    Lang::Ru => ru.clone(),
                    Lang::En => en.clone(),
                };
            }
            Self::Unauthenticated => Words::of("error.unauthenticated"),
            Self::TokenRefused => Words::of("error.token_refused"),
            Self::Forbidden { operation } => {
                Words::of("error.forbidden").with("operation", operation)
            }
            Self::Field { field, expected } => Words::of("error.field")
                .with("field", field)
                .with("expected", expected.say(messages)),
            Self::NotFound { what } => {
                Words::of("error.not_found").with("what", what.say(messages))
            }
            Self::AlreadyExists { what } => {
                Words::of("error.already_exists").with("what", what.say(messages))
            }
            Self::NotNow { why } => return why.say(messages),
            Self::LoginRefused => Words::of("error.login_refused"),
            Self::LoginStale { seconds } => Words::of("error.login_stale").with("seconds", seconds),
            Self::LoginReplayed => Words::of("error.login_replayed"),
            Self::TooMany { retry_after } => {
                Words::of("error.too_many").with("seconds", retry_after)
            }
            Self::NodeUnavailable => Words::of("error.node_unavailable"),
            Self::Behind { notice } => {
                Words::of("error.behind").with("notice", notice.say(messages))
            }
            Self::NotConfigured { what } => {
                Words::of("error.not_configured").with("what", what.say(messages))
            }
            Self::BadRequest { expected } => {
                Words::of("error.bad_request").with("expected", expected.say(messages))
            }
            Self::TooComplex { what, most } => Words::of("error.too_complex")
                .with("what", what.say(messages))
                .with("most", most),
            Self::TooLarge { most } => Words::of("error.too_large").with("most", most),
            Self::Timeout => Words::of("error.timeout"),
            Self::Busy => Words::of("error.busy"),
            Self::Internal { reference } => {
                Words::of("error.internal").with("reference", reference)
            }
        };
        words.say(messages)
    }

    /// What goes with the code.
    fn extensions(&self) -> ErrorExtensionValues {
        let mut values = ErrorExtensionValues::default();
        values.set("code", self.code());
        match self {
            Self::Field { field, .. } => values.set("field", field.as_str()),
            Self::TooMany { retry_after } => values.set("retry_after", *retry_after),
            Self::Refused {
                code, exception, ..
            } => {
                values.set("exception", exception.as_str());
                if let Some(code) = code {
                    values.set("refusal", *code);
                }
            }
            Self::Internal { reference } => values.set("reference", reference.as_str()),
            _ => {}
        }
        values
    }

    /// The error as a reply has it.
    pub(crate) fn to_server_error(&self, lang: Lang) -> ServerError {
        let mut error = ServerError::new(self.say(lang), None);
        error.extensions = Some(self.extensions());
        error
    }
}

/// In English, for the log and for what has no language.
impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Lang::En))
    }
}

impl From<IndexError> for ApiError {
    fn from(error: IndexError) -> Self {
        match error {
            IndexError::Cursor(_) => Self::field("cursor", Words::of("expected.cursor")),
            other => Self::internal(&other),
        }
    }
}

impl From<rusqlite::Error> for ApiError {
    fn from(error: rusqlite::Error) -> Self {
        Self::internal(&error)
    }
}

impl From<PrivateError> for ApiError {
    fn from(error: PrivateError) -> Self {
        Self::internal(&error)
    }
}

impl From<ReadError> for ApiError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Client(error) => error.into(),
            other => Self::internal(&other),
        }
    }
}

impl From<ClientError> for ApiError {
    fn from(error: ClientError) -> Self {
        match &error {
            ClientError::Chain(refused) => {
                let exception = refused.error.name().to_owned();
                let known = error.assertion().and_then(refusal::find);
                let (code, ru, en) = match known {
                    Some(found) => {
                        let refusal = found.refusal;
                        (
                            Some(refusal.code),
                            found.ru.to_owned(),
                            refusal.text.to_owned(),
                        )
                    }
                    None => {
                        let words = of_exception(&exception, &refused.error);
                        let [ru, en] = [Lang::Ru, Lang::En].map(|it| words.say(messages::of(it)));
                        (None, ru, en)
                    }
                };
                Self::Refused {
                    code,
                    exception,
                    ru,
                    en,
                }
            }
            _ => {
                tracing::warn!(problem = %error, "the node does not answer");
                Self::NodeUnavailable
            }
        }
    }
}

/// What is said of a node's error: why, and what is to be done. Others are told in the node's words.
fn of_exception(name: &str, error: &dyn fmt::Display) -> Words {
    match name {
        "unsatisfied_authorization" => Words::of("chain.unsatisfied"),
        "tx_irrelevant_sig" | "irrelevant_auth_exception" => Words::of("chain.irrelevant"),
        "expired_tx_exception" => Words::of("chain.expired"),
        "invalid_ref_block_exception" => Words::of("chain.ref_block"),
        "tx_duplicate" => Words::of("chain.duplicate"),
        "tx_duplicate_sig" => Words::of("chain.duplicate_signature"),
        "ram_usage_exceeded" => Words::of("chain.ram"),
        "tx_cpu_usage_exceeded" | "tx_net_usage_exceeded" => Words::of("chain.resources"),
        _ => Words::of("chain.other").with("text", error),
    }
}

/// Puts the errors of a reply into a language, and gives each its code.
pub(crate) fn in_language(mut response: Response, lang: Lang) -> Response {
    for error in &mut response.errors {
        if let Some(known) = error.source::<ApiError>() {
            let told = known.to_server_error(lang);
            error.message = told.message;
            error.extensions = told.extensions;
        } else if error.extensions.is_none() {
            let mut values = ErrorExtensionValues::default();
            let code = code_of(&error.message);
            values.set("code", code);
            error.extensions = Some(values);
            if code == "TOO_COMPLEX" {
                error.message = Words::of("error.too_deep").say(messages::of(lang));
            }
        }
    }
    response
}

/// The code of an error that the library of GraphQL has found: about bounds, or about the request.
fn code_of(message: &str) -> &'static str {
    const BOUNDS: [&str; 5] = [
        "Query is too complex",
        "Query is nested too deep",
        "The recursion depth",
        "The number of directives",
        "recursion limit exceeded",
    ];
    match BOUNDS.iter().any(|it| message.starts_with(it)) {
        true => "TOO_COMPLEX",
        false => "GRAPHQL_INVALID",
    }
}
