//! A process is killed at random moments: all that it was told to be done is there afterwards.

use antelope_chain::{Chain, Durability, NoContracts, OpenOptions};
use antelope_types::Name;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

/// Names the folder of the chain to the process that is to be killed.
const FOLDER: &str = "ANTELOPE_CHAIN_TO_KILL";
/// Tells that process what its chain is to be safe from.
const DURABILITY: &str = "ANTELOPE_CHAIN_DURABILITY";

const ROUNDS: u64 = 25;

fn open(folder: &Path, durability: Durability) -> Chain {
    // Checkpoints are written in the background all the time.
    let options = OpenOptions::new()
        .durability(durability)
        .checkpoint_every(7);
    options.open(folder, Arc::new(NoContracts)).unwrap()
}

/// What the chain has done, in order: its transactions and its blocks.
fn history(chain: &Chain, from: u32) -> Vec<String> {
    let mut history = Vec::new();
    for number in from..=chain.head().number() {
        let block = chain.block(number).unwrap();
        let transactions = block.transactions.iter();
        history.extend(transactions.map(|transaction| transaction.id.to_string()));
        history.push(block.id.to_string());
    }
    history
}

/// In the process that is killed: pushes and makes blocks until the end, and tells of each.
#[test]
fn the_process_that_is_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    let durability = match std::env::var(DURABILITY).unwrap().as_str() {
        "Transaction" => Durability::Transaction,
        "Block" => Durability::Block,
        _ => Durability::Process,
    };
    let mut chain = open(Path::new(&folder), durability);
    // Not through `println`, which tests hold back.
    let mut out = std::io::stdout();
    let mut accounts = chain.state().ram_usage().count() as u64;
    for number in 0.. {
        let done = if number % 5 == 4 {
            chain.produce_block().unwrap().id
        } else {
            accounts += 1;
            let name = Name::from_raw(accounts << 24 | 1 << 60);
            chain.create_account(name).unwrap().id
        };
        writeln!(out, "done {done}").unwrap();
    }
}

#[test]
fn what_a_killed_process_was_told_to_be_done_is_there() {
    for durability in [
        Durability::Transaction,
        Durability::Block,
        Durability::Process,
    ] {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("chain");
        let mut chain = open(&folder, durability);
        let mut random = 0x9e37_79b9_7f4a_7c15u64;
        for round in 0..ROUNDS {
            let first = chain.head().number() + 1;
            drop(chain);
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            let mut told = kill_after(random % 40, random >> 50, &folder, durability);
            chain = open(&folder, durability);
            let last = chain.produce_block().unwrap();
            let found = history(&chain, first);
            // One step more may be there, which was done and not told of; then this block.
            let more = found.len().checked_sub(told.len() + 1);
            assert!(
                more.is_some_and(|more| more <= 1),
                "round {round}: {told:?} {found:?}"
            );
            assert_eq!(found[..told.len()], told[..], "round {round}");
            told.push(last.id.to_string());
            assert_eq!(found.last(), told.last());
        }
        let (head, report) = (chain.head().id, chain.state().ram_report());
        drop(chain);
        let chain = open(&folder, durability);
        assert_eq!(chain.head().id, head);
        assert_eq!(chain.state().ram_report(), report);
    }
}

/// Starts the process and kills it after it has told of so many things, and so many turns of a loop
/// later; all that it has told.
fn kill_after(steps: u64, turns: u64, folder: &Path, durability: Durability) -> Vec<String> {
    let durability = format!("{durability:?}");
    let mut told = until_killed(
        "kill::the_process_that_is_killed",
        &[
            (FOLDER, folder.as_os_str()),
            (DURABILITY, durability.as_ref()),
        ],
        steps,
        turns,
    );
    // The last line may not be whole.
    told.retain(|line| line.len() == 64);
    told
}

/// Starts this test in a process and kills it after it has told `done …` so many times, and so many
/// turns of a loop later; all that it has told, the last line perhaps in part.
pub fn until_killed(
    test: &str,
    variables: &[(&str, &OsStr)],
    steps: u64,
    turns: u64,
) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .envs(variables.iter().copied())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).split(b'\n');
    let mut told = Vec::new();
    let mut tell = |told: &mut Vec<String>| {
        let line = String::from_utf8(lines.next()?.unwrap()).unwrap();
        told.extend(line.strip_prefix("done ").map(str::to_owned));
        Some(())
    };
    while (told.len() as u64) < steps {
        tell(&mut told).expect("the process has ended by itself");
    }
    for turn in 0..turns {
        std::hint::black_box(turn);
    }
    child.kill().unwrap();
    child.wait().unwrap();
    while tell(&mut told).is_some() {}
    told
}
