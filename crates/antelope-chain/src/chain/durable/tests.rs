//! What the store promises, on machines that stop at any moment.

mod damage;
mod history;
mod leftovers;
mod live;
mod log;
pub(crate) mod machine;
mod power;
mod tails;

use crate::chain::OpenOptions;
use crate::chain::{Chain, Snapshot};
use crate::store::{Durability, Image, StoreError};
use antelope_history::Detail;
use antelope_ledger::NoContracts;
use antelope_ledger::stored::{Output, Stored};
use antelope_types::{Checksum256, Name};
use machine::{Machine, Numbers};
use std::sync::Arc;
use std::time::Duration;

fn open(machine: &Machine, durability: Durability) -> Result<Chain, StoreError> {
    let options = OpenOptions::new().durability(durability);
    options.open_on(Arc::new(machine.clone()), Arc::new(NoContracts))
}

/// The same with a history.
fn open_recording(machine: &Machine, durability: Durability) -> Result<Chain, StoreError> {
    let options = OpenOptions::new().durability(durability).history(true);
    options.open_on(Arc::new(machine.clone()), Arc::new(NoContracts))
}

/// All that a chain is, in one number: its state, its blocks and the block in the making.
fn fingerprint(chain: &Chain) -> Checksum256 {
    let mut chain = chain.clone();
    chain.record_as(Some(false), Detail::Plain);
    let mut image = chain.image();
    // What the chain makes and does not execute, nobody has acknowledged.
    image.made = 0;
    // Blocks may be in memory or in the log.
    image.blocks.clear();
    image.logged = Default::default();
    let mut bytes = stored(&image);
    for number in 1..=chain.head().number() {
        let block = chain.read_block(number).unwrap().unwrap();
        let transactions = block.transactions.iter();
        bytes.extend(block.id.0);
        bytes.extend(transactions.flat_map(|transaction| transaction.id.0));
    }
    Checksum256::sha256(&bytes)
}

fn stored(image: &Image) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut sink = |chunk: &[u8]| {
        bytes.extend_from_slice(chunk);
        Ok(())
    };
    let mut out = Output::new(&mut sink);
    image.store(&mut out);
    out.finish().unwrap();
    bytes
}

/// Something to do with a chain.
#[derive(Clone, Copy, Debug)]
enum Step {
    Account,
    Block,
    Advance,
    Checkpoint,
    Snapshot,
    Revert,
}

const SCRIPT: &[Step] = {
    use Step::*;
    &[
        Account, Account, Block, Account, Snapshot, Block, Checkpoint, Account, Advance, Account,
        Block, Revert, Account, Block, Checkpoint, Account, Checkpoint, Account, Block,
    ]
};

/// Does the script as far as it goes; what the chain was after each step that was acknowledged.
fn run(chain: &mut Chain) -> (Vec<Checksum256>, Result<(), String>) {
    let mut seen = Vec::new();
    let done = run_with(chain, &mut |chain| seen.push(fingerprint(chain)));
    (seen, done)
}

/// Does the script as far as it goes; looks at the chain before it and after each step that was
/// acknowledged.
fn run_with(chain: &mut Chain, look: &mut dyn FnMut(&Chain)) -> Result<(), String> {
    look(chain);
    let mut snapshot: Option<Snapshot> = None;
    for (number, step) in SCRIPT.iter().enumerate() {
        let done = match step {
            Step::Account => {
                let name = Name::from_raw((number as u64 + 1) << 59);
                let pushed = chain.create_account(name);
                pushed.map(drop).map_err(|failure| failure.to_string())
            }
            Step::Block => chain.produce_block().map(drop).map_err(|e| e.to_string()),
            Step::Advance => {
                let advanced = chain.advance(Duration::from_secs(60 * 60));
                advanced.map(drop).map_err(|error| error.to_string())
            }
            Step::Checkpoint => chain.checkpoint().map_err(|error| error.to_string()),
            Step::Snapshot => {
                snapshot = Some(chain.snapshot());
                Ok(())
            }
            Step::Revert => {
                chain.revert(snapshot.as_ref().unwrap());
                chain.sync().map_err(|error| error.to_string())
            }
        };
        done?;
        look(chain);
    }
    Ok(())
}

