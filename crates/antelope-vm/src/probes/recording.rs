//! What one action executes, recorded while it runs.
//!
//! The probes report a stream of events; see `event`. From it a call tree is built: a node for each
//! distinct path of functions, not for each call, so that its size is bounded by the code and the
//! depth of calls and not by the running time.
//!
//! For example, block 0 is the entry of `apply`, block 1 that of `f`, and import 3 a host function:
//!
//! ```text
//! event 0            apply, called by the chain
//! event CALL         apply calls something
//! event 1            … which is f: node apply/f
//! event HOST|3       f calls import 3: node apply/f/3
//! event BACK         back in f
//! event BACK         back in apply
//! ```

use super::instrument::{Block, event};
use std::sync::Arc;

/// The call tree of an action, and how often each block was executed.
pub(crate) struct Recording {
    /// The blocks that the probes' numbers stand for.
    blocks: Arc<[Block]>,
    /// What the transaction may still spend when the action begins.
    budget: u64,
    /// Instructions of the contract executed so far.
    instructions: u64,
    /// Instructions billed by host functions so far.
    work: u64,
    /// How often each block was executed.
    hits: Vec<u64>,
    /// The nodes of the tree; the first one is the chain, which calls `apply`.
    calls: Vec<Call>,
    /// The node whose instructions are being executed.
    current: usize,
    /// The nodes to which returns lead back.
    open: Vec<usize>,
}

/// A node of the tree: all calls of a function by the same path.
pub(crate) struct Call {
    /// The index of the function.
    pub(crate) function: u32,
    /// Number of calls.
    pub(crate) count: u64,
    /// What they cost, without their callees.
    pub(crate) cost: u64,
    /// Indexes of the nodes below.
    pub(crate) callees: Vec<usize>,
}

impl Call {
    /// A node without calls.
    fn of(function: u32) -> Self {
        Self {
            function,
            count: 0,
            cost: 0,
            callees: Vec::new(),
        }
    }
}

/// The function of the first node: the chain, which is not a function of the module.
pub(crate) const CHAIN: u32 = u32::MAX;

impl Recording {
    /// An empty recording for an action that may spend `budget`.
    pub(crate) fn new(blocks: &Arc<[Block]>, budget: u64) -> Self {
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

    /// Records an event, and returns the fuel the contract has left: its budget minus what it has
    /// really used, without the probes.
    pub(crate) fn tell(&mut self, event: u32) -> u64 {
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

    /// A basic block begins.
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

    /// A function is entered: moves to its node below the current one. A function has few distinct
    /// callees, so that the list is searched.
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

    /// Records what a host function billed; it is the current node.
    pub(crate) fn work(&mut self, cost: u64) {
        self.work = self.work.saturating_add(cost);
        let call = &mut self.calls[self.current];
        call.cost = call.cost.saturating_add(cost);
    }

    /// Instructions executed, host functions not counted.
    pub(crate) fn instructions(&self) -> u64 {
        self.instructions
    }

    /// How often each block was executed, in the order of the blocks.
    pub(crate) fn hits(&self) -> &[u64] {
        &self.hits
    }

    /// The nodes of the call tree; the first stands for the chain.
    pub(crate) fn calls(&self) -> &[Call] {
        &self.calls
    }
}
