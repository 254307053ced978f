//! The form in which authenticators write ECDSA signatures: a sequence of two whole numbers.

use p256::ecdsa::Signature;

/// `r` and `s` of 32 bytes each, `s` low: for each signature the one with the negated `s` is valid too,
/// and chains take the lower. Nothing if the bytes are no signature.
pub(super) fn compact(der: &[u8]) -> Option<[u8; 64]> {
    let (0x30, inner, []) = item(der)? else {
        return None;
    };
    let (0x02, r, rest) = item(inner)? else {
        return None;
    };
    let (0x02, s, []) = item(rest)? else {
        return None;
    };
    let mut both = [0; 64];
    put(r, &mut both[..32])?;
    put(s, &mut both[32..])?;
    // Refuses numbers that are 0 or not below the order of the curve.
    let signature = Signature::from_slice(&both).ok()?;
    signature
        .normalize_s()
        .to_bytes()
        .as_slice()
        .try_into()
        .ok()
}

/// A tag, its content, and what follows. Two numbers of 33 bytes have a length of one byte.
fn item(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let [tag, length @ 0..128, rest @ ..] = bytes else {
        return None;
    };
    let (content, rest) = rest.split_at_checked(usize::from(*length))?;
    Some((*tag, content, rest))
}

/// A positive number, whose highest bit is a sign, to the end of 32 bytes.
fn put(number: &[u8], out: &mut [u8]) -> Option<()> {
    let number = match number {
        [0, rest @ ..] if rest.first().is_some_and(|byte| *byte >= 0x80) => rest,
        [first, ..] if *first < 0x80 => number,
        _ => return None,
    };
    let start = out.len().checked_sub(number.len())?;
    out[start..].copy_from_slice(number);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_numbers_are_read() {
        let mut der = vec![0x30, 3 + 2 + 33, 2, 1, 5, 2, 33, 0];
        der.extend([0x80; 32]);
        let [first, .., last] = compact(&der).unwrap();
        // The second number was high.
        assert_eq!((first, compact(&der).unwrap()[31]), (0, 5));
        assert_ne!(last, 0x80);
        for end in 0..der.len() {
            assert_eq!(compact(&der[..end]), None, "{end}");
        }
        der.push(0);
        assert_eq!(compact(&der), None);
    }

    #[test]
    fn negative_and_padded_numbers_are_refused() {
        for der in [
            [0x30, 6, 2, 1, 0x80, 2, 1, 1],
            [0x30, 6, 2, 1, 0, 2, 1, 1],
            [0x30, 6, 3, 1, 1, 2, 1, 1],
        ] {
            assert_eq!(compact(&der), None);
        }
        assert_eq!(compact(&[0x30, 7, 2, 2, 0, 1, 2, 1, 1]), None);
    }
}
