//! Steps and walks.

use core::ops::Bound;

use antelope_contract::table::Index;
use antelope_contract::table::{IndexKey, Write};

use super::*;

/// One step on a table.
pub(super) fn step(table: &Table<Item>, step: Step) -> Vec<Option<u64>> {
    match step {
        Step::Insert(item) => {
            table.insert(receiver(), &item);
            Vec::new()
        }
        Step::Update(item) => {
            table
                .get(item.id)
                .or_fail("no row to update")
                .update(Payer::Same, |row| *row = item);
            Vec::new()
        }
        Step::Remove(id) => {
            let row = table.get(id).or_fail("no row to remove").remove();
            Vec::from([Some(row.id)])
        }
        Step::Get(id) => Vec::from([table.get(id).map(|row| row.id)]),
        Step::Find { index, item } => Vec::from([match index {
            1 => found(&table.by_number(), &item.number),
            2 => found(&table.by_wide(), &item.wide),
            3 => found(&table.by_hash(), &item.hash),
            4 => found(&table.by_ratio(), &item.ratio),
            _ => found(&table.by_long(), &item.long),
        }]),
        Step::Walk(order) => match order.index {
            0 => walk(
                table.range((
                    end(order.from_end, order.from.id),
                    end(order.to_end, order.to.id),
                )),
                &order,
            ),
            1 => along(&table.by_number(), &order, |item| item.number),
            2 => along(&table.by_wide(), &order, |item| item.wide),
            3 => along(&table.by_hash(), &order, |item| item.hash),
            4 => along(&table.by_ratio(), &order, |item| item.ratio),
            _ => along(&table.by_long(), &order, |item| item.long),
        },
        Step::Ends => Vec::from([
            Some(table.next_id()),
            table.first().map(|row| row.id),
            table.last().map(|row| row.id),
        ]),
    }
}

fn found<K: IndexKey>(index: &Index<Item, Write, K>, key: &K) -> Option<u64> {
    let row = index.get(key);
    check!(
        row.is_some() == index.contains(key),
        "get and contains differ"
    );
    row.map(|row| row.id)
}

fn along<K: IndexKey>(
    index: &Index<Item, Write, K>,
    order: &Walk,
    key: impl Fn(&Item) -> K,
) -> Vec<Option<u64>> {
    let from = end(order.from_end, key(&order.from));
    let to = end(order.to_end, key(&order.to));
    walk(index.range((from, to)), order)
}

fn end<K>(end: End, key: K) -> Bound<K> {
    match end {
        End::Included => Bound::Included(key),
        End::Excluded => Bound::Excluded(key),
        End::Open => Bound::Unbounded,
    }
}

fn walk(mut rows: impl DoubleEndedIterator<Item = Row<Item>>, order: &Walk) -> Vec<Option<u64>> {
    let mut seen = Vec::new();
    for back in &order.back {
        let row = if *back { rows.next_back() } else { rows.next() };
        seen.push(row.as_ref().map(|row| row.id));
        let Some(row) = row else { continue };
        match order.effect {
            Effect::Nothing => {}
            Effect::Remove => {
                row.remove();
            }
            Effect::Move => {
                row.update(Payer::Same, |item| item.number = u64::MAX);
            }
        }
    }
    seen
}
