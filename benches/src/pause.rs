//! How long the chain is not to be had at the end of a full block: `produce_block` holds it, whoever asks.
//!
//! | column | what |
//! |---|---|
//! | transfer | one transfer with declared authority, of the action's bytes; the median of all |
//! | block | completing a block with NUMBER transfers and beginning the next; the median |
//! | in transfers | that divided by the time of a transfer |
//! | checkpoint | the same where a checkpoint begins; the median |
//! | taken over | the same where what a checkpoint has written is taken over; the median |
//! | expired | the longest of the blocks around the second in which NUMBER transactions expire; the least of three runs |
//!
//! Where no block was of a column's kind, as checkpoints in memory, it is –.
//!
//! All are times by the clock, waits for the disk included. Other work on the machine lengthens them, medians least.
//!
//! Each in memory, in memory with a history, and in a folder with a history, where the disk is written but not waited
//! for by transactions.

use crate::Failed;
use crate::beside_node::processor::spent;
use crate::rounds::median;
use crate::world::World;
use antelope_chain::wasm::Engine;
use antelope_chain::{Durability, OpenOptions};
use antelope_types::{PackedTransaction, SignedTransaction, TimePointSec};
use std::time::Duration;

/// How long a checkpoint is waited for.
const PAUSE: Duration = Duration::from_secs(3);

/// Full blocks of each chain.
const BLOCKS: usize = 12;

/// After so many records a chain in a folder writes a checkpoint.
const CHECKPOINT: u64 = 10_000;

/// Measures, and prints a table.
pub fn run(number: usize) -> Result<(), Failed> {
    println!(
        "| chain | transfer µs | block ms | in transfers | checkpoint ms | taken over ms | expired ms |"
    );
    println!("|---|---|---|---|---|---|---|");
    let folder = tempfile::tempdir()?;
    for place in ["memory", "history", "folder"] {
        let mut world = World::roomy()?;
        match place {
            "memory" => {}
            "history" => world.chain.record_history(),
            _ => {
                let options = OpenOptions::new()
                    .template(&world.chain)
                    .history(true)
                    .durability(Durability::Process)
                    .checkpoint_every(CHECKPOINT);
                world.chain = options.open(folder.path().join("chain"), Engine::shared()?)?;
            }
        }
        row(place, &mut world, number)?;
    }
    Ok(())
}

/// How long something takes, in seconds.
fn seconds(act: impl FnOnce() -> Result<(), Failed>) -> Result<f64, Failed> {
    Ok(spent(act)?.seconds)
}

/// Milliseconds as the table has them; – for nothing.
fn ms(seconds: Option<f64>) -> String {
    seconds.map_or("–".to_owned(), |seconds| format!("{:.2}", seconds * 1e3))
}

/// One row of the table.
fn row(place: &str, world: &mut World, number: usize) -> Result<(), Failed> {
    let (mut transfers, mut blocks) = (Vec::new(), Vec::new());
    let (mut begun, mut taken, mut ends) = (Vec::new(), Vec::new(), false);
    for block in 0..BLOCKS {
        for n in 0..number {
            let action = world.packed(block * number + n)?;
            transfers.push(seconds(|| {
                Ok(world.chain.push(std::slice::from_ref(&action)).map(drop)?)
            })?);
        }
        let written = world.chain.records_since_checkpoint();
        let took = seconds(|| Ok(world.chain.produce_block().map(drop)?))?;
        let begins = world.chain.records_since_checkpoint() < written;
        match (begins, ends) {
            (true, _) => begun.push(took),
            (_, true) => taken.push(took),
            _ => blocks.push(took),
        }
        ends = begins;
        // The thread that writes the checkpoint is let finish.
        std::thread::sleep(if begins { PAUSE } else { Duration::ZERO });
    }
    let mut expiring = Vec::new();
    for _ in 0..3 {
        expiring.push(expired(world, number)?);
    }
    let (transfer, block) = (median(transfers), median(blocks));
    let in_transfers = transfer
        .zip(block)
        .map(|(transfer, block)| block / transfer);
    println!(
        "| {place} | {} | {} | {} | {} | {} | {} |",
        transfer.map_or("–".to_owned(), |transfer| format!(
            "{:.1}",
            transfer * 1e6
        )),
        ms(block),
        in_transfers.map_or("–".to_owned(), |times| format!("{times:.0}")),
        ms(median(begun)),
        ms(median(taken)),
        ms(expiring.into_iter().min_by(f64::total_cmp)),
    );
    Ok(())
}

/// The longest completion of a block, in seconds, around the moment when as many transactions expire as a block has.
fn expired(world: &mut World, number: usize) -> Result<f64, Failed> {
    let lifetime = 30;
    let now = TimePointSec::from(world.chain.now()).seconds();
    for n in 0..number {
        let mut transaction = world.chain.transaction(&[world.packed(n)?]);
        transaction.header.expiration = TimePointSec::from_seconds(now + lifetime);
        let signed = SignedTransaction {
            signatures: vec![world.sign(&transaction)?],
            transaction,
            context_free_data: Vec::new(),
        };
        world.chain.push_packed(&PackedTransaction::pack(&signed))?;
    }
    world.chain.produce_block()?;
    let mut longest = 0.0_f64;
    for _ in 0..2 * (lifetime + 2) {
        let took = seconds(|| Ok(world.chain.produce_block().map(drop)?))?;
        longest = longest.max(took);
    }
    Ok(longest)
}
