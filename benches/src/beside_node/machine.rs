//! Verified transfers in process, beside what the machine allows: its processors divided by the time
//! of one recovery and one transfer under declared authority.

use super::soak::processor_us;
use crate::Failed;
use crate::world::World;
use antelope_chain::{Chain, LiveChain, RecoveredTransaction};
use antelope_types::PackedTransaction;
use serde_json::{Map, Value};
use std::ops::AddAssign;
use std::time::Instant;

/// Transfers between two blocks, which are not measured.
const BLOCK: usize = 1000;

/// One round of so many transfers each.
pub fn measure(number: usize) -> Result<Map<String, Value>, Failed> {
    let mut world = World::simple()?;
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut figures = Map::new();
    let mut tell = |what: &str, value: f64| {
        figures.insert(what.to_owned(), value.into());
    };
    // What a process does for the first time is done.
    single(&mut world, 200)?;

    let packed: Vec<_> = (0..number)
        .map(|n| world.signed(n))
        .collect::<Result<_, _>>()?;
    let id = world.chain.chain_id();
    let one = spent(|| {
        for packed in &packed {
            RecoveredTransaction::recover(packed.clone(), &id)?;
        }
        Ok(())
    })?;
    let recovery = one.seconds / number as f64;
    let other = declared(&mut world, number)?;
    let declared = other.seconds / number as f64;
    let limit = cores as f64 / (recovery + declared);
    tell("cores", cores as f64);
    tell("recovery_us", recovery * 1e6);
    tell("declared_us", declared * 1e6);
    tell("limit_tps", limit);
    let all = spent(|| {
        std::thread::scope(|scope| {
            for _ in 0..cores {
                scope.spawn(|| {
                    for packed in &packed {
                        let _ = RecoveredTransaction::recover(packed.clone(), &id);
                    }
                });
            }
        });
        Ok(())
    })?;
    tell("recoveries", cores as f64 * one.seconds / all.seconds);
    let work = one.processor_us + other.processor_us;
    tell("work_us", work / number as f64);
    let found = [
        ("single", single(&mut world, number)?),
        ("batch", batches(&mut world, number)?),
        ("live", live(&mut world, number, 2 * cores)?),
    ];
    for (what, taken) in found {
        tell(&format!("{what}_tps"), number as f64 / taken.seconds);
        tell(
            &format!("{what}_cpu_us"),
            taken.processor_us / number as f64,
        );
    }
    Ok(figures)
}

/// What something takes.
#[derive(Clone, Copy, Default)]
struct Taken {
    /// Time that has passed, in seconds.
    seconds: f64,
    /// Time of all processors, in microseconds. Unlike the former it hardly depends on what else the
    /// machine does.
    processor_us: f64,
}

impl AddAssign for Taken {
    fn add_assign(&mut self, other: Self) {
        self.seconds += other.seconds;
        self.processor_us += other.processor_us;
    }
}

fn spent(run: impl FnOnce() -> Result<(), Failed>) -> Result<Taken, Failed> {
    let (start, before) = (Instant::now(), processor_us(std::process::id())?);
    run()?;
    Ok(Taken {
        seconds: start.elapsed().as_secs_f64(),
        processor_us: processor_us(std::process::id())? - before,
    })
}

/// Transfers under declared authority, their arguments packed.
fn declared(world: &mut World, number: usize) -> Result<Taken, Failed> {
    let mut total = Taken::default();
    for part in parts(number) {
        let actions = part
            .map(|n| world.packed(n))
            .collect::<Result<Vec<_>, _>>()?;
        let chain = &mut world.chain;
        total += spent(|| {
            for action in &actions {
                chain.push(std::slice::from_ref(action))?;
            }
            Ok(())
        })?;
        world.chain.produce_block()?;
    }
    Ok(total)
}

/// The numbers of the transfers of each block.
fn parts(number: usize) -> impl Iterator<Item = std::ops::Range<usize>> {
    let first = (0..number).step_by(BLOCK);
    first.map(move |first| first..(first + BLOCK).min(number))
}

/// Signed transfers: `push` is timed, making them and completing blocks is not.
fn signed(
    world: &mut World,
    number: usize,
    push: impl Fn(&mut Chain, &[PackedTransaction]) -> Result<(), Failed>,
) -> Result<Taken, Failed> {
    let mut total = Taken::default();
    for part in parts(number) {
        let packed: Vec<_> = part.map(|n| world.signed(n)).collect::<Result<_, _>>()?;
        let chain = &mut world.chain;
        total += spent(|| push(chain, &packed))?;
        world.chain.produce_block()?;
    }
    Ok(total)
}

fn single(world: &mut World, number: usize) -> Result<Taken, Failed> {
    signed(world, number, |chain, packed| {
        for packed in packed {
            chain.push_packed(packed)?;
        }
        Ok(())
    })
}

fn batches(world: &mut World, number: usize) -> Result<Taken, Failed> {
    signed(world, number, |chain, packed| {
        for result in chain.push_batch(packed) {
            result?;
        }
        Ok(())
    })
}

/// By so many threads that share the chain.
fn live(world: &mut World, number: usize, threads: usize) -> Result<Taken, Failed> {
    let live = LiveChain::new(world.chain.clone());
    let mut total = Taken::default();
    for part in parts(number) {
        let packed: Vec<_> = part.map(|n| world.signed(n)).collect::<Result<_, _>>()?;
        let share = packed.len().div_ceil(threads);
        total += spent(|| {
            let pushed: Result<(), String> = std::thread::scope(|scope| {
                let live = &live;
                let threads: Vec<_> = packed
                    .chunks(share)
                    .map(|part| {
                        scope.spawn(move || {
                            for packed in part {
                                live.push_packed(packed)
                                    .map_err(|error| error.to_string())?;
                            }
                            Ok(())
                        })
                    })
                    .collect();
                threads
                    .into_iter()
                    .try_for_each(|thread| thread.join().unwrap_or(Err("panic".to_owned())))
            });
            Ok(pushed?)
        })?;
        live.with(Chain::produce_block)??;
    }
    Ok(total)
}
