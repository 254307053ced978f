//! A generated chain with its branches, and a node that tells of it as nodes do: with repetitions and gaps.

use super::life::{CONTRACTS, Life, time};
use antelope_follow::{
    Arrival, BlockEvent, BlockPosition, BlockSource, FollowCursor, FollowError, FollowedBlock,
    Linker, SourceProgress, Step,
};
use antelope_types::Checksum256;
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

/// The number of the first block of the history.
pub(super) const FIRST: u32 = 5;

#[derive(Clone)]
struct Grown {
    block: FollowedBlock,
    parent: Option<usize>,
    life: Life,
}

/// All blocks that were ever made, and which of them the node takes for the chain.
pub(super) struct Tree {
    blocks: Vec<Grown>,
    head: usize,
    last_irreversible: usize,
    /// What was told last, so that a switch of branches is told from where they part.
    told: u32,
}

impl Tree {
    pub(super) fn new() -> Self {
        let mut life = Life::default();
        let deeds = life.begin();
        let block = FollowedBlock {
            position: position(FIRST, 0, Checksum256::default()),
            time: time(FIRST),
            rows: Some(deeds.rows),
            abis: deeds.abis,
            ..FollowedBlock::default()
        };
        let root = Grown {
            block,
            parent: None,
            life,
        };
        Self {
            blocks: vec![root],
            head: 0,
            last_irreversible: 0,
            told: 0,
        }
    }

    pub(super) fn head_number(&self) -> u32 {
        self.number(self.head)
    }

    pub(super) fn final_number(&self) -> u32 {
        self.number(self.last_irreversible)
    }

    fn number(&self, at: usize) -> u32 {
        self.blocks[at].block.position.block_num
    }

    /// A block after the head.
    pub(super) fn grow(&mut self, seed: u64) {
        let parent = &self.blocks[self.head];
        let (number, previous) = (
            parent.block.position.block_num + 1,
            parent.block.position.block_id,
        );
        let mut life = parent.life.clone();
        let deeds = life.block(number, seed);
        let block = FollowedBlock {
            position: position(number, seed, previous),
            previous,
            time: time(number),
            actions: deeds.actions,
            rows: Some(deeds.rows),
            abis: deeds.abis,
            is_final: false,
        };
        let parent = Some(self.head);
        self.head = self.blocks.len();
        self.blocks.push(Grown {
            block,
            parent,
            life,
        });
    }

    /// The node goes over to another branch, which parts so many blocks below the head.
    pub(super) fn fork(&mut self, depth: u32, seeds: &[u64]) {
        let lowest = self.final_number();
        let from = self.head_number().saturating_sub(depth).max(lowest);
        self.head = self.at(from);
        for seed in seeds {
            self.grow(*seed);
        }
        self.told = self.told.min(from);
    }

    /// The same below the last irreversible block, which cannot be.
    pub(super) fn fork_at(&mut self, number: u32, seeds: &[u64]) {
        self.last_irreversible = self.at(number);
        self.fork(u32::MAX, seeds);
    }

    /// Blocks up to so many below the head become final.
    pub(super) fn settle(&mut self, depth: u32) {
        let number = self.head_number().saturating_sub(depth);
        if number > self.final_number() {
            self.last_irreversible = self.at(number);
        }
    }

    /// The node is restored from a snapshot that is so many blocks old, and gets the same blocks again up to the
    /// last irreversible one; what comes after is made anew.
    pub(super) fn restore(&mut self, seeds: &[u64]) {
        self.head = self.last_irreversible;
        self.told = 0;
        for seed in seeds {
            self.grow(*seed);
        }
    }

    /// The place of the chain's block with this number.
    fn at(&self, number: u32) -> usize {
        let mut at = self.head;
        while self.number(at) > number {
            at = self.blocks[at].parent.unwrap();
        }
        at
    }

    fn position(&self, number: u32) -> Option<BlockPosition> {
        let is_there = (FIRST..=self.head_number()).contains(&number);
        is_there.then(|| self.blocks[self.at(number)].block.position)
    }

    fn progress(&self) -> SourceProgress {
        SourceProgress {
            head: self.blocks[self.head].block.position,
            last_irreversible: self.blocks[self.last_irreversible].block.position,
        }
    }
}

fn position(number: u32, seed: u64, previous: Checksum256) -> BlockPosition {
    let seed = seed.to_le_bytes();
    BlockPosition {
        block_num: number,
        block_id: Checksum256::sha256_of(&[&number.to_le_bytes(), &seed, &previous.0]),
    }
}

/// A session with the node of a tree.
pub(super) struct Teller {
    tree: Rc<RefCell<Tree>>,
    linker: Linker,
    asked: bool,
    /// Bits that say what goes wrong with each block: nothing, repeated, left out.
    noise: u64,
}

impl Teller {
    pub(super) fn new(tree: &Rc<RefCell<Tree>>, noise: u64) -> Self {
        let mut linker = Linker::default();
        linker.begin_at(FIRST);
        Self {
            tree: Rc::clone(tree),
            linker,
            asked: false,
            noise,
        }
    }

    /// As nodes do: from the block after the cursor, or from the first that is another there or missing.
    fn ask(&mut self, cursor: &FollowCursor) {
        let mut tree = self.tree.borrow_mut();
        let mut start = cursor.next_number().unwrap_or(FIRST);
        for position in cursor.positions() {
            if tree.position(position.block_num) != Some(*position) {
                start = start.min(position.block_num);
            }
        }
        tree.told = start - 1;
        self.asked = true;
        self.linker.reset();
    }

    fn receive(&mut self) -> bool {
        let mut tree = self.tree.borrow_mut();
        self.linker.tell(tree.progress());
        let odd = self.noise & 0xf;
        self.noise >>= 4;
        match odd {
            1 => tree.told = tree.told.saturating_sub(1).max(FIRST - 1),
            2 => tree.told = tree.told.saturating_sub(3).max(FIRST - 1),
            3 if tree.told + 1 < tree.head_number() => tree.told += 1,
            _ => {}
        }
        if tree.told >= tree.head_number() {
            return false;
        }
        tree.told = tree.told.max(FIRST - 1) + 1;
        let block = tree.blocks[tree.at(tree.told)].block.clone();
        let progress = tree.progress();
        self.linker.arrive(Arrival { block, progress });
        true
    }
}

impl BlockSource for Teller {
    fn chain_id(&mut self) -> Result<Checksum256, FollowError> {
        Ok(CONTRACTS.chain_id)
    }

    fn next(
        &mut self,
        cursor: &FollowCursor,
        _: Duration,
    ) -> Result<Option<BlockEvent>, FollowError> {
        if !self.asked {
            self.ask(cursor);
        }
        loop {
            match self.linker.step(cursor)? {
                Step::Tell(event) => return Ok(Some(event)),
                Step::AskAgain => self.ask(cursor),
                Step::Receive if self.receive() => {}
                Step::Receive => {
                    let event = match self.linker.step(cursor)? {
                        Step::Tell(event) => Some(event),
                        _ => None,
                    };
                    return Ok(event);
                }
            }
        }
    }

    fn progress(&self) -> Option<SourceProgress> {
        self.linker.progress()
    }
}
