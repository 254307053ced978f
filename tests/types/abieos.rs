//! Beside `rs_abieos`, whose JSON has small differences of its own: they are translated here.

use antelope_types::PublicKey;
use rs_abieos::Abieos;
use serde_json::{Value, json};

use super::value::BUILT_IN;
use super::{ROWS, abi, composite};
use test_support::random::Random;

/// The account that the ABI is kept under.
const ACCOUNT: &str = "types";

fn abieos() -> Abieos {
    let abieos = Abieos::new();
    assert!(
        abieos
            .set_abi_json(ACCOUNT, &abi())
            .expect("abieos takes the ABI")
    );
    abieos
}

/// Our JSON as `rs_abieos` reads it: it knows truth values only as `true` and `false`, and 128-bit
/// floats only without `0x`.
fn readable(ty: &str, ours: &Value) -> Value {
    match (ty, ours) {
        ("bool", Value::Number(number)) => json!(number.as_u64() == Some(1)),
        ("float128", Value::String(text)) => json!(text.trim_start_matches("0x")),
        _ => ours.clone(),
    }
}

/// Our JSON as `rs_abieos` writes it: 64-bit integers are always strings, hexadecimal digits are
/// capital, seconds have decimals, K1 keys have the new form.
fn written(ty: &str, ours: &Value) -> Value {
    let ours = readable(ty, ours);
    match (ty, &ours) {
        ("int64" | "uint64", Value::Number(number)) => json!(number.to_string()),
        (
            "bytes" | "checksum160" | "checksum256" | "checksum512" | "float128",
            Value::String(hex),
        ) => {
            json!(hex.to_uppercase())
        }
        ("time_point_sec", Value::String(text)) => json!(format!("{text}.000")),
        ("public_key", Value::String(text)) => {
            let key: PublicKey = text.parse().expect("our text is a key");
            json!(key.to_text())
        }
        _ => ours,
    }
}

fn same(ty: &str, ours: &Value, theirs: &str) -> bool {
    match (ty, ours) {
        // Another number of digits, or a string for what JSON cannot say; the same number.
        ("float32" | "float64", Value::String(ours)) => {
            ours.parse::<f64>() == theirs.trim_matches('"').parse()
        }
        _ => serde_json::from_str(theirs).is_ok_and(|theirs: Value| *ours == theirs),
    }
}

#[test]
fn random_values_of_all_built_in_types() {
    let abieos = abieos();
    let mut random = Random::new(1);
    let mut compared = 0;
    for _ in 0..ROWS {
        for (ty, draw) in BUILT_IN {
            let sample = draw(&mut random);
            let json = readable(ty, &sample.json).to_string();
            let bytes = abieos
                .json_to_bin(ACCOUNT, ty, &json)
                .unwrap_or_else(|error| panic!("{ty} {json}: {error}"));
            assert_eq!(bytes, sample.bytes, "{ty} {json}");

            let json = abieos
                .bin_to_json(ACCOUNT, ty, &sample.bytes)
                .unwrap_or_else(|error| panic!("{ty} {json}: {error}"));
            assert!(
                same(ty, &written(ty, &sample.json), &json),
                "{ty}: ours {}, theirs {json}",
                sample.json
            );
            compared += 1;
        }
    }
    assert!(compared >= 10_000, "only {compared} values");
}

#[test]
fn composed_types() {
    let abieos = abieos();
    let mut random = Random::new(2);
    for _ in 0..ROWS {
        for (ty, sample) in [
            ("composite", composite::composite(&mut random)),
            ("extended", composite::extended(&mut random)),
        ] {
            let json = sample.json.to_string();
            let bytes = abieos.json_to_bin(ACCOUNT, ty, &json);
            assert_eq!(bytes.expect("abieos packs"), sample.bytes, "{json}");
            let theirs = abieos.bin_to_json(ACCOUNT, ty, &sample.bytes);
            let theirs = theirs.expect("abieos unpacks");
            let theirs: Value = serde_json::from_str(&theirs).expect("abieos writes JSON");
            assert_eq!(theirs, sample.json);
        }
    }
}
