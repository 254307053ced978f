//! A month in which people forget everything, with two keepers at once.

use super::{due, keeper};
use crate::scenarios::world::{Chain, Coop};
use antelope_types::asset;
use coop_keeper::{Done, Fate, Task};
use proptest::prelude::*;
use std::collections::BTreeMap;

pub(super) const HOURS: u32 = 3_600;

/// What somebody does, and then forgets.
#[derive(Clone, Copy, Debug)]
pub(super) enum Deed {
    Apply,
    Pay,
    Ask,
    Approve,
    Sign,
    Refuse,
    Contribute,
    Offer,
}

pub(super) fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        Just(Deed::Apply),
        Just(Deed::Pay),
        Just(Deed::Ask),
        Just(Deed::Approve),
        Just(Deed::Sign),
        Just(Deed::Refuse),
        Just(Deed::Contribute),
        Just(Deed::Offer),
    ]
}

/// Does it; what cannot be done is not.
pub(super) fn act(coop: &Coop<'_>, deed: Deed) {
    match deed {
        Deed::Apply => drop(coop.applicant()),
        Deed::Pay => drop(coop.paid_applicant()),
        Deed::Ask => drop(coop.question()),
        Deed::Approve => coop.approve(&coop.question()),
        Deed::Sign => {
            let question = coop.paid_applicant().1;
            coop.approve(&question);
            coop.authorize(&question).accepted();
        }
        Deed::Refuse => coop.decline(&coop.paid_applicant().1),
        Deed::Contribute => drop(coop.paid_share(&coop.admitted(), asset!("10.00 RUB"))),
        Deed::Offer => drop(coop.share_property(&coop.admitted(), asset!("5.00 RUB"))),
    }
}

/// Two keepers run a round at the same time; what each did.
fn both(chain: &Chain) -> Vec<Done> {
    let robots = [&chain.stranger, &chain.eosio];
    std::thread::scope(|scope| {
        let rounds = robots
            .map(|robot| scope.spawn(move || keeper(chain, robot).round().expect("a round").done));
        rounds
            .into_iter()
            .flat_map(|it| it.join().expect("a keeper"))
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3, failure_persistence: None, ..ProptestConfig::default() })]

    /// Every task is done exactly once, none fails, the books balance, and after each round no question
    /// is on the agenda past its time.
    #[test]
    fn invariant_a_month_with_two_keepers_at_once(
        days in proptest::collection::vec(proptest::collection::vec(deed(), 0..4), 30),
    ) {
        let chain = Chain::own();
        let coops = [Coop::new(&chain, 3), Coop::new(&chain, 4)];
        let mut times: BTreeMap<_, u32> = BTreeMap::new();
        let mut waiting = 0;
        for (day, deeds) in days.iter().enumerate() {
            for deed in deeds {
                act(&coops[day % 2], *deed);
            }
            chain.pass(24 * HOURS);
            waiting = waiting.max(coops.iter().map(|coop| due(coop).len()).max().unwrap_or(0));
            for Done { cooperative, task, fate } in both(&chain) {
                match fate {
                    Fate::Done { .. } => *times.entry((cooperative, task)).or_default() += 1,
                    Fate::DoneByOthers => {}
                    Fate::Failed { reason } => panic!("{task:?}: {reason}"),
                }
            }
            for coop in &coops {
                prop_assert_eq!(due(coop), []);
                coop.check_books();
            }
        }
        // A month more, in which nobody does anything at all.
        for _ in 0..31 {
            chain.pass(24 * HOURS);
            both(&chain);
        }
        for coop in &coops {
            prop_assert!(coop.decisions().is_empty());
            coop.check_books();
        }
        let twice = times.iter().find(|(_, count)| **count != 1);
        prop_assert_eq!(twice, None);
        let expired = times.keys().filter(|(_, task)| matches!(task, Task::Expire { .. }));
        prop_assert!(expired.count() > 0 || days.iter().flatten().count() == 0);
        prop_assert!(waiting > 0 || times.is_empty());
    }
}
