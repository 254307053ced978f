//! The form in which authenticators write ECDSA signatures: a sequence of two whole numbers.

/// The order of the curve, big-endian.
const ORDER: [u8; 32] = *b"\xff\xff\xff\xff\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\
    \xbc\xe6\xfa\xad\xa7\x17\x9e\x84\xf3\xb9\xca\xc2\xfc\x63\x25\x51";
/// Half of the order, rounded down: the greatest low `s`.
const HALF: [u8; 32] = *b"\x7f\xff\xff\xff\x80\0\0\0\x7f\xff\xff\xff\xff\xff\xff\xff\
    \xde\x73\x7d\x56\xd3\x8b\xcf\x42\x79\xdc\xe5\x61\x7e\x31\x92\xa8";

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
    let (r, s) = both.split_at_mut(32);
    if [&*r, &*s]
        .iter()
        .any(|it| **it == [0; 32] || **it >= ORDER[..])
    {
        return None;
    }
    if *s > HALF[..] {
        negate(s);
    }
    Some(both)
}

/// The order less a number that is below it.
fn negate(number: &mut [u8]) {
    let mut borrow = 0;
    for (digit, of_order) in number.iter_mut().zip(ORDER).rev() {
        let difference = i16::from(of_order) - i16::from(*digit) - borrow;
        borrow = i16::from(difference < 0);
        *digit = difference as u8;
    }
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
        // Zeros in front that no sign needs.
        [0, _, ..] => return None,
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
    fn numbers_are_below_the_order_and_high_ones_are_negated() {
        let der = |s: &[u8]| [&[0x30, 3 + 2 + 33, 2, 1, 5, 2, 33, 0], s].concat();
        let mut less = ORDER;
        less[31] -= 1;
        let mut one = [0; 32];
        one[31] = 1;
        assert_eq!(compact(&der(&less)).map(|it| it[32..] == one), Some(true));
        assert_eq!(compact(&der(&ORDER)), None);
        assert_eq!(compact(&[0x30, 6, 2, 1, 5, 2, 1, 0]), None);
        // A low one stays.
        let low = [&[0x30, 3 + 2 + 32, 2, 1, 5, 2, 32], &HALF[..]].concat();
        assert_eq!(compact(&low).map(|it| it[32..] == HALF), Some(true));
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
