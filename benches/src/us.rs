//! One run of the embedded chain, booted as ChainTester boots: system, token and msig contracts, a core token.

use crate::Failed;
use crate::contracts::Files;
use crate::rounds::STARTED;
use crate::world::{Contract, World};
use antelope_chain::Chain;
use antelope_types::{Name, name};
use serde_json::{Map, Value};
use std::time::{Duration, Instant, SystemTime};

/// A block has room for 2000 transactions.
const BLOCK: usize = 100;

/// Rows that a snapshot is taken of.
const ROWS: usize = 100_000;

/// Snapshots and reverts in a row.
const CYCLES: usize = 10_000;

/// The figures of one run, as JSON.
pub fn measure(number: usize, soviet: &Files) -> Result<Value, Failed> {
    let mut figures = Map::new();
    let mut tell = |what: &str, value: f64| {
        figures.insert(what.to_owned(), value.into());
    };

    let mut world = World::booted()?;
    world.transfer(0)?;
    let fresh = world.fork();
    if let Some(ms) = since_start()? {
        tell("cold_start_ms", ms);
    }

    tell("verified_tps", verified(&mut world, number)?);
    tell("rss_mb", resident_mb()?);
    tell("declared_tps", declared(&mut world, number)?);

    let mut simple = World::simple()?;
    let simple_tps = declared(&mut simple, number)?;
    tell("simple_tps", simple_tps);
    tell("declared_us", 1e6 / simple_tps);
    let soviet = Contract::read(soviet)?;
    let start = Instant::now();
    soviet.begin(&mut simple, name!("soviet"))?;
    tell("deploy_soviet_ms", ms(start));
    let folder = tempfile::tempdir()?;
    let large = Contract::read(&Files::large(folder.path())?)?;
    let start = Instant::now();
    large.begin(&mut simple, name!("large"))?;
    tell("deploy_large_ms", ms(start));
    let mut second = World::simple()?;
    let start = Instant::now();
    large.begin(&mut second, name!("large"))?;
    tell("deploy_large_again_ms", ms(start));
    for n in 1..10 {
        let account = Name::from_raw(name!("copy").raw() | n << 34);
        simple.chain.create_account(account)?;
        large.begin(&mut simple, account)?;
    }
    tell("beside_large_tps", declared(&mut simple, number)?);

    let start = Instant::now();
    for _ in 0..100 {
        drop(Chain::new()?);
    }
    tell("new_chain_us", ms(start) * 10.0);
    tell("two_threads", two_threads(&world, number * 10)?);
    tell("two_loops", two_loops());
    tell("backtraces", backtraces(&world, number)?);
    tell("travel_ms", travel(&fresh)?);

    second.create_currencies(ROWS)?;
    tell("snapshot_revert_us", snapshots(&mut second)?);
    let before = resident_mb()?;
    cycles(&mut second)?;
    tell("cycles_rss_growth_mb", resident_mb()? - before);
    Ok(Value::Object(figures))
}

/// Transfers signed beforehand, each from the bytes on the wire, a block every hundred.
fn verified(world: &mut World, number: usize) -> Result<f64, Failed> {
    let packed: Vec<_> = (0..number)
        .map(|n| world.signed(n))
        .collect::<Result<_, _>>()?;
    let start = Instant::now();
    for (n, transaction) in packed.iter().enumerate() {
        world.chain.push_packed(transaction)?;
        if n % BLOCK == BLOCK - 1 {
            world.chain.produce_block()?;
        }
    }
    Ok(number as f64 / start.elapsed().as_secs_f64())
}

/// Transfers of JSON arguments under declared authority.
fn declared(world: &mut World, number: usize) -> Result<f64, Failed> {
    let start = Instant::now();
    for n in 0..number {
        world.transfer(n)?;
        if n % BLOCK == BLOCK - 1 {
            world.chain.produce_block()?;
        }
    }
    Ok(number as f64 / start.elapsed().as_secs_f64())
}

