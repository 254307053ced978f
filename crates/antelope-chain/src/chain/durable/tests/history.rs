//! What blocks did is the same in a folder as in memory, whatever happens to the machine.

use super::machine::{Machine, Numbers};
use super::{SCRIPT, fingerprint, open_recording, run};
use crate::chain::{Chain, OpenOptions, Snapshot};
use crate::store::{Disk, Durability, StoreError};
use antelope_ledger::NoContracts;
use antelope_types::{Checksum256, Name};
use std::sync::Arc;
use std::time::Duration;

/// A recording chain in memory.
pub(super) fn recording() -> Chain {
    let mut chain = Chain::start(Default::default(), Arc::new(NoContracts)).unwrap();
    chain.record_history();
    chain
}

/// All that is recorded: traces, deltas, where transactions are, and the actions of an account.
pub(super) fn told(chain: &Chain) -> Option<Checksum256> {
    let history = chain.history()?;
    let mut bytes = Vec::new();
    let mut put = |part: &[u8]| {
        bytes.extend((part.len() as u64).to_le_bytes());
        bytes.extend_from_slice(part);
    };
    put(&history.first().to_le_bytes());
    assert_eq!(history.last(), chain.head().number());
    for number in 0..=history.last() + 1 {
        let recorded = (history.first()..=history.last()).contains(&number);
        let (traces, deltas) = (history.traces(number), history.deltas(number));
        let (traces, deltas) = (traces.unwrap(), deltas.unwrap());
        assert_eq!(deltas.is_some(), recorded, "block {number}");
        let traced = recorded && number >= history.first_traces();
        assert_eq!(traces.is_some(), traced, "block {number}");
        put(&traces.unwrap_or_default());
        put(&deltas.unwrap_or_default());
        let block = chain.block(number);
        let id = block.as_ref().map(|block| block.id);
        assert_eq!(history.position(number).unwrap(), id);
        for transaction in block.iter().flat_map(|block| &block.transactions) {
            let found = history.find(transaction.id).unwrap();
            assert!(
                !traced || found == Some(number),
                "block {number}: {found:?}"
            );
        }
    }
    assert_eq!(history.find(Checksum256([7; 32])).unwrap(), None);
    for account in [Name::from_raw(1 << 59), antelope_types::name!("eosio")] {
        let count = history.count_actions(account).unwrap();
        let all = history.actions(account, 0..u64::MAX).unwrap();
        assert_eq!(all.len() as u64, count);
        assert!(all.is_sorted_by_key(|action| action.global_sequence));
        let some = history
            .actions(account, 2..count.saturating_sub(1))
            .unwrap();
        let places: Vec<_> = some.iter().map(|action| action.place).collect();
        assert_eq!(places, (2..count.saturating_sub(1)).collect::<Vec<_>>());
        for action in all {
            put(&action.global_sequence.to_le_bytes());
            put(&action.block.to_le_bytes());
        }
    }
    Some(Checksum256::sha256(&bytes))
}

/// Something that happens to a chain in a folder.
#[derive(Clone, Copy, Debug)]
enum Event {
    Account,
    Block,
    Advance,
    Checkpoint,
    Close,
    Kill,
    Snapshot,
    Revert,
}

const EVENTS: [Event; 12] = {
    use Event::*;
    [
        Account, Account, Account, Account, Block, Block, Block, Advance, Checkpoint, Close, Kill,
        Snapshot,
    ]
};

/// A chain in a folder, and the same in memory.
struct Twins {
    machine: Machine,
    every: u64,
    stored: Option<Chain>,
    memory: Chain,
    snapshots: Option<(Snapshot, Snapshot)>,
}

impl Twins {
    fn new(every: u64) -> Self {
        let machine = Machine::new();
        let stored = Some(Self::open(&machine, every));
        Self {
            machine,
            every,
            stored,
            memory: recording(),
            snapshots: None,
        }
    }

    fn open(machine: &Machine, every: u64) -> Chain {
        let options = OpenOptions::new().history(true).checkpoint_every(every);
        let disk = Arc::new(machine.clone());
        options.open_on(disk, Arc::new(NoContracts)).unwrap()
    }

    fn both(&mut self, act: impl Fn(&mut Chain)) {
        act(self.stored.as_mut().unwrap());
        act(&mut self.memory);
    }

