//! What lies in memory where a pointer points well.

use crate::kinds::{FRIEND, Kind, LISTENER, PROBE, kinds};
use antelope_chain::{ChainConfig, Feature};
use antelope_client::signing::{self, Signer, WebAuthnKey};
use antelope_types::{
    Action, Checksum256, Encode, Name, PermissionLevel, PrivateKey, PublicKey, Transaction,
    UserPresence, VarUint32, name,
};
use sha2::Digest as _;

/// What is signed.
const MESSAGE: [u8; 32] = [0x5a; 32];

/// What pointers may point to, for each parameter of a function.
pub type Contents = Vec<Vec<Vec<u8>>>;

/// Contents for every parameter of the function, the good one first; none for numbers.
pub fn contents(function: &str, key: &PrivateKey) -> Contents {
    let kinds = kinds(function);
    let mut contents: Contents = kinds.iter().map(|kind| common(*kind)).collect();
    for (parameter, special) in special(function, key) {
        contents[parameter] = special;
    }
    contents
}

fn common(kind: Kind) -> Vec<Vec<u8>> {
    match kind {
        Kind::Pointer(_) | Kind::Span(_) => vec![(1..=64).collect()],
        Kind::Text => vec![
            b"a text\0".to_vec(),
            b"\0".to_vec(),
            b"\xc3\xa4 \xff\xfe \x01\x7f\0".to_vec(),
            [&[b'x'; 900][..], b"\0"].concat(),
        ],
        _ => Vec::new(),
    }
}

fn special(function: &str, key: &PrivateKey) -> Vec<(usize, Vec<Vec<u8>>)> {
    let data: Vec<u8> = (1..=64).collect();
    let digest = |good: &[u8]| vec![good.to_vec(), vec![7; 64]];
    let public = signing::public_key(key).unwrap();
    match function {
        "preactivate_feature" | "is_feature_activated" => {
            vec![(0, features())]
        }
        "assert_sha256" => vec![(1, digest(&sha2::Sha256::digest(&data)))],
        "assert_sha512" => vec![(1, digest(&sha2::Sha512::digest(&data)))],
        "assert_sha1" => vec![(1, digest(&sha1::Sha1::digest(&data)))],
        "assert_ripemd160" => vec![(1, digest(&ripemd::Ripemd160::digest(&data)))],
        "recover_key" => vec![(0, vec![MESSAGE.to_vec()]), (1, signatures())],
        "assert_recover_key" => vec![(0, vec![MESSAGE.to_vec()]), (1, signatures()), (2, keys())],
        "k1_recover" => vec![(0, compact()), (1, vec![MESSAGE.to_vec(), vec![1; 64]])],
        "check_transaction_authorization" => vec![
            (0, spoiled(&transaction().to_bytes())),
            (1, spoiled(&vec![public].to_bytes())),
            (
                2,
                spoiled(&vec![PermissionLevel::active(FRIEND)].to_bytes()),
            ),
        ],
        "check_permission_authorization" => vec![
            (2, spoiled(&vec![public].to_bytes())),
            (
                3,
                spoiled(&vec![PermissionLevel::active(FRIEND)].to_bytes()),
            ),
        ],
        "send_inline" => vec![(0, actions(PermissionLevel::active(PROBE)))],
        "send_context_free_inline" => vec![(0, actions(PermissionLevel::active(PROBE)))],
        "send_deferred" => vec![(2, spoiled(&[1, 2, 3]))],
        "get_parameters_packed" => vec![(0, numbers())],
        "set_parameters_packed" => vec![(0, parameters())],
        "set_blockchain_parameters_packed" => vec![(0, configurations())],
        "set_wasm_parameters_packed" => vec![(0, wasm_parameters())],
        "set_proposed_producers" => vec![(0, producers(&public, false))],
        "set_proposed_producers_ex" => vec![(1, producers(&public, true))],
        "printqf" => vec![(0, quads())],
        "printi128" | "printui128" => vec![(0, wides())],
        "alt_bn128_add" => vec![(0, points()), (1, points())],
        "alt_bn128_mul" => vec![
            (0, points()),
            (1, vec![scalar(3), scalar(0), vec![0xff; 64]]),
        ],
        "alt_bn128_pair" => vec![(0, pairs())],
        "mod_exp" => {
            let number = |bytes: &[u8]| [bytes, &[0; 64][bytes.len()..]].concat();
            vec![
                (0, vec![number(&[7; 32]), vec![0; 64], vec![0xff; 64]]),
                (1, vec![number(&[3]), vec![0; 64], vec![0xff; 64]]),
                (
                    2,
                    vec![
                        number(&[11; 16]),
                        vec![0; 64],
                        vec![0xff; 64],
                        number(&[0, 0, 1]),
                    ],
                ),
            ]
        }
        _ => keys_of_index(function),
    }
}

