//! How a command ends when it does not end well.
//!
//! Each failure has a code for programs, which stays the same when the text changes, an exit code that
//! follows from it, and a next step where one is known.
//!
//! | exit | code | cause |
//! |---|---|---|
//! | 1 | any other | a file, a key, a fault of the program |
//! | 2 | `usage`, `usage.…`, `keys.name` | an argument that cannot be used |
//! | 3 | `declined` | not confirmed |
//! | 4 | `….none`, `keys.missing` | it does not exist |
//! | 5 | `node`, `node.…` | no usable answer |
//! | 6 | `chain.…` | the chain refuses, or would: `details` has its code, name and messages |
//! | 7 | `unconfirmed` | sent, and what became of it is not known |
//! | 8 | `mismatch.…` | another chain, other code than expected |

use crate::Report;
use crate::session::failover::OTHER_CHAIN;
use antelope_envelope::{Exit, Message};
use antelope_rpc_client::{ClientError, ErrorKind};
use serde_json::{Value, json};
use std::borrow::Cow;

/// The result of whatever can fail on the way of a command. Failures are boxed, since they are much
/// larger than results.
pub type Fallible<T> = Result<T, Box<Failure>>;

/// A failure with everything the user is told about it.
#[derive(Clone, Debug)]
pub struct Failure {
    /// A name for programs, such as `account.none`.
    pub code: Cow<'static, str>,
    /// What was wrong, in one sentence without a full stop.
    pub message: String,
    /// What was expected instead.
    pub expected: Option<String>,
    /// What to do; each line is a step or a possibility.
    pub hint: Option<String>,
    /// Data for programs, of a shape that depends on the code; null for none.
    pub details: Value,
    /// What was found all the same. It goes to stdout as the result of a success would.
    pub report: Option<Report>,
}