    fn happen(&mut self, event: Event, number: u64) {
        match event {
            Event::Account => {
                let name = Name::from_raw((number + 1) << 40 | 1 << 59);
                self.both(|chain| drop(chain.create_account(name).unwrap()));
            }
            Event::Block => self.both(|chain| drop(chain.produce_block().unwrap())),
            Event::Advance => {
                let hour = Duration::from_secs(60 * 60);
                self.both(|chain| drop(chain.advance(hour).unwrap()));
            }
            Event::Checkpoint => self.stored.as_mut().unwrap().checkpoint().unwrap(),
            Event::Close => {
                self.stored.take().unwrap().close().unwrap();
                self.stored = Some(Self::open(&self.machine, self.every));
            }
            Event::Kill => {
                // A checkpoint that is being written is complete or not there.
                self.machine = self.machine.killed();
                self.stored = Some(Self::open(&self.machine, self.every));
            }
            Event::Snapshot => {
                let stored = self.stored.as_ref().unwrap().snapshot();
                self.snapshots = Some((stored, self.memory.snapshot()));
            }
            Event::Revert => {
                if let Some((stored, memory)) = &self.snapshots {
                    let chain = self.stored.as_mut().unwrap();
                    chain.revert(stored);
                    chain.sync().unwrap();
                    self.memory.revert(memory);
                }
            }
        }
    }

    fn check(&self) {
        let stored = self.stored.as_ref().unwrap();
        assert_eq!(told(stored), told(&self.memory));
        assert_eq!(fingerprint(stored), fingerprint(&self.memory));
    }
}

#[test]
fn random_lives_have_the_same_history_on_the_disk_as_in_memory() {
    for seed in 0..30 {
        let mut numbers = Numbers::new(seed);
        let mut twins = Twins::new(1 + numbers.below(40) as u64);
        for number in 0..60 {
            twins.happen(EVENTS[numbers.below(EVENTS.len())], number);
            if number % 10 == 9 {
                twins.check();
            }
        }
        twins.check();
    }
}

#[test]
fn a_revert_takes_the_history_back() {
    for seed in 0..20 {
        let mut numbers = Numbers::new(seed);
        // Without checkpoints in the background, which would be past the snapshot.
        let mut twins = Twins::new(u64::MAX);
        for number in 0..10 {
            twins.happen(EVENTS[numbers.below(8)], number);
        }
        twins.happen(Event::Snapshot, 0);
        for number in 10..20 {
            twins.happen(EVENTS[numbers.below(8)], number);
        }
        twins.happen(Event::Revert, 0);
        twins.check();
        for number in 20..40 {
            let event = EVENTS[numbers.below(EVENTS.len() - 1)];
            twins.happen(event, number);
        }
        twins.check();
    }
}

#[test]
fn a_block_in_production_has_its_traces_after_a_restart() {
    let machine = Machine::new();
    let mut chain = open_recording(&machine, Durability::Transaction).unwrap();
    let mut memory = recording();
    for chain in [&mut chain, &mut memory] {
        chain.produce_block().unwrap();
        chain.create_account(Name::from_raw(1 << 60)).unwrap();
    }
    chain.checkpoint().unwrap();
    for chain in [&mut chain, &mut memory] {
        chain.create_account(Name::from_raw(2 << 60)).unwrap();
    }
    chain.close().unwrap();
    let mut chain = open_recording(&machine, Durability::Transaction).unwrap();
    for chain in [&mut chain, &mut memory] {
        chain.produce_block().unwrap();
        assert_eq!(chain.head().transactions.len(), 2);
    }
    assert_eq!(told(&chain), told(&memory));
}

#[test]
fn a_folder_that_was_begun_without_is_recorded_from_the_next_block_on() {
    let machine = Machine::new();
    let open = |history: Option<bool>| {
        let options = history.map_or(OpenOptions::new(), |it| OpenOptions::new().history(it));
        options.open_on(Arc::new(machine.clone()), Arc::new(NoContracts))
    };
    let mut chain = open(None).unwrap();
    assert!(chain.history().is_none());
    for _ in 0..4 {
        chain.produce_block().unwrap();
    }
    chain.create_account(Name::from_raw(1 << 60)).unwrap();
    chain.close().unwrap();
    let mut chain = open(Some(true)).unwrap();
    let history = chain.history().unwrap();
    assert_eq!((history.first(), history.last()), (6, 5), "nothing yet");
    for _ in 0..3 {
        chain.produce_block().unwrap();
    }
    let history = chain.history().unwrap();
    assert_eq!((history.first(), history.last()), (6, 8));
    let whole = chain.history().unwrap().deltas(6).unwrap().unwrap();
    assert!(whole.len() > 10 * history.deltas(7).unwrap().unwrap().len());
    let expected = told(&chain);
    chain.close().unwrap();
    // It goes on without being told to, and ends when it is told to.
    let chain = open(None).unwrap();
    assert_eq!(told(&chain), expected);
    drop(chain);
    let mut chain = open(Some(false)).unwrap();
    chain.produce_block().unwrap();
    assert!(chain.history().is_none());
    chain.close().unwrap();
    let mut chain = open(Some(true)).unwrap();
    chain.produce_block().unwrap();
    chain.close().unwrap();
    let chain = open(None).unwrap();
    assert_eq!(chain.history().unwrap().first(), 10);
    told(&chain);
}

