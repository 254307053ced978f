//! Each thing that the keeper does, once: not before its moment, and at it.

use super::{done, due, keeper};
use crate::scenarios::world::{Chain, Coop};
use antelope_types::{TimePoint, asset};
use coop_keeper::{Fate, Task};
use coop_model::Charter;

const HOUR: u32 = 3_600;
const DAY: u32 = 24 * HOUR;

/// Runs one round; what was done in the cooperative, all of which must have succeeded.
fn round(chain: &Chain, coop: &Coop<'_>) -> Vec<Task> {
    let round = keeper(chain, &chain.stranger).round().expect("a round");
    let failed = round
        .done
        .iter()
        .find(|it| !matches!(it.fate, Fate::Done { .. }));
    assert_eq!(failed, None);
    assert_eq!(due(coop), [], "nothing is left");
    done(&round.done)
        .into_iter()
        .map(|(_, task)| task)
        .collect()
}

#[test]
fn a_question_leaves_the_agenda_by_itself_after_48_hours() {
    let chain = Chain::own();
    let coop = Coop::new(&chain, 3);
    let (_, question) = coop.paid_applicant();
    let free = coop.question();
    let ends = |id| -> TimePoint {
        let row = coop.decision(id).expect("the question");
        let text = row["expires_at"].as_str().expect("a moment");
        text.parse().expect("a moment")
    };
    assert_eq!(round(&chain, &coop), []);
    chain.jump_just_before(ends(question.id));
    assert_eq!(round(&chain, &coop), []);
    chain.jump_to(ends(free.id));
    let all = round(&chain, &coop);
    for decision in [question.id, free.id] {
        assert!(all.contains(&Task::Expire { decision }), "{all:?}");
    }
    assert!(
        all.contains(&Task::Deliver {
            decision: question.id
        }),
        "the payer's money goes back"
    );
    assert!(coop.decisions().is_empty());
}

#[test]
fn a_decision_is_executed_and_a_declined_question_goes() {
    let chain = Chain::own();
    let coop = Coop::new(&chain, 3);
    let approved = coop.paid_applicant().1;
    coop.approve(&approved);
    coop.authorize(&approved).accepted();
    let declined = coop.question();
    coop.decline(&declined);
    let unsigned = coop.question();
    coop.approve(&unsigned);
    let tasks = round(&chain, &coop);
    let (execute, decline) = (
        Task::Execute {
            decision: approved.id,
        },
        Task::Decline {
            decision: declined.id,
        },
    );
    assert!(
        tasks.contains(&execute) && tasks.contains(&decline),
        "{tasks:?}"
    );
    chain.pass(30 * DAY);
    assert_eq!(
        round(&chain, &coop)[0],
        Task::Expire {
            decision: unsigned.id
        }
    );
    assert!(coop.decisions().is_empty());
}

#[test]
fn invoices_and_offers_close_and_what_is_overdue_is_published_once() {
    let chain = Chain::own();
    let coop = Coop::new(&chain, 3);
    let unpaid = coop.applicant();
    let participant = coop.admitted();
    let offered = coop.share_property(&participant, asset!("50.00 RUB"));
    let (refunded, question) = coop.paid_applicant();
    coop.refuse(&question);
    assert_eq!(round(&chain, &coop), []);
    chain.pass(31 * DAY);
    let tasks = round(&chain, &coop);
    for task in [
        Task::CloseInvoice { hash: unpaid.hash },
        Task::CloseOffer { property: offered },
        Task::PublishOverduePayment {
            hash: refunded.hash,
        },
    ] {
        assert_eq!(
            tasks.iter().filter(|it| **it == task).count(),
            1,
            "{tasks:?}"
        );
    }
    assert_eq!(tasks.len(), 3, "{tasks:?}");
    chain.pass(31 * DAY);
    assert_eq!(round(&chain, &coop), [], "published once");
    coop.check_books();
}

#[test]
fn a_board_sits_or_is_dropped_and_its_voices_are_freed() {
    let chain = Chain::own();
    let charter = Charter {
        board_support: 4,
        ..Charter::default()
    };
    let coop = Coop::chartered(&chain, 3, charter);
    let supporter = coop.admitted();
    let version = coop.next_version();
    coop.submit(coop.seats(3)).accepted();
    coop.support(&supporter, version).accepted();
    assert_eq!(round(&chain, &coop), []);
    chain.pass(3 * DAY);
    let tasks = round(&chain, &coop);
    assert_eq!(tasks, [Task::SeatBoard { version }, Task::FreeVoices]);
    let version = coop.next_version();
    coop.submit(coop.seats(3)).accepted();
    chain.pass(3 * DAY);
    let tasks = round(&chain, &coop);
    assert_eq!(tasks, [Task::DropBoard { version }, Task::FreeVoices]);
}

#[test]
fn a_participant_moves_when_the_time_for_a_veto_is_over() {
    let chain = Chain::own();
    let coop = Coop::new(&chain, 3);
    let old = coop.admitted();
    let new = coop.newcomer();
    let question = coop.move_to(&old, &new);
    coop.decide(&question);
    assert_eq!(round(&chain, &coop), []);
    chain.pass(7 * DAY);
    let username = old.name;
    assert_eq!(round(&chain, &coop), [Task::CompleteMove { username }]);
    assert!(coop.participant(&new).is_some());
}
