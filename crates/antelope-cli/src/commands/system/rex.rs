//! `system rex`: the exchange on which owners of tokens lend resources.

use super::{Owner, SYSTEM, one};
use crate::commands::sending::Sending;
use crate::{Console, Fallible, Report, Session};
use antelope_types::{Name, PermissionLevel, name};
use clap::{Args, Subcommand};
use serde_json::json;

/// Lend and rent resources.
#[derive(Subcommand, Clone, Debug)]
pub enum Rex {
    /// Put tokens into the owner's fund
    Deposit(Box<Sending<Fund>>),
    /// Take tokens from the owner's fund
    Withdraw(Box<Sending<Fund>>),
    /// Buy REX with tokens of the fund
    Buyrex(Box<Sending<Buy>>),
    /// Put tokens into the fund and buy REX with them
    Lendrex(Box<Sending<Buy>>),
    /// Buy REX with staked tokens
    Unstaketorex(Box<Sending<Unstake>>),
    /// Sell REX
    Sellrex(Box<Sending<Sell>>),
    /// Cancel an order to sell REX
    Cancelrexorder(Box<Sending<Owner>>),
    /// Move REX into savings
    Mvtosavings(Box<Sending<Savings>>),
    /// Move REX out of savings
    Mvfromsavings(Box<Sending<Savings>>),
    /// Rent CPU for 30 days
    Rentcpu(Box<Sending<Rent>>),
    /// Rent NET for 30 days
    Rentnet(Box<Sending<Rent>>),
    /// Put tokens into the fund of a loan of CPU
    Fundcpuloan(Box<Sending<FundLoan>>),
    /// Put tokens into the fund of a loan of NET
    Fundnetloan(Box<Sending<FundLoan>>),
    /// Take tokens from the fund of a loan of CPU
    Defundcpuloan(Box<Sending<DefundLoan>>),
    /// Take tokens from the fund of a loan of NET
    Defundnetloan(Box<Sending<DefundLoan>>),
    /// Make one bucket of all REX, which matures in four days
    Consolidate(Box<Sending<Owner>>),
    /// Bring the votes of the owner's REX up to date
    Updaterex(Box<Sending<Owner>>),
    /// Do what is due: expired loans and orders to sell
    Rexexec(Box<Sending<Exec>>),
    /// Remove rows of an owner that are not used any more
    Closerex(Box<Sending<Owner>>),
}

/// An amount of the owner's fund.
#[derive(Args, Clone, Debug)]
pub struct Fund {
    /// Whose fund
    pub owner: Name,
    /// How much
    pub amount: String,
}

/// An amount to buy REX for.
#[derive(Args, Clone, Debug)]
pub struct Buy {
    /// Who buys
    pub from: Name,
    /// For how much
    pub amount: String,
}

/// Stakes to buy REX for.
#[derive(Args, Clone, Debug)]
pub struct Unstake {
    /// Who buys
    pub owner: Name,
    /// For whom it is staked
    pub receiver: Name,
    /// How much of the stake for NET
    pub from_net: String,
    /// How much of the stake for CPU
    pub from_cpu: String,
}

/// REX to sell.
#[derive(Args, Clone, Debug)]
pub struct Sell {
    /// Who sells
    pub from: Name,
    /// How much
    pub rex: String,
}

/// REX to save.
#[derive(Args, Clone, Debug)]
pub struct Savings {
    /// Whose REX
    pub owner: Name,
    /// How much
    pub rex: String,
}

/// Resources to rent.
#[derive(Args, Clone, Debug)]
pub struct Rent {
    /// Who pays
    pub from: Name,
    /// For whom
    pub receiver: Name,
    /// How much is paid
    pub loan_payment: String,
    /// How much is put aside to rent it again; may be 0
    pub loan_fund: String,
}

/// What is put into the fund of a loan.
#[derive(Args, Clone, Debug)]
pub struct FundLoan {
    /// Whose loan
    pub from: Name,
    /// Its number
    pub loan_num: u64,
    /// How much
    pub payment: String,
}

/// What is taken from the fund of a loan.
#[derive(Args, Clone, Debug)]
pub struct DefundLoan {
    /// Whose loan
    pub from: Name,
    /// Its number
    pub loan_num: u64,
    /// How much
    pub amount: String,
}

/// How much is done at once.
#[derive(Args, Clone, Debug)]
pub struct Exec {
    /// Who does it
    pub user: Name,
    /// The most loans of each kind and orders
    pub max: u16,
}

/// Each with its action, its account, its arguments in the order of the ABI, and what is said about it.
macro_rules! act {
    ($it:ident, $session:ident, $console:ident, $action:literal, $first:ident $(, $rest:ident)*) => {{
        let given = &$it.given;
        let arguments = json!([given.$first $(, given.$rest)*]);
        let said = format!("{} for {}", $action, given.$first);
        one($it, $session, $console, $action, given.$first, &arguments, said)
    }};
}

pub(super) fn run(session: &Session, console: &mut Console<'_>, command: &Rex) -> Fallible<Report> {
    match command {
        Rex::Deposit(it) => act!(it, session, console, "deposit", owner, amount),
        Rex::Withdraw(it) => act!(it, session, console, "withdraw", owner, amount),
        Rex::Buyrex(it) => act!(it, session, console, "buyrex", from, amount),
        Rex::Lendrex(it) => {
            let Buy { from, amount } = &it.given;
            let usual = PermissionLevel::active(*from);
            let arguments = json!([from, amount]);
            let action = |name| it.action(session, SYSTEM, name, usual, &arguments);
            let actions = vec![action(name!("deposit"))?, action(name!("buyrex"))?];
            it.transact(session, console, format!("{from} lends {amount}"), actions)
        }
        Rex::Unstaketorex(it) => {
            act!(
                it,
                session,
                console,
                "unstaketorex",
                owner,
                receiver,
                from_net,
                from_cpu
            )
        }
        Rex::Sellrex(it) => act!(it, session, console, "sellrex", from, rex),
        Rex::Cancelrexorder(it) => act!(it, session, console, "cnclrexorder", owner),
        Rex::Mvtosavings(it) => act!(it, session, console, "mvtosavings", owner, rex),
        Rex::Mvfromsavings(it) => act!(it, session, console, "mvfrsavings", owner, rex),
        Rex::Rentcpu(it) => {
            act!(
                it,
                session,
                console,
                "rentcpu",
                from,
                receiver,
                loan_payment,
                loan_fund
            )
        }
        Rex::Rentnet(it) => {
            act!(
                it,
                session,
                console,
                "rentnet",
                from,
                receiver,
                loan_payment,
                loan_fund
            )
        }
        Rex::Fundcpuloan(it) => act!(it, session, console, "fundcpuloan", from, loan_num, payment),
        Rex::Fundnetloan(it) => act!(it, session, console, "fundnetloan", from, loan_num, payment),
        Rex::Defundcpuloan(it) => act!(it, session, console, "defcpuloan", from, loan_num, amount),
        Rex::Defundnetloan(it) => act!(it, session, console, "defnetloan", from, loan_num, amount),
        Rex::Consolidate(it) => act!(it, session, console, "consolidate", owner),
        Rex::Updaterex(it) => act!(it, session, console, "updaterex", owner),
        Rex::Rexexec(it) => act!(it, session, console, "rexexec", user, max),
        Rex::Closerex(it) => act!(it, session, console, "closerex", owner),
    }
}
