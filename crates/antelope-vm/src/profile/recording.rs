//! What one action executed, while it does.

use super::instrument::{Block, event};
use std::sync::Arc;

/// The functions that were called, by the way to them, and how often each block was executed.
pub(in super::super) struct Recording {
    blocks: Arc<[Block]>,
    budget: u64,
    instructions: u64,
    work: u64,
    hits: Vec<u64>,
    calls: Vec<Call>,
    current: usize,
    open: Vec<usize>,
}

/// All calls of a function by the same way.
pub(super) struct Call {
    pub(super) function: u32,
    pub(super) count: u64,
    /// What they cost, without those that they made.
    pub(super) cost: u64,
    /// Those that they made.
    pub(super) callees: Vec<usize>,
}

impl Call {
    fn of(function: u32) -> Self {
        Self {
            function,
            count: 0,
            cost: 0,
            callees: Vec::new(),
        }
    }
}

/// Stands for what calls `apply`.
pub(super) const CHAIN: u32 = u32::MAX;

impl Recording {
    pub(super) fn new(blocks: &Arc<[Block]>, budget: u64) -> Self {
        Self {
            hits: vec![0; blocks.len()],
            blocks: Arc::clone(blocks),
            budget,
            instructions: 0,
            work: 0,
            calls: vec![Call::of(CHAIN)],
            current: 0,
            open: Vec::new(),
        }
    }

    /// Takes note of what the probe was told; what may still be executed then.
    pub(super) fn tell(&mut self, event: u32) -> u64 {
        match event {
            event::BACK => self.current = self.open.pop().unwrap_or_default(),
            event::CALL => self.open.push(self.current),
            host if host & event::HOST != 0 => {
                self.open.push(self.current);
                self.enter(host & !event::HOST);
            }
            number => self.execute(number as usize),
        }
        self.budget.saturating_sub(self.instructions + self.work)
    }

    fn execute(&mut self, number: usize) {
        let Some(block) = self.blocks.get(number) else {
            return;
        };
        let Block {
            function,
            entry,
            cost,
        } = *block;
        if entry {
            self.enter(function);
        }
        self.hits[number] += 1;
        self.instructions += cost;
        self.calls[self.current].cost += cost;
    }

    fn enter(&mut self, function: u32) {
        let callees = &self.calls[self.current].callees;
        let known = callees
            .iter()
            .find(|callee| self.calls[**callee].function == function);
        let callee = match known {
            Some(callee) => *callee,
            None => {
                let callee = self.calls.len();
                self.calls.push(Call::of(function));
                self.calls[self.current].callees.push(callee);
                callee
            }
        };
        self.calls[callee].count += 1;
        self.current = callee;
    }

    /// Takes note of what a host function cost.
    pub(in super::super) fn work(&mut self, cost: u64) {
        self.work = self.work.saturating_add(cost);
        let call = &mut self.calls[self.current];
        call.cost = call.cost.saturating_add(cost);
    }

    /// How many instructions were executed.
    pub(in super::super) fn instructions(&self) -> u64 {
        self.instructions
    }

    /// How often each block was executed.
    pub(super) fn hits(&self) -> &[u64] {
        &self.hits
    }

    /// The calls; the first stands for the chain's.
    pub(super) fn calls(&self) -> &[Call] {
        &self.calls
    }
}
