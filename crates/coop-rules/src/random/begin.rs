//! How every random life begins: two cooperatives with councils, a third that is not registered.

use super::papers::Papers;
use super::step::Step;
use crate::cooperative::{Charter, CoopStatus, Fees, Position, Seat};
use crate::kind::BoardKind;
use crate::paper::Subject;
use crate::{Account, Action, Hash, Kind, Terms, Time, World};
use coop_model::catalogue::registry;

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
    let mut act = |signer: Account, action: Action| {
        steps.push(Step::Act {
            signers: vec![signer],
            action,
        });
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
            kind: Kind::Other(0),
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
    }
    (world, steps, papers)
}

/// A world before its first step, and the steps that found the cooperatives.
pub fn begin(now: Time) -> (World, Vec<Step>) {
    let (world, steps, _) = founding(now);
    (world, steps)
}