#[test]
fn another_folder_begins_with_the_history_of_its_template() {
    let machine = Machine::new();
    let mut template = open_recording(&machine, Durability::Process).unwrap();
    run(&mut template).1.unwrap();
    let options = OpenOptions::new().template(&template);
    let other = Machine::new();
    let open = || options.open_on(Arc::new(other.clone()), Arc::new(NoContracts));
    let chain = open().unwrap();
    assert_eq!(told(&chain), told(&template));
    chain.close().unwrap();
    let mut chain = open().unwrap();
    assert_eq!(told(&chain), told(&template));
    for chain in [&mut chain, &mut template] {
        chain.produce_block().unwrap();
    }
    chain.close().unwrap();
    assert_eq!(told(&open().unwrap()), told(&template));
}

#[test]
fn old_files_of_the_indexes_go() {
    let machine = Machine::new();
    let mut chain = open_recording(&machine, Durability::Process).unwrap();
    for number in 1..60 {
        chain
            .create_account(Name::from_raw(number << 58 | 1 << 50))
            .unwrap();
        chain.produce_block().unwrap();
        chain.checkpoint().unwrap();
    }
    let mut names = machine.names().unwrap();
    names.retain(|name| name.starts_with("transactions") || name.starts_with("accounts"));
    assert!(names.len() < 24, "{names:?}");
    told(&chain);
}

/// What the logs have of a block: its traces, where it has any, and its deltas.
type Logged = (Option<Vec<u8>>, Vec<u8>);

/// A machine with a chain that was closed, all of whose records are in the logs.
fn logged() -> (Machine, Vec<Logged>) {
    let machine = Machine::new();
    let mut chain = open_recording(&machine, Durability::Process).unwrap();
    for number in 1..12 {
        chain
            .create_account(Name::from_raw(number << 58 | 1 << 50))
            .unwrap();
        chain.produce_block().unwrap();
    }
    let history = chain.history().unwrap();
    let all = 1..=history.last();
    let contents = all.map(|number| {
        let deltas = history.deltas(number).unwrap().unwrap();
        (history.traces(number).unwrap(), deltas)
    });
    let contents = contents.collect();
    chain.close().unwrap();
    (machine, contents)
}

#[test]
fn a_changed_byte_of_a_log_is_told_and_not_served() {
    let (machine, expected) = logged();
    for (log, step) in [("trace_history.log", 3), ("chain_state_history.log", 11)] {
        let length = machine.content(log).len();
        let mut damaged = 0;
        for position in (0..length).step_by(step) {
            let machine = machine.killed();
            machine.change(log, |log| log[position] ^= 1 << (position % 8));
            let chain = match open_recording(&machine, Durability::Process) {
                Ok(chain) => chain,
                Err(StoreError::Damaged { .. }) => {
                    damaged += 1;
                    continue;
                }
                Err(error) => panic!("{error}"),
            };
            let history = chain.history().unwrap();
            for (number, (traces, deltas)) in (1..).zip(&expected) {
                match history.traces(number) {
                    Ok(found) => assert_eq!(found, *traces, "byte {position}"),
                    Err(error) => damaged += told_damage(&error),
                }
                match history.deltas(number) {
                    Ok(found) => assert_eq!(found.as_ref(), Some(deltas), "byte {position}"),
                    Err(error) => damaged += told_damage(&error),
                }
            }
        }
        // What does not change what is served: padding, and the id of a block that is not the last.
        let least = length / step * 3 / 5;
        assert!(damaged > least, "{damaged} of {}", length / step);
    }
}

fn told_damage(error: &StoreError) -> usize {
    assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
    1
}