/// How much more a transfer takes where the calls of a contract can be told than where not: the median of turns.
fn backtraces(world: &World, number: usize) -> Result<f64, Failed> {
    const TURNS: usize = 9;
    let (mut with, mut without) = (world.fork(), world.without_backtraces()?);
    let mut ratios = Vec::with_capacity(TURNS);
    for _ in 0..TURNS {
        let without = declared(&mut without, number)?;
        ratios.push(without / declared(&mut with, number)?);
    }
    Ok(median(ratios))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Forty-eight hours and a transfer that is signed and expires as wallets make them.
fn travel(world: &World) -> Result<f64, Failed> {
    const TURNS: usize = 9;
    let mut spent = Vec::with_capacity(TURNS);
    for _ in 0..TURNS {
        let mut world = world.fork();
        let start = Instant::now();
        world.chain.advance(Duration::from_secs(48 * 3600))?;
        spent.push(ms(start));
        let transaction = world.signed(0)?;
        world.chain.push_packed(&transaction)?;
    }
    Ok(median(spent))
}

/// How much more two chains in two threads do than one in one.
fn two_threads(world: &World, number: usize) -> Result<f64, Failed> {
    // Both in threads of their own: what a new thread does for the first time is done in both.
    let one = threads(world, number, 1)?;
    Ok(threads(world, number, 2)? / one)
}

/// Transfers a second of so many chains in as many threads.
fn threads(world: &World, number: usize, count: usize) -> Result<f64, Failed> {
    let run = |mut world: World| declared(&mut world, number).map_err(|error| error.to_string());
    let speeds: Result<Vec<f64>, String> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..count)
            .map(|_| world.fork())
            .map(|fork| scope.spawn(|| run(fork)))
            .collect();
        threads
            .into_iter()
            .map(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|_| Err("a thread panicked".to_owned()))
            })
            .collect()
    });
    Ok(speeds?.iter().sum())
}

/// The same of a loop that shares nothing: what two threads of this machine can do.
fn two_loops() -> f64 {
    let spin = || {
        let start = Instant::now();
        let mut state = 1u64;
        for _ in 0..500_000_000u64 {
            state = std::hint::black_box(state.wrapping_mul(6_364_136_223_846_793_005) | 1);
        }
        1.0 / ms(start)
    };
    let one = spin();
    let both: f64 = std::thread::scope(|scope| {
        let threads = [scope.spawn(spin), scope.spawn(spin)];
        let speeds = threads.map(|thread| thread.join().unwrap_or(0.0));
        speeds.iter().sum()
    });
    both / one
}

/// A snapshot, a transfer, and back: the snapshot and the way back alone, in microseconds.
fn snapshots(world: &mut World) -> Result<f64, Failed> {
    const TIMES: usize = 1000;
    let mut spent = 0.0;
    for n in 0..TIMES {
        let start = Instant::now();
        let before = world.chain.snapshot();
        spent += ms(start);
        world.transfer(n)?;
        let start = Instant::now();
        world.chain.revert(&before);
        spent += ms(start);
    }
    Ok(spent * 1000.0 / TIMES as f64)
}

fn cycles(world: &mut World) -> Result<(), Failed> {
    let before = world.chain.snapshot();
    for n in 0..CYCLES {
        world.transfer(n)?;
        world.chain.revert(&before);
    }
    Ok(())
}

fn ms(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1000.0
}

/// Since the parent started this process.
fn since_start() -> Result<Option<f64>, Failed> {
    let Ok(started) = std::env::var(STARTED) else {
        return Ok(None);
    };
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
    Ok(Some(
        (now.as_nanos() as f64 - started.parse::<f64>()?) / 1e6,
    ))
}

fn resident_mb() -> Result<f64, Failed> {
    let statm = std::fs::read_to_string("/proc/self/statm")?;
    let pages = statm
        .split(' ')
        .nth(1)
        .ok_or("no pages in /proc/self/statm")?;
    Ok(pages.parse::<f64>()? * 4096.0 / f64::from(1 << 20))
}
