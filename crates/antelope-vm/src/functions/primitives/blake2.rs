//! The compression function F of BLAKE2b with a chosen number of rounds, as EIP-152 defines it.
//! Words are 64 bits, little-endian.

/// The initialization vector: that of SHA-512.
const IV: [u64; 8] = [
    0x6a09_e667_f3bc_c908,
    0xbb67_ae85_84ca_a73b,
    0x3c6e_f372_fe94_f82b,
    0xa54f_f53a_5f1d_36f1,
    0x510e_527f_ade6_82d1,
    0x9b05_688c_2b3e_6c1f,
    0x1f83_d9ab_fb41_bd6b,
    0x5be0_cd19_137e_2179,
];

/// The order in which a round takes the words of the message; round 10 begins anew.
const SIGMA: [[usize; 16]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
    [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
    [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
    [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
    [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
    [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
    [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
    [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
    [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];

/// The words of the state mixed by each of a round's eight steps: its columns, then its diagonals.
const MIXED: [[usize; 4]; 8] = [
    [0, 4, 8, 12],
    [1, 5, 9, 13],
    [2, 6, 10, 14],
    [3, 7, 11, 15],
    [0, 5, 10, 15],
    [1, 6, 11, 12],
    [2, 7, 8, 13],
    [3, 4, 9, 14],
];

/// The state after one block: 64 bytes. `None` for a length that is wrong.
pub(super) fn compress(
    rounds: u32,
    state: &[u8],
    message: &[u8],
    counter: [&[u8]; 2],
    last: bool,
) -> Option<Vec<u8>> {
    let state: [u64; 8] = words(state)?;
    let message: [u64; 16] = words(message)?;
    let ([low], [high]) = (words(counter[0])?, words(counter[1])?);
    let mut v = [0; 16];
    v[..8].copy_from_slice(&state);
    v[8..].copy_from_slice(&IV);
    v[12] ^= low;
    v[13] ^= high;
    if last {
        v[14] = !v[14];
    }
    for round in 0..rounds as usize {
        let sigma = &SIGMA[round % SIGMA.len()];
        for (words, pair) in MIXED.iter().zip(sigma.as_chunks::<2>().0) {
            mix(&mut v, words, pair.map(|index| message[index]));
        }
    }
    let words = (0..8).map(|index| state[index] ^ v[index] ^ v[index + 8]);
    Some(words.flat_map(u64::to_le_bytes).collect())
}

/// The mixing function G.
fn mix(v: &mut [u64; 16], &[a, b, c, d]: &[usize; 4], [first, second]: [u64; 2]) {
    v[a] = v[a].wrapping_add(v[b]).wrapping_add(first);
    v[d] = (v[d] ^ v[a]).rotate_right(32);
    v[c] = v[c].wrapping_add(v[d]);
    v[b] = (v[b] ^ v[c]).rotate_right(24);
    v[a] = v[a].wrapping_add(v[b]).wrapping_add(second);
    v[d] = (v[d] ^ v[a]).rotate_right(16);
    v[c] = v[c].wrapping_add(v[d]);
    v[b] = (v[b] ^ v[c]).rotate_right(63);
}

/// Exactly `N` words, or `None`.
fn words<const N: usize>(bytes: &[u8]) -> Option<[u64; N]> {
    let (words, rest) = bytes.as_chunks::<8>();
    let words: [[u8; 8]; N] = words.try_into().ok()?;
    rest.is_empty().then(|| words.map(u64::from_le_bytes))
}
