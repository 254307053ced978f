//! What lies in memory where a pointer points well.

mod curve;
mod indexes;
mod settings;
mod signatures;
mod spoiled;
mod transactions;
mod wide;

pub use indexes::index_keys;

use crate::kinds::{FRIEND, PROBE, Parameter, kinds};
use antelope_rpc_client::signing;
use antelope_types::{Encode, PermissionLevel, PrivateKey};
use curve::{pairs, points, scalar};
use indexes::keys_of_index;
use settings::{configurations, features, numbers, parameters, producers, wasm_parameters};
use sha2::Digest as _;
use signatures::{MESSAGE, compact, keys, signatures};
use spoiled::spoiled;
use transactions::{actions, transaction};
use wide::{quads, wides};

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

fn common(kind: Parameter) -> Vec<Vec<u8>> {
    match kind {
        Parameter::Pointer(_) | Parameter::Span(_) => vec![(1..=64).collect()],
        Parameter::Text => vec![
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
        "blake2_f" => vec![
            (2, vec![(1..=128).collect()]),
            (3, vec![vec![1; 8]]),
            (4, vec![vec![0; 8]]),
        ],
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
