//! The rows of the index beside the tables of the chain.
//!
//! A table is read by several requests, from a node that makes blocks meanwhile, and a node that produces answers
//! with what is not in a block yet. So tables are compared one by one, and a comparison counts when
//! 1. the node's head was the same before and after the table was read,
//! 2. the index is at that block, by its id.
//!
//! A row that differs is believed when it differs in the same way in three such comparisons of its table, between
//! which the head has moved or time has passed. No difference at all is believed at once.

use crate::current::{COMPARED, ComparedTable, Current, Difference};
use crate::error::IndexError;
use crate::reader::IndexReader;
use antelope_follow::BlockPosition;
use antelope_types::Name;
use coop_client::{Cooperative, ReadError};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// In how many comparisons a difference must be.
const CONFIRMED: usize = 3;

/// The pause before the index or the node is looked at again.
const PAUSE: Duration = Duration::from_millis(20);

/// How long an index may take to get to a block that the node has.
const CATCH_UP: Duration = Duration::from_secs(2);

/// How long a head must stand before a node that makes no blocks is compared again.
const STANDSTILL: Duration = Duration::from_secs(2);

/// What a comparison found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The cooperative.
    pub cooperative: Name,
    /// The block that both were at when the last table was compared.
    pub block: BlockPosition,
    /// How many rows were compared.
    pub rows: usize,
    /// The rows that differ; empty where all are alike.
    pub differences: Vec<Difference>,
}

/// Whether there was something to compare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compared {
    /// The tables were compared.
    Done(Comparison),
    /// In the time given, index and node were not at the same block.
    NotAtHead {
        /// The last block of the index.
        index: u32,
        /// The last block of the node.
        node: u32,
    },
    /// The index was made from a source without rows of tables, or the cooperative is not registered.
    WithoutRows,
}

/// A table that is not compared yet, or has differences that are not believed yet.
struct Pending {
    table: &'static ComparedTable,
    believed: Believed,
}

/// Both sides of a table.
enum Sides {
    /// At one block.
    Same {
        block: BlockPosition,
        index: Current,
        chain: Current,
    },
    /// The index and the node are at different blocks, or the node's has changed meanwhile.
    Apart { index: u32, node: u32 },
}

/// Compares the rows of a cooperative with the chain's tables; gives up after `patience`, or when told to `stop`.
///
/// # Errors
/// [`IndexError::Chain`] where the node does not answer; those of reading the index.
pub fn compare(
    reader: &mut IndexReader,
    cooperative: &Cooperative,
    patience: Duration,
    stop: &AtomicBool,
) -> Result<Compared, IndexError> {
    let until = Instant::now() + patience;
    let coopname = cooperative.name();
    let mut seen = (0, 0);
    let mut found = Comparison {
        cooperative: coopname,
        block: BlockPosition::default(),
        rows: 0,
        differences: Vec::new(),
    };
    let pending = COMPARED.iter().map(|table| Pending {
        table,
        believed: Believed::default(),
    });
    let mut pending: Vec<_> = pending.collect();
    while Instant::now() < until && !stop.load(Ordering::Relaxed) {
        let (mut left, mut is_apart) = (Vec::new(), false);
        for mut one in pending {
            // Who is behind now is so for all tables.
            if is_apart {
                left.push(one);
                continue;
            }
            let sides = sides(reader, cooperative, one.table, until, stop)?;
            let (block, index, chain) = match sides {
                Sides::Same {
                    block,
                    index,
                    chain,
                } => (block, index, chain),
                Sides::Apart { index, node } => {
                    seen = (index, node);
                    is_apart = true;
                    left.push(one);
                    continue;
                }
            };
            if found.block == BlockPosition::default() && !reader.has_rows(coopname)? {
                return Ok(Compared::WithoutRows);
            }
            found.block = block;
            let differences = index.differences(one.table.told, &chain);
            if differences.is_empty() || one.believed.add(&differences) {
                found.rows += index.rows.len().max(chain.rows.len());
                found.differences.extend(one.believed.confirmed());
            } else {
                left.push(one);
            }
        }
        pending = left;
        if pending.is_empty() {
            return Ok(Compared::Done(found));
        }
        match is_apart {
            true => std::thread::sleep(PAUSE),
            false => wait_for_news(cooperative, found.block, until, stop)?,
        }
    }
    Ok(Compared::NotAtHead {
        index: seen.0,
        node: seen.1,
    })
}

