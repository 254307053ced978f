//! The curve alt_bn128.

use super::spoiled::spoiled;

pub fn scalar(value: u8) -> Vec<u8> {
    let mut bytes = vec![0; 64];
    bytes[31] = value;
    bytes
}

/// Points of the curve alt_bn128: the generator, infinity, its double, and none.
pub fn points() -> Vec<Vec<u8>> {
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
pub fn pairs() -> Vec<Vec<u8>> {
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