/// What the chain is after each step where nothing goes wrong.
fn expected() -> Vec<Checksum256> {
    let mut chain = Chain::start(Default::default(), Arc::new(NoContracts)).unwrap();
    let (seen, result) = run(&mut chain);
    result.unwrap();
    seen
}

#[test]
fn a_chain_in_a_folder_is_the_same_as_one_in_memory_and_the_same_when_opened_again() {
    let expected = expected();
    for durability in [
        Durability::Transaction,
        Durability::Block,
        Durability::Process,
    ] {
        let machine = Machine::new();
        let mut chain = open(&machine, durability).unwrap();
        let (seen, result) = run(&mut chain);
        result.unwrap();
        assert_eq!(seen, expected);
        drop(chain);
        let chain = open(&machine, durability).unwrap();
        assert_eq!(fingerprint(&chain), *expected.last().unwrap());
        let report = chain.state().ram_report();
        chain.close().unwrap();
        let chain = open(&machine, durability).unwrap();
        assert_eq!(fingerprint(&chain), *expected.last().unwrap());
        assert_eq!(chain.state().ram_report(), report);
    }
}

#[test]
fn a_copy_writes_nothing() {
    let machine = Machine::new();
    let mut chain = open(&machine, Durability::Transaction).unwrap();
    let before = machine.operations();
    let mut copy = chain.clone();
    assert!(chain.is_durable() && !copy.is_durable());
    run(&mut copy).1.unwrap();
    assert_eq!(machine.operations(), before);
    chain.produce_block().unwrap();
    assert!(machine.operations() > before);
}

#[test]
fn checkpoints_are_written_in_the_background_and_old_ones_go() {
    let machine = Machine::new();
    let options = OpenOptions::new().checkpoint_every(3);
    let disk = Arc::new(machine.clone());
    let mut chain = options.open_on(disk, Arc::new(NoContracts)).unwrap();
    for _ in 0..40 {
        chain.produce_block().unwrap();
    }
    let expected = fingerprint(&chain);
    drop(chain);
    let names = crate::store::Disk::names(&machine).unwrap();
    let checkpoints = names.iter().filter(|name| name.starts_with("checkpoint"));
    assert!(checkpoints.count() <= 2, "{names:?}");
    let chain = open(&machine, Durability::Transaction).unwrap();
    assert_eq!(fingerprint(&chain), expected);
}

#[test]
fn a_folder_has_one_chain_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let options = OpenOptions::new();
    let open = || options.open(folder.path(), Arc::new(NoContracts));
    let mut chain = open().unwrap();
    chain.produce_block().unwrap();
    let expected = fingerprint(&chain);
    assert!(matches!(open(), Err(StoreError::Locked { .. })));
    chain.close().unwrap();
    assert_eq!(fingerprint(&open().unwrap()), expected);
}

#[test]
fn a_chain_that_is_there_already_can_be_kept() {
    let mut template = Chain::start(Default::default(), Arc::new(NoContracts)).unwrap();
    run(&mut template).1.unwrap();
    let machine = Machine::new();
    let options = OpenOptions::new().template(&template);
    let open = || options.open_on(Arc::new(machine.clone()), Arc::new(NoContracts));
    assert_eq!(fingerprint(&open().unwrap()), fingerprint(&template));
    let mut chain = open().unwrap();
    chain.produce_block().unwrap();
    let block = chain.head().id;
    drop(chain);
    assert_eq!(open().unwrap().head().id, block);
}

#[test]
fn hostile_bytes_of_a_chain_are_refused_or_read() {
    let mut chain = Chain::start(Default::default(), Arc::new(NoContracts)).unwrap();
    run(&mut chain).1.unwrap();
    let bytes = stored(&chain.image());
    let mut numbers = Numbers::new(1);
    for _ in 0..2_000 {
        let mut bytes = bytes.clone();
        for _ in 0..=numbers.below(3) {
            let at = numbers.below(bytes.len());
            bytes[at] = numbers.below(256) as u8;
        }
        bytes.truncate(bytes.len() - numbers.below(2) * numbers.below(bytes.len()));
        let _ = Image::restore(&mut antelope_types::Decoder::new(&bytes));
    }
}