fn features() -> Vec<Vec<u8>> {
    let mut all: Vec<_> = Feature::ALL[..3]
        .iter()
        .map(|feature| feature.digest.0.to_vec())
        .collect();
    all.push(vec![0; 32]);
    all.push(vec![0xff; 32]);
    all
}

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
    all
}

fn k1() -> PrivateKey {
    PrivateKey::K1([7; 32])
}

fn r1() -> PrivateKey {
    PrivateKey::R1([9; 32])
}

fn webauthn() -> WebAuthnKey {
    WebAuthnKey::new([11; 32], "example.com", UserPresence::Present).unwrap()
}

fn signatures() -> Vec<Vec<u8>> {
    let digest = Checksum256(MESSAGE);
    let k1 = k1().sign(&digest).unwrap().to_bytes();
    let r1 = r1().sign(&digest).unwrap().to_bytes();
    let webauthn = webauthn().sign(&digest).unwrap().to_bytes();
    let mut all = spoiled(&k1);
    all.extend(spoiled(&r1));
    all.extend(spoiled(&webauthn));
    // The recovery id, from below to above what it may be.
    for id in [0, 26, 27, 28, 30, 31, 32, 33, 34, 35, 36, 255] {
        for good in [&k1, &r1] {
            let mut bytes = good.clone();
            bytes[1] = id;
            all.push(bytes);
        }
    }
    // R and S at their edges.
    for good in [&k1, &r1] {
        for range in [2..34, 34..66] {
            for fill in [0, 0xff, 0x80] {
                let mut bytes = good.clone();
                bytes[range.clone()].fill(fill);
                all.push(bytes);
            }
        }
    }
    for byte in (67..webauthn.len()).step_by(7) {
        let mut bytes = webauthn.clone();
        bytes[byte] ^= 0x11;
        all.push(bytes);
    }
    all
}

fn keys() -> Vec<Vec<u8>> {
    let k1 = signing::public_key(&k1()).unwrap().to_bytes();
    let mut all = spoiled(&k1);
    all.extend(spoiled(&signing::public_key(&r1()).unwrap().to_bytes()));
    all.extend(spoiled(&webauthn().public_key().to_bytes()));
    all
}

/// Signatures as `k1_recover` takes them.
fn compact() -> Vec<Vec<u8>> {
    let good = k1().sign(&Checksum256(MESSAGE)).unwrap().to_bytes();
    let mut all = spoiled(&good[1..]);
    for id in [0, 1, 3, 26, 27, 28, 30, 31, 34, 35, 255] {
        let mut bytes = good[1..].to_vec();
        bytes[0] = id;
        all.push(bytes);
    }
    all
}

fn transaction() -> Transaction {
    Transaction {
        actions: vec![action(PermissionLevel::active(FRIEND))],
        ..Transaction::default()
    }
}

fn action(level: PermissionLevel) -> Action {
    Action {
        account: LISTENER,
        name: name!("told"),
        authorization: vec![level],
        data: Vec::new(),
    }
}

