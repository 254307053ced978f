//! One transaction by the way of `veche`: signed, kept until its outcome is known, sent, waited for.

use crate::arguments::Rollout;
use crate::failure::Failure;
use crate::output::Output;
use antelope_cli::transact::{Intent, SendOptions, transact};
use antelope_cli::{Console, Session};
use serde_json::Value;

/// How transactions are signed, and that each is waited for.
pub(super) fn send_options(arguments: &Rollout) -> SendOptions {
    SendOptions {
        expiration: Some(120),
        retry_num_blocks: Some(1),
        proposal_expiration: arguments.proposal_expiration,
        keys: arguments.keys.clone(),
        ..SendOptions::default()
    }
}

/// One transaction by the way of `veche`.
pub(super) fn send(
    session: &Session,
    output: &Output,
    options: &SendOptions,
    intent: &Intent,
) -> Result<Value, Box<Failure>> {
    let (mut out, mut err) = (std::io::sink(), std::io::stderr());
    let mut console = Console::new(&mut out, &mut err);
    console.configure(false, output.is_quiet());
    let outcome = transact(session, &mut console, options, intent);
    // What was executed is seen in the chain itself by the next run.
    console.told();
    Ok(outcome?.data)
}

/// The failures of `antelope-cli`, with their codes and exit codes.
impl From<Box<antelope_cli::Failure>> for Box<Failure> {
    fn from(failure: Box<antelope_cli::Failure>) -> Self {
        let message = match &failure.expected {
            Some(expected) => format!("{}; expected {expected}", failure.message),
            None => failure.message.clone(),
        };
        Box::new(Failure {
            hint: failure.hint.clone(),
            details: failure.details.clone(),
            exit: failure.exit(),
            ..Failure::new(&failure.code, message)
        })
    }
}
