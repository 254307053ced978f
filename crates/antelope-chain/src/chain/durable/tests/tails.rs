//! Ends of files that are cut, empty or there twice: the start has everything that was acknowledged,
//! or says which file is bad.
//!
//! What a disk loses with the power it loses from the ends of files, and of those only what was not
//! synced: `power` shows that this costs nothing. Here the ends of synced files are damaged as well,
//! as by a disk that lies or a copy that was made at the wrong moment.
//!
//! | file | cut or empty at its end | twice at its end |
//! |---|---|---|
//! | journal | an earlier chain where the last segment ends earlier, since an end that was never written looks the same; told where anything shows that there was more | everything |
//! | checkpoint | everything, from the one before it; told where there is none | everything |
//! | block log, logs of the history | everything, from the checkpoint before; told where that has the damaged part as well | everything |
//! | indexes | everything: they are made anew | everything |

use super::history::told;
use super::machine::{Machine, Numbers};
use super::{SCRIPT, fingerprint, open_recording, run, run_with};
use crate::store::{Disk, Durability, StoreError};
use antelope_types::Checksum256;
use std::collections::BTreeMap;

/// Damaged folders.
const FOLDERS: usize = 700;

/// A chain with what it has recorded.
type All = (Checksum256, Option<Checksum256>);

/// What is done to the end of a file.
#[derive(Clone, Copy, Debug)]
enum Damage {
    Cut,
    Zero,
    Twice,
}

impl Damage {
    /// Damages so many bytes at the end.
    fn to(self, content: &mut Vec<u8>, bytes: usize) {
        let rest = content.len() - bytes;
        match self {
            Self::Cut => content.truncate(rest),
            Self::Zero => content[rest..].fill(0),
            Self::Twice => content.extend_from_within(rest..),
        }
    }
}

/// What a start has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Opened {
    /// Everything that was acknowledged is there.
    Whole,
    /// An error names the file.
    Told,
    /// The journal ends earlier, and so does the chain.
    Earlier,
}

/// The chain after each step of the script.
fn steps() -> Vec<All> {
    let mut seen = Vec::new();
    let mut chain = super::history::recording();
    run_with(&mut chain, &mut |chain| {
        seen.push((fingerprint(chain), told(chain)))
    })
    .unwrap();
    seen
}

/// The kind of a file: its name up to the number.
fn kind(name: &str) -> &str {
    match name.split_once('-') {
        Some((kind, _)) => kind,
        None => name,
    }
}

#[test]
fn a_damaged_end_of_any_file_is_made_good_or_told_by_its_name() {
    let steps = steps();
    let mut numbers = Numbers::new(20);
    let mut counts: BTreeMap<(String, Opened), usize> = BTreeMap::new();
    let whole = Machine::new();
    let mut chain = open_recording(&whole, Durability::Transaction).unwrap();
    run(&mut chain).1.unwrap();
    drop(chain);
    for number in 0..FOLDERS {
        // The machine has stopped somewhere; every file was written to its end.
        let machine = Machine::new();
        machine.stop_at(10 + numbers.below(whole.operations() - 10));
        let acknowledged = open_recording(&machine, Durability::Transaction)
            .map_or(0, |mut chain| run(&mut chain).0.len().saturating_sub(1));
        let machine = machine.killed();
        let mut names = machine.names().unwrap();
        names.retain(|name| !name.ends_with(".tmp") && !machine.content(name).is_empty());
        let name = &names[numbers.below(names.len())];
        let damage = [Damage::Cut, Damage::Zero, Damage::Twice][numbers.below(3)];
        let length = machine.content(name).len();
        let bytes = match numbers.below(3) {
            0 => 1 + numbers.below(8.min(length)),
            1 => 1 + numbers.below(300.min(length)),
            _ => 1 + numbers.below(length),
        };
        machine.change(name, |content| damage.to(content, bytes));
        let what = format!("{number}: {damage:?} {bytes} of {length} bytes of {name}");
        let outcome = match open_recording(&machine, Durability::Transaction) {
            Ok(chain) => {
                let found = (fingerprint(&chain), told(&chain));
                let expected = &steps[acknowledged..steps.len().min(acknowledged + 2)];
                // Opened again it is the same: nothing was left half mended.
                drop(chain);
                let again = open_recording(&machine, Durability::Transaction).unwrap();
                assert_eq!((fingerprint(&again), told(&again)), found, "{what}");
                match expected.contains(&found) {
                    true => Opened::Whole,
                    false => {
                        let is_journal = kind(name) == "journal";
                        assert!(is_journal && !matches!(damage, Damage::Twice), "{what}");
                        assert!(steps[..acknowledged].contains(&found), "{what}");
                        Opened::Earlier
                    }
                }
            }
            Err(error) => {
                let text = error.to_string();
                assert!(text.contains(name.as_str()), "{what}: {text}");
                let damaged = matches!(
                    error,
                    StoreError::Damaged { .. } | StoreError::Foreign { .. }
                );
                assert!(
                    damaged || matches!(error, StoreError::Version { .. }),
                    "{what}: {text}"
                );
                Opened::Told
            }
        };
        // What is there twice is there.
        let is_twice = matches!(damage, Damage::Twice);
        assert!(!is_twice || outcome == Opened::Whole, "{what}");
        *counts.entry((kind(name).to_owned(), outcome)).or_default() += 1;
    }
    eprintln!("{counts:#?}");
    let of = |name: &str, outcome| {
        counts
            .get(&(name.to_owned(), outcome))
            .copied()
            .unwrap_or(0)
    };
    // Counted, so that each kind of file is known to have been damaged, and most to be made good.
    for index in [
        "blocks.index",
        "trace_history.index",
        "chain_state_history.index",
    ] {
        assert!(of(index, Opened::Whole) > 10, "{index}");
        assert_eq!(of(index, Opened::Told), 0, "{index}");
    }
    for index in ["transactions", "accounts"] {
        assert!(of(index, Opened::Whole) > 10, "{index}");
        assert_eq!(of(index, Opened::Told), 0, "{index}");
    }
    for log in ["blocks.log", "trace_history.log", "chain_state_history.log"] {
        assert!(of(log, Opened::Whole) > of(log, Opened::Told), "{log}");
    }
    // Right after the beginning and after a revert there is only one.
    assert!(of("checkpoint", Opened::Whole) > 40 && of("checkpoint", Opened::Told) > 10);
    assert!(of("journal", Opened::Whole) > of("journal", Opened::Earlier));
    let all: usize = counts.values().sum();
    assert_eq!((all, SCRIPT.len()), (FOLDERS, 19));
}