fn actions(level: PermissionLevel) -> Vec<Vec<u8>> {
    let good = action(level);
    let mut all = spoiled(&good.to_bytes());
    let levels = [
        vec![],
        vec![PermissionLevel::new(PROBE, name!("owner"))],
        vec![PermissionLevel::new(PROBE, name!("nothing"))],
        vec![PermissionLevel::new(PROBE, name!("eosio.code"))],
        vec![PermissionLevel::active(FRIEND)],
        vec![PermissionLevel::active(name!("nobody"))],
        vec![level, level],
    ];
    for authorization in levels {
        for account in [PROBE, LISTENER, FRIEND, name!("nobody"), Name::default()] {
            let action = Action {
                account,
                authorization: authorization.clone(),
                ..good.clone()
            };
            all.push(action.to_bytes());
        }
    }
    all
}

fn numbers() -> Vec<Vec<u8>> {
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

fn parameters() -> Vec<Vec<u8>> {
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

fn configurations() -> Vec<Vec<u8>> {
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

fn wasm_parameters() -> Vec<Vec<u8>> {
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

fn producers(key: &PublicKey, with_authority: bool) -> Vec<Vec<u8>> {
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

fn quads() -> Vec<Vec<u8>> {
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

fn wides() -> Vec<Vec<u8>> {
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

fn scalar(value: u8) -> Vec<u8> {
    let mut bytes = vec![0; 64];
    bytes[31] = value;
    bytes
}

/// Points of the curve alt_bn128: the generator, infinity, its double, and none.
fn points() -> Vec<Vec<u8>> {
    let pair = |x: &str, y: &str| [unhex(x), unhex(y)].concat();
    vec![
        [&scalar(1)[..32], &scalar(2)[..32]].concat(),
        vec![0; 64],
        pair(
            "030644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd3",
            "15ed738c0e0a7c92e7845f96b2ae9c0a68a6a449e3538fc7ff3ebf7a5a18a2c4",
        ),
        [&scalar(1)[..32], &scalar(1)[..32]].concat(),
        // Coordinates that are not below the modulus.
        vec![0xff; 64],
        pair(
            "30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd48",
            "30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd49",
        ),
    ]
}

/// Pairs whose product of pairings is one, or is not, and what is no pair.
fn pairs() -> Vec<Vec<u8>> {
    let g2 = unhex(concat!(
        "198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2",
        "1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed",
        "090689d0585ff075ec9e99ad690c3395bc4b313370b38ef355acdadcd122975b",
        "12c85ea5db8c6deb4aab71808dcb408fe3d1e7690c43d37b4ce6cc0166fa7daa",
    ));
    let plus = points()[0].clone();
    let minus = [
        &scalar(1)[..32],
        &unhex("30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd45"),
    ]
    .concat();
    let both = [&plus[..], &g2, &minus, &g2].concat();
    let one = [&plus[..], &g2].concat();
    let mut all = vec![both.clone(), one.clone(), Vec::new()];
    all.extend(spoiled(&both));
    all.push([&[0; 64][..], &g2].concat());
    all.push([&plus[..], &[0; 128]].concat());
    all.push(vec![0; 192]);
    all
}

fn unhex(text: &str) -> Vec<u8> {
    let digits = text.as_bytes().chunks(2);
    digits
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

/// Keys of the rows that there are, and others.
fn keys_of_index(function: &str) -> Vec<(usize, Vec<Vec<u8>>)> {
    let Some(parameter) = kinds(function)
        .iter()
        .position(|kind| matches!(kind, Kind::Pointer(_) | Kind::Span(16)))
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
        all.extend(crate::kinds::DOUBLES.map(|bits| bits.to_le_bytes().to_vec()));
        return all;
    }
    // 20, 10 and 30 as long doubles.
    let mut all = [0x40034, 0x40024, 0x4003e, 0x40039]
        .map(|bits: u128| (bits << 108).to_le_bytes().to_vec())
        .to_vec();
    all.extend(quads());
    all
}
