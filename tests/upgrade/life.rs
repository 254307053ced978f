//! A cooperative in the middle of everything, as the contracts before left it.

use antelope_types::{Asset, Checksum256, asset};
use veche_tests::Person;

use super::old::{self, Before};
use crate::foreign::world::{Coop, Question, World};

/// What an individual pays at once.
pub(crate) const ENTRANCE_AND_MINIMUM: Asset = asset!("400.00 RUB");

/// Somebody who has applied, and the question about them if the money came.
pub(crate) type Applicant = (Person, Checksum256);

/// Processes at every step that there was.
pub(crate) struct Life<'w> {
    pub coop: Coop<'w>,
    /// A participant with a share.
    pub participant: Person,
    /// The invoice is not paid.
    pub invoiced: Applicant,
    /// The question of the council before has one vote.
    pub open: (Applicant, Question),
    /// It is approved.
    pub approved: (Applicant, Question),
    /// It is authorized and not executed.
    pub authorized: (Applicant, Question),
    /// It is declined, and on the agenda still.
    pub declined: (Applicant, Question),
    /// The money is to go back.
    pub returning: Applicant,
    /// The money could not be sent back.
    pub failed: Applicant,
    /// A free question of the council before, with one vote.
    pub free: Question,
    /// A question of the council that sits.
    pub fresh: (Applicant, Question),
}

impl<'w> Life<'w> {
    pub(crate) fn begin(world: &'w World) -> Self {
        let mut coop = old::founded(world);
        coop.elect(1);
        coop.hire();
        let (participant, question) = paid(&coop);
        approve(&coop, &question);
        coop.authorize_before(&question);
        coop.exec(&question).accepted();
        let invoiced = coop.applies();
        let open = paid(&coop);
        coop.vote_before(&coop.members[2], &open.1, true).accepted();
        let approved = paid(&coop);
        approve(&coop, &approved.1);
        let authorized = paid(&coop);
        approve(&coop, &authorized.1);
        coop.authorize_before(&authorized.1);
        let declined = paid(&coop);
        decline(&coop, &declined.1);
        let (returning, question) = paid(&coop);
        decline(&coop, &question);
        coop.take_off(&question).accepted();
        let (failed, question) = paid(&coop);
        decline(&coop, &question);
        coop.take_off(&question).accepted();
        coop.fail_to_send(failed.1).accepted();
        let free = coop.free_question();
        coop.vote_before(&coop.members[1], &free, true).accepted();
        // Another chairman: the questions above are those of a council that sits no longer.
        coop.members.swap(0, 1);
        coop.elect(2);
        let fresh = paid(&coop);
        coop.vote_before(&coop.members[2], &fresh.1, false)
            .accepted();
        Self {
            coop,
            participant: participant.0,
            invoiced,
            open,
            approved,
            authorized,
            declined,
            returning,
            failed,
            free,
            fresh,
        }
    }
}

/// Somebody whose money came, and the question about them.
fn paid(coop: &Coop<'_>) -> (Applicant, Question) {
    let applicant = coop.applies();
    coop.pay(applicant.1, ENTRANCE_AND_MINIMUM).accepted();
    let question = coop.question_of(applicant.1);
    (applicant, question)
}

fn approve(coop: &Coop<'_>, question: &Question) {
    for member in &coop.members[..2] {
        coop.vote_before(member, question, true).accepted();
    }
}

fn decline(coop: &Coop<'_>, question: &Question) {
    for member in &coop.members[1..] {
        coop.vote_before(member, question, false).accepted();
    }
}
