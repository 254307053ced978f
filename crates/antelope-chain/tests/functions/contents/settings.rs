//! What contracts of the system set: features, parameters, limits, schedules.

use super::spoiled::spoiled;
use crate::kinds::PROBE;
use antelope_chain::{ChainConfig, Feature};
use antelope_types::{Encode, Name, PublicKey, VarUint32, name};

pub fn features() -> Vec<Vec<u8>> {
    let mut all: Vec<_> = Feature::ALL[..3]
        .iter()
        .map(|feature| feature.digest.0.to_vec())
        .collect();
    all.push(vec![0; 32]);
    all.push(vec![0xff; 32]);
    all
}

pub fn numbers() -> Vec<Vec<u8>> {
    let list = |numbers: &[u32]| {
        let mut out = VarUint32(numbers.len() as u32).to_bytes();
        out.extend(
            numbers
                .iter()
                .flat_map(|number| VarUint32(*number).to_bytes()),
        );
        out
    };
    let mut all = spoiled(&list(&[0, 16, 17]));
    all.extend([
        list(&[]),
        list(&[17]),
        list(&[18]),
        list(&[u32::MAX]),
        list(&[3, 3]),
        list(&(0..18).collect::<Vec<_>>()),
        list(&(0..19).collect::<Vec<_>>()),
    ]);
    all
}

pub fn parameters() -> Vec<Vec<u8>> {
    let one = |number: u32, value: &[u8]| [&[1], &VarUint32(number).to_bytes()[..], value].concat();
    let mut all = spoiled(&one(17, &256u32.to_le_bytes()));
    all.push(vec![0]);
    for (number, width) in [
        (0, 8),
        (1, 4),
        (2, 4),
        (3, 4),
        (4, 4),
        (5, 4),
        (6, 4),
        (7, 4),
        (8, 4),
    ] {
        for fill in [0, 1, 0x7f, 0xff] {
            all.push(one(number, &vec![fill; width]));
        }
    }
    for (number, width) in [
        (9, 4),
        (10, 4),
        (11, 4),
        (12, 4),
        (13, 4),
        (14, 4),
        (15, 2),
        (16, 2),
        (17, 4),
        (18, 4),
    ] {
        for fill in [0, 1, 0x7f, 0xff] {
            all.push(one(number, &vec![fill; width]));
        }
    }
    all
}

pub fn configurations() -> Vec<Vec<u8>> {
    let good = ChainConfig::default();
    let mut all = spoiled(&good.to_bytes());
    let edits: [fn(&mut ChainConfig); 12] = [
        |config| config.max_block_net_usage = 0,
        |config| config.max_transaction_net_usage = 0,
        |config| config.max_transaction_net_usage = config.max_block_net_usage as u32,
        |config| config.base_per_transaction_net_usage = config.max_transaction_net_usage,
        |config| config.target_block_net_usage_pct = 10_001,
        |config| config.target_block_cpu_usage_pct = 9,
        |config| config.context_free_discount_net_usage_den = 0,
        |config| config.context_free_discount_net_usage_num = 1000,
        |config| config.max_transaction_cpu_usage = config.max_block_cpu_usage + 1,
        |config| config.min_transaction_cpu_usage = config.max_transaction_cpu_usage + 1,
        |config| config.max_inline_action_depth = 0,
        |config| config.max_authority_depth = 0,
    ];
    for edit in edits {
        let mut config = good;
        edit(&mut config);
        all.push(config.to_bytes());
    }
    all
}

pub fn wasm_parameters() -> Vec<Vec<u8>> {
    let limits: [u32; 11] = [
        1024,
        1024,
        8192,
        250,
        65536,
        1024,
        1 << 20,
        20 << 20,
        20 << 20,
        528,
        251,
    ];
    let pack = |limits: [u32; 11]| {
        let values = std::iter::once(0).chain(limits);
        values.flat_map(u32::to_le_bytes).collect::<Vec<_>>()
    };
    let mut all = spoiled(&pack(limits));
    for index in 0..limits.len() {
        for value in [0, 1, 3, 4, u32::MAX] {
            let mut limits = limits;
            limits[index] = value;
            all.push(pack(limits));
        }
    }
    all
}

pub fn producers(key: &PublicKey, with_authority: bool) -> Vec<Vec<u8>> {
    let one = |name: Name, weight: u16, threshold: u32| {
        let mut out = name.to_bytes();
        if with_authority {
            out.push(0);
            out.extend(threshold.to_le_bytes());
            out.push(1);
            out.extend(key.to_bytes());
            out.extend(weight.to_le_bytes());
        } else {
            out.extend(key.to_bytes());
        }
        out
    };
    let list = |producers: &[Vec<u8>]| {
        let mut out = VarUint32(producers.len() as u32).to_bytes();
        out.extend(producers.concat());
        out
    };
    let good = one(name!("eosio"), 1, 1);
    let mut all = spoiled(&list(std::slice::from_ref(&good)));
    all.extend([
        list(&[]),
        list(&[good.clone(), good.clone()]),
        list(&[one(name!("nobody"), 1, 1)]),
        list(&[one(name!("eosio"), 1, 0)]),
        list(&[one(name!("eosio"), 1, 2)]),
        list(&[one(name!("eosio"), 0, 1)]),
        list(&[one(PROBE, 1, 1), one(name!("eosio"), 1, 1)]),
    ]);
    all
}
