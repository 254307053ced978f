//! What is told to the importing contract. The contract itself is assembled by the crate's tests.

use super::*;

#[test]
fn records_are_filled_up_and_put_together() {
    let (alice, table) = (name!("alice"), name!("rows"));
    let row = record(0, alice, table, alice, 7, b"abc");
    assert_eq!(row.len(), 56);
    assert_eq!(row[40..51], [3, 0, 0, 0, 0, 0, 0, 0, b'a', b'b', b'c']);
    let long = record(0, alice, table, alice, 8, &[0; CHUNK]);
    let chunks = chunks(vec![row.clone(), row.clone(), long.clone(), row.clone()]);
    assert_eq!(chunks, [row.repeat(2), long, row]);
}

#[test]
fn keys_are_read_as_nodes_write_them() {
    assert_eq!(Keys::U64.read("258").unwrap(), [2, 1, 0, 0, 0, 0, 0, 0]);
    assert_eq!(Keys::U128.read("1").unwrap()[..2], [1, 0]);
    let digits = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    let bytes = Keys::Checksum.read(digits).unwrap();
    assert_eq!((bytes[0], bytes[15], bytes[16], bytes[31]), (15, 0, 31, 16));
    let half = Keys::Float64.read("0.50000000000000000").unwrap();
    assert_eq!(half, 0.5f64.to_le_bytes());
    for (text, bits) in [
        ("0.00000000000000000", 0),
        ("1.00000000000000000", 0x3fff << 112),
        ("-2.00000000000000000", 0xc000 << 112),
        ("0.75000000000000000", 0x3ffe8 << 108),
    ] {
        let found = Keys::Float128.read(text).unwrap();
        assert_eq!(found, u128::to_le_bytes(bits), "{text}");
    }
    assert!(Keys::Float128.read("nan").is_none());
    assert!(Keys::U64.read("0.5").is_none());
    assert!(Keys::Checksum.read("00").is_none());
}
