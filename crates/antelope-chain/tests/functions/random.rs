//! Numbers around the edges of what they are taken for.

use crate::edges::{DOUBLES, LONGS, SINGLES};
use crate::shared::random::Random;

pub trait EdgeNumbers {
    /// The bits of a float: any, at an edge, or near to the float before.
    fn single(&mut self, before: u32) -> u32;

    /// The bits of a float, as of [`single`](Self::single).
    fn double(&mut self, before: u64) -> u64;

    /// A number of 64 bits: any, small, or at an edge.
    fn long(&mut self, before: u64) -> u64;

    /// A long double, of which 64 bits come first and 64 last: any, of a number in reach of
    /// integers, or at an edge.
    fn quad(&mut self, before: u128) -> u128;
}

impl EdgeNumbers for Random {
    fn single(&mut self, before: u32) -> u32 {
        match self.below(4) {
            0 => *self.of(&SINGLES),
            1 => before ^ (self.next() as u32 & 0x8000_0003),
            2 => (self.next() as u32 as i32 as f32 / 4.0).to_bits(),
            _ => self.next() as u32,
        }
    }

    fn double(&mut self, before: u64) -> u64 {
        match self.below(4) {
            0 => *self.of(&DOUBLES),
            1 => before ^ (self.next() & (1 << 63 | 3)),
            2 => ((self.next() as i64 >> self.below(64)) as f64 / 4.0).to_bits(),
            _ => self.next(),
        }
    }

    fn long(&mut self, before: u64) -> u64 {
        match self.below(4) {
            0 => *self.of(&LONGS),
            1 => before ^ (self.next() & 3),
            2 => (self.next() as i64 >> self.below(64)) as u64,
            _ => self.next(),
        }
    }

    fn quad(&mut self, before: u128) -> u128 {
        let any = u128::from(self.next()) << 64 | u128::from(self.next());
        let sign = any & 1 << 127;
        match self.below(6) {
            0 => any,
            1 => before ^ (any & (1 << 127 | 3)),
            // Around one up to what 128 bits can hold, with few bits behind.
            2 => {
                let exponent = 0x3fff - 4 + self.below(136) as u128;
                let cut = self.below(113);
                sign | exponent << 112 | (any >> cut << cut & ((1 << 112) - 1))
            }
            // Subnormal, infinite, and no number.
            3 => sign | (any & ((1 << 112) - 1)) >> self.below(112),
            4 => sign | 0x7fff << 112 | (any & ((1 << 112) - 1)) >> self.below(113).min(111),
            // In reach of the floats of the processor, and around their limits.
            _ => {
                let near = [
                    0x3fff - 1075,
                    0x3fff - 1022,
                    0x3fff + 1023,
                    0x3fff - 150,
                    0x3fff - 126,
                    0x3fff + 127,
                ];
                let exponent = *self.of(&near) + self.below(5) as u128 - 2;
                let cut = self.below(113);
                sign | exponent << 112 | (any >> cut << cut & ((1 << 112) - 1))
            }
        }
    }
}
