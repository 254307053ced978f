//! The index files: look-ups agree with a sorted list.

use super::run::{self, Entry, Run, RunFile, Runs, block_of, entry};
use crate::chain::durable::tests::machine::{Machine, Numbers};

const KIND: &str = "transactions";

#[test]
fn an_index_has_what_was_added_and_few_files() {
    let machine = Machine::new();
    let mut numbers = Numbers::new(3);
    let (mut runs, mut all) = (Runs::new(), Vec::<Entry>::new());
    for block in 1..80u32 {
        let count = numbers.below(if block % 20 == 0 { 3000 } else { 40 });
        let keys = (0..count).map(|_| {
            let mut key = [0; 16];
            key[..2].copy_from_slice(&(numbers.below(5000) as u16).to_be_bytes());
            entry(key, block)
        });
        let new: Vec<_> = keys.collect();
        all.extend(&new);
        runs = run::add(&machine, KIND, &runs, (block, block), new).unwrap();
    }
    all.sort_unstable();
    assert!(runs.len() < 16, "{runs:?}");
    assert_eq!(
        runs.iter().map(|run| run.entries).sum::<u64>(),
        all.len() as u64
    );
    for number in 0..300u16 {
        let mut key = [0; 16];
        key[..2].copy_from_slice(&(number * 17).to_be_bytes());
        let (lowest, mut found) = (entry(key, 0), Vec::new());
        for run in &runs {
            let file = RunFile::new(&machine, KIND, *run);
            let entries = file.from(file.rank(&lowest).unwrap()).map(Result::unwrap);
            found.extend(entries.take_while(|entry| entry[..16] == key));
        }
        found.sort_unstable();
        let from = all.partition_point(|entry| *entry < lowest);
        let expected = all[from..].iter().copied();
        let expected: Vec<_> = expected.take_while(|entry| entry[..16] == key).collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn a_changed_byte_of_a_page_is_told() {
    let machine = Machine::new();
    let entries: Vec<_> = (0..500u16)
        .map(|number| {
            let mut key = [0; 16];
            key[..2].copy_from_slice(&number.to_be_bytes());
            entry(key, 1)
        })
        .collect();
    let runs = run::add(&machine, KIND, &Runs::new(), (1, 1), entries.clone()).unwrap();
    let [run @ Run { entries: 500, .. }] = runs[..] else {
        panic!("{runs:?}");
    };
    let name = RunFile::new(&machine, KIND, run).name();
    let length = machine.content(&name).len();
    for position in (0..length).step_by(97) {
        let machine = machine.killed();
        machine.change(&name, |content| content[position] ^= 1);
        let file = RunFile::new(&machine, KIND, run);
        let read: Result<Vec<_>, _> = file.from(0).collect();
        assert!(read.is_err(), "byte {position}");
        for wanted in entries.iter().step_by(50) {
            // What is found is right, or it is told that it is not.
            if let Ok(place) = file.rank(wanted)
                && let Some(Ok(found)) = file.from(place).next()
            {
                assert_eq!((found, block_of(&found)), (*wanted, 1));
            }
        }
    }
}
