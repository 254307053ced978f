//! NET and CPU: by stakes, or rented.

use super::amount::core_amount;
use super::{SYSTEM, one, ram};
use crate::commands::sending::Sending;
use crate::{Console, Failure, Fallible, Report, Session};
use antelope_types::{Name, PermissionLevel, name};
use clap::Args;
use serde_json::json;

/// Stakes for NET and CPU. Amounts are of the chain's core token, whose name and digits may be left out.
#[derive(Args, Clone, Debug)]
pub struct Delegate {
    /// Who stakes
    pub from: Name,
    /// For whom
    pub receiver: Name,
    /// For NET
    pub stake_net_quantity: String,
    /// For CPU
    pub stake_cpu_quantity: String,
    /// Buy RAM as well, for so many tokens
    #[arg(long, value_name = "AMOUNT", conflicts_with = "buy_ram_bytes")]
    pub buyram: Option<String>,
    /// Buy RAM as well, so many bytes
    #[arg(long, value_name = "BYTES")]
    pub buy_ram_bytes: Option<u32>,
    /// The stakes become the receiver's
    #[arg(long)]
    pub transfer: bool,
}

/// Stakes to take back.
#[derive(Args, Clone, Debug)]
pub struct Undelegate {
    /// Who has staked
    pub from: Name,
    /// For whom
    pub receiver: Name,
    /// From NET
    pub unstake_net_quantity: String,
    /// From CPU
    pub unstake_cpu_quantity: String,
}

/// NET and CPU to rent. Fractions are of the whole chain, in units of 10^-15.
#[derive(Args, Clone, Debug)]
pub struct PowerUp {
    /// Who pays
    pub payer: Name,
    /// For whom
    pub receiver: Name,
    /// How many days, as the chain offers them
    pub days: u32,
    /// Share of the chain's NET, in units of 10^-15
    pub net_frac: i64,
    /// Share of the chain's CPU, in units of 10^-15
    pub cpu_frac: i64,
    /// The most that is paid for it
    pub max_payment: String,
}

pub(super) fn delegate(
    session: &Session,
    console: &mut Console<'_>,
    it: &Sending<Delegate>,
) -> Fallible<Report> {
    let given = &it.given;
    let (from, receiver) = (given.from, given.receiver);
    let net = core_amount(session, &given.stake_net_quantity)?;
    let cpu = core_amount(session, &given.stake_cpu_quantity)?;
    let usual = PermissionLevel::active(from);
    let arguments = json!([from, receiver, net, cpu, given.transfer]);
    let mut actions = vec![it.action(session, SYSTEM, name!("delegatebw"), usual, &arguments)?];
    if let Some(amount) = &given.buyram {
        actions.push(ram::ram(it, session, from, receiver, amount)?);
    }
    if let Some(bytes) = given.buy_ram_bytes {
        actions.push(ram::ram_bytes(it, session, from, receiver, bytes)?);
    }
    let said = format!("{from} stakes {net} for NET and {cpu} for CPU of {receiver}");
    it.transact(session, console, said, actions)
}

pub(super) fn undelegate(
    session: &Session,
    console: &mut Console<'_>,
    it: &Sending<Undelegate>,
) -> Fallible<Report> {
    let given = &it.given;
    let (from, receiver) = (given.from, given.receiver);
    let net = core_amount(session, &given.unstake_net_quantity)?;
    let cpu = core_amount(session, &given.unstake_cpu_quantity)?;
    let arguments = json!([from, receiver, net, cpu]);
    let said = format!("{from} takes {net} from NET and {cpu} from CPU of {receiver} back");
    one(it, session, console, "undelegatebw", from, &arguments, said)
}

pub(super) fn power_up(
    session: &Session,
    console: &mut Console<'_>,
    it: &Sending<PowerUp>,
) -> Fallible<Report> {
    let given = &it.given;
    let abi = session.client.abi(SYSTEM)?;
    if abi.definition().find_action(name!("powerup")).is_none() {
        let message = "the system contract of this chain has no powerup";
        return Err(Failure::not_found("action.none", message)
            .hint("stake instead: system delegatebw; or rent by system rex rentcpu"));
    }
    let most = core_amount(session, &given.max_payment)?;
    let arguments = json!([
        given.payer,
        given.receiver,
        given.days,
        given.net_frac,
        given.cpu_frac,
        most
    ]);
    let said = format!(
        "{} rents NET and CPU for {} days for {}, for {} at most",
        given.payer, given.days, given.receiver, most
    );
    one(
        it,
        session,
        console,
        "powerup",
        given.payer,
        &arguments,
        said,
    )
}

/// Whether an amount is nothing, with or without the name of its token.
pub(super) fn is_zero(amount: &str) -> bool {
    let (number, _) = amount.split_once(' ').unwrap_or((amount, ""));
    !number.is_empty() && number.bytes().all(|it| matches!(it, b'0' | b'.'))
}
