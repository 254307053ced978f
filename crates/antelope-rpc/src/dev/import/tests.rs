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
