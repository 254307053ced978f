//! Arguments of each kind: the good ones, and those at the edges.

use crate::kinds::{FRIEND, PRIVILEGED, PROBE, Parameter};
use crate::probe::END;
use antelope_types::{Name, name};

/// Where the pointer parameter with this number points, where it points well.
pub fn place(parameter: usize) -> u32 {
    0x1000 + parameter as u32 * 0x400
}

impl Parameter {
    /// Arguments that are good, as far as one can know.
    pub fn good(self, parameter: usize) -> Vec<u64> {
        let place = u64::from(place(parameter));
        match self {
            Self::Account => vec![PROBE.raw()],
            Self::Name => vec![name!("active").raw()],
            Self::Long => vec![5],
            Self::Word => vec![1],
            Self::Iterator => vec![0],
            Self::Single => vec![u64::from(1.5f32.to_bits())],
            Self::Double => vec![1.5f64.to_bits()],
            Self::Pointer(_) | Self::Text => vec![place],
            Self::Span(size) => vec![place, if size == 1 { 64 } else { 2 }],
        }
    }

    /// Arguments at the edges.
    pub fn edges(self, parameter: usize) -> Vec<Vec<u64>> {
        let place = place(parameter);
        match self {
            Self::Account => [
                PROBE,
                PRIVILEGED,
                FRIEND,
                name!("eosio"),
                name!("eosio.prods"),
                name!("nobody"),
                Name::default(),
                Name::from_raw(u64::MAX),
            ]
            .map(|name| vec![name.raw()])
            .to_vec(),
            Self::Name => [
                name!("active"),
                name!("owner"),
                name!("nothing"),
                Name::default(),
                Name::from_raw(u64::MAX),
            ]
            .map(|name| vec![name.raw()])
            .to_vec(),
            Self::Long => LONGS.map(|value| vec![value]).to_vec(),
            Self::Word => WORDS.map(|value| vec![value]).to_vec(),
            Self::Iterator => [0i32, 1, 2, -1, -2, -3, -4, i32::MIN, i32::MAX]
                .map(|value| vec![u64::from(value as u32)])
                .to_vec(),
            Self::Single => SINGLES.map(|bits| vec![u64::from(bits)]).to_vec(),
            Self::Double => DOUBLES.map(|bits| vec![bits]).to_vec(),
            Self::Pointer(size) => pointers(place, size)
                .into_iter()
                .map(|at| vec![u64::from(at)])
                .collect(),
            Self::Text => [
                0,
                1,
                place,
                place + 4,
                END - 1,
                END,
                END + 1,
                1 << 31,
                u32::MAX,
            ]
            .map(|at| vec![u64::from(at)])
            .to_vec(),
            Self::Span(size) => spans(place, size),
        }
    }
}

fn pointers(place: u32, size: u32) -> Vec<u32> {
    vec![
        0,
        1,
        8,
        place + 1,
        place + 4,
        place + 8,
        END - size,
        (END - size).wrapping_add(1),
        END - 1,
        END,
        END + 1,
        (1 << 31) - 1,
        1 << 31,
        u32::MAX,
        0u32.wrapping_sub(size),
    ]
}

fn spans(place: u32, size: u32) -> Vec<Vec<u64>> {
    let all = END / size;
    let mut spans = vec![
        (0, 0),
        (0, 1),
        (0, 2),
        (1, 0),
        (1, 1),
        (place, 0),
        (place, 1),
        (place, 2),
        (place, 3),
        (place + 1, 2),
        (place + 8, 2),
        (place, 1000 / size),
        (place, u32::MAX),
        (place, u32::MAX / size),
        (place, (u32::MAX / size).wrapping_add(1)),
        (place, 1 << 31),
        (0, all + 1),
        (1, all),
        (END - size, 1),
        (END - size, 2),
        (END - 1, 1),
        (END - 1, 2),
        (END, 0),
        (END, 1),
        (END + 1, 0),
        (u32::MAX, 0),
        (u32::MAX, 1),
        (u32::MAX, u32::MAX),
        (1 << 31, 1 << 31),
    ];
    if size == 1 {
        spans.extend([20, 31, 32, 33, 34, 63, 65, 255, 256, 257].map(|length| (place, length)));
    }
    spans
        .into_iter()
        .map(|(at, length)| vec![u64::from(at), u64::from(length)])
        .collect()
}

pub const WORDS: [u64; 12] = [
    0,
    1,
    2,
    3,
    31,
    32,
    64,
    127,
    128,
    0x7fff_ffff,
    0x8000_0000,
    0xffff_ffff,
];

pub const LONGS: [u64; 14] = [
    0,
    1,
    2,
    63,
    64,
    0x7fff_ffff,
    0xffff_ffff,
    0x1_0000_0000,
    i64::MAX as u64 - 1,
    i64::MAX as u64,
    1 << 63,
    10_000_000_000_000_000_000,
    u64::MAX - 1,
    u64::MAX,
];

pub const SINGLES: [u32; 32] = [
    0,
    0x8000_0000,
    1,
    0x8000_0001,
    0x007f_ffff,
    0x0080_0000,
    0x3f80_0000,
    0xbf80_0000,
    0x3f00_0000,
    0xbf00_0000,
    0x3fc0_0000,
    0x4020_0000,
    0xc020_0000,
    0x3f7f_ffff,
    0x4b00_0000,
    0x4b7f_ffff,
    0x4eff_ffff,
    0x4f00_0000,
    0xcf00_0000,
    0xcf00_0001,
    0x4f80_0000,
    0x5f00_0000,
    0xdf00_0000,
    0x5f80_0000,
    0x7f7f_ffff,
    0xff7f_ffff,
    0x7f80_0000,
    0xff80_0000,
    0x7fc0_0000,
    0xffc0_0000,
    0x7f80_0001,
    0xffa5_5aa5,
];

pub const DOUBLES: [u64; 36] = [
    0,
    1 << 63,
    1,
    1 << 63 | 1,
    0x000f_ffff_ffff_ffff,
    0x0010_0000_0000_0000,
    0x3ff0_0000_0000_0000,
    0xbff0_0000_0000_0000,
    0x3fe0_0000_0000_0000,
    0xbfe0_0000_0000_0000,
    0x3ff8_0000_0000_0000,
    0x4004_0000_0000_0000,
    0xc004_0000_0000_0000,
    0x3fef_ffff_ffff_ffff,
    0x4330_0000_0000_0000,
    0x433f_ffff_ffff_ffff,
    0x41df_ffff_ffc0_0000,
    0x41e0_0000_0000_0000,
    0xc1e0_0000_0000_0000,
    0xc1e0_0000_0020_0000,
    0xc1e0_0000_0010_0000,
    0x41ef_ffff_ffe0_0000,
    0x41f0_0000_0000_0000,
    0x43e0_0000_0000_0000,
    0xc3e0_0000_0000_0000,
    0xc3e0_0000_0000_0001,
    0x43f0_0000_0000_0000,
    0x47df_ffff_e000_0000,
    0x7fef_ffff_ffff_ffff,
    0xffef_ffff_ffff_ffff,
    0x7ff0_0000_0000_0000,
    0xfff0_0000_0000_0000,
    0x7ff8_0000_0000_0000,
    0xfff8_0000_0000_0000,
    0x7ff0_0000_0000_0001,
    0xfff5_5aa5_5aa5_5aa5,
];
