//! Room for bytes on their way to and from the host.

#[cfg(target_os = "none")]
use crate::raw::memory::Room;

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
    pub(crate) const SMALL: usize = 512;

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
}
