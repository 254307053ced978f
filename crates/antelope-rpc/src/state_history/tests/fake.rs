//! A history made up for tests.

use crate::state_history::source::View;
use antelope_chain::StoreError;
use antelope_history::BlockPosition;
use antelope_types::Checksum256;

/// A chain of which there are only ids: of the number and the branch.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fake {
    /// The branch of each block, from number 1 on.
    pub(crate) branches: Vec<u8>,
    /// Bytes of the deltas of each block.
    pub(crate) deltas: usize,
}

impl Fake {
    pub(crate) fn of(blocks: usize) -> Self {
        Self {
            branches: vec![0; blocks],
            deltas: 10,
        }
    }

    /// The position of a block of a branch.
    pub(crate) fn block_of(branch: u8, block_num: u32) -> BlockPosition {
        let mut id = [branch; 32];
        id[..4].copy_from_slice(&block_num.to_be_bytes());
        BlockPosition {
            block_num,
            block_id: Checksum256(id),
        }
    }

    fn at(&self, number: u32) -> Option<BlockPosition> {
        let branch = self.branches.get((number as usize).checked_sub(1)?)?;
        Some(Self::block_of(*branch, number))
    }
}

type Result<T> = std::result::Result<T, StoreError>;

impl View for Fake {
    fn chain_id(&self) -> Checksum256 {
        Checksum256([9; 32])
    }

    fn head(&self) -> BlockPosition {
        self.at(self.branches.len() as u32).unwrap_or_default()
    }

    fn irreversible(&self) -> BlockPosition {
        let last = (self.branches.len() as u32).saturating_sub(1).max(1);
        self.at(last).unwrap_or_default()
    }

    fn first(&self) -> u32 {
        1
    }

    fn first_traces(&self) -> u32 {
        2
    }

    fn position(&self, number: u32) -> Result<Option<Checksum256>> {
        Ok(self.at(number).map(|it| it.block_id))
    }

    fn block(&self, number: u32) -> Result<Option<Vec<u8>>> {
        Ok(self.at(number).map(|_| vec![1; 20]))
    }

    fn traces(&self, number: u32) -> Result<Option<Vec<u8>>> {
        Ok(self
            .at(number)
            .filter(|it| it.block_num > 1)
            .map(|_| vec![2; 30]))
    }

    fn deltas(&self, number: u32) -> Result<Option<Vec<u8>>> {
        Ok(self.at(number).map(|_| vec![3; self.deltas]))
    }
}
