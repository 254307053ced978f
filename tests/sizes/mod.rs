//! Ceilings for the bytes of every contract: each byte of code costs ten bytes of RAM on chain.

use std::fmt::Write;
use veche_tests::{built, reference};

/// Packages and the most bytes that each may have.
const CEILINGS: [(&str, usize); 3] = [("hello", 600), ("token", 7_500), ("soviet", 45_000)];

/// What the cooperative deploys, and the most bytes that it may have together.
const COOPERATIVE: ([&str; 3], usize) = (["registrator", "soviet", "gateway"], 100_000);

fn size(package: &str) -> usize {
    built(package).wasm.len()
}

#[test]
fn every_contract_stays_below_its_ceiling() {
    let mut over = String::new();
    for (package, ceiling) in CEILINGS {
        let size = size(package);
        println!("{package:12} {size:>7} of {ceiling:>7} bytes");
        if size > ceiling {
            let _ = write!(
                over,
                "{package} has {size} bytes, its ceiling is {ceiling}; "
            );
        }
    }
    assert!(
        over.is_empty(),
        "{over}see: cargo antelope size -p <package>; is wasm-opt there?"
    );
}

#[test]
fn the_cooperative_stays_below_its_ceiling() {
    let (packages, ceiling) = COOPERATIVE;
    let sizes = packages.map(size);
    let sum: usize = sizes.iter().sum();
    println!("{packages:?} {sizes:?}: {sum} of {ceiling} bytes");
    assert!(
        sum <= ceiling,
        "{packages:?} have {sizes:?}, {sum} bytes, the ceiling is {ceiling}"
    );
}

#[test]
fn the_token_is_less_than_half_of_the_reference() {
    let (ours, reference) = (size("token"), reference("eosio.token").wasm.len());
    assert!(
        2 * ours < reference,
        "ours has {ours} bytes, the reference {reference}"
    );
}
