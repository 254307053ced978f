//! `system`: resources, producers and votes of chains with eosio.system.

mod account;
mod amount;
mod list;
mod ram;
mod rex;
mod stake;
mod vote;

use super::sending::Sending;
use crate::{Console, Fallible, Report, Session};
use amount::core_amount;
use antelope_types::{Checksum256, Name, PermissionLevel, name};
use clap::{Args, Subcommand};
use serde_json::{Value, json};

/// The system contract's account.
const SYSTEM: Name = name!("eosio");

/// Use the chain's system contract.
#[derive(Subcommand, Clone, Debug)]
pub enum System {
    /// Create an account with RAM and stakes
    Newaccount(Box<Sending<account::NewAccountArgs>>),
    /// Register a producer
    Regproducer(Box<Sending<RegProducer>>),
    /// Unregister a producer
    Unregprod(Box<Sending<Account>>),
    /// Vote for producers
    #[command(subcommand)]
    Voteproducer(vote::Vote),
    /// List the producers by their votes
    Listproducers(list::ListProducers),
    /// Stake tokens for NET and CPU
    Delegatebw(Box<Sending<stake::Delegate>>),
    /// Take stakes for NET and CPU back, which takes three days
    Undelegatebw(Box<Sending<stake::Undelegate>>),
    /// List what an account has staked, and for whom
    Listbw {
        /// The account
        account: Name,
    },
    /// Bid for a short name
    Bidname(Box<Sending<BidName>>),
    /// Show the highest bid for a name
    Bidnameinfo {
        /// The name
        newname: Name,
    },
    /// Buy RAM
    Buyram(Box<Sending<ram::BuyRam>>),
    /// Sell RAM
    Sellram(Box<Sending<ram::SellRam>>),
    /// Claim what a producer has earned
    Claimrewards(Box<Sending<Owner>>),
    /// Let others vote by an account
    Regproxy(Box<Sending<Proxy>>),
    /// Unregister an account as a proxy
    Unregproxy(Box<Sending<Proxy>>),
    /// Cancel a delayed transaction
    Canceldelay(Box<Sending<CancelDelay>>),
    /// Activate a protocol feature
    Activate(Box<Sending<Activate>>),
    /// Rent NET and CPU for some days
    Powerup(Box<Sending<stake::PowerUp>>),
    /// Lend and rent by the resource exchange
    #[command(subcommand)]
    Rex(rex::Rex),
}

/// An account.
#[derive(Args, Clone, Debug)]
pub struct Account {
    /// The account
    pub account: Name,
}

/// The owner of something.
#[derive(Args, Clone, Debug)]
pub struct Owner {
    /// Whose it is
    pub owner: Name,
}

/// A proxy.
#[derive(Args, Clone, Debug)]
pub struct Proxy {
    /// By whom others vote
    pub proxy: Name,
}

/// A producer with its key.
#[derive(Args, Clone, Debug)]
pub struct RegProducer {
    /// The producer
    pub account: Name,
    /// The key that signs its blocks
    pub producer_key: String,
    /// Where people read about it
    #[arg(default_value = "")]
    pub url: String,
    /// Where it is, for the order of the schedule
    #[arg(default_value_t = 0)]
    pub location: u16,
}

/// A bid for a name.
#[derive(Args, Clone, Debug)]
pub struct BidName {
    /// Who bids
    pub bidder: Name,
    /// The name
    pub newname: Name,
    /// How much
    pub bid: String,
}

/// A transaction that is delayed, with one of its permissions.
#[derive(Args, Clone, Debug)]
pub struct CancelDelay {
    /// Account of a permission that the transaction has
    pub canceling_account: Name,
    /// That permission
    pub canceling_permission: Name,
    /// The transaction's id
    pub trx_id: Checksum256,
}

/// A protocol feature.
#[derive(Args, Clone, Debug)]
pub struct Activate {
    /// Its name, as `get supported_protocol_features` tells it, or its digest
    pub feature: String,
    /// The account of the contract
    #[arg(short, long, default_value_t = SYSTEM)]
    pub account: Name,
}

