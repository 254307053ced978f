//! Reading in a contract: one call a field, whose faults are asked for at the end.
//!
//! The module is compiled for contracts alone (`target_os = "none"`). None of its functions returns an
//! error: bytes that are missing read as zeros, and the decoder is broken from then on.

use super::Decoder;

impl<'a> Decoder<'a> {
    /// The next `count` bytes; none of them, and a broken decoder, where there are fewer.
    pub(super) fn take_or_break(&mut self, count: usize) -> &'a [u8] {
        match self.rest.split_at_checked(count) {
            Some((taken, rest)) => {
                self.rest = rest;
                taken
            }
            None => {
                self.is_broken = true;
                &[]
            }
        }
    }

    /// The next `N` bytes where they are; zeros where there are fewer. The caller copies them to their
    /// place; an array by value went there through one place more.
    pub(super) fn take_chunk<const N: usize>(&mut self) -> &'a [u8; N] {
        match self.take_or_break(N).first_chunk() {
            Some(bytes) => bytes,
            None => const { &[0; N] },
        }
    }

    /// The next eight bytes as a number.
    pub(super) fn take_u64(&mut self) -> u64 {
        match self.take_or_break(8).first_chunk() {
            Some(bytes) => u64::from_le_bytes(*bytes),
            None => 0,
        }
    }

    /// The next four bytes as a number.
    pub(super) fn take_u32(&mut self) -> u32 {
        match self.take_or_break(4).first_chunk() {
            Some(bytes) => u32::from_le_bytes(*bytes),
            None => 0,
        }
    }

    /// The next byte.
    pub(super) fn take_u8(&mut self) -> u8 {
        match self.take_or_break(1).first() {
            Some(byte) => *byte,
            None => 0,
        }
    }
}
