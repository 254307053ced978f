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
        pushes("transfer, declared, in a folder", Durability::Transaction)?,
        pushes(
            "transfer, declared, in a folder, safe by block",
            Durability::Block,
        )?,
        pushes(
            "transfer, declared, in a folder, of the process",
            Durability::Process,
        )?,
        batches()?,
        checkpoint()?,
        restart()?,
        replay()?,
    ])
}

fn kept(folder: &Path, durability: Durability) -> Result<Chain> {
    let mut chain = Chain::new()?;
    token::set_up(&mut chain)?;
    let options = OpenOptions::new().template(&chain).durability(durability);
    Ok(options.open(folder, Engine::shared()?)?)
}

fn pushes(name: &'static str, durability: Durability) -> Result<Measure> {
    let folder = tempfile::tempdir()?;
    let mut chain = kept(folder.path(), durability)?;
    Ok(measure(name, "µs", move || {
        // It goes with the measure.
        let _ = &folder;
        let taken = time(|| crate::measures::transact(&mut chain, &token::transfer(), COUNT))?;
        chain.produce_block()?;
        Ok(each(taken, COUNT))
    }))
}

fn batches() -> Result<Measure> {
    let folder = tempfile::tempdir()?;
    let mut chain = kept(folder.path(), Durability::Transaction)?;
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
    let mut chain = kept(folder.path(), Durability::Process)?;
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