#[test]
fn a_lost_or_cut_index_is_made_anew() {
    let (machine, _) = logged();
    let expected = told(&open_recording(&machine.killed(), Durability::Process).unwrap());
    let names = machine.names().unwrap();
    let indexes = names.iter().filter(|name| {
        let kinds = [
            "transactions",
            "accounts",
            "trace_history.index",
            "chain_state_history.index",
        ];
        kinds.iter().any(|kind| name.starts_with(kind))
    });
    for name in indexes {
        let machine = machine.killed();
        let content = machine.content(name);
        machine.change(name, |content| content.truncate(content.len() / 2));
        let chain = open_recording(&machine, Durability::Process).unwrap();
        assert_eq!(told(&chain), expected, "{name}");
        assert_eq!(machine.content(name), content, "{name}");
        machine.remove(name).unwrap();
        let chain = open_recording(&machine, Durability::Process).unwrap();
        assert_eq!(told(&chain), expected, "{name}");
        // The last page is verified, and with it the end of the file.
        machine.change(name, |content| *content.last_mut().unwrap() ^= 1);
        let chain = open_recording(&machine, Durability::Process).unwrap();
        assert_eq!(told(&chain), expected, "{name}");
        assert_eq!(machine.content(name), content, "{name}");
    }
}

#[test]
fn a_changed_page_of_an_index_is_told_when_it_is_read() {
    let machine = Machine::new();
    let mut chain = open_recording(&machine, Durability::Process).unwrap();
    for number in 0..300 {
        let name = Name::from_raw((number + 1) << 50 | 1 << 59);
        chain.create_account(name).unwrap();
    }
    chain.produce_block().unwrap();
    chain.close().unwrap();
    let names = machine.names().unwrap();
    let index = names.iter().find(|name| name.starts_with("transactions"));
    let index = index.unwrap();
    assert!(machine.content(index).len() > 4088, "it has several pages");
    machine.change(index, |content| content[9] ^= 1);
    let chain = open_recording(&machine, Durability::Process).unwrap();
    let error = chain
        .history()
        .unwrap()
        .find(Checksum256::ZERO)
        .unwrap_err();
    assert!(error.to_string().contains(index.as_str()), "{error}");
    assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
}

#[test]
fn a_log_that_was_cut_is_told() {
    let (machine, _) = logged();
    for log in ["trace_history.log", "chain_state_history.log"] {
        let length = machine.content(log).len();
        for left in [0, length / 2, length - 1] {
            let machine = machine.killed();
            // There is no other checkpoint to begin from.
            let mut others = machine.names().unwrap();
            others.retain(|name| name.starts_with("checkpoint"));
            others.pop();
            others.iter().for_each(|name| machine.remove(name).unwrap());
            machine.change(log, |log| log.truncate(left));
            let opened = open_recording(&machine, Durability::Process);
            assert!(matches!(opened, Err(StoreError::Damaged { .. })), "{log}");
        }
    }
}

#[test]
fn a_log_that_was_cut_is_written_again_from_the_checkpoint_before() {
    let (machine, _) = logged();
    let expected = told(&open_recording(&machine.killed(), Durability::Process).unwrap());
    for log in ["blocks.log", "trace_history.log", "chain_state_history.log"] {
        let content = machine.content(log);
        for left in [0, content.len() / 2, content.len() - 1] {
            let machine = machine.killed();
            machine.change(log, |log| log.truncate(left));
            let chain = open_recording(&machine, Durability::Process).unwrap();
            assert_eq!(told(&chain), expected, "{log}");
            chain.close().unwrap();
            let written = machine.content(log);
            assert!(written == content, "{log}, {left} bytes left");
            let chain = open_recording(&machine, Durability::Process).unwrap();
            assert_eq!(told(&chain), expected, "{log}");
        }
    }
}

#[test]
fn a_view_stays_as_it_was() {
    let machine = Machine::new();
    let mut chain = open_recording(&machine, Durability::Process).unwrap();
    chain.create_account(Name::from_raw(1 << 60)).unwrap();
    chain.produce_block().unwrap();
    let early = chain.history().unwrap();
    let traces = early.traces(2).unwrap();
    for _ in 0..SCRIPT.len() {
        chain.produce_block().unwrap();
    }
    chain.checkpoint().unwrap();
    assert_eq!((early.last(), early.traces(3).unwrap()), (2, None));
    assert_eq!(early.traces(2).unwrap(), traces);
    assert_eq!(chain.history().unwrap().traces(2).unwrap(), traces);
    let signed = early.block(2).unwrap().unwrap();
    assert_eq!(chain.history().unwrap().block(2).unwrap().unwrap(), signed);
}
