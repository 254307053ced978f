//! Numbers of 128 bits.

pub fn quads() -> Vec<Vec<u8>> {
    let mut all: Vec<u128> = vec![
        0,
        1 << 127,
        0x3fff << 112,
        0xbfff << 112,
        0x4000_8000 << 96,
        0x7fff << 112,
        0xffff << 112,
        0x7fff8 << 108,
        0xffff8 << 108,
        0x7fff4 << 108,
        1,
        (1 << 112) - 1,
        1 << 112,
        (0x7fff << 112) - 1,
        0x3ffe_ffff_ffff_ffff_ffff_ffff_ffff_ffff,
        0x3ffd_5555_5555_5555_5555_5555_5555_5555,
        0x4072_1000_0000_0000_0000_0000_0000_0000,
    ];
    all.push(0x3fff_0000_0000_0000_8000 << 48);
    all.push(0x3fff_0000_0000_0001_8000 << 48);
    // Where a float of 80 bits is subnormal, and where it ends.
    all.extend((1..16).map(|exponent| (exponent << 112) | 0x1234_5678_9abc_def0_1234 << 32));
    all.into_iter()
        .map(|bits| bits.to_le_bytes().to_vec())
        .collect()
}

pub fn wides() -> Vec<Vec<u8>> {
    [
        0,
        1,
        u128::MAX,
        1 << 127,
        (1 << 127) - 1,
        10u128.pow(38),
        1 << 64,
        u128::from(u64::MAX),
    ]
    .map(|value| value.to_le_bytes().to_vec())
    .to_vec()
}
