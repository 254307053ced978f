//! RAM: bought and sold on the chain's market.

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
    /// How much, in tokens; in KiB or bytes with one of the options
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
            let count: Option<u32> = amount.parse().ok();
            let count = count.and_then(|it| it.checked_mul(if *kbytes { 1024 } else { 1 }));
            let count = count.ok_or_else(|| {
                Failure::usage(format!(
                    "{amount:?} is not a number of bytes that can be bought"
                ))
            })?;
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

/// The action that buys RAM for so many tokens.
pub(super) fn ram<T: Args>(
    it: &Sending<T>,
    session: &Session,
    payer: Name,
    receiver: Name,
    amount: &str,
) -> Fallible<Action> {
    let usual = PermissionLevel::active(payer);
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
