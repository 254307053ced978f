//! Keys of secondary indexes.

use super::wide::quads;
use crate::edges::DOUBLES;
use crate::kinds::{Parameter, kinds};

/// Keys of the rows that there are, and others.
pub fn keys_of_index(function: &str) -> Vec<(usize, Vec<Vec<u8>>)> {
    let Some(parameter) = kinds(function)
        .iter()
        .position(|kind| matches!(kind, Parameter::Pointer(_) | Parameter::Span(16)))
        .filter(|_| {
            function.starts_with("db_idx")
                && !function.ends_with("next")
                && !function.ends_with("previous")
        })
    else {
        return Vec::new();
    };
    vec![(parameter, index_keys(function))]
}

/// Keys of an index: 20, which a row has, and others.
pub fn index_keys(function: &str) -> Vec<Vec<u8>> {
    let integers = [20, 0, 5, 10, 25, 30, 31, u64::MAX];
    if function.starts_with("db_idx64") {
        return integers.map(|key| key.to_le_bytes().to_vec()).to_vec();
    }
    if function.starts_with("db_idx128") {
        return integers
            .map(|key| u128::from(key).to_le_bytes().to_vec())
            .to_vec();
    }
    if function.starts_with("db_idx256") {
        let key = |first: u64, second: u64| {
            [
                u128::from(first).to_le_bytes(),
                u128::from(second).to_le_bytes(),
            ]
            .concat()
        };
        let mut all = integers.map(|number| key(0, number)).to_vec();
        all.extend([key(20, 0), key(0, 20), key(1, 0), key(u64::MAX, u64::MAX)]);
        return all;
    }
    if function.starts_with("db_idx_double") {
        let mut all = [
            20.0,
            0.0,
            -0.0,
            10.0,
            25.0,
            30.0,
            -1.0,
            f64::INFINITY,
            f64::NEG_INFINITY,
        ]
        .map(|key: f64| key.to_le_bytes().to_vec())
        .to_vec();
        all.extend(DOUBLES.map(|bits| bits.to_le_bytes().to_vec()));
        return all;
    }
    // 20, 10 and 30 as long doubles.
    let mut all = [0x40034, 0x40024, 0x4003e, 0x40039]
        .map(|bits: u128| (bits << 108).to_le_bytes().to_vec())
        .to_vec();
    all.extend(quads());
    all
}
