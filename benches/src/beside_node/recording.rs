//! What it costs to record the history: declared transfers, the block with them, and the checkpoint that
//! writes what was recorded, with and without.

use super::processor::{Taken, spent};
use crate::Failed;
use crate::world::World;
use antelope_chain::wasm::Engine;
use antelope_chain::{Durability, OpenOptions};

/// Transfers of a block.
const BLOCK: usize = 1000;

/// Blocks of each chain, after one that is not counted.
const BLOCKS: usize = 20;

/// The processor time of a transfer on each of four chains, which take turns.
pub fn run() -> Result<(), Failed> {
    let (plain, recorded) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let simple = World::simple()?;
    let mut in_memory = simple.fork();
    in_memory.chain.record_history();
    let open = |folder: &tempfile::TempDir, history| -> Result<World, Failed> {
        let options = OpenOptions::new()
            .template(&simple.chain)
            .durability(Durability::Process)
            .history(history);
        Ok(simple.over(options.open(folder.path(), Engine::shared()?)?))
    };
    let mut chains = [
        ("in memory", simple.fork(), false),
        ("in memory, recorded", in_memory, false),
        ("in a folder", open(&plain, false)?, true),
        ("in a folder, recorded", open(&recorded, true)?, true),
    ];
    let mut sums = [(); 4].map(|()| [Taken::default(); 3]);
    for round in 0..=BLOCKS {
        for ((_, world, in_folder), sums) in chains.iter_mut().zip(&mut sums) {
            let taken = block(world, *in_folder)?;
            if round > 0 {
                sums.iter_mut().zip(taken).for_each(|(sum, it)| *sum += it);
            }
        }
    }
    for ((what, ..), sums) in chains.iter().zip(sums) {
        let [push, block, checkpoint] =
            sums.map(|taken| taken.processor_us / (BLOCK * BLOCKS) as f64);
        println!(
            "transfer {what}: {push:.2} µs, its part of the block {block:.2} µs, of the checkpoint {checkpoint:.2} µs"
        );
    }
    Ok(())
}

/// A block of transfers: executing them, completing it, and the checkpoint.
fn block(world: &mut World, in_folder: bool) -> Result<[Taken; 3], Failed> {
    let actions = (0..BLOCK).map(|n| world.packed(n));
    let actions = actions.collect::<Result<Vec<_>, _>>()?;
    let chain = &mut world.chain;
    let push = spent(|| {
        for action in &actions {
            chain.push(std::slice::from_ref(action))?;
        }
        Ok(())
    })?;
    let block = spent(|| {
        chain.produce_block()?;
        Ok(())
    })?;
    let checkpoint = spent(|| match in_folder {
        true => Ok(chain.checkpoint()?),
        false => Ok(()),
    })?;
    Ok([push, block, checkpoint])
}
