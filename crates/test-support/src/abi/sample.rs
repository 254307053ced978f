//! Random bytes and JSON for built-in types, near the border of what is a value.

use crate::random::Random;
use serde_json::{Value, json};

/// Bytes that may be a value of a type.
pub fn bytes(ty: &str, random: &mut Random) -> Vec<u8> {
    let number = random.wide().to_le_bytes();
    let fixed = |size: usize| number[..size].to_vec();
    match ty {
        "bool" | "int8" | "uint8" => fixed(1),
        "int16" | "uint16" => fixed(2),
        "int32" | "uint32" | "time_point_sec" | "block_timestamp_type" => fixed(4),
        "float32" => random.array::<4>().into(),
        "int64" | "uint64" | "name" | "time_point" => fixed(8),
        "float64" => random.array::<8>().into(),
        "int128" | "uint128" | "float128" => fixed(16),
        "symbol" => symbol(random),
        "symbol_code" => symbol(random)[1..].iter().copied().chain([0]).collect(),
        "asset" => [fixed(8), symbol(random)].concat(),
        "extended_asset" => [fixed(8), symbol(random), random.array::<8>().into()].concat(),
        "checksum160" => random.array::<20>().into(),
        "checksum256" => random.array::<32>().into(),
        "checksum512" => random.array::<64>().into(),
        "varint32" | "varuint32" => {
            let length = 1 + random.below(7);
            let mut bytes: Vec<u8> = (0..length).map(|_| random.next() as u8 | 0x80).collect();
            bytes.push(random.next() as u8 & 0x7f);
            bytes[random.below(length + 1)] &= 0x7f;
            bytes
        }
        "bytes" | "string" => text(random),
        "public_key" => {
            let kind = random.pick(&[0, 1, 2, 0, 1, 2, 3, 0x80]);
            let mut bytes = vec![kind];
            bytes.extend(random.array::<33>());
            if kind == 2 {
                bytes.push(random.below(3) as u8);
                bytes.extend(random.pick(&[&b"\x03a.b"[..], b"\x00", b"\x09localhost"]));
            }
            bytes
        }
        "signature" => {
            let kind = random.pick(&[0, 1, 2, 0, 1, 2, 3]);
            let mut bytes = vec![kind];
            bytes.extend(random.array::<65>());
            if kind == 2 {
                bytes.extend(random.pick(&[&b"\x03abc"[..], b"\x00"]));
                bytes.extend(b"\x02{}");
            }
            bytes
        }
        _ => panic!("{ty}"),
    }
}

fn symbol(random: &mut Random) -> Vec<u8> {
    let mut bytes = vec![random.pick(&[0, 4, 18, 19, 255, 8])];
    let letters = random.pick(&[
        &b"EOS"[..],
        b"A",
        b"ABCDEFG",
        b"eos",
        b"",
        b"A\0B",
        b"\0A",
        b"A1",
    ]);
    bytes.extend(letters);
    bytes.resize(8, 0);
    bytes
}

fn text(random: &mut Random) -> Vec<u8> {
    const PIECES: [&[u8]; 12] = [
        b"a",
        b"Z",
        b" ",
        b"\"",
        b"\\",
        b"\n",
        "ß".as_bytes(),
        "🦌".as_bytes(),
        b"\xff",
        b"\xe2\x82",
        b"\x00",
        b"\xc2\x9b",
    ];
    let text = random.list(8, |random| random.pick(&PIECES)).concat();
    [vec![text.len() as u8], text].concat()
}

/// JSON that may be a value of a type, given what a node shows of one.
pub fn json(shown: &Value, random: &mut Random) -> Value {
    match random.below(10) {
        0 => odd(random),
        1 => number(random),
        2 => json!(number(random).to_string()),
        3 => match shown {
            Value::String(text) => json!(text.to_uppercase()),
            Value::Number(number) => json!(number.to_string()),
            other => other.clone(),
        },
        4 | 5 => shown.clone(),
        _ => match shown {
            Value::String(text) => json!(mutated(text, random)),
            Value::Number(number) => json!(mutated(&number.to_string(), random)),
            other => other.clone(),
        },
    }
}

fn odd(random: &mut Random) -> Value {
    let values = [
        json!(null),
        json!(true),
        json!(false),
        json!(""),
        json!("0"),
        json!("1"),
        json!("true"),
        json!([]),
        json!({}),
        json!(["1 A", "alice"]),
        json!({"quantity": "1 A", "contract": "alice", "more": 1}),
        json!({"quantity": "1 A"}),
        json!("nan"),
        json!("-inf"),
        json!("1e3"),
        json!("2024-02-29T01:02:03Z"),
        json!("2024-02-29T01:02:03.5"),
        json!("2024-02-29T01:02:03.123456"),
        json!("2024-Feb-29T25:61:61"),
        json!("20240229T010203"),
        json!("2023-02-29T01:02:03"),
        json!("1400-01-01T00:00:00"),
        json!("9999-12-31T23:59:59"),
        json!("00ff"),
        json!("0FF"),
        json!("0x10"),
        json!("010"),
    ];
    random.pick(&values)
}

fn number(random: &mut Random) -> Value {
    match random.below(6) {
        0 => json!(random.below(300)),
        1 => json!(-(random.below(300) as i64)),
        2 => json!(random.wide() as u64),
        3 => json!((random.wide() as i64)),
        4 => json!((random.below(100_000) as f64 - 50_000.0) / 8.0),
        _ => json!(random.below(2)),
    }
}

fn mutated(text: &str, random: &mut Random) -> String {
    const LETTERS: &[u8] = b"0123456789+-.,:xXeETZ aAzZfFPOSnl/_";
    let mut bytes: Vec<char> = text.chars().collect();
    for _ in 0..=random.below(2) {
        let at = random.below(bytes.len() + 1);
        let letter = char::from(random.pick(LETTERS));
        match random.below(4) {
            0 => bytes.insert(at, letter),
            1 if at < bytes.len() => bytes[at] = letter,
            2 if at < bytes.len() => drop(bytes.remove(at)),
            3 => bytes.truncate(at),
            _ => {}
        }
    }
    bytes.into_iter().collect()
}
