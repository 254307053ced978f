//! A contract's memory, as host functions read and write it.

use crate::error::{ChainError, ErrorKind};

/// The memory of the contract that runs. Whatever lies outside is no access, never a crash.
pub(super) struct Memory<'a>(&'a mut [u8]);

impl<'a> Memory<'a> {
    pub(super) fn new(bytes: &'a mut [u8]) -> Self {
        Self(bytes)
    }

    /// Bytes to read.
    pub(super) fn read(&self, pointer: u32, length: u32) -> Result<&[u8], ChainError> {
        let start = pointer as usize;
        let end = start.checked_add(length as usize).ok_or_else(violation)?;
        self.0.get(start..end).ok_or_else(violation)
    }

    /// Bytes to write.
    pub(super) fn write(&mut self, pointer: u32, length: u32) -> Result<&mut [u8], ChainError> {
        let start = pointer as usize;
        let end = start.checked_add(length as usize).ok_or_else(violation)?;
        self.0.get_mut(start..end).ok_or_else(violation)
    }

    /// The bytes before the next zero.
    pub(super) fn text(&self, pointer: u32) -> Result<&[u8], ChainError> {
        let rest = self.0.get(pointer as usize..).ok_or_else(violation)?;
        let end = rest.iter().position(|byte| *byte == 0);
        Ok(&rest[..end.ok_or_else(violation)?])
    }

    /// A value of this many bytes, at any address.
    pub(super) fn array<const N: usize>(&self, pointer: u32) -> Result<[u8; N], ChainError> {
        let mut out = [0; N];
        out.copy_from_slice(self.read(pointer, N as u32)?);
        Ok(out)
    }

    pub(super) fn put(&mut self, pointer: u32, bytes: &[u8]) -> Result<(), ChainError> {
        self.write(pointer, bytes.len() as u32)?
            .copy_from_slice(bytes);
        Ok(())
    }

    /// Copies as much as there is room for; how much that was.
    pub(super) fn fill(
        &mut self,
        pointer: u32,
        length: u32,
        bytes: &[u8],
    ) -> Result<u32, ChainError> {
        let count = bytes.len().min(length as usize);
        self.write(pointer, length)?[..count].copy_from_slice(&bytes[..count]);
        Ok(count as u32)
    }

    /// As [`fill`](Self::fill), but for no room at all: then how much there is.
    pub(super) fn fill_or_size(
        &mut self,
        pointer: u32,
        length: u32,
        bytes: &[u8],
    ) -> Result<u32, ChainError> {
        if length == 0 {
            return Ok(bytes.len() as u32);
        }
        self.fill(pointer, length, bytes)
    }

    /// Copies within the memory.
    pub(super) fn copy(&mut self, to: u32, from: u32, length: u32) -> Result<(), ChainError> {
        self.read(from, length)?;
        self.read(to, length)?;
        let from = from as usize;
        self.0
            .copy_within(from..from + length as usize, to as usize);
        Ok(())
    }
}

/// What a node says of every access outside the memory.
pub(super) fn violation() -> ChainError {
    ChainError::new(ErrorKind::WasmExecutionError, "access violation")
}
