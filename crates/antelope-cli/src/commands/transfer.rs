//! `transfer`: tokens from one account to another.

use crate::given;
use crate::transact::{Intent, SendOptions, transact};
use crate::{Console, Fallible, Report, Session};
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
    /// Pay for the row of the recipient's balance
    #[arg(long)]
    pub pay_ram_to_open: bool,
    #[command(flatten)]
    #[allow(missing_docs)] // A text here would replace the command's own.
    pub send: SendOptions,
}

/// Runs the command.
///
/// # Errors
/// As [`transact`].
pub fn run(session: &Session, console: &mut Console<'_>, given: &Transfer) -> Fallible<Report> {
    let Transfer {
        sender,
        recipient,
        amount,
        memo,
        contract,
        pay_ram_to_open,
        send,
    } = given;
    let arguments = json!({ "from": sender, "to": recipient, "quantity": amount, "memo": memo });
    let level = PermissionLevel::active(*sender);
    let mut transfer = session
        .client
        .action(*contract, name!("transfer"), level, &arguments)?;
    transfer.authorization = send.levels_or(level);
    let mut actions = Vec::new();
    if *pay_ram_to_open {
        let symbol = symbol_of(amount)?;
        let open = json!({ "owner": recipient, "symbol": symbol, "ram_payer": sender });
        let client = &session.client;
        let mut open = client.action(*contract, name!("open"), level, &open)?;
        open.authorization = send.levels_or(level);
        actions.push(open);
    }
    actions.push(transfer);
    let sentence = format!("transfer {amount} from {sender} to {recipient}");
    let intent = Intent::new(sentence, actions);
    transact(session, console, send, &intent)
}

/// The symbol of an amount: `4,EOS` of `1.0000 EOS`.
fn symbol_of(amount: &str) -> Fallible<String> {
    Ok(given::amount(amount)?.symbol.to_string())
}
