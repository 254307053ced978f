//! Bounds of every kind of key.

use super::*;

#[test]
fn numbers_names_and_symbols_are_bounds() {
    for (text, expected) in [
        ("7", 7),
        ("-1", u64::MAX),
        ("", 0),
        ("alice", Name::parse("alice").unwrap().raw()),
        (" alice ", Name::parse("alice").unwrap().raw()),
        ("4,EOS", 0x534f_4504),
        ("EOS", 0x53_4f45),
    ] {
        assert_eq!(u64::read(text, "bound").unwrap(), expected, "{text:?}");
    }
    assert!(u64::read("!!", "scope").is_err());
}

#[test]
fn what_is_no_key_is_told_as_a_node_tells_it() {
    for (text, expected) in [
        ("7", "Name not properly normalized (name: 7, normalized: ) "),
        (
            "1e400",
            "Name not properly normalized (name: 1e400, normalized: 1e4) ",
        ),
        (
            "Ann",
            "Name not properly normalized (name: Ann, normalized: .nn) ",
        ),
        (
            "18446744073709551616",
            "Name is longer than 13 characters (18446744073709551616) ",
        ),
    ] {
        assert_eq!(no_name(text), expected);
    }
    let messages = |error: ChainError| error.messages().map(str::to_owned).collect::<Vec<_>>();
    for (text, said) in [("0xzz", CONTENT), ("09", CONTENT), ("x", CHARACTER)] {
        let one = format!("{said}: Could not convert b string '{text}' to key type.");
        assert_eq!(messages((U256.read)(text, "b").unwrap_err()), [one]);
    }
    for text in ["1e400", "x", ""] {
        let error = (F64.read)(text, "b").unwrap_err();
        assert_eq!(messages(error)[0], "Couldn't parse double", "{text}");
    }
    assert!((F64.read)("-inf", "b").is_ok());
    for (text, first) in [
        (
            "7",
            "str.size() % 2 == 0: the length of hex string should be even number",
        ),
        ("xyz!", "Invalid hex character 'x'"),
    ] {
        let error = (SHA256.read)(text, "lower_bound").unwrap_err();
        let further = format!("Could not convert lower_bound string '{text}' to key type.");
        assert_eq!(messages(error), [first, &further]);
    }
}

#[test]
fn floats_are_widened_and_back() {
    for number in [
        0.0,
        -0.0,
        1.0,
        -2.5,
        1e300,
        5e-324,
        2.2e-308,
        f64::MAX,
        f64::INFINITY,
    ] {
        let back = narrowed(widened(number));
        assert_eq!(back.to_bits(), number.to_bits(), "{number}");
    }
    assert_eq!(widened(1.0), 0x3fff << 112);
    assert_eq!(widened(-2.0), 0xc000 << 112);
    assert_eq!(decimals(0.5), "0.50000000000000000");
}

#[test]
fn wide_keys_are_digits() {
    let text = "f58262c8005bb64b8f99ec6083faf050c502d099d9929ae37ffed2fe1bb954fb";
    let key = (SHA256.read)(text, "bound").unwrap();
    assert_eq!(key[0] >> 120, 0xf5);
    assert_eq!((SHA256.write)(key), text);
    assert_eq!((U256.read)("0xff", "bound").unwrap(), [0, 255]);
    assert_eq!((U256.read)("255", "bound").unwrap(), [0, 255]);
    let beyond = "680564733841876926926749214863536422911";
    assert_eq!((U256.read)(beyond, "bound").unwrap(), [1, u128::MAX]);
    assert_eq!((U256.read)("-1", "bound").unwrap(), [u128::MAX; 2]);
    assert_eq!((U128.read)("-1", "bound").unwrap(), u128::MAX);
    assert_eq!((U128.read)("017", "bound").unwrap(), 15);
    assert_eq!((SHA256.read)("20", "bound").unwrap(), [0x20 << 120, 0]);
    let short = &text[..40];
    let key = (RIPEMD160.read)(short, "bound").unwrap();
    assert_eq!((RIPEMD160.write)(key), short);
    assert_eq!(key[1], 0xc502_d099 << 96);
}
