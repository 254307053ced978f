//! Bytes that are almost what they were.

use super::random::Random;

/// Spoils the bytes in one to four places.
pub fn mutate(random: &mut Random, bytes: &mut Vec<u8>) {
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len() + 1);
        match random.below(8) {
            0 => bytes.truncate(at),
            1 => {
                let more = random.below(9);
                let more = random.bytes(more);
                bytes.splice(at..at, more);
            }
            2 => {
                let end = (at + random.below(9)).min(bytes.len());
                bytes.drain(at..end);
            }
            // Numbers of variable length that say much.
            3 => {
                let end = (at + 5).min(bytes.len());
                bytes.splice(at..end, [0xff, 0xff, 0xff, 0xff, 0x0f]);
            }
            4 => {
                let from = random.below(bytes.len() + 1);
                let end = (from + random.below(64)).min(bytes.len());
                let copy = bytes[from..end].to_vec();
                bytes.splice(at..at, copy);
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = match random.below(3) {
                        0 => *byte ^ 1 << random.below(8),
                        1 => *random.of(&[0, 1, 0x7f, 0x80, 0xff]),
                        _ => random.next() as u8,
                    };
                }
            }
        }
    }
}
