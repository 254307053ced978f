//! Bytes that are read from the front, with a node's idea of a varint.
//!
//! A read that fails takes nothing, except for varints, of which the bytes before the end are gone;
//! callers that report an offset rewind.

/// Where bytes are read. The counterpart of `fc::datastream<const char*>`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cursor<'a> {
    bytes: &'a [u8],
    position: usize,
}

impl<'a> Cursor<'a> {
    /// At the first of these bytes.
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, position: 0 }
    }

    /// How many bytes were read.
    pub(crate) const fn position(&self) -> usize {
        self.position
    }

    /// How many are left.
    pub(crate) const fn left(&self) -> usize {
        self.bytes.len() - self.position
    }

    /// How many there are in all.
    pub(crate) const fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Goes back to where it was.
    pub(crate) fn rewind(&mut self, position: usize) {
        self.position = position;
    }

    /// The next bytes; nothing is read where there are too few.
    pub(crate) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let end = self.position.checked_add(count)?;
        let taken = self.bytes.get(self.position..end)?;
        self.position = end;
        Some(taken)
    }

    /// The next `N` bytes by value, for `from_le_bytes`.
    pub(crate) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    /// The next byte.
    pub(crate) fn byte(&mut self) -> Option<u8> {
        self.array().map(|[byte]| byte)
    }

    /// An unsigned varint (`fc::raw::unpack` of `unsigned_int`): it ends with its fifth byte, even if
    /// that has its high bit set, and bits that have no place in 32 are lost.
    pub(crate) fn unsigned(&mut self) -> Option<u32> {
        // Most are lengths of short texts.
        if let Some(&byte @ ..0x80) = self.bytes.get(self.position) {
            self.position += 1;
            return Some(byte.into());
        }
        let mut value = 0u32;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            value |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        Some(value)
    }

    /// A signed varint (`fc::raw::unpack` of `signed_int`), which has no end: a node shifts by a
    /// number of bits of which the processor looks at five, so that a sixth byte lands on the first.
    /// Strictly this is undefined in C++; compilers for x86 and ARM agree on it.
    pub(crate) fn signed(&mut self) -> Option<i32> {
        let mut zigzag = 0u32;
        let mut shift = 0u32;
        loop {
            let byte = self.byte()?;
            zigzag |= u32::from(byte & 0x7f).wrapping_shl(shift);
            shift = shift.wrapping_add(7);
            if byte < 0x80 {
                return Some((zigzag >> 1) as i32 ^ -((zigzag & 1) as i32));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn varints_of_any_length() {
        for (bytes, value, read) in [
            (&[5][..], 5, 1),
            (&[0x80, 1], 128, 2),
            (&[0x85, 0], 5, 2),
            (&[0xff, 0xff, 0xff, 0xff, 0xff, 1], u32::MAX, 5),
        ] {
            let mut cursor = Cursor::new(bytes);
            assert_eq!((cursor.unsigned(), cursor.position()), (Some(value), read));
        }
        assert_eq!(Cursor::new(&[0x80]).unsigned(), None);
        assert_eq!(Cursor::new(&[3]).signed(), Some(-2));
        let long = [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 2];
        assert_eq!(Cursor::new(&long).signed(), Some(1 << 17));
    }
}