impl Failure {
    /// A failure. Its exit code follows from its code, see the table in `failure.rs`.
    pub fn new(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Box<Self> {
        Box::new(Self {
            code: code.into(),
            message: message.into(),
            expected: None,
            hint: None,
            details: Value::Null,
            report: None,
        })
    }

    /// An argument that cannot be used.
    pub fn usage(message: impl Into<String>) -> Box<Self> {
        Self::new("usage.argument", message)
    }

    /// Something that was not confirmed.
    pub fn declined(message: impl Into<String>) -> Box<Self> {
        let hint = "nothing was sent; --yes answers every question with yes";
        Self::new("declined", message).hint(hint)
    }

    /// Something that does not exist.
    pub fn not_found(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Box<Self> {
        Self::new(code, message)
    }

    /// The exit code, by the table in `failure.rs`.
    #[must_use]
    pub fn exit(&self) -> Exit {
        let (family, _) = self.code.split_once('.').unwrap_or((&self.code, ""));
        match (family, &*self.code) {
            (_, "keys.name") | ("usage", _) => Exit::WrongUse,
            (_, "keys.missing") => Exit::NotFound,
            (_, code) if code.ends_with(".none") => Exit::NotFound,
            ("declined", _) => Exit::Declined,
            ("node", _) => Exit::Network,
            ("chain", _) => Exit::Rejected,
            ("unconfirmed", _) => Exit::Unconfirmed,
            ("mismatch", _) => Exit::Mismatch,
            _ => Exit::Failure,
        }
    }

    /// Says what was expected.
    #[must_use]
    pub fn expected(mut self: Box<Self>, expected: impl Into<String>) -> Box<Self> {
        self.expected = Some(expected.into());
        self
    }

    /// Adds a next step, below those that are there.
    #[must_use]
    pub fn hint(mut self: Box<Self>, hint: impl AsRef<str>) -> Box<Self> {
        let hint = hint.as_ref();
        self.hint = Some(match self.hint.take() {
            Some(before) => format!("{before}\n{hint}"),
            None => hint.to_owned(),
        });
        self
    }

    /// What the user is told on stderr, and programs find under `errors`.
    #[must_use]
    pub fn to_message(&self) -> Message {
        let mut message = Message::new(self.code.clone(), self.message.clone());
        message.expected.clone_from(&self.expected);
        message.hint.clone_from(&self.hint);
        message.details(self.details.clone())
    }
}

/// Each failure of the client has a code, an exit code and, where one is known, a next step.
impl From<ClientError> for Box<Failure> {
    fn from(error: ClientError) -> Self {
        let code = match &error {
            ClientError::Url { .. } => "usage.url",
            ClientError::NoAbi { .. } => "abi.none",
            ClientError::Abi(_) => "usage.data",
            ClientError::Signing(_) => "keys.sign",
            ClientError::Waited { .. } => "unconfirmed",
            ClientError::Unsupported { .. } => "node.unsupported",
            ClientError::Chain(_) if error.is(ErrorKind::AccountQuery) => "account.none",
            ClientError::Chain(_) if error.is(ErrorKind::ContractTableQuery) => "table.none",
            ClientError::Chain(_) if error.is(ErrorKind::UnknownBlock) => "block.none",
            ClientError::Chain(_) => "chain.refused",
            ClientError::Shape { problem, .. } if problem.starts_with(OTHER_CHAIN) => {
                "mismatch.chain"
            }
            _ => "node",
        };
        let mut failure = Failure::new(code, error.to_string());
        if let Some(chain) = error.chain() {
            failure.details = json!({
                "code": chain.code(),
                "name": chain.name(),
                "what": chain.what(),
                "messages": chain.messages().collect::<Vec<_>>(),
                "contract_code": error.assertion_code(),
            });
        }
        match advice(&error) {
            Some(advice) => failure.hint(advice),
            None => failure,
        }
    }
}

/// What to do about the refusals that users meet most.
fn advice(error: &ClientError) -> Option<&'static str> {
    if let ClientError::Transport { timed_out, .. } = error {
        return Some(match timed_out {
            true => {
                "the node is slow or far away: run the command again, or take another with --url"
            }
            false => {
                "is the node running, and is the address right? another one with --url or --network"
            }
        });
    }
    if let ClientError::Shape { problem, .. } = error
        && problem.starts_with(OTHER_CHAIN)
    {
        return Some("nothing was signed; take another address or another network");
    }
    let advice = [
        (
            ErrorKind::ExpiredTx,
            "run the command again; -x SECONDS gives it more time",
        ),
        (
            ErrorKind::InvalidRefBlock,
            "the node is on another fork or behind: run the command again, or take another node",
        ),
        (
            ErrorKind::TxDuplicate,
            "the transaction is in the chain already: nothing was done twice",
        ),
        (
            ErrorKind::MissingAuth,
            "the action needs the authority of another account: add -p ACCOUNT@PERMISSION",
        ),
        (
            ErrorKind::IrrelevantAuth,
            "that permission is not linked to this action: use one that is, such as active",
        ),
        (
            ErrorKind::UnsatisfiedAuthorization,
            "a signature is missing: add its key, or see with `get account` whose keys are wanted",
        ),
        (
            ErrorKind::TxExpTooFar,
            "chains take an hour at most: a smaller -x SECONDS",
        ),
        (
            ErrorKind::AccountNameExists,
            "the account is there already: take another name, or see it with `get account`",
        ),
        (
            ErrorKind::RamUsageExceeded,
            "buy RAM for the account: system buyram PAYER ACCOUNT --bytes BYTES",
        ),
        (
            ErrorKind::TxCpuUsageExceeded,
            "the account's CPU is used up: wait, stake (system delegatebw), or rent (powerup)",
        ),
        (
            ErrorKind::TxNetUsageExceeded,
            "the account's NET is used up: wait, stake (system delegatebw), or rent (powerup)",
        ),
    ];
    if error
        .assertion()
        .is_some_and(|text| text.contains("overdrawn balance"))
    {
        return Some("the payer has less than that: get currency balance CONTRACT ACCOUNT");
    }
    let found = advice.into_iter().find(|(kind, _)| error.is(*kind));
    found.map(|(_, advice)| advice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_rpc_client::{ChainError, Refusal};

    #[test]
    fn a_refusal_has_the_chains_code_and_a_next_step() {
        let error = ChainError::new(ErrorKind::ExpiredTx, "expired transaction ab");
        let refusal = Refusal {
            status: 500,
            error,
            trace: None,
        };
        let failure = Box::<Failure>::from(ClientError::from(Box::new(refusal)));
        assert_eq!(
            (failure.exit(), &*failure.code),
            (Exit::Rejected, "chain.refused")
        );
        assert_eq!(failure.details["code"], json!(3_040_005));
        assert!(failure.hint.unwrap().contains("-x SECONDS"));
    }

    #[test]
    fn an_exit_code_follows_from_the_code() {
        for (code, exit) in [
            ("usage.argument", Exit::WrongUse),
            ("keys.name", Exit::WrongUse),
            ("declined", Exit::Declined),
            ("account.none", Exit::NotFound),
            ("keys.none", Exit::NotFound),
            ("keys.missing", Exit::NotFound),
            ("node", Exit::Network),
            ("node.answer", Exit::Network),
            ("node.limit", Exit::Network),
            ("chain.keys", Exit::Rejected),
            ("unconfirmed", Exit::Unconfirmed),
            ("mismatch.code", Exit::Mismatch),
            ("keys.passphrase", Exit::Failure),
            ("file.write", Exit::Failure),
        ] {
            assert_eq!(Failure::new(code, "").exit(), exit, "{code}");
        }
    }

    #[test]
    fn causes_have_exit_codes_of_their_own() {
        let transport = ClientError::Transport {
            url: "http://x".into(),
            problem: "refused".into(),
            timed_out: false,
        };
        let url = ClientError::Url {
            url: "x".into(),
            problem: "no scheme".into(),
        };
        let account = "alice".to_owned();
        let exits = [transport, url, ClientError::NoAbi { account }]
            .map(|error| Box::<Failure>::from(error).exit());
        assert_eq!(exits, [Exit::Network, Exit::WrongUse, Exit::NotFound]);
    }
}
