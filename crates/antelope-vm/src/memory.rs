//! A contract's memory, as host functions read and write it.

use antelope_types::{ChainError, ErrorKind};
use std::cell::Cell;
use std::cmp::Reverse;
use std::ffi::CStr;

/// The memory of the contract that runs. Whatever lies outside is no access, never a crash.
pub(super) struct Memory<'a> {
    bytes: &'a mut [u8],
    /// How many places were taken for arguments, from the last to the first.
    taken: Cell<u32>,
    /// What is written when the function has ended: for which place, at which address.
    late: Vec<(u32, u32, Vec<u8>)>,
}

impl<'a> Memory<'a> {
    pub(super) fn new(bytes: &'a mut [u8]) -> Self {
        Self {
            bytes,
            taken: Cell::new(0),
            late: Vec::new(),
        }
    }

    /// Bytes to read.
    pub(super) fn read(&self, pointer: u32, length: u32) -> Result<&[u8], ChainError> {
        let start = pointer as usize;
        let end = start.checked_add(length as usize).ok_or_else(violation)?;
        self.bytes.get(start..end).ok_or_else(violation)
    }

    /// Bytes to write.
    pub(super) fn write(&mut self, pointer: u32, length: u32) -> Result<&mut [u8], ChainError> {
        let start = pointer as usize;
        let end = start.checked_add(length as usize).ok_or_else(violation)?;
        self.bytes.get_mut(start..end).ok_or_else(violation)
    }

    /// The bytes before the next zero.
    pub(super) fn text(&self, pointer: u32) -> Result<&[u8], ChainError> {
        let rest = self.bytes.get(pointer as usize..).ok_or_else(violation)?;
        let text = CStr::from_bytes_until_nul(rest).map_err(|_| violation())?;
        Ok(text.to_bytes())
    }

    /// The number of one more place that is taken.
    pub(super) fn rank(&self) -> u32 {
        self.taken.replace(self.taken.get() + 1)
    }

    /// Writes bytes whose address C++ wants aligned: at others, nodes write into a copy, which they
    /// put into memory when the function has ended.
    pub(super) fn place(
        &mut self,
        rank: u32,
        at: u32,
        align: u32,
        bytes: &[u8],
    ) -> Result<(), ChainError> {
        if at.is_multiple_of(align) {
            self.write(at, bytes.len() as u32)?.copy_from_slice(bytes);
        } else {
            self.late.push((rank, at, bytes.to_vec()));
        }
        Ok(())
    }

    /// Writes what the function has left for its end, in the order of its arguments.
    pub(super) fn finish(&mut self) -> Result<(), ChainError> {
        let mut late = std::mem::take(&mut self.late);
        late.sort_by_key(|(rank, ..)| Reverse(*rank));
        for (_, at, bytes) in late {
            self.write(at, bytes.len() as u32)?.copy_from_slice(&bytes);
        }
        Ok(())
    }

    /// Copies within the memory.
    pub(super) fn copy(&mut self, to: u32, from: u32, length: u32) -> Result<(), ChainError> {
        self.read(from, length)?;
        self.read(to, length)?;
        let from = from as usize;
        self.bytes
            .copy_within(from..from + length as usize, to as usize);
        Ok(())
    }
}

/// What a node says of every access outside the memory.
pub(super) fn violation() -> ChainError {
    ChainError::new(ErrorKind::WasmExecutionError, "access violation")
}
