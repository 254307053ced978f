//! What a failing sequence prints, as it was printed.
#![allow(clippy::needless_borrows_for_generic_args)]

use crate::chain;
use antelope_types::name;
use serde_json::json;

#[test]
fn found_by_chance() -> Result<(), Box<dyn std::error::Error>> {
    let mut chain = chain(); // what the sequence began with
    Ok(())
}
