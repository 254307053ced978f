//! Random lives of the model alone keep all promises.

use super::{Generator, Step, begin};
use crate::invariants::{check, check_step};
use crate::{Action, Reason, Time};
use std::collections::{BTreeMap, BTreeSet};

const BEGIN: Time = Time(1_800_000_000_000_000);

#[test]
fn random_lives_keep_all_promises_and_meet_every_action() {
    let mut accepted: BTreeMap<&str, u32> = BTreeMap::new();
    let mut refused: BTreeMap<&str, u32> = BTreeMap::new();
    let mut reasons = BTreeSet::new();
    let lives =
        std::env::var("VECHE_MODEL_LIVES").map_or(60, |lives| lives.parse().expect("a number"));
    for seed in 0..lives {
        let (mut world, steps) = begin(BEGIN);
        let mut now = BEGIN;
        for step in &steps {
            let Step::Act { signers, action } = step else {
                continue;
            };
            world
                .apply(signers, action, now)
                .expect("a lawful beginning");
        }
        now = now.after(500_000);
        let mut life = Generator::new(seed, now);
        for number in 0..1_000 {
            match life.next(&world, now) {
                Step::Wait(micros) => now = now.after(micros),
                Step::Act { signers, action } => {
                    let before = world.clone();
                    match world.apply(&signers, &action, now) {
                        Ok(events) => {
                            *accepted.entry(action.name()).or_default() += 1;
                            check_step(&before, &action, &world, &events)
                                .and_then(|()| check(&world))
                                .unwrap_or_else(|e| panic!("seed {seed}, step {number}: {e}"));
                        }
                        Err(reason) => {
                            *refused.entry(action.name()).or_default() += 1;
                            reasons.insert(reason);
                        }
                    }
                }
            }
        }
    }
    let never: Vec<_> = Reason::ALL
        .iter()
        .filter(|reason| !reasons.contains(reason))
        .collect();
    println!("accepted {accepted:?}\nrefused {refused:?}\nnever {never:?}");
    let idle = Action::NAMES
        .iter()
        .filter(|name| !accepted.contains_key(*name));
    let idle: Vec<_> = idle
        .filter(|name| !["tell", "a callback"].contains(name))
        .collect();
    assert!(idle.is_empty(), "never accepted: {idle:?}");
}
