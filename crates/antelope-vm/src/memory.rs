//! A contract's linear memory, as host functions read and write it.
//!
//! Every access takes an address and a length in bytes, both chosen by the contract, and is checked
//! against the current size of the memory. An access outside fails as on a node with
//! `wasm_execution_error` "access violation"; it never touches the host's memory.
//!
//! Nodes are C++: a value of 8 bytes at an address that is not a multiple of 8 cannot be written in
//! place. `argument_proxy` of EOS VM copies such a value, lets the function work on the copy, and
//! writes it back when its destructor runs, after the function. Where two results overlap, the
//! order of these writes is observable, so that it is imitated here ([`Memory::place`],
//! [`Memory::finish`]).
//!
//! For example, a function with two results of 8 bytes is called with the addresses 4 and 8.
//! Address 8 is aligned, so that this result is written at once; the other one, to bytes 4 to 12,
//! is written when the function has ended, and overwrites the lower half of the first.

use antelope_types::{ChainError, ErrorKind};
use std::cell::Cell;
use std::cmp::Reverse;
use std::ffi::CStr;

/// The memory of the contract that runs. An access outside is an error, never a crash.
pub(super) struct Memory<'a> {
    /// All bytes of the memory, as large as it is at the moment of the call.
    bytes: &'a mut [u8],
    /// How many result places have been taken for this call. Arguments are taken from the last to
    /// the first, so that a larger rank stands for an earlier argument.
    taken: Cell<u32>,
    /// Writes deferred to the end of the function: rank, address, bytes.
    late: Vec<(u32, u32, Vec<u8>)>,
}

impl<'a> Memory<'a> {
    /// The memory at the beginning of a call.
    pub(super) fn new(bytes: &'a mut [u8]) -> Self {
        Self {
            bytes,
            taken: Cell::new(0),
            late: Vec::new(),
        }
    }

    /// Bytes to read.
    ///
    /// # Errors
    /// "access violation" where any of them lies outside. An empty range may begin right at the
    /// end.
    pub(super) fn read(&self, pointer: u32, length: u32) -> Result<&[u8], ChainError> {
        let start = pointer as usize;
        let end = start.checked_add(length as usize).ok_or_else(violation)?;
        self.bytes.get(start..end).ok_or_else(violation)
    }

    /// Bytes to write.
    ///
    /// # Errors
    /// As for [`read`](Self::read).
    pub(super) fn write(&mut self, pointer: u32, length: u32) -> Result<&mut [u8], ChainError> {
        let start = pointer as usize;
        let end = start.checked_add(length as usize).ok_or_else(violation)?;
        self.bytes.get_mut(start..end).ok_or_else(violation)
    }

    /// The bytes from the address to the next zero byte, without it: a C string.
    ///
    /// # Errors
    /// "access violation" where there is no zero byte before the end of the memory.
    pub(super) fn text(&self, pointer: u32) -> Result<&[u8], ChainError> {
        let rest = self.bytes.get(pointer as usize..).ok_or_else(violation)?;
        let text = CStr::from_bytes_until_nul(rest).map_err(|_| violation())?;
        Ok(text.to_bytes())
    }

    /// Takes the rank of one more result place.
    pub(super) fn rank(&self) -> u32 {
        self.taken.replace(self.taken.get() + 1)
    }

    /// Writes a result: at once where its address is a multiple of `align`, else when the function
    /// has ended.
    ///
    /// # Errors
    /// "access violation" where it lies outside.
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

    /// Does the deferred writes, in the order of the arguments: the destructors of a node's proxies
    /// run in this order.
    ///
    /// # Errors
    /// "access violation" where one lies outside; [`place`](Self::place) does not check deferred
    /// ones.
    pub(super) fn finish(&mut self) -> Result<(), ChainError> {
        let mut late = std::mem::take(&mut self.late);
        late.sort_by_key(|(rank, ..)| Reverse(*rank));
        for (_, at, bytes) in late {
            self.write(at, bytes.len() as u32)?.copy_from_slice(&bytes);
        }
        Ok(())
    }

    /// Copies within the memory; the ranges may overlap.
    ///
    /// # Errors
    /// "access violation" where either range lies outside; nothing is written then.
    pub(super) fn copy(&mut self, to: u32, from: u32, length: u32) -> Result<(), ChainError> {
        self.read(from, length)?;
        self.read(to, length)?;
        let from = from as usize;
        self.bytes
            .copy_within(from..from + length as usize, to as usize);
        Ok(())
    }
}

/// The error that nodes give for an access outside the memory: they catch the signal of the
/// processor.
pub(super) fn violation() -> ChainError {
    ChainError::new(ErrorKind::WasmExecutionError, "access violation")
}
