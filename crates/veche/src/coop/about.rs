//! `coop`, `board`, `staff`, `wallet-of`: what everyone may know.

use super::faults::{faulty, unreadable};
use super::office::{Office, OfficeOptions};
use super::question::aligned;
use super::staff::named;
use antelope_cli::{Fallible, Report};
use antelope_types::Name;
use clap::Args;
use coop_model::coop::status;
use coop_papers::PaperFault;
use serde_json::json;

/// Whose share.
#[derive(Args, Clone, Debug)]
pub(crate) struct WalletArgs {
    /// The participant
    pub(super) account: Name,
    #[command(flatten)]
    pub(super) office: OfficeOptions,
}

/// Lines of a label and a value.
fn lines(office: &Office<'_>, rows: &[(&'static str, String)]) -> String {
    let labels = rows.iter().map(|(key, _)| office.messages.text(key));
    let labels: Vec<_> = labels.collect();
    let width = labels
        .iter()
        .map(|it| it.chars().count())
        .max()
        .unwrap_or(0);
    let mut text = String::new();
    for (label, (_, value)) in labels.iter().zip(rows) {
        let space = " ".repeat(width - label.chars().count());
        text += &format!("{label}{space}  {value}\n");
    }
    text
}

/// Runs `coop`.
pub(super) fn coop(office: &Office<'_>) -> Fallible<Report> {
    let cooperative = &office.cooperative;
    let row = cooperative.coop().map_err(unreadable)?;
    let row = row.ok_or_else(|| office.no_cooperative())?;
    let funds = cooperative.funds().map_err(unreadable)?;
    let mut rows = vec![
        ("about.account", row.coopname.to_string()),
        ("about.status", state(office, row.status)),
        ("about.participants", row.participants.to_string()),
        ("about.entrance", office.sum(row.initial)),
        ("about.minimum", office.sum(row.minimum)),
    ];
    if (row.org_initial, row.org_minimum) != (row.initial, row.minimum) {
        rows.extend([
            ("about.org_entrance", office.sum(row.org_initial)),
            ("about.org_minimum", office.sum(row.org_minimum)),
        ]);
    }
    if let Some(funds) = &funds {
        rows.extend([
            ("about.entrance_fund", office.sum(funds.entrance)),
            ("about.share_fund", office.sum(funds.share)),
            ("about.processing", office.sum(funds.processing)),
        ]);
    }
    let text = lines(office, &rows);
    let data = json!({
        "account": row.coopname,
        "status": row.status,
        "participants": row.participants,
        "initial": row.initial,
        "minimum": row.minimum,
        "org_initial": row.org_initial,
        "org_minimum": row.org_minimum,
        "funds": funds.map(|funds| json!({
            "entrance": funds.entrance,
            "share": funds.share,
            "processing": funds.processing,
        })),
    });
    Ok(Report::new(data, text))
}

/// Runs `board`.
pub(super) fn board(office: &Office<'_>) -> Fallible<Report> {
    let seats = office.cooperative.sitting_members().map_err(unreadable)?;
    let mut text = String::new();
    let names = aligned(seats.iter().map(|it| office.called(it.username)).collect());
    for (seat, name) in seats.iter().zip(names) {
        let mut what = Vec::new();
        if seat.is_chairman {
            what.push(office.messages.text("about.chairman"));
        }
        what.push(office.messages.text(match seat.bit {
            Some(_) => "about.votes",
            None => "about.silent",
        }));
        text += &format!("{name}  {}\n", what.join(", "));
    }
    if seats.is_empty() {
        text = PaperFault::NoCouncil.say(office.lang());
    }
    let data: Vec<_> = seats
        .iter()
        .map(|seat| {
            json!({
                "username": seat.username,
                "is_voting": seat.bit.is_some(),
                "is_chairman": seat.is_chairman,
                "board": seat.board,
            })
        })
        .collect();
    Ok(Report::new(data, text))
}

/// Runs `staff`. Rights that an earlier council gave have ended.
pub(super) fn staff(office: &Office<'_>) -> Fallible<Report> {
    let staff = office.cooperative.staff().map_err(unreadable)?;
    let council = office.cooperative.council().map_err(unreadable)?;
    let version = council.map_or(0, |council| council.board);
    let (mut data, mut text) = (Vec::new(), String::new());
    for member in &staff {
        let rights = member
            .rights
            .iter()
            .map(|it| format!("{}::{}", it.contract, it.action));
        let rights: Vec<_> = rights.collect();
        let ended = member.board != version;
        let note = match ended {
            true => format!("  ({})", office.messages.text("about.ended")),
            false => String::new(),
        };
        text += &format!(
            "{}: {}{note}\n",
            office.called(member.username),
            named(office, member).join(", ")
        );
        data.push(json!({ "username": member.username, "rights": rights, "ended": ended }));
    }
    if staff.is_empty() {
        text = office.messages.text("about.no_staff");
    }
    Ok(Report::new(data, text))
}

/// What a state is called.
fn state(office: &Office<'_>, state: Name) -> String {
    office.messages.text(match state {
        status::PENDING => "state.pending",
        status::ACTIVE => "state.active",
        status::BLOCKED => "state.blocked",
        other => return other.to_string(),
    })
}

/// Runs `wallet-of`.
pub(super) fn wallet(office: &Office<'_>, account: Name) -> Fallible<Report> {
    let wallet = office.cooperative.wallet(account).map_err(unreadable)?;
    let wallet = wallet.ok_or_else(|| faulty(&office.messages, PaperFault::NoShare { account }))?;
    let text = lines(
        office,
        &[
            ("wallet.minimum", office.sum(wallet.minimum)),
            ("wallet.available", office.sum(wallet.available)),
            ("wallet.blocked", office.sum(wallet.blocked)),
            ("wallet.in_kind", office.sum(wallet.in_kind)),
        ],
    );
    let data = json!({
        "username": account,
        "minimum": wallet.minimum,
        "available": wallet.available,
        "blocked": wallet.blocked,
        "in_kind": wallet.in_kind,
    });
    Ok(Report::new(data, text))
}
