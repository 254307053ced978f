//! `transfer`: tokens from one account to another.

use crate::transact::{Intent, SendOptions, transact};
use crate::{Console, Outcome, Report, Session};
use antelope_types::{Name, PermissionLevel, name};
use clap::Args;
use serde_json::json;

/// Transfer tokens.
#[derive(Args, Clone, Debug)]
pub struct Transfer {
    /// Who pays
    pub sender: Name,
    /// Who is paid
    pub recipient: Name,
    /// How much, such as "1.0000 EOS"
    pub amount: String,
    /// What for
    #[arg(default_value = "")]
    pub memo: String,
    /// The token's contract
    #[arg(short, long, default_value_t = name!("eosio.token"))]
    pub contract: Name,
    #[command(flatten)]
    #[allow(missing_docs)] // A text here would replace the command's own.
    pub send: SendOptions,
}

/// Runs the command.
///
/// # Errors
/// As [`transact`].
pub fn run(session: &Session, console: &mut Console<'_>, given: &Transfer) -> Outcome<Report> {
    let Transfer {
        sender,
        recipient,
        amount,
        memo,
        contract,
        send,
    } = given;
    let arguments = json!({ "from": sender, "to": recipient, "quantity": amount, "memo": memo });
    let level = PermissionLevel::active(*sender);
    let mut action = session
        .client
        .action(*contract, name!("transfer"), level, &arguments)?;
    action.authorization = send.levels_or(level);
    let intent = Intent {
        sentence: format!("transfer {amount} from {sender} to {recipient}"),
        actions: vec![action],
    };
    transact(session, console, send, &intent)
}
