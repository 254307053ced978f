//! Boards, staff, charters and the operator's settings.

use antelope_types::Action;
use coop_model::catalogue::registry;
use coop_model::coop::Charter;
use coop_model::council::{board, position};
use coop_model::document::subject::{BoardSubject, CharterSubject};
use coop_model::{Seat, Subject, list_hash};
use veche_tests::Person;

use super::people::paper;
use crate::foreign::world::{Coop, DAY, World, fees};

/// Everything that is decided without a question.
pub(super) fn all(coop: &Coop<'_>) {
    elections(coop);
    people(coop);
    settings(coop);
}

fn push(coop: &Coop<'_>, action: Action, signer: &Person) {
    coop.world.push(vec![action], &[signer]).accepted();
}

/// An audit board is elected, not seated; then seated.
fn elections(coop: &Coop<'_>) {
    let world = coop.world;
    let auditor = &coop.members[2];
    let submit = |version| {
        let seats = vec![Seat {
            username: auditor.name,
            is_voting: true,
            position: position::MEMBER,
        }];
        let subject = Some(Subject::Board(BoardSubject {
            version,
            kind: board::AUDIT,
            members: list_hash(&seats),
        }));
        let meeting = paper(coop, registry::MEETING, &coop.account, subject, &[auditor]);
        let action = coop
            .soviet(&coop.account)
            .updateboard(coop.name(), board::AUDIT, seats, meeting)
            .to_action();
        push(coop, action, &coop.account);
    };
    submit(2);
    let object = coop
        .soviet(&coop.members[1])
        .object(coop.name(), coop.members[1].name, 2)
        .to_action();
    push(coop, object, &coop.members[1]);
    let drop = coop
        .soviet(&coop.account)
        .dropboard(coop.name(), 2)
        .to_action();
    push(coop, drop, &coop.account);
    submit(3);
    for member in &coop.members[..2] {
        let support = coop
            .soviet(member)
            .support(coop.name(), member.name, 3)
            .to_action();
        push(coop, support, member);
    }
    world.wait(3 * DAY);
    let stranger = &world.stranger;
    let seat = coop.soviet(stranger).seatboard(coop.name(), 3).to_action();
    push(coop, seat, stranger);
    let free = coop
        .soviet(stranger)
        .freevoices(coop.name(), 50)
        .to_action();
    push(coop, free, stranger);
}

/// Staff and charter.
fn people(coop: &Coop<'_>) {
    let (chairman, cashier) = (coop.chairman(), coop.cashier.name);
    let rights = coop
        .soviet(chairman)
        .setrights(coop.name(), chairman.name, cashier, coop.rights())
        .to_action();
    push(coop, rights, chairman);
    let charter = Charter {
        quorum_percent: 0,
        board_support: 3,
    };
    let subject = Some(Subject::Charter(CharterSubject { charter }));
    let signers: Vec<&Person> = coop.members.iter().collect();
    let meeting = paper(coop, registry::MEETING, &coop.account, subject, &signers);
    let change = coop
        .registrator(&coop.account)
        .setcharter(coop.name(), charter, meeting)
        .to_action();
    push(coop, change, &coop.account);
    let update = coop
        .registrator(&coop.account)
        .updatecoop(coop.name(), fees())
        .to_action();
    push(coop, update, &coop.account);
}

/// What the operator sets, and what is taken back of it; the cashier goes last.
fn settings(coop: &Coop<'_>) {
    let world = coop.world;
    let registrator = coop.registrator(&world.registrator);
    for action in [
        registrator.setpolicy(World::policy()).to_action(),
        registrator.setquota(coop.name(), 2_000, 2_000).to_action(),
        registrator.setpause(true).to_action(),
        registrator.setpause(false).to_action(),
    ] {
        push(coop, action, &world.registrator);
    }
    let auditor = world.account();
    let chairman = coop.chairman();
    let soviet = coop.soviet(chairman);
    let hire = soviet
        .addstaff(coop.name(), chairman.name, auditor.name, coop.rights())
        .to_action();
    let dismiss = soviet
        .rmstaff(coop.name(), chairman.name, auditor.name)
        .to_action();
    for action in [hire, dismiss] {
        push(coop, action, chairman);
    }
}
