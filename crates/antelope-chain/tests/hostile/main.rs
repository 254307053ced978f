//! Modules, transactions and ABIs from anybody: they are refused or used, within bounds.
//!
//! Each subject has a `target`, which takes any bytes, as a fuzzer would give them: nothing that it
//! is given may panic, hang, or stay in memory. Here the bytes are made by generators that know what
//! good input looks like, the same in every run.
//!
//! `HOSTILE_ROUNDS=100 cargo test -p antelope-chain --test hostile` makes a hundred times as many, and
//! `HOSTILE_SEED` others.
#![allow(clippy::unwrap_used)]

mod abis;
mod console;
mod modules;
mod transactions;
mod weights;

use test_support as shared;

use shared::random::Random;
use std::sync::{Mutex, PoisonError};

/// A factor for how much is tried.
fn rounds() -> u64 {
    number("HOSTILE_ROUNDS", 1)
}

fn number(variable: &str, otherwise: u64) -> u64 {
    let text = std::env::var(variable).ok();
    text.map_or(otherwise, |text| text.parse().unwrap())
}

/// Gives the target what is made, and looks at how much memory the process has: what is tried
/// first may leave something behind, such as modules that are compiled and pages that are kept for
/// the next, but the same again may not.
fn run(count: u64, mut make: impl FnMut(&mut Random) -> Vec<u8>, mut target: impl FnMut(&[u8])) {
    const CYCLES: u64 = 4;
    const GROWTH: u64 = 48 << 20;
    // The memory is that of all tests: they take turns.
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let seed = number("HOSTILE_SEED", 0);
    let mut after_first = None;
    for _ in 0..CYCLES {
        for round in 0..count * rounds() / CYCLES {
            let mut random = Random::new(seed << 32 | round);
            target(&make(&mut random));
        }
        let now = resident();
        let first = *after_first.get_or_insert(now);
        assert!(
            now <= first + GROWTH,
            "{now} bytes of memory, and {first} after the same inputs before"
        );
    }
}

/// Bytes of memory that the process has in use; 0 where the system does not tell.
fn resident() -> u64 {
    const PAGE: u64 = 4096;
    let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = text.split(' ').nth(1).and_then(|pages| pages.parse().ok());
    pages.unwrap_or(0) * PAGE
}
