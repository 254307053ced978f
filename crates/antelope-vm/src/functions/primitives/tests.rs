//! The `bls_` functions against the vectors of Spring's own tests.

use super::bls12_381 as bls;

fn unhex(text: &str) -> Vec<u8> {
    let digit = |byte: u8| (byte as char).to_digit(16).unwrap() as u8;
    let pairs = text.as_bytes().chunks(2);
    pairs
        .map(|pair| digit(pair[0]) << 4 | digit(pair[1]))
        .collect()
}

#[test]
fn bls_vectors_of_spring() {
    let vectors = include_str!("../../../tests/vectors/bls12_381.txt");
    let mut cases = 0;
    for line in vectors.lines().filter(|line| !line.starts_with('#')) {
        let (call, code) = line.rsplit_once(' ').unwrap();
        let mut words = call.split(' ');
        let name = words.next().unwrap();
        let mut count = 0;
        let mut buffers = Vec::new();
        for word in words {
            match word.strip_prefix('#') {
                Some(number) => count = number.parse().unwrap(),
                None => buffers.push(unhex(word)),
            }
        }
        let expected = buffers.pop().unwrap();
        let [first, second] = [0, 1].map(|index| buffers.get(index).map_or(&[][..], |it| it));
        let result = match name {
            "bls_g1_add" => bls::g1_add(first, second),
            "bls_g2_add" => bls::g2_add(first, second),
            "bls_g1_weighted_sum" => bls::g1_weighted_sum(first, second, count),
            "bls_g2_weighted_sum" => bls::g2_weighted_sum(first, second, count),
            "bls_pairing" => bls::pairing(first, second, count),
            "bls_g1_map" => bls::g1_map(first),
            "bls_g2_map" => bls::g2_map(first),
            "bls_fp_mod" => bls::fp_mod(first),
            "bls_fp_mul" => bls::fp_mul(first, second),
            "bls_fp_exp" => bls::fp_exp(first, second),
            _ => panic!("{name} is not a function"),
        };
        assert_eq!(result, (code == "0").then_some(expected), "{line}");
        cases += 1;
    }
    assert_eq!(cases, 61);
}

#[test]
fn nothing_is_no_sum() {
    assert_eq!(bls::g1_weighted_sum(&[], &[], 0), None);
    assert_eq!(bls::g2_weighted_sum(&[], &[], 0), None);
    assert_eq!(bls::pairing(&[], &[], 0), None);
}
