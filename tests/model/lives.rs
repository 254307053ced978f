//! Many lives.

use super::coverage::Coverage;
use super::life::live;
use super::shrink::{listed, shrink};
use coop_rules::Action;
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Instant;
use veche_tests::Ground;

/// Steps of one life.
const LENGTH: usize = 500;

/// Steps of all lives, unless `VECHE_MODEL_STEPS` says otherwise.
const STEPS: u64 = 100_000;

/// The same where the other tests run on a node: the lives are those of the embedded chain again.
const STEPS_BESIDE_A_NODE: u64 = 20_000;

/// Lives that once failed: seed, length and what it was.
const SEEDS: &str = include_str!("seeds.txt");

/// A number from the environment.
fn setting(name: &str, otherwise: u64) -> u64 {
    let value = std::env::var(name).ok();
    value.map_or(otherwise, |value| value.parse().expect("a number"))
}

/// Lives a life; panics with the shortest one that fails too.
fn must_agree(seed: u64, length: usize) -> Coverage {
    let life = live(seed, length);
    if let Some(difference) = life.difference {
        if setting("VECHE_MODEL_SHRINK", 1) == 0 {
            panic!("seed {seed}: {difference}");
        }
        let count = life.steps.len();
        let (steps, still) = shrink(&life.steps, &difference);
        panic!(
            "seed {seed}, step {count}: {difference}\nshorter:\n{}{still}\n\
             To keep it, add to tests/model/seeds.txt: {seed} {count}",
            listed(&steps)
        );
    }
    life.coverage
}

/// When a life fails no other begins.
struct StopAll<'a>(&'a AtomicU64, u64);

impl Drop for StopAll<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.store(self.1, Ordering::Relaxed);
        }
    }
}

#[test]
fn model_and_contracts_live_the_same_lives() {
    let usual = match Ground::is_embedded() {
        true => STEPS,
        false => STEPS_BESIDE_A_NODE,
    };
    let steps = setting("VECHE_MODEL_STEPS", usual);
    let first = setting("VECHE_MODEL_SEED", 1);
    let lives = steps.div_ceil(LENGTH as u64);
    let (next, all) = (AtomicU64::new(0), Mutex::new(Coverage::default()));
    let begin = Instant::now();
    thread::scope(|scope| {
        let live_on = || {
            loop {
                let life = next.fetch_add(1, Ordering::Relaxed);
                if life >= lives {
                    break;
                }
                let _stop = StopAll(&next, lives);
                let coverage = must_agree(first + life, LENGTH);
                all.lock()
                    .expect("nobody panics while counting")
                    .add(&coverage);
            }
        };
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(live_on)).collect();
        for thread in threads {
            if let Err(panic) = thread.join() {
                std::panic::resume_unwind(panic);
            }
        }
    });
    let all = all.into_inner().expect("nobody panicked while counting");
    let seconds = begin.elapsed().as_secs_f32();
    let head = format!(
        "model and contracts: seeds {first} to {}, {lives} lives of {LENGTH} steps, {seconds:.0} s",
        first + lives - 1
    );
    println!("{head}\n{all}");
    let report = Path::new(env!("CARGO_TARGET_TMPDIR")).join("model.txt");
    fs::write(report, format!("{head}\n{all}")).expect("a report");
    let idle = Action::NAMES
        .iter()
        .filter(|action| all.accepted(action) == 0);
    // What only a contract of others, or nobody, may do.
    let idle: Vec<_> = idle
        .filter(|action| !["tell", "a callback"].contains(action))
        .collect();
    assert!(steps < STEPS || idle.is_empty(), "never accepted: {idle:?}");
}

#[test]
fn model_and_contracts_agree_where_they_once_did_not() {
    let lines = SEEDS
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    for line in lines {
        let mut words = line.split_whitespace().map(str::parse);
        let (Some(Ok(seed)), Some(Ok(length))) = (words.next(), words.next()) else {
            panic!("a seed and a length, then what it was: {line}");
        };
        let length = usize::try_from(length).expect("a length");
        must_agree(seed, length);
    }
}
