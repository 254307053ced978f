//! Both curves beside `k256` and `p256`.

use super::{K1, R1};
use crate::recovery::point::point;
use crate::signing::curve::{Curve, point as affine};
use antelope_types::Checksum256;
use k256::Secp256k1;
use p256::NistP256;

/// Some number of 32 bytes; some are near 0 or near the orders of the curves.
fn number(tag: u8, case: u32) -> [u8; 32] {
    let mut number = Checksum256::sha256(&[&[tag], &case.to_le_bytes()[..]].concat()).0;
    match case % 16 {
        1 => number[..31].fill(0),
        2 => number[..28].fill(0xff),
        3 => number.fill(0),
        4 => number[4..8].fill(0xff),
        _ => {}
    }
    number
}

#[test]
fn keys_and_signatures_are_those_of_the_two_crates() {
    let mut refused = 0;
    for case in 0..150 {
        let (secret, digest) = (number(1, case), number(2, case / 2));
        assert_eq!(K1::public(&secret), Secp256k1::public(&secret), "{case}");
        assert_eq!(R1::public(&secret), NistP256::public(&secret), "{case}");
        let signed = K1::sign(&secret, &digest);
        assert_eq!(signed, Secp256k1::sign(&secret, &digest), "{case}");
        refused += u32::from(signed.is_err());
        let signed = R1::sign(&secret, &digest);
        assert_eq!(signed, NistP256::sign(&secret, &digest), "{case}");
    }
    assert!((5..50).contains(&refused), "{refused}");
}

#[test]
fn points_are_found_and_refused_as_by_the_two_crates() {
    let order = number(5, 2);
    let mut found = 0;
    for case in 0..300 {
        let mut compact = [0; 65];
        compact[0] = 27 + (case % 8) as u8;
        compact[1..33].copy_from_slice(&number(3, case));
        compact[33..].copy_from_slice(&number(4, case / 3));
        let digest = number(2, case);
        let k1 = point::<K1>(&compact, &digest, order);
        assert_eq!(k1, point::<Secp256k1>(&compact, &digest, order), "{case}");
        let r1 = point::<R1>(&compact, &digest, order);
        assert_eq!(r1, point::<NistP256>(&compact, &digest, order), "{case}");
        found += u32::from(k1.is_some()) + u32::from(r1.is_some());
    }
    assert!(found > 150, "{found}");
}

#[test]
fn only_coordinates_of_the_curve_are_a_point() {
    use p256::elliptic_curve::sec1::ToSec1Point;
    for case in 5..40 {
        let Ok(key) = p256::SecretKey::from_slice(&number(1, case)) else {
            continue;
        };
        let whole = key.public_key().to_sec1_point(false);
        let [x, y] = [1..33, 33..65].map(|range| whole.as_bytes()[range].try_into().unwrap());
        let expected = R1::public(&number(1, case)).ok();
        assert_eq!(affine::<R1>(&x, &y), expected);
        assert_eq!(affine::<NistP256>(&x, &y), expected);
        assert_eq!(affine::<R1>(&y, &x), None);
        assert_eq!(affine::<R1>(&[0xff; 32], &y), None);
    }
}
