//! Values for fields of requests: of every type, and at the edges of each.

use crate::shared::random::Random;
use serde_json::{Value, json};

/// Text that many fields may have.
const TEXTS: &[&str] = &[
    "",
    "0",
    "1",
    "-1",
    "2",
    "7",
    "20",
    "abc",
    "alice",
    "shelf",
    "items",
    "112233445511",
    "true",
    "false",
    " 7",
    "7 ",
    "+5",
    "1e3",
    "1.5",
    "-1.5",
    "0x",
    "0x20",
    "0xff",
    "0xzz",
    "ff",
    "inf",
    "nan",
    "NaN",
    "4,EOS",
    "EOS",
    "eos",
    "4,eos",
    "EOS4",
    "4294967295",
    "4294967296",
    "18446744073709551615",
    "18446744073709551616",
    "340282366920938463463374607431768211455",
    "340282366920938463463374607431768211456",
    "999999999999999999999999999999999999999999999",
    "-9223372036854775809",
    "primary",
    "second",
    "third",
    "tertiary",
    "fourth",
    "one",
    "two",
    "sixx",
    "i64",
    "i128",
    "i256",
    "float64",
    "float128",
    "sha256",
    "ripemd160",
    "name",
    "hex",
    "dec",
    "a.b",
    "UPPER",
    "zzzzzzzzzzzzj",
    "zzzzzzzzzzzzz",
    "toolongtobeaname",
    "é",
    ".",
    "2018-06-01T12:00:00",
    "2018-06-01T12:00:00.000",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "f58262c8005bb64b8f99ec6083faf050c502d099d9929ae37ffed2fe1bb954fb",
    "F58262C8005BB64B8F99EC6083FAF050C502D099D9929AE37FFED2FE1BB954FB",
    "f58262c8005bb64b8f99ec6083faf050c502d099d9929ae37ffed2fe1bb954fb00",
    "f58262c8005bb64b8f99ec6083faf050c502d099",
];

/// Any value of any type.
pub fn any(random: &mut Random) -> Value {
    match random.below(16) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(false),
        3 => number(random),
        4 => float(random),
        5 => json!([]),
        6 => json!({}),
        7 => json!([1, "a"]),
        8 => json!({ "a": 1 }),
        _ => text(random),
    }
}

pub fn text(random: &mut Random) -> Value {
    json!(random.of(TEXTS))
}

pub fn number(random: &mut Random) -> Value {
    let edges = [
        json!(0),
        json!(1),
        json!(2),
        json!(3),
        json!(16),
        json!(17),
        json!(-1),
        json!(-2),
        json!(i32::MAX),
        json!(u32::MAX),
        json!(4_294_967_296u64),
        json!(4_294_967_298u64),
        json!(i64::MAX),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(112_233_445_511u64),
    ];
    random.of(&edges).clone()
}

pub fn float(random: &mut Random) -> Value {
    json!(*random.of(&[0.0, 2.0, 1.5, -0.5, -1.0, 1e10, 0.1]))
}
