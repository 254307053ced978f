//! As much of CBOR (RFC 8949) as authenticators write: whole numbers, bytes, texts, lists and maps of
//! known length.

/// How deep lists and maps may be within one another.
const MAX_DEPTH: u8 = 8;

/// Reads CBOR from the front. Each function gives nothing if something else is there.
pub(super) struct Cbor<'a> {
    rest: &'a [u8],
}

impl<'a> Cbor<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// What every item begins with: its major type and a number.
    fn head(&mut self) -> Option<(u8, u64)> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        let size = match first & 0x1f {
            small @ 0..24 => return Some((first >> 5, small.into())),
            24 => 1,
            25 => 2,
            26 => 4,
            27 => 8,
            // Reserved, or of a length that is not told.
            _ => return None,
        };
        let number = self.take(size)?;
        let number = number
            .iter()
            .fold(0, |sum, byte| sum << 8 | u64::from(*byte));
        Some((first >> 5, number))
    }

    fn take(&mut self, length: u64) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(usize::try_from(length).ok()?)?;
        self.rest = rest;
        Some(taken)
    }

    /// The number of pairs of a map, each a name and a value.
    #[cfg(target_family = "wasm")]
    pub(super) fn map(&mut self) -> Option<u64> {
        self.expect(5)
    }

    /// A string of bytes.
    pub(super) fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.expect(2)?;
        self.take(length)
    }

    /// The bytes of a text.
    #[cfg(target_family = "wasm")]
    pub(super) fn text(&mut self) -> Option<&'a [u8]> {
        let length = self.expect(3)?;
        self.take(length)
    }

    /// A whole number.
    pub(super) fn integer(&mut self) -> Option<i64> {
        match self.head()? {
            (0, number) => i64::try_from(number).ok(),
            (1, number) => i64::try_from(number).ok().map(|number| -1 - number),
            _ => None,
        }
    }

    /// Goes over one item, whatever it is.
    pub(super) fn skip(&mut self) -> Option<()> {
        self.skip_within(MAX_DEPTH)
    }

    fn skip_within(&mut self, depth: u8) -> Option<()> {
        let (kind, number) = self.head()?;
        let inner = match kind {
            0 | 1 | 7 => 0,
            2 | 3 => return self.take(number).map(drop),
            4 => number,
            5 => number.checked_mul(2)?,
            _ => 1,
        };
        let depth = depth.checked_sub(1)?;
        // The input ends before a number of items that is made up does.
        (0..inner).try_for_each(|_| self.skip_within(depth))
    }

    fn expect(&mut self, kind: u8) -> Option<u64> {
        match self.head()? {
            (found, number) if found == kind => Some(number),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_size_are_read() {
        for (bytes, number) in [
            (&[0x17][..], 23),
            (&[0x18, 0xff], 255),
            (&[0x19, 1, 0], 256),
            (&[0x1a, 0, 1, 0, 0], 65_536),
            (&[0x26], -7),
            (&[0x39, 1, 0], -257),
        ] {
            assert_eq!(Cbor::new(bytes).integer(), Some(number));
        }
        assert_eq!(
            Cbor::new(&[0x1b, 0xff, 0, 0, 0, 0, 0, 0, 0]).integer(),
            None
        );
    }

    #[test]
    fn anything_is_gone_over_and_nothing_beyond_the_end() {
        // {"a": [1, h'02', {}], "b": true}
        let bytes = [0xa2, 0x61, b'a', 0x83, 1, 0x41, 2, 0xa0, 0x61, b'b', 0xf5];
        let mut whole = Cbor::new(&bytes);
        assert_eq!(whole.skip(), Some(()));
        assert!(whole.rest.is_empty());
        for end in 0..bytes.len() {
            assert_eq!(Cbor::new(&bytes[..end]).skip(), None, "{end}");
        }
        assert_eq!(Cbor::new(&[0x81; 100]).skip(), None);
        assert_eq!(
            Cbor::new(&[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]).skip(),
            None
        );
        assert_eq!(Cbor::new(&[0x5f]).bytes(), None);
    }
}
