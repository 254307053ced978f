//! The ways in which transfers come to a chain: a block of them each, of which making the transfers
//! and completing the block are not measured.

use crate::Failed;
use crate::beside_node::processor::{Taken, spent};
use crate::world::World;
use antelope_chain::{Chain, LiveChain};
use antelope_types::{Checksum256, PackedTransaction};
use std::ops::Range;

/// A chain, and the same one shared by threads.
pub struct Ways {
    world: World,
    live: LiveChain,
    /// Threads that share it.
    threads: usize,
}

impl Ways {
    pub fn new(world: World, threads: usize) -> Self {
        Self {
            live: LiveChain::new(world.chain.clone()),
            world,
            threads,
        }
    }

    pub fn chain_id(&self) -> Checksum256 {
        self.live.chain_id()
    }

    /// Signed transfers with these numbers.
    pub fn signed(&mut self, part: Range<usize>) -> Result<Vec<PackedTransaction>, Failed> {
        part.map(|n| self.world.signed(n)).collect()
    }

    /// Transfers under declared authority, their arguments packed.
    pub fn declared(&mut self, part: Range<usize>) -> Result<Taken, Failed> {
        let actions = part.map(|n| self.world.packed(n));
        let actions = actions.collect::<Result<Vec<_>, _>>()?;
        let chain = &mut self.world.chain;
        let taken = spent(|| {
            for action in &actions {
                chain.push(std::slice::from_ref(action))?;
            }
            Ok(())
        })?;
        chain.produce_block()?;
        Ok(taken)
    }

    /// One after the other, by one thread.
    pub fn single(&mut self, part: Range<usize>) -> Result<Taken, Failed> {
        self.pushed(part, |chain, packed| {
            for packed in packed {
                chain.push_packed(packed)?;
            }
            Ok(())
        })
    }

    /// All at once.
    pub fn batch(&mut self, part: Range<usize>) -> Result<Taken, Failed> {
        self.pushed(part, |chain, packed| {
            for result in chain.push_batch(packed) {
                result?;
            }
            Ok(())
        })
    }

    fn pushed(
        &mut self,
        part: Range<usize>,
        push: impl Fn(&mut Chain, &[PackedTransaction]) -> Result<(), Failed>,
    ) -> Result<Taken, Failed> {
        let packed = self.signed(part)?;
        let chain = &mut self.world.chain;
        let taken = spent(|| push(chain, &packed))?;
        chain.produce_block()?;
        Ok(taken)
    }

    /// By threads that share the chain.
    pub fn live(&self, part: Range<usize>) -> Result<Taken, Failed> {
        let packed = {
            let mut world = self.world.over(self.live.fork());
            part.map(|n| world.signed(n)).collect::<Result<Vec<_>, _>>()
        }?;
        let share = packed.len().div_ceil(self.threads);
        let push = |part: &[PackedTransaction]| -> Result<(), String> {
            for packed in part {
                let pushed = self.live.push_packed(packed);
                pushed.map_err(|error| error.to_string())?;
            }
            Ok(())
        };
        let taken = spent(|| {
            let pushed: Result<(), String> = std::thread::scope(|scope| {
                let parts = packed.chunks(share);
                let threads: Vec<_> = parts.map(|part| scope.spawn(move || push(part))).collect();
                threads
                    .into_iter()
                    .try_for_each(|thread| thread.join().unwrap_or(Err("panic".to_owned())))
            });
            Ok(pushed?)
        })?;
        self.live.with(Chain::produce_block)??;
        Ok(taken)
    }
}
