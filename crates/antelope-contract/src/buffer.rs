//! Buffers for bytes on their way to and from the host.

use crate::raw::SMALL;
#[cfg(target_os = "none")]
use crate::raw::memory::Room;
use crate::types::{Encode, Encoder};

/// A value of any type to be serialized. Code that stores or sends values takes this as a trait
/// object, so that a contract contains it once and not for each type, which saves about a hundred
/// bytes for each.
pub(crate) trait Put {
    /// Appends the encoding of `self`.
    fn put(&self, out: &mut Encoder<'_>);
}

impl<T: Encode> Put for T {
    #[inline]
    fn put(&self, out: &mut Encoder<'_>) {
        self.encode(out);
    }
}

/// A buffer: in a contract on the stack while it is small, as in CDT. Larger ones come from the
/// heap, which is not freed before the action ends.
pub(crate) struct Buffer {
    #[cfg(target_os = "none")]
    room: Room,
    #[cfg(not(target_os = "none"))]
    room: Vec<u8>,
}

impl Buffer {
    /// The size up to which the heap is not used.
    pub(crate) const SMALL: usize = SMALL;

    /// An empty buffer.
    #[inline(always)]
    pub(crate) fn new() -> Self {
        Self {
            #[cfg(target_os = "none")]
            room: Room::new(),
            #[cfg(not(target_os = "none"))]
            room: Vec::new(),
        }
    }

    /// `len` bytes of unspecified content, replacing those taken before.
    #[inline]
    pub(crate) fn take(&mut self, len: usize) -> &mut [u8] {
        #[cfg(target_os = "none")]
        return self.room.take(len);
        #[cfg(not(target_os = "none"))]
        {
            self.room.resize(len, 0);
            &mut self.room
        }
    }

    /// Serializes a value. One that fits the stack is encoded once; a larger one is measured by
    /// that attempt and encoded again.
    #[cfg_attr(target_os = "none", inline(never))]
    pub(crate) fn write(&mut self, value: &dyn Put) -> &[u8] {
        let mut out = Encoder::new(self.take(Self::SMALL));
        value.put(&mut out);
        let len = out.position();
        // Either the same bytes, cut to what was written, or a larger buffer.
        let room = self.take(len);
        if len > Self::SMALL {
            value.put(&mut Encoder::new(room));
        }
        room
    }
}
