//! A chain in a folder: what it costs to be safe, and how soon it is there again.

use crate::measures::{Rows, each, measure, time, with_rows};
use crate::{Measure, Result, token};
use antelope_chain::wasm::Engine;
use antelope_chain::{Chain, Durability, OpenOptions};
use std::path::Path;
use std::sync::Arc;

/// Transactions of a round.
const COUNT: usize = 200;

/// Transactions that are executed anew when a chain is opened.
const REPLAYED: usize = 1000;

pub fn all() -> Result<Vec<Measure>> {
    Ok(vec![
        pushes(
            "transfer, declared, in a folder",
            Durability::Transaction,
            false,
        )?,
        pushes(
            "transfer, declared, in a folder, safe by block",
            Durability::Block,
            false,
        )?,
        pushes(
            "transfer, declared, in a folder, of the process",
            Durability::Process,
            false,
        )?,
        pushes(
            "transfer, declared, in a folder, recorded",
            Durability::Process,
            true,
        )?,
        unrecorded()?,
        recorded()?,
        logs("checkpoint, for each recorded transfer", "µs", 0)?,
        logs("logs, for each recorded transfer", "bytes", 1)?,
        batches()?,
        checkpoint()?,
        restart()?,
        replay()?,
    ])
}

fn kept(folder: &Path, durability: Durability, recorded: bool) -> Result<Chain> {
    let mut chain = Chain::new()?;
    token::set_up(&mut chain)?;
    let options = OpenOptions::new().template(&chain).durability(durability);
    let options = options.history(recorded);
    Ok(options.open(folder, Engine::shared()?)?)
}

fn pushes(name: &'static str, durability: Durability, recorded: bool) -> Result<Measure> {
    let folder = tempfile::tempdir()?;
    let mut chain = kept(folder.path(), durability, recorded)?;
    Ok(measure(name, "µs", move || {
        // It goes with the measure.
        let _ = &folder;
        let taken = time(|| crate::measures::transact(&mut chain, &token::transfer(), COUNT))?;
        chain.produce_block()?;
        Ok(each(taken, COUNT))
    }))
}

fn unrecorded() -> Result<Measure> {
    in_memory("transfer, declared, in memory", false)
}

fn recorded() -> Result<Measure> {
    in_memory("transfer, declared, in memory, recorded", true)
}

/// Transfers in memory, and the block with them.
fn in_memory(name: &'static str, recorded: bool) -> Result<Measure> {
    let mut chain = Chain::new()?;
    token::set_up(&mut chain)?;
    if recorded {
        chain.record_history();
        chain.produce_block()?;
    }
    Ok(measure(name, "µs", move || {
        let taken = time(|| {
            crate::measures::transact(&mut chain, &token::transfer(), COUNT)?;
            chain.produce_block()?;
            Ok(())
        })?;
        Ok(each(taken, COUNT))
    }))
}

/// A checkpoint after recorded transfers: the time that it takes, or how much longer the logs are
/// then, for each transfer.
fn logs(name: &'static str, unit: &'static str, which: usize) -> Result<Measure> {
    let folder = tempfile::tempdir()?;
    let mut chain = kept(folder.path(), Durability::Process, true)?;
    let length = move || {
        let logs = ["trace_history.log", "chain_state_history.log"];
        let lengths = logs.map(|log| Ok(std::fs::metadata(folder.path().join(log))?.len()));
        let lengths: Result<Vec<u64>> = lengths.into_iter().collect();
        Ok::<u64, Box<dyn std::error::Error>>(lengths?.iter().sum())
    };
    Ok(measure(name, unit, move || {
        chain.produce_block()?;
        chain.checkpoint()?;
        let before = length()?;
        crate::measures::transact(&mut chain, &token::transfer(), REPLAYED)?;
        chain.produce_block()?;
        let taken = time(|| Ok(chain.checkpoint()?))?;
        let longer = (length()? - before) as f64 / REPLAYED as f64;
        Ok([each(taken, REPLAYED), longer][which])
    }))
}

fn batches() -> Result<Measure> {
    let folder = tempfile::tempdir()?;
    let mut chain = kept(folder.path(), Durability::Transaction, false)?;
    Ok(measure(
        "transfer, signed, in a folder, in batches of 200",
        "µs",
        move || {
            let _ = &folder;
            let batch = token::signed(&mut chain, COUNT)?;
            let taken = time(|| {
                for result in chain.push_batch(&batch) {
                    result?;
                }
                Ok(())
            })?;
            chain.produce_block()?;
            Ok(each(taken, COUNT))
        },
    ))
}

fn checkpoint() -> Result<Measure> {
    let folder = tempfile::tempdir()?;
    let options = OpenOptions::new().template(&with_rows()?);
    let mut chain = options.open(folder.path(), Arc::new(Rows))?;
    Ok(measure("checkpoint of 100 000 rows", "ms", move || {
        let _ = &folder;
        chain.produce_block()?;
        let taken = time(|| Ok(chain.checkpoint()?))?;
        Ok(each(taken, 1) / 1e3)
    }))
}

fn restart() -> Result<Measure> {
    let folder = tempfile::tempdir()?;
    let options = OpenOptions::new().template(&with_rows()?);
    options.open(folder.path(), Arc::new(Rows))?.close()?;
    Ok(measure(
        "opening a chain with 100 000 rows",
        "ms",
        move || {
            let mut chain = None;
            let taken = time(|| {
                chain = Some(OpenOptions::new().open(folder.path(), Arc::new(Rows))?);
                Ok(())
            })?;
            Ok(each(taken, 1) / 1e3)
        },
    ))
}

fn replay() -> Result<Measure> {
    let folder = tempfile::tempdir()?;
    let mut chain = kept(folder.path(), Durability::Process, false)?;
    crate::measures::transact(&mut chain, &token::transfer(), REPLAYED)?;
    drop(chain);
    Ok(measure(
        "opening a chain with 1000 transfers to replay",
        "ms",
        move || {
            let mut chain = None;
            let taken = time(|| {
                chain = Some(Chain::open(folder.path())?);
                Ok(())
            })?;
            Ok(each(taken, 1) / 1e3)
        },
    ))
}
