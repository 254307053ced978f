//! `get currency`: balances and supplies of tokens.

use crate::{Fallible, Report, Session};
use antelope_types::Name;
use clap::Subcommand;
use serde_json::{Value, json};

/// Balances and supplies of tokens
#[derive(Subcommand, Clone, Debug)]
pub enum Currency {
    /// What an account has
    Balance {
        /// The token's contract
        contract: Name,
        /// The account
        account: Name,
        /// Only this token
        symbol: Option<String>,
    },
    /// How much there is, and how much there may be
    Stats {
        /// The token's contract
        contract: Name,
        /// The token
        symbol: String,
    },
}

/// Runs a command of the group.
///
/// # Errors
/// Those of the client.
pub(super) fn run(session: &Session, command: &Currency) -> Fallible<Report> {
    match command {
        Currency::Balance {
            contract,
            account,
            symbol,
        } => {
            let mut request = json!({ "code": contract, "account": account });
            if let Some(symbol) = symbol {
                request["symbol"] = json!(symbol);
            }
            let answer: Value = session
                .client
                .call("/v1/chain/get_currency_balance", &request)?;
            let balances = answer.as_array().into_iter().flatten();
            let lines: Vec<_> = balances.filter_map(Value::as_str).collect();
            let text = lines.join("\n");
            Ok(Report::new(answer, text))
        }
        Currency::Stats { contract, symbol } => {
            let request = json!({ "code": contract, "symbol": symbol });
            let path = "/v1/chain/get_currency_stats";
            Ok(Report::json(session.client.call(path, &request)?))
        }
    }
}
