//! `system newaccount`: an account with RAM and stakes.

use super::SYSTEM;
use super::amount::core_amount;
use super::ram::{of_kbytes, ram, ram_bytes};
use super::stake::is_zero;
use crate::commands::create::{CreateAccount, new_account};
use crate::commands::sending::Sending;
use crate::{Console, Failure, Fallible, Report, Session};
use antelope_types::{PermissionLevel, name};
use clap::Args;
use serde_json::json;

/// A new account, its RAM and its stakes.
#[derive(Args, Clone, Debug)]
pub struct NewAccountArgs {
    #[command(flatten)]
    #[allow(missing_docs)]
    pub account: CreateAccount,
    /// Tokens to stake for NET; none for an account that rents it or lets others pay
    #[arg(long, value_name = "AMOUNT", default_value = "0")]
    pub stake_net: String,
    /// Tokens to stake for CPU; none for an account that rents it or lets others pay
    #[arg(long, value_name = "AMOUNT", default_value = "0")]
    pub stake_cpu: String,
    /// RAM to buy, in KiB
    #[arg(long, value_name = "KIB", group = "ram")]
    pub buy_ram_kbytes: Option<u32>,
    /// RAM to buy, in bytes
    #[arg(long, value_name = "BYTES", group = "ram")]
    pub buy_ram_bytes: Option<u32>,
    /// RAM to buy, in tokens
    #[arg(long, value_name = "AMOUNT", group = "ram")]
    pub buy_ram: Option<String>,
    /// The stakes become the new account's
    #[arg(long)]
    pub transfer: bool,
}

pub(super) fn run(
    session: &Session,
    console: &mut Console<'_>,
    it: &Sending<NewAccountArgs>,
) -> Fallible<Report> {
    let given = &it.given;
    let (creator, name) = (given.account.creator, given.account.name);
    let usual = PermissionLevel::active(creator);
    let levels = it.send.levels_or(usual);
    let mut actions = vec![new_account(&given.account, &levels)?];
    let kbytes = given.buy_ram_kbytes.map(of_kbytes).transpose()?;
    let buy = match (&given.buy_ram, kbytes.or(given.buy_ram_bytes)) {
        (Some(amount), _) => ram(it, session, creator, name, amount)?,
        (None, Some(bytes)) => ram_bytes(it, session, creator, name, bytes)?,
        (None, None) => {
            return Err(
                Failure::usage("an account needs RAM: about 3 KiB for itself")
                    .expected("--buy-ram-kbytes, --buy-ram-bytes or --buy-ram"),
            );
        }
    };
    actions.push(buy);
    let net = core_amount(session, &given.stake_net)?;
    let cpu = core_amount(session, &given.stake_cpu)?;
    if !is_zero(&net) || !is_zero(&cpu) {
        let arguments = json!([creator, name, net, cpu, given.transfer]);
        let stake = it.action(session, SYSTEM, name!("delegatebw"), usual, &arguments)?;
        actions.push(stake);
    }
    let sentence = format!("{creator} creates account {name}");
    it.transact(session, console, sentence, actions)
}
