//! What each member of a council has proposed: a quota, and one use for each proposal.

use antelope_contract::prelude::*;
use coop_model::refusal::decision as refusal;
use coop_model::{Document, parameters};

/// A member who proposes free questions. Scope: the cooperative.
#[table("proposers")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposer {
    /// The member.
    #[primary]
    pub username: Name,
    /// Free questions of the member that are not finished.
    pub unfinished: u32,
    /// When the member's last proposal was rendered; a proposal serves once.
    pub last_document: TimePoint,
}

/// Counts a proposal in.
pub(crate) fn count_in(coopname: Name, payer: Name, username: Name, proposal: &Document) {
    let last_document = proposal.created_at();
    let proposers = Proposer::table(coopname);
    match proposers.get(username) {
        None => proposers.insert(
            payer,
            &Proposer {
                username,
                unfinished: 1,
                last_document,
            },
        ),
        Some(row) => {
            proposal.require_newer(row.last_document);
            check!(
                row.unfinished < parameters::MAX_UNFINISHED_OF_MEMBER,
                refusal::TOO_MANY_OF_MEMBER
            );
            row.update(Payer::Same, |row| {
                row.unfinished += 1;
                row.last_document = last_document;
            });
        }
    }
}

/// Counts a finished question out. The row stays: it remembers which proposals have served.
pub(crate) fn count_out(coopname: Name, username: Name) {
    if let Some(row) = Proposer::table(coopname).get(username) {
        row.update(Payer::Same, |row| {
            row.unfinished = row.unfinished.saturating_sub(1);
        });
    }
}
