//! How every random life begins: two cooperatives with councils, a third that is not registered.

use super::papers::Papers;
use super::step::Step;
use crate::cooperative::{Charter, CoopStatus, Fees, Position, Seat};
use crate::kind::{BoardKind, PersonKind};
use crate::paper::{Subject, Sum};
use crate::{Account, Action, Hash, QuestionKind, Terms, Time, World};
use coop_model::catalogue::registry;
use std::collections::BTreeSet;

/// Accounts that the chain has from the beginning on, before the steps of [`begin`].
pub fn accounts() -> Vec<Account> {
    let mut all = vec![
        Account::Registrator,
        Account::Soviet,
        Account::Gateway,
        Account::Foreign,
    ];
    all.extend((0..3).map(Account::Coop));
    // People with accounts that registrator has not made.
    all.extend([14, 15].map(Account::Person));
    all
}

/// A world before its first step, the steps that found the cooperatives, and the documents used.
pub(super) fn founding(now: Time) -> (World, Vec<Step>, Papers) {
    let world = World::new(Terms::REAL, accounts());
    let mut papers = Papers::new();
    let mut steps = Vec::new();
    // What the steps lead to: later ones name the numbers that earlier ones have given.
    let mut after = world.clone();
    let mut act = |signer: Account, action: Action| {
        let signers = vec![signer];
        let done = after.apply(&signers, &action, now);
        debug_assert!(done.is_ok(), "{action:?}: {done:?}");
        steps.push(Step::Act { signers, action });
        after.clone()
    };
    let fees = Fees {
        initial: 1_000,
        minimum: 3_000,
        org_initial: 10_000,
        org_minimum: 30_000,
    };
    act(
        Account::Soviet,
        Action::RegType {
            kind: QuestionKind::Other(0),
            contract: Account::Foreign,
            is_sound: true,
            are_callbacks_one: false,
            protocol: 77,
        },
    );
    let all = [(0, 0..6, 3, 0), (1, 3..8, 4, 60)];
    for (number, founders, voting, quorum) in all {
        let coop = Account::Coop(number);
        act(
            coop,
            Action::RegCoop {
                coop,
                fees,
                symbol: number,
                charter: Charter { quorum, support: 0 },
                document: Hash(1),
            },
        );
        let status = CoopStatus::Active;
        act(Account::Registrator, Action::SetStatus { coop, status });
        if number == 0 {
            for who in (0..9).map(Account::Person) {
                let actor = coop;
                act(coop, Action::NewAccount { coop, actor, who });
            }
        }
        let founders: Vec<_> = founders.map(Account::Person).collect();
        let subject = Subject::Founders(founders.clone());
        let meeting =
            papers.new_paper(registry::MEETING, coop, coop, Some(subject), &founders, now);
        let seat = |index: usize| Seat {
            who: founders[index],
            votes: index < voting,
            position: if index == 0 {
                Position::Chairman
            } else {
                Position::Member
            },
        };
        let members: Vec<_> = (0..founders.len() - 1).map(seat).collect();
        let subject = Subject::Board {
            version: 1,
            kind: BoardKind::Council,
            members: members.clone(),
        };
        let election =
            papers.new_paper(registry::MEETING, coop, coop, Some(subject), &founders, now);
        let founding = Action::RegFounders {
            coop,
            founders: founders.clone(),
            meeting,
        };
        act(coop, founding);
        let meeting = election;
        act(
            coop,
            Action::CreateBoard {
                coop,
                members,
                meeting,
            },
        );
        let voters: Vec<_> = founders.iter().copied().take(voting).collect();
        let joining = match number {
            0 => [(6, PersonKind::Individual), (7, PersonKind::Entrepreneur)],
            _ => [(8, PersonKind::Individual), (1, PersonKind::Organization)],
        };
        for (who, kind) in joining {
            join(
                &mut act,
                &mut papers,
                now,
                coop,
                Account::Person(who),
                kind,
                &voters,
            );
        }
    }
    (world, steps, papers)
}

/// A person joins, from the agreements to the execution of the decision.
fn join(
    act: &mut impl FnMut(Account, Action) -> World,
    papers: &mut Papers,
    now: Time,
    coop: Account,
    who: Account,
    kind: PersonKind,
    voters: &[Account],
) {
    let documents = [2, 3, 4].map(|id| papers.new_paper(id, coop, who, None, &[who], now));
    let documents = documents.to_vec();
    let signed = Action::SignAgree {
        coop,
        who,
        documents,
    };
    act(who, signed);
    let subject = match kind {
        PersonKind::Individual => None,
        kind => Some(Subject::Application(kind)),
    };
    let statement = papers.new_paper(registry::STATEMENT, coop, who, subject, &[who], now);
    let hash = statement.hash;
    let applied = Action::RegUser {
        coop,
        who,
        kind,
        statement,
    };
    let world = act(who, applied);
    let place = &world.coops[&coop];
    let payment = place.payments.values().find(|row| row.hash == hash);
    let quantity = Sum {
        amount: payment.map_or(0, |row| row.quantity),
        symbol: place.symbol,
    };
    let reference = papers.new_hash();
    let paid = Action::InComplete {
        coop,
        actor: coop,
        hash,
        quantity,
        reference,
    };
    let mut world = act(coop, paid);
    let id = world.coops[&coop]
        .questions
        .keys()
        .last()
        .copied()
        .unwrap_or(0);
    // In the second cooperative more must vote than decide: its charter has a quorum.
    for &voter in &voters[..3] {
        let action = Action::VoteFor {
            coop,
            who: voter,
            id,
            hash,
        };
        world = act(voter, action);
    }
    let question = &world.coops[&coop].questions[&id];
    let subject = Subject::Decision {
        id,
        hash,
        votes_for: question.votes.keys().copied().collect(),
        votes_against: BTreeSet::new(),
        quorum: question.quorum,
    };
    let chairman = voters[0];
    let registry = QuestionKind::Join.protocol();
    let protocol = papers.new_paper(registry, coop, who, Some(subject), &[chairman], now);
    let authorized = Action::Authorize {
        coop,
        chairman,
        id,
        protocol,
    };
    act(chairman, authorized);
    let executer = who;
    act(who, Action::Exec { executer, coop, id });
}

/// A world before its first step, and the steps that found the cooperatives.
pub fn begin(now: Time) -> (World, Vec<Step>) {
    let (world, steps, _) = founding(now);
    (world, steps)
}
