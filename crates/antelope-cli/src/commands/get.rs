//! `get`: what is on the chain.

use crate::{Console, Outcome, Report, Session};
use clap::Subcommand;

/// Read the chain.
#[derive(Subcommand, Clone, Debug)]
pub enum Get {
    /// The chain's head, its id and its limits
    Info,
}

/// Runs a command of the group.
///
/// # Errors
/// Those of the client.
pub fn run(session: &Session, _console: &mut Console<'_>, command: &Get) -> Outcome<Report> {
    match command {
        Get::Info => Ok(Report::json(
            session
                .client
                .call("/v1/chain/get_info", &serde_json::json!({}))?,
        )),
    }
}