/// A table of the node, and what the index has of it.
fn sides(
    reader: &mut IndexReader,
    cooperative: &Cooperative,
    table: &ComparedTable,
    until: Instant,
    stop: &AtomicBool,
) -> Result<Sides, IndexError> {
    let before = head(cooperative)?;
    let chain = table.of_chain(cooperative)?;
    let node = head(cooperative)?;
    let index = at(
        reader,
        cooperative.name(),
        table,
        node.block_num,
        until,
        stop,
    )?;
    if before == node && index.block == Some(node) {
        return Ok(Sides::Same {
            block: node,
            index,
            chain,
        });
    }
    Ok(Sides::Apart {
        index: index.block.map_or(0, |it| it.block_num),
        node: node.block_num,
    })
}

/// Differences, and in how many comparisons on end they were the same.
#[derive(Default)]
struct Believed {
    seen: BTreeMap<String, (Difference, usize)>,
}

impl Believed {
    /// Takes in those of another comparison; whether all of them are confirmed.
    fn add(&mut self, differences: &[Difference]) -> bool {
        let mut seen = BTreeMap::new();
        for difference in differences {
            let key = difference.key.clone();
            let before = self.seen.get(&key);
            let before = before.filter(|(known, _)| known == difference);
            let times = before.map_or(0, |(_, times)| *times) + 1;
            seen.insert(key, (difference.clone(), times));
        }
        self.seen = seen;
        !self.seen.is_empty() && self.seen.values().any(|(_, times)| *times >= CONFIRMED)
    }

    fn confirmed(&self) -> Vec<Difference> {
        let confirmed = self.seen.values().filter(|(_, times)| *times >= CONFIRMED);
        confirmed
            .map(|(difference, _)| difference.clone())
            .collect()
    }
}

fn head(cooperative: &Cooperative) -> Result<BlockPosition, ReadError> {
    let info = cooperative.client().get_info()?;
    Ok(BlockPosition {
        block_num: info.head_block_num,
        block_id: info.head_block_id,
    })
}

/// The index, once it has a block of this number or time is over.
fn at(
    reader: &mut IndexReader,
    coopname: Name,
    table: &ComparedTable,
    number: u32,
    until: Instant,
    stop: &AtomicBool,
) -> Result<Current, IndexError> {
    let until = until.min(Instant::now() + CATCH_UP);
    loop {
        let current = reader.current(table, coopname)?;
        let own = current.block.map_or(0, |it| it.block_num);
        if own >= number || Instant::now() >= until || stop.load(Ordering::Relaxed) {
            return Ok(current);
        }
        std::thread::sleep(PAUSE);
    }
}

/// Returns when the head has moved, or has stood for a while.
fn wait_for_news(
    cooperative: &Cooperative,
    known: BlockPosition,
    until: Instant,
    stop: &AtomicBool,
) -> Result<(), ReadError> {
    let until = until.min(Instant::now() + STANDSTILL);
    while Instant::now() < until && !stop.load(Ordering::Relaxed) {
        std::thread::sleep(PAUSE);
        if head(cooperative)? != known {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::current::RowFields;

    fn difference(key: &str, value: &str) -> Difference {
        Difference {
            table: "payments",
            key: key.to_owned(),
            index: None,
            chain: Some(RowFields::from([("status".to_owned(), value.to_owned())])),
        }
    }

    #[test]
    fn a_difference_is_believed_when_it_stays() {
        let mut believed = Believed::default();
        let (stays, passes) = (difference("1", "paying"), difference("2", "pending"));
        assert!(!believed.add(&[stays.clone(), passes]));
        assert!(!believed.add(&[stays.clone(), difference("2", "received")]));
        assert!(believed.add(&[stays.clone(), difference("3", "pending")]));
        assert_eq!(believed.confirmed(), std::slice::from_ref(&stays));
        // One that changes begins anew.
        assert!(!believed.add(&[difference("1", "failed")]));
        assert_eq!(believed.confirmed(), []);
        assert!(!believed.add(&[]));
    }
}
