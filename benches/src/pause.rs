//! How long the chain is not to be had at the end of a full block: `produce_block` holds it, whoever asks.
//!
//! | column | what |
//! |---|---|
//! | transfer | one transfer with declared authority, of the action's bytes; the mean of all |
//! | block | completing a block with NUMBER transfers and beginning the next; the median, and the longest |
//! | in transfers | that median divided by the time of a transfer |
//! | checkpoint | the same where a checkpoint begins, or where what it has written is taken over; the longest |
//! | with waits | the same with all waits, for the disk too; the shortest where a checkpoint begins |
//! | expired | the same around the second in which NUMBER transactions expire; the longest |
//!
//! Times are those of the processor, so that other work on the machine does not count, but for `with waits`.
//!
//! Each in memory, in memory with a history, and in a folder with a history, where the disk is written but not waited
//! for by transactions.

use crate::Failed;
use crate::world::World;
use antelope_chain::wasm::Engine;
use antelope_chain::{Durability, OpenOptions};
use antelope_types::{Action, PackedTransaction, SignedTransaction, TimePointSec};
use std::time::{Duration, Instant};

/// How long a checkpoint is waited for.
const PAUSE: Duration = Duration::from_secs(3);

/// Full blocks of each chain.
const BLOCKS: usize = 12;

/// After so many records a chain in a folder writes a checkpoint.
const CHECKPOINT: u64 = 10_000;

/// Measures, and prints a table.
pub fn run(number: usize) -> Result<(), Failed> {
    println!(
        "| chain | transfer µs | block ms | longest | in transfers | checkpoint ms | with waits ms | expired ms |"
    );
    println!("|---|---|---|---|---|---|---|---|");
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

/// The time for which a function has used the processor, and what it took with all waits.
fn timed<R>(act: impl FnOnce() -> R) -> Result<(R, Duration, Duration), Failed> {
    let (began, start) = (processor()?, Instant::now());
    let result = act();
    let whole = start.elapsed();
    Ok((result, processor()? - began, whole))
}

/// The processor time of this thread.
fn processor() -> Result<Duration, Failed> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanos = text.split(' ').next().unwrap_or_default();
    Ok(Duration::from_nanos(nanos.parse()?))
}

/// One row of the table.
fn row(place: &str, world: &mut World, number: usize) -> Result<(), Failed> {
    let (mut transfers, mut blocks) = (Duration::ZERO, Vec::new());
    let (mut checkpoints, mut begun) = (vec![Duration::ZERO], Vec::new());
    let mut ends = false;
    let actions: Vec<_> = (0..BLOCKS * number)
        .map(|n| world.packed(n))
        .collect::<Result<_, _>>()?;
    for of_block in actions.chunks(number) {
        let (pushed, took, _) = timed(|| {
            let each = |action: &Action| world.chain.push(std::slice::from_ref(action)).map(drop);
            of_block.iter().try_for_each(each)
        })?;
        pushed?;
        transfers += took;
        let written = world.chain.records_since_checkpoint();
        let (produced, took, whole) = timed(|| world.chain.produce_block())?;
        produced?;
        let begins = world.chain.records_since_checkpoint() < written;
        match begins || ends {
            true => checkpoints.push(took),
            false => blocks.push(took),
        }
        begun.extend(begins.then_some(whole));
        ends = begins;
        // The thread that writes the checkpoint is let finish.
        let pause = if begins { PAUSE } else { Duration::ZERO };
        std::thread::sleep(pause);
    }
    let expired = expired(world, number)?;
    blocks.sort();
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    let transfer = transfers / (BLOCKS * number) as u32;
    let block = blocks.get(blocks.len() / 2).copied().unwrap_or_default();
    println!(
        "| {place} | {:.1} | {:.2} | {:.2} | {:.0} | {:.2} | {:.2} | {:.2} |",
        ms(transfer) * 1e3,
        ms(block),
        ms(blocks.last().copied().unwrap_or_default()),
        block.as_secs_f64() / transfer.as_secs_f64(),
        ms(checkpoints.into_iter().max().unwrap_or_default()),
        ms(begun.into_iter().min().unwrap_or_default()),
        ms(expired),
    );
    Ok(())
}

/// The longest completion of a block around the moment when as many transactions expire as a block has.
fn expired(world: &mut World, number: usize) -> Result<Duration, Failed> {
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
    let mut longest = Duration::ZERO;
    for _ in 0..2 * (lifetime + 2) {
        let (produced, took, _) = timed(|| world.chain.produce_block())?;
        produced?;
        longest = longest.max(took);
    }
    Ok(longest)
}
