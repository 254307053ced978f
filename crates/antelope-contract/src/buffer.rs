//! Room for bytes on their way to and from the host.

use crate::raw::SMALL;
#[cfg(target_os = "none")]
use crate::raw::memory::Room;
use crate::types::{Encode, Encoder};

/// A value to write, of any type. What stores or sends values takes this, so that a contract has it
/// once and not for each type: a hundred bytes less for each.
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

/// Room for bytes: in a contract on the stack while it is small, as in CDT; what does not fit comes
/// from the heap and stays taken until the action ends.
pub(crate) struct Buffer {
    #[cfg(target_os = "none")]
    room: Room,
    #[cfg(not(target_os = "none"))]
    room: Vec<u8>,
}

impl Buffer {
    /// How many bytes never need the heap.
    pub(crate) const SMALL: usize = SMALL;

    #[inline(always)]
    pub(crate) fn new() -> Self {
        Self {
            #[cfg(target_os = "none")]
            room: Room::new(),
            #[cfg(not(target_os = "none"))]
            room: Vec::new(),
        }
    }

    /// `len` bytes of any content.
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

    /// The bytes of a value. One that fits the room on the stack is not measured before.
    #[cfg_attr(target_os = "none", inline(never))]
    pub(crate) fn write(&mut self, value: &dyn Put) -> &[u8] {
        let mut out = Encoder::new(self.take(Self::SMALL));
        value.put(&mut out);
        let len = out.position();
        // The same room again, cut to what was written, or a larger one.
        let room = self.take(len);
        if len > Self::SMALL {
            value.put(&mut Encoder::new(room));
        }
        room
    }
}
