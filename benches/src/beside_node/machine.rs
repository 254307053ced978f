//! Verified transfers in process, beside what the machine allows: its processors divided by the time
//! of one recovery and one transfer under declared authority.
//!
//! Everything is done in turn for each block of transfers, so that a slow moment of the machine is
//! everyone's. Each figure is there in time that has passed and in processor time. On a machine that
//! does other work too, only the latter says something about the chain.

mod ways;

use super::processor::{Taken, spent};
use crate::Failed;
use crate::world::World;
use antelope_chain::RecoveredTransaction;
use serde_json::{Map, Value};
use ways::Ways;

/// Transfers of a block.
const BLOCK: usize = 1000;

/// So many transfers in each way.
pub fn measure(number: usize) -> Result<Map<String, Value>, Failed> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut ways = Ways::new(World::simple()?, 2 * cores);
    // What a process does for the first time is done.
    Sums::default().add_block(&mut ways, 0..200, cores)?;
    let mut sums = Sums::default();
    for first in (0..number).step_by(BLOCK) {
        let part = first..(first + BLOCK).min(number);
        sums.add_block(&mut ways, part, cores)?;
    }
    Ok(sums.figures(number as f64, cores as f64))
}

/// What all transfers took, by what was done with them.
#[derive(Default)]
struct Sums {
    recovery: Taken,
    /// Recoveries in as many threads as there are processors, each of which recovers all.
    recoveries: Taken,
    declared: Taken,
    single: Taken,
    batch: Taken,
    live: Taken,
}

impl Sums {
    /// One block in every way.
    fn add_block(
        &mut self,
        ways: &mut Ways,
        part: std::ops::Range<usize>,
        cores: usize,
    ) -> Result<(), Failed> {
        let (packed, id) = (ways.signed(part.clone())?, ways.chain_id());
        let recover = || -> Result<(), Failed> {
            for packed in &packed {
                RecoveredTransaction::recover(packed.clone(), &id)?;
            }
            Ok(())
        };
        self.recovery += spent(recover)?;
        self.recoveries += spent(|| {
            std::thread::scope(|scope| {
                for _ in 0..cores {
                    scope.spawn(|| recover().is_ok());
                }
            });
            Ok(())
        })?;
        self.declared += ways.declared(part.clone())?;
        self.single += ways.single(part.clone())?;
        self.batch += ways.batch(part.clone())?;
        self.live += ways.live(part)?;
        Ok(())
    }

    /// The figures by their names, of so many transfers.
    fn figures(&self, number: f64, cores: f64) -> Map<String, Value> {
        let mut figures = Map::new();
        let mut tell = |what: &str, value: f64| {
            figures.insert(what.to_owned(), value.into());
        };
        let work = self.recovery.seconds + self.declared.seconds;
        let work_us = self.recovery.processor_us + self.declared.processor_us;
        tell("cores", cores);
        tell("recovery_us", self.recovery.seconds * 1e6 / number);
        tell("declared_us", self.declared.seconds * 1e6 / number);
        tell("recovery_cpu_us", self.recovery.processor_us / number);
        tell("declared_cpu_us", self.declared.processor_us / number);
        tell("work_us", work_us / number);
        tell("limit_tps", cores * number / work);
        let twice = cores * self.recovery.seconds / self.recoveries.seconds;
        tell("recoveries", twice);
        let each = self.recoveries.processor_us / (number * cores);
        tell("recoveries_cpu_us", each);
        for (what, taken) in [
            ("single", self.single),
            ("batch", self.batch),
            ("live", self.live),
        ] {
            tell(&format!("{what}_tps"), number / taken.seconds);
            tell(&format!("{what}_cpu_us"), taken.processor_us / number);
        }
        figures
    }
}
