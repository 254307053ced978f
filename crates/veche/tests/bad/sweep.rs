//! A life of a cooperative in which anything may fail at any moment, beside the same life in which nothing
//! does: in the end both have the same rows.
//!
//! After each fault the user does what the program says: runs the same command again, until it says that it
//! is done. `VECHE_BAD_STEPS` sets the number of commands, and `VECHE_BAD_SEED` repeats a run.

use crate::faults::{Fault, Run};
use crate::home::Home;
use crate::life::Life;
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};
use test_support::random::Random;

/// How many commands without `VECHE_BAD_STEPS`.
const STEPS: usize = 12;

/// How often the user runs a command again.
const PATIENCE: usize = 20;

/// The number of a variable of the environment.
pub fn number(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().expect("a number"))
}

/// The seed: that of `VECHE_BAD_SEED`, or of this moment.
pub fn seed() -> u64 {
    number("VECHE_BAD_SEED").unwrap_or_else(|| {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        now.unwrap().as_nanos() as u64
    })
}

/// The life without faults; its rows.
fn undisturbed(seed: u64, steps: usize) -> Value {
    let (home, mut life) = (Home::open(), Life::new(seed));
    for _ in 0..steps {
        let deed = life.next();
        let words = deed.words(&home);
        let run = Run::of(&home, &[home.url().to_owned()], &deed, &words);
        assert_eq!(run.code, Some(0), "{words:?}: {}", run.err);
    }
    home.lasting()
}

#[test]
fn a_life_with_faults_ends_as_one_without() {
    let (seed, steps) = (
        seed(),
        number("VECHE_BAD_STEPS").map_or(STEPS, |it| it as usize),
    );
    println!("seed {seed}");
    let expected = std::thread::spawn(move || undisturbed(seed, steps));
    let (mut home, mut life) = (Home::open(), Life::new(seed));
    let mut random = Random::new(!seed);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let (mut runs, mut codes) = (0, BTreeMap::new());
    for step in 0..steps {
        let deed = life.next();
        let words = deed.words(&home);
        let mut told = Vec::new();
        loop {
            assert!(
                told.len() < PATIENCE,
                "seed {seed}, step {step}, {words:?}: {told:#?}"
            );
            // The bad days come to an end.
            let fault = match told.len() {
                0 => Fault::draw(&mut random),
                1 if random.one_in(2) => Fault::draw(&mut random),
                _ => Fault::None,
            };
            let run = fault.run(&mut home, &mut random, &deed, &words, &mut counts);
            runs += 1;
            *codes.entry(run.code).or_insert(0) += 1;
            if run.is_done() {
                break;
            }
            told.push((fault, run));
            if told.len() > 3 {
                // What was sent may still be executed until it expires.
                home.pass(61);
            }
        }
    }
    println!("{steps} commands, {runs} runs; exit codes: {codes:?}");
    for (kind, count) in &counts {
        println!("{count:>6} {kind}");
    }
    let (found, expected) = (home.lasting(), expected.join().unwrap());
    for (table, rows) in expected.as_object().unwrap() {
        assert_eq!(&found[table], rows, "seed {seed}, {table}");
    }
    assert_eq!(found, expected, "seed {seed}");
    assert_eq!(home.unfinished(), 0, "seed {seed}");
}