/// Runs a command of the group.
///
/// # Errors
/// As [`transact`](crate::transact::transact).
pub fn run(session: &Session, console: &mut Console<'_>, command: &System) -> Fallible<Report> {
    match command {
        System::Newaccount(it) => account::run(session, console, it),
        System::Regproducer(it) => {
            let RegProducer {
                account,
                producer_key,
                url,
                location,
            } = &it.given;
            let arguments = json!([account, producer_key, url, location]);
            let said = format!("register producer {account}");
            one(
                it,
                session,
                console,
                "regproducer",
                *account,
                &arguments,
                said,
            )
        }
        System::Unregprod(it) => {
            let account = it.given.account;
            let said = format!("unregister producer {account}");
            one(
                it,
                session,
                console,
                "unregprod",
                account,
                &json!([account]),
                said,
            )
        }
        System::Voteproducer(command) => vote::run(session, console, command),
        System::Listproducers(given) => list::producers(session, given),
        System::Delegatebw(it) => stake::delegate(session, console, it),
        System::Undelegatebw(it) => stake::undelegate(session, console, it),
        System::Listbw { account } => list::bandwidth(session, *account),
        System::Bidname(it) => {
            let BidName {
                bidder,
                newname,
                bid,
            } = &it.given;
            let bid = &core_amount(session, bid)?;
            let arguments = json!([bidder, newname, bid]);
            let said = format!("{bidder} bids {bid} for the name {newname}");
            one(it, session, console, "bidname", *bidder, &arguments, said)
        }
        System::Bidnameinfo { newname } => list::bid(session, *newname),
        System::Buyram(it) => ram::buy(session, console, it),
        System::Sellram(it) => ram::sell(session, console, it),
        System::Claimrewards(it) => {
            let owner = it.given.owner;
            let said = format!("claim rewards of {owner}");
            one(
                it,
                session,
                console,
                "claimrewards",
                owner,
                &json!([owner]),
                said,
            )
        }
        System::Regproxy(it) => proxy(session, console, it, true),
        System::Unregproxy(it) => proxy(session, console, it, false),
        System::Canceldelay(it) => {
            let given = &it.given;
            let (actor, permission) = (given.canceling_account, given.canceling_permission);
            let level = PermissionLevel::new(actor, permission);
            let arguments = json!([level, given.trx_id]);
            let said = format!("cancel transaction {}", given.trx_id);
            let name = name!("canceldelay");
            let action = it.action(session, SYSTEM, name, level, &arguments)?;
            it.transact(session, console, said, vec![action])
        }
        System::Activate(it) => activate(session, console, it),
        System::Powerup(it) => stake::power_up(session, console, it),
        System::Rex(command) => rex::run(session, console, command),
    }
}

/// One action of the system contract, with the active permission of `usual` where none is given.
/// Arguments are in the order of the ABI.
fn one<T: Args>(
    sending: &Sending<T>,
    session: &Session,
    console: &mut Console<'_>,
    action: &str,
    usual: Name,
    arguments: &Value,
    said: String,
) -> Fallible<Report> {
    let name = Name::parse(action).unwrap_or_default();
    let usual = PermissionLevel::active(usual);
    let action = sending.action(session, SYSTEM, name, usual, arguments)?;
    sending.transact(session, console, said, vec![action])
}

fn proxy(
    session: &Session,
    console: &mut Console<'_>,
    it: &Sending<Proxy>,
    is_proxy: bool,
) -> Fallible<Report> {
    let proxy = it.given.proxy;
    let said = match is_proxy {
        true => format!("others may vote by {proxy}"),
        false => format!("others may vote by {proxy} no more"),
    };
    let arguments = json!([proxy, is_proxy]);
    one(it, session, console, "regproxy", proxy, &arguments, said)
}

fn activate(
    session: &Session,
    console: &mut Console<'_>,
    it: &Sending<Activate>,
) -> Fallible<Report> {
    let feature = &it.given.feature;
    let digest = match feature.parse::<Checksum256>() {
        Ok(digest) => digest,
        Err(_) => list::feature(session, feature)?,
    };
    let said = format!("activate protocol feature {feature}");
    let account = it.given.account;
    let usual = PermissionLevel::active(account);
    let name = name!("activate");
    let action = it.action(session, account, name, usual, &json!([digest]))?;
    it.transact(session, console, said, vec![action])
}
