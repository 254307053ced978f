//! Text out of bytes, in a fraction of the code that the standard library's check takes.
//!
//! The only module of the crate with `unsafe`: it makes text of bytes it has just checked.
#![allow(unsafe_code)]

/// The bytes as text, if they are UTF-8 (Unicode 15, table 3-7).
///
/// Surrogates, overlong forms and what is above U+10FFFF are refused, as by `core::str::from_utf8`.
pub(super) fn text(bytes: &[u8]) -> Option<&str> {
    let mut rest = bytes;
    while let Some((&first, mut tail)) = rest.split_first() {
        if first >= 0x80 {
            // How many bytes follow, and what the first of them may be.
            let (more, low, high) = match first {
                0xc2..=0xdf => (1, 0x80, 0xbf),
                0xe0 => (2, 0xa0, 0xbf),
                0xed => (2, 0x80, 0x9f),
                0xe1..=0xef => (2, 0x80, 0xbf),
                0xf0 => (3, 0x90, 0xbf),
                0xf4 => (3, 0x80, 0x8f),
                0xf1..=0xf3 => (3, 0x80, 0xbf),
                _ => return None,
            };
            let (mut low, mut high) = (low, high);
            for _ in 0..more {
                let (&next, after) = tail.split_first()?;
                if next < low || next > high {
                    return None;
                }
                (low, high) = (0x80, 0xbf);
                tail = after;
            }
        }
        rest = tail;
    }
    // SAFETY: every sequence was well-formed.
    Some(unsafe { core::str::from_utf8_unchecked(bytes) })
}

/// The bytes as text up to the first that is not ASCII.
///
/// It serves text that the crate has written itself, of which all is ASCII.
pub(crate) fn ascii(bytes: &[u8]) -> &str {
    let len = bytes.iter().take_while(|byte| byte.is_ascii()).count();
    let bytes = bytes.get(..len).unwrap_or_default();
    // SAFETY: ASCII is UTF-8.
    unsafe { core::str::from_utf8_unchecked(bytes) }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn agrees_with_the_standard_library_on_every_short_sequence() {
        for first in 0..=255u8 {
            for second in 0..=255u8 {
                for rest in [[0x80, 0x80], [0xbf, 0x7f], [b'a', b'b'], [0x80, 0xc3]] {
                    let bytes = [first, second, rest[0], rest[1]];
                    for len in 0..=4 {
                        let bytes = &bytes[..len];
                        assert_eq!(text(bytes), core::str::from_utf8(bytes).ok(), "{bytes:?}");
                    }
                }
            }
        }
    }
}
