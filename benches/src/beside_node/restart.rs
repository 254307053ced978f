//! How soon a chain in a folder is there again: opening it, with all that has to be read and executed.

use super::processor::{Taken, spent};
use crate::Failed;
use crate::world::World;
use antelope_chain::wasm::Engine;
use antelope_chain::{Chain, Durability, OpenOptions};
use std::path::Path;

/// Rows of the chain.
const ROWS: usize = 100_000;

/// Transfers since the last checkpoint: the most are a few less than
/// [`OpenOptions::checkpoint_every`].
const TRANSFERS: usize = 4500;

/// How often each is opened.
const TIMES: usize = 5;

/// The shortest, median and longest time of opening, after an end in order and after `kill -9`, in
/// milliseconds.
pub fn run() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let mut world = World::simple()?;
    world.create_currencies(ROWS)?;
    let options = OpenOptions::new()
        .template(&world.chain)
        .durability(Durability::Process);
    options.open(folder.path(), Engine::shared()?)?.close()?;
    tell("after an end in order", folder.path())?;
    let mut world = world.over(open(folder.path())?);
    for n in 0..TRANSFERS {
        world.transfer(n)?;
        if n % 100 == 99 {
            world.chain.produce_block()?;
        }
    }
    // As after `kill -9`: nothing more is written.
    drop(world);
    tell(
        &format!("after kill -9, {TRANSFERS} transfers after the checkpoint"),
        folder.path(),
    )
}

fn open(folder: &Path) -> Result<Chain, Failed> {
    Ok(OpenOptions::new()
        .durability(Durability::Process)
        .open(folder, Engine::shared()?)?)
}

fn tell(what: &str, folder: &Path) -> Result<(), Failed> {
    let mut all = (0..TIMES)
        .map(|_| spent(|| open(folder).map(drop)))
        .collect::<Result<Vec<Taken>, _>>()?;
    let mut told = |kind: &str, time: fn(&Taken) -> f64| {
        all.sort_by(|one, other| time(one).total_cmp(&time(other)));
        let [least, median, most] = [0, TIMES / 2, TIMES - 1].map(|at| time(&all[at]));
        println!("{what}, {ROWS} rows, {kind}: {least:.0} / {median:.0} / {most:.0} ms");
    };
    told("passed", |taken| taken.seconds * 1e3);
    told("processor time", |taken| taken.processor_us / 1e3);
    Ok(())
}
