//! Bytes that are nearly good.

/// The bytes, and bytes that are like them and are not.
pub fn spoiled(good: &[u8]) -> Vec<Vec<u8>> {
    let mut all = vec![good.to_vec(), Vec::new()];
    for cut in [1, 2, good.len() / 2] {
        all.push(good[..good.len().saturating_sub(cut)].to_vec());
    }
    all.push([good, &[0]].concat());
    for (index, mask) in [
        (0, 1),
        (0, 2),
        (0, 0x80),
        (1, 1),
        (2, 0xff),
        (good.len() / 2, 0x10),
        (good.len() - 1, 1),
    ] {
        let mut bytes = good.to_vec();
        if let Some(byte) = bytes.get_mut(index) {
            *byte ^= mask;
        }
        all.push(bytes);
    }
    all.push(vec![0; 40]);
    all.push(vec![0xff; 40]);
    all.push([&[0xff, 0xff, 0xff, 0xff, 0x0f][..], good].concat());
    // Most of these begin or end with the length of a list.
    for length in LENGTHS {
        all.push([length, good.get(1..).unwrap_or_default()].concat());
        all.push([&good[..good.len() - 1], length].concat());
    }
    all
}

/// 0 and 1 with bits that have no place in 32; and the most items and bytes that a node looks for,
/// and one more.
const LENGTHS: [&[u8]; 6] = [
    &[0x80, 0x80, 0x80, 0x80, 0xf0],
    &[0x81, 0x80, 0x80, 0x80, 0xf0],
    &[0x80, 0x80, 0x40],
    &[0x81, 0x80, 0x40],
    &[0x80, 0x80, 0x80, 0x0a],
    &[0x81, 0x80, 0x80, 0x0a],
];
