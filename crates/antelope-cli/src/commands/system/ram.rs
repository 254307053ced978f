//! RAM: bought and sold on the chain's market.

use super::amount::core_amount;
use super::{SYSTEM, one};
use crate::commands::sending::Sending;
use crate::{Console, Failure, Fallible, Report, Session};
use antelope_types::{Action, Name, PermissionLevel, name};
use clap::Args;
use serde_json::json;

/// RAM to buy.
#[derive(Args, Clone, Debug)]
pub struct BuyRam {
    /// Who pays
    pub payer: Name,
    /// Who gets the RAM
    pub receiver: Name,
    /// How much, in tokens, such as 1.5; in KiB or bytes with one of the options
    pub amount: String,
    /// The amount is in KiB
    #[arg(short, long, conflicts_with = "bytes")]
    pub kbytes: bool,
    /// The amount is in bytes
    #[arg(short, long)]
    pub bytes: bool,
}

/// RAM to sell.
#[derive(Args, Clone, Debug)]
pub struct SellRam {
    /// Whose RAM
    pub account: Name,
    /// How much, in bytes
    pub bytes: u64,
}

pub(super) fn buy(
    session: &Session,
    console: &mut Console<'_>,
    it: &Sending<BuyRam>,
) -> Fallible<Report> {
    let BuyRam {
        payer,
        receiver,
        amount,
        kbytes,
        bytes,
    } = &it.given;
    let action = match (kbytes, bytes) {
        (false, false) => ram(it, session, *payer, *receiver, amount)?,
        _ => {
            let count: u32 = amount.parse().map_err(|_| too_much(amount))?;
            let count = if *kbytes { of_kbytes(count)? } else { count };
            ram_bytes(it, session, *payer, *receiver, count)?
        }
    };
    let unit = match (kbytes, bytes) {
        (true, _) => " KiB of RAM",
        (_, true) => " bytes of RAM",
        _ => " worth of RAM",
    };
    let said = format!("{payer} buys {amount}{unit} for {receiver}");
    it.transact(session, console, said, vec![action])
}

/// So many KiB in bytes.
///
/// # Errors
/// `usage.argument` where that is more than a chain sells at once.
pub(super) fn of_kbytes(count: u32) -> Fallible<u32> {
    count
        .checked_mul(1024)
        .ok_or_else(|| too_much(&format!("{count} KiB")))
}

fn too_much(amount: &str) -> Box<Failure> {
    Failure::usage(format!(
        "{amount:?} is not a number of bytes that can be bought"
    ))
    .expected("4294967295 bytes or 4194303 KiB at most")
}

/// The action that buys RAM for so many tokens.
pub(super) fn ram<T: Args>(
    it: &Sending<T>,
    session: &Session,
    payer: Name,
    receiver: Name,
    amount: &str,
) -> Fallible<Action> {
    let usual = PermissionLevel::active(payer);
    let amount = core_amount(session, amount)?;
    let arguments = json!([payer, receiver, amount]);
    it.action(session, SYSTEM, name!("buyram"), usual, &arguments)
}

/// The action that buys so many bytes.
pub(super) fn ram_bytes<T: Args>(
    it: &Sending<T>,
    session: &Session,
    payer: Name,
    receiver: Name,
    bytes: u32,
) -> Fallible<Action> {
    let usual = PermissionLevel::active(payer);
    let abi = session.client.abi(SYSTEM)?;
    if abi.definition().find_action(name!("buyrambytes")).is_none() {
        let message = "the system contract of this chain does not sell RAM by the byte";
        return Err(Failure::not_found("action.none", message).hint(format!(
            "buy it for an amount: system buyram {payer} {receiver} AMOUNT"
        )));
    }
    let arguments = json!([payer, receiver, bytes]);
    it.action(session, SYSTEM, name!("buyrambytes"), usual, &arguments)
}

pub(super) fn sell(
    session: &Session,
    console: &mut Console<'_>,
    it: &Sending<SellRam>,
) -> Fallible<Report> {
    let SellRam { account, bytes } = it.given;
    let said = format!("{account} sells {bytes} bytes of RAM");
    let arguments = json!([account, bytes]);
    one(it, session, console, "sellram", account, &arguments, said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_can_be_bought_is_refused() {
        assert_eq!(of_kbytes(4_194_303).unwrap(), 4_294_966_272);
        assert_eq!(of_kbytes(4_194_304).unwrap_err().code, "usage.argument");
    }
}
