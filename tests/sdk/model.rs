//! What a table should do, by the collections of the standard library.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use antelope_types::{Checksum256, Float128};
use shelf::{Effect, End, Item, Seen, Step, Walk};

/// A row whose five keys all grow with `rank`, each in the way of its kind.
pub(crate) fn item(id: u64, rank: i32, text_len: usize) -> Item {
    let shifted = (rank + 1000) as u64;
    // The difference is in the first byte of a checksum for some ranks, in the last for others.
    let mut hash = [0x55; 32];
    hash[0] = (shifted / 8) as u8;
    hash[31] = (shifted % 8) as u8;
    Item {
        id,
        number: shifted << 40,
        wide: u128::from(shifted) << 60,
        hash: Checksum256(hash),
        ratio: f64::from(rank) * 1.5,
        long: long(f64::from(rank) * 0.25),
        text: "x".repeat(text_len),
    }
}

/// A double as a long double.
fn long(value: f64) -> Float128 {
    let bits = value.to_bits();
    let sign = u128::from(bits >> 63) << 127;
    if value == 0.0 {
        return Float128::from_bits(sign);
    }
    let exponent = u128::from((bits >> 52) & 0x7ff) + 16383 - 1023;
    let fraction = u128::from(bits & ((1 << 52) - 1)) << 60;
    Float128::from_bits(sign | exponent << 112 | fraction)
}

/// How two rows compare in an index, without their ids.
fn compare(index: u8, a: &Item, b: &Item) -> Ordering {
    match index {
        0 => a.id.cmp(&b.id),
        1 => a.number.cmp(&b.number),
        2 => a.wide.cmp(&b.wide),
        3 => a.hash.0.cmp(&b.hash.0),
        4 => a.ratio.total_cmp(&b.ratio),
        _ => {
            let order = |bits: u128| {
                if bits >> 127 == 0 {
                    bits | 1 << 127
                } else {
                    !bits
                }
            };
            order(a.long.to_bits()).cmp(&order(b.long.to_bits()))
        }
    }
}

/// Rows by their ids.
#[derive(Default)]
pub(crate) struct Model(pub(crate) BTreeMap<u64, Item>);

impl Model {
    /// What the contract should see; `None` where it should fail.
    pub(crate) fn step(&mut self, step: &Step) -> Option<Seen> {
        self.ids(step).map(Seen::from)
    }

    fn ids(&mut self, step: &Step) -> Option<Vec<Option<u64>>> {
        match step {
            Step::Insert(item) => {
                let taken = self.0.insert(item.id, item.clone()).is_some();
                (!taken).then(Vec::new)
            }
            Step::Update(item) => {
                *self.0.get_mut(&item.id)? = item.clone();
                Some(Vec::new())
            }
            Step::Remove(id) => self.0.remove(id).map(|item| vec![Some(item.id)]),
            Step::Get(id) => Some(vec![self.0.get(id).map(|item| item.id)]),
            Step::Find { index, item } => {
                let rows = self.ordered(*index);
                let found = rows.iter().find(|row| compare(*index, row, item).is_eq());
                Some(vec![found.map(|row| row.id)])
            }
            Step::Walk(walk) => Some(self.walk(walk)),
            Step::Ends => {
                let (first, last) = (self.0.keys().next(), self.0.keys().next_back());
                Some(vec![
                    Some(last.map_or(0, |last| last + 1)),
                    first.copied(),
                    last.copied(),
                ])
            }
        }
    }

    fn ordered(&self, index: u8) -> Vec<Item> {
        let mut rows: Vec<_> = self.0.values().cloned().collect();
        rows.sort_by(|a, b| compare(index, a, b).then(a.id.cmp(&b.id)));
        rows
    }

    fn walk(&mut self, walk: &Walk) -> Vec<Option<u64>> {
        let above = |row: &Item| match walk.from_end {
            End::Included => compare(walk.index, row, &walk.from).is_ge(),
            End::Excluded => compare(walk.index, row, &walk.from).is_gt(),
            End::Open => true,
        };
        let below = |row: &Item| match walk.to_end {
            End::Included => compare(walk.index, row, &walk.to).is_le(),
            End::Excluded => compare(walk.index, row, &walk.to).is_lt(),
            End::Open => true,
        };
        let rows = self.ordered(walk.index);
        let mut rows = rows.iter().filter(|row| above(row) && below(row));
        let mut seen = Vec::new();
        for back in &walk.back {
            let row = if *back { rows.next_back() } else { rows.next() };
            seen.push(row.map(|row| row.id));
            let Some(row) = row else { continue };
            match walk.effect {
                Effect::Nothing => {}
                Effect::Remove => {
                    self.0.remove(&row.id);
                }
                Effect::Move => {
                    if let Some(item) = self.0.get_mut(&row.id) {
                        item.number = u64::MAX;
                    }
                }
            }
        }
        seen
    }
}
