//! A shorter life that fails too: steps are left out as long as something still differs.

use super::life::replay;
use coop_rules::random::Step;
use std::fmt::Write;

/// How often a shorter life is tried.
const TRIES: usize = 400;

/// The steps that are needed for a difference, and the difference.
pub(super) fn shrink(steps: &[Step], difference: &str) -> (Vec<Step>, String) {
    let (mut steps, mut difference) = (steps.to_vec(), difference.to_owned());
    let mut size = (steps.len() / 2).max(1);
    let mut tries = 0;
    while tries < TRIES {
        let mut from = 0;
        let mut shorter = false;
        while from < steps.len() && tries < TRIES {
            let mut fewer = steps.clone();
            fewer.drain(from..(from + size).min(steps.len()));
            tries += 1;
            if let Some(still) = replay(&fewer) {
                (steps, difference, shorter) = (fewer, still, true);
            } else {
                from += size;
            }
        }
        if size == 1 && !shorter {
            break;
        }
        size = (size / 2).max(1);
    }
    (steps, difference)
}

/// The steps as a list.
pub(super) fn listed(steps: &[Step]) -> String {
    let mut text = String::new();
    for (number, step) in steps.iter().enumerate() {
        // A string takes everything.
        let _ = match step {
            Step::Wait(micros) => writeln!(text, "{number}: wait {micros} µs"),
            Step::Act { signers, action } => writeln!(text, "{number}: {signers:?} {action:?}"),
        };
    }
    text
}
