//! The rounds: everyone once, then again, so that a slow minute of the machine is everyone's.

use crate::contracts::Files;
use crate::{Failed, Options, nodeos, peers};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

/// Figures by `who.what`; the median over the rounds.
pub type Medians = BTreeMap<String, f64>;

/// Tells the child when it was started, in nanoseconds since 1970.
pub const STARTED: &str = "VECHE_BENCH_STARTED";

/// Runs all rounds.
pub fn run(options: &Options) -> Result<Medians, Failed> {
    let soviet = Files::soviet()?;
    let us = |cache: &Path| us(options, &soviet, cache);
    let warm = tempfile::tempdir()?;
    // Fills the cache of compiled modules.
    us(warm.path())?;
    let mut figures: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    let mut add = |who: &str, found: Map<String, Value>| {
        for (what, value) in found {
            let all = figures.entry(format!("{who}.{what}")).or_default();
            all.extend(value.as_f64());
        }
    };
    for round in 1..=options.rounds {
        eprintln!("bench: round {round} of {}", options.rounds);
        let cold = tempfile::tempdir()?;
        add("cold", us(cold.path())?);
        add("us", us(warm.path())?);
        add("chaintester", peers::chain_tester(options.number)?);
        if let Some(folder) = &options.vert {
            add("vert", peers::vert(folder, options.number / 4)?);
        }
        add("nodeos", nodeos::measure(&soviet)?);
    }
    Ok(figures
        .into_iter()
        .filter_map(|(name, values)| Some((name, median(values)?)))
        .collect())
}

/// One run of the embedded chain, with this folder for what it caches.
fn us(options: &Options, soviet: &Files, cache: &Path) -> Result<Map<String, Value>, Failed> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
    let output = Command::new(std::env::current_exe()?)
        .args(["us", &options.number.to_string()])
        .args([&soviet.wasm, &soviet.abi])
        .env("VECHE_MODULES", cache)
        .env(STARTED, now.as_nanos().to_string())
        .output()?;
    peers::figures("the embedded chain", &output)
}

/// The value in the middle.
pub fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}
