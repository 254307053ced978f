//! `pay`: what the cashier has to confirm, and confirming it.

use super::faults::unreadable;
use super::money::Sum;
use super::office::{Actor, Office};
use super::question::{aligned, left};
use antelope_cli::{Console, Failure, Fallible, Report};
use antelope_types::{Checksum256, Name};
use clap::Args;
use coop_client::rows::Payment;
use coop_language::Words;
use coop_model::catalogue::kind;
use coop_model::clients::{Gateway, Registrator};
use coop_model::payment::status;
use coop_papers::kind_title;
use serde_json::json;

/// A payment to confirm; without an account, the list of all.
#[derive(Args, Clone, Debug)]
pub(crate) struct PayArgs {
    /// Whose payment was made
    #[arg(value_name = "ACCOUNT", requires = "sum", requires = "outcome")]
    payer: Option<Name>,
    /// The sum on the record of the bank, such as "4000.0000 RUB"
    sum: Option<Sum>,
    /// The bank's record, such as "order 17 of 2026-01-20"; its hash is used once
    #[arg(long, value_name = "TEXT", group = "outcome")]
    record: Option<String>,
    /// It will not come, or the transfer failed: why
    #[arg(long, value_name = "REASON", group = "outcome")]
    failed: Option<String>,
    /// Try once more to send money back that could not be sent
    #[arg(long, group = "outcome")]
    again: bool,
    /// The hash of the process, where an account has several payments of one sum: `pay --json` tells it
    #[arg(long, value_name = "HASH")]
    process: Option<Checksum256>,
    #[command(flatten)]
    pub(super) actor: Actor,
}

impl PayArgs {
    /// Whether a payment is confirmed, and not only listed.
    pub(super) fn confirms(&self) -> bool {
        self.payer.is_some()
    }
}

/// Whether money is to come or to be sent; `None` while others have to act.
fn is_incoming(payment: &Payment) -> Option<bool> {
    match payment.status {
        status::PENDING => Some(true),
        status::RETURNING | status::PAYING => Some(false),
        _ => None,
    }
}

/// Runs the command.
pub(super) fn run(
    office: &Office<'_>,
    console: &mut Console<'_>,
    arguments: &PayArgs,
) -> Fallible<Report> {
    let payments = || office.cooperative.payments().map_err(unreadable);
    let (Some(account), Some(sum)) = (arguments.payer, arguments.sum) else {
        return list(office, &payments()?);
    };
    let sum = office.exact(sum)?;
    let payments = payments()?;
    let is_open = |it: &Payment| match arguments.again {
        true => (it.status == status::FAILED).then_some(false),
        false => is_incoming(it),
    };
    let is_meant = |it: &&Payment| {
        it.username == account
            && it.quantity == sum
            && arguments.process.is_none_or(|hash| it.hash == hash)
    };
    let matching = payments.iter().filter(is_meant);
    let mut matching = matching.filter_map(|it| Some((it, is_open(it)?)));
    let (payment, incoming) = match (matching.next(), matching.next()) {
        (Some(found), None) => found,
        (None, _) => {
            let words = Words::of("pay.none")
                .with("account", account)
                .with("sum", office.sum(sum));
            return Err(Failure::not_found("payment.none", office.say(&words))
                .hint(office.messages.text("pay.list")));
        }
        (Some(_), Some(_)) => {
            let words = Words::of("pay.several")
                .with("account", account)
                .with("sum", office.sum(sum));
            return Err(Failure::usage(office.say(&words)).expected("--process HASH"));
        }
    };
    for text in [&arguments.failed, &arguments.record].into_iter().flatten() {
        office.readable(text)?;
    }
    let level = office.actor(&arguments.actor)?;
    let contracts = office.cooperative.contracts();
    let gateway = Gateway::at(contracts.gateway).signed_by(level);
    let registrator = Registrator::at(contracts.registrator).signed_by(level);
    let (coopname, actor, hash) = (office.cooperative.name(), level.actor, payment.hash);
    let record = arguments.record.as_deref().unwrap_or_default().trim();
    let reference = Checksum256::sha256(record.as_bytes());
    let (key, action) = match (&arguments.failed, arguments.again, incoming) {
        (Some(reason), _, true) => {
            let action = gateway.indecline(coopname, actor, hash, reason.as_str());
            ("pay.not_coming", action.to_action())
        }
        (Some(reason), _, false) => {
            let action = gateway.outdecline(coopname, actor, hash, reason.as_str());
            ("pay.not_sent", action.to_action())
        }
        // Whose callback it is also tries again: registrator for candidates, gateway for the others.
        (None, true, _) if payment.kind == kind::JOINCOOP => {
            let action = registrator.retryrefund(coopname, actor, hash);
            ("pay.again", action.to_action())
        }
        (None, true, _) => (
            "pay.again",
            gateway.retrypay(coopname, actor, hash).to_action(),
        ),
        (None, false, true) => {
            let action = gateway.incomplete(coopname, actor, hash, sum, reference);
            office.then(Words::of("next.vote"));
            ("pay.came", action.to_action())
        }
        (None, false, false) => {
            let action = gateway.outcomplete(coopname, actor, hash, sum, reference);
            ("pay.sent", action.to_action())
        }
    };
    let mut words = Words::of(key)
        .with("account", account)
        .with("sum", office.sum(sum));
    if arguments.record.is_some() {
        words = words.with("record", record);
    }
    office.act(console, &arguments.actor, &words, vec![action])
}

fn list(office: &Office<'_>, payments: &[Payment]) -> Fallible<Report> {
    let now = office.now()?;
    let (mut data, mut text) = (Vec::new(), String::new());
    let names = aligned(
        payments
            .iter()
            .map(|it| office.called(it.username))
            .collect(),
    );
    for (payment, name) in payments.iter().zip(names) {
        let what = office.messages.text(match is_incoming(payment) {
            Some(true) => "pay.incoming",
            Some(false) => "pay.outgoing",
            None if payment.status == status::FAILED => "pay.failed",
            None => "pay.waits",
        });
        let title = kind_title(payment.kind, office.lang());
        let left = left(office, now, payment.expires_at);
        let left = office.say(&Words::of("agenda.left").with("time", left));
        text += &format!(
            "{name} {:>18}  {what}, {title} ({left})\n",
            office.sum(payment.quantity)
        );
        data.push(json!({
            "username": payment.username,
            "quantity": payment.quantity,
            "status": payment.status,
            "kind": payment.kind,
            "hash": payment.hash,
            "expires_at": payment.expires_at,
        }));
    }
    if payments.is_empty() {
        text = office.messages.text("pay.empty");
    }
    Ok(Report::new(data, text))
}
