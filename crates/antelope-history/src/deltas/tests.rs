//! Deltas: which rows are listed, in which order, and that they add up.

use super::*;
use crate::tests::by_abi::{by_abi, keys};
use antelope_ledger::Genesis;
use antelope_ledger::state::{
    Float64, FloatBits128, IndexEntry, IndexKey, Row, TableId, TableKey, Write,
};
use antelope_types::{Authority, Name, PermissionLevel, TimePoint, name};
use proptest::prelude::*;
use serde_json::Value;
use std::cell::Cell;
use std::collections::BTreeMap;

const CHAIN: Checksum256 = Checksum256([3; 32]);

fn deltas(before: &State, after: &State) -> Vec<TableDelta> {
    decode_deltas(&encode_deltas(&CHAIN, Some(before), after)).unwrap()
}

/// The rows of a table that differ: whether they are there, and a field of each.
fn listed(deltas: &[TableDelta], table: &str, field: &str) -> Vec<(bool, Value)> {
    let table = deltas.iter().find(|found| found.name == table);
    let rows = table.map_or(&[][..], |table| &table.rows);
    let name = table.map_or("", |table| &table.name);
    rows.iter()
        .map(|row| (row.present, by_abi(name, &row.data)[1][field].clone()))
        .collect()
}

fn table(state: &mut State, table: Name) -> TableId {
    let (code, scope) = (name!("code"), name!("scope"));
    let key = TableKey { code, scope, table };
    match state.tables.get(&key) {
        Some(info) => info.id,
        None => state.create_table(key, code).id,
    }
}

fn write(state: &mut State, table: TableId, primary: u64, value: &[u8]) {
    let known = state.rows.get(&(table, primary)).map(|row| row.number);
    let row = Row {
        number: known.unwrap_or_else(|| state.number_object()),
        payer: name!("payer"),
        value: value.into(),
    };
    state.rows.insert((table, primary), row);
}

fn index<K: IndexKey>(state: &mut State, table: TableId, primary: u64, key: K) {
    let known = K::indexes(state)
        .get(table, primary)
        .map(|entry| entry.number);
    let entry = IndexEntry {
        number: known.unwrap_or_else(|| state.number_object()),
        key,
        payer: name!("payer"),
    };
    K::indexes_mut(state).set(table, primary, entry);
}

/// A chain that begins, and has five rows made in the order of 5, 4, 3, 2, 1.
fn rows() -> (State, TableId) {
    let mut state = Genesis::default().state().unwrap();
    let table = table(&mut state, name!("table"));
    for primary in (1..=5).rev() {
        write(&mut state, table, primary, &[1]);
    }
    state.watch();
    (state, table)
}

#[test]
fn nothing_is_listed_where_nothing_changed() {
    let (state, _) = rows();
    assert_eq!(encode_deltas(&CHAIN, Some(&state), &state), [0]);
    assert_eq!(encode_deltas(&CHAIN, Some(&state), &state.clone()), [0]);
}

#[test]
fn rows_are_in_the_order_of_their_changes() {
    let (before, table) = rows();
    let mut after = before.clone();
    write(&mut after, table, 3, &[2]);
    after.rows.remove(&(table, 1));
    write(&mut after, table, 9, &[1]);
    write(&mut after, table, 2, &[2]);
    write(&mut after, table, 3, &[3]);
    after.rows.remove(&(table, 5));
    write(&mut after, table, 8, &[1]);
    let found = listed(&deltas(&before, &after), "contract_row", "primary_key");
    let expected = [
        (true, 2),
        (true, 3),
        (false, 5),
        (false, 1),
        (true, 9),
        (true, 8),
    ];
    assert_eq!(
        found,
        expected.map(|(present, key)| (present, Value::from(key)))
    );
}

#[test]
fn without_a_list_of_writes_the_rows_are_the_same_in_the_order_of_numbers() {
    let (before, table) = rows();
    // Read from a file, a state is not watched.
    let mut after = before.clone();
    after.rows = (*after.rows).clone().into();
    for primary in [3, 5, 2] {
        write(&mut after, table, primary, &[2]);
    }
    let found = listed(&deltas(&before, &after), "contract_row", "primary_key");
    assert_eq!(found, [2, 3, 5].map(|key| (true, Value::from(key))));
    let whole = decode_deltas(&encode_deltas(&CHAIN, None, &before)).unwrap();
    let found = listed(&whole, "contract_row", "primary_key");
    assert_eq!(found, [5, 4, 3, 2, 1].map(|key| (true, Value::from(key))));
}

#[test]
fn what_was_removed_and_made_again_is_both() {
    let (before, table) = rows();
    let mut after = before.clone();
    after.rows.remove(&(table, 4));
    write(&mut after, table, 4, &[1]);
    let found = listed(&deltas(&before, &after), "contract_row", "primary_key");
    assert_eq!(found, [(false, Value::from(4)), (true, Value::from(4))]);
}

#[test]
fn what_is_written_with_what_it_had_is_listed() {
    let (mut before, table) = rows();
    index(&mut before, table, 1, 7u64);
    before.watch();
    let mut after = before.clone();
    write(&mut after, table, 4, &[1]);
    index(&mut after, table, 1, 7u64);
    let alice = name!("eosio");
    after.add_ram(alice, 100).unwrap();
    after.add_ram(alice, -100).unwrap();
    after.global.parameters_set += 1;
    let found = deltas(&before, &after);
    let names: Vec<_> = found.iter().map(|table| table.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "contract_row",
            "contract_index64",
            "global_property",
            "resource_usage"
        ]
    );
}

#[test]
fn undone_writes_are_not_listed() {
    let (before, table) = rows();
    let mut after = before.clone();
    let beginning = after.begin();
    write(&mut after, table, 4, &[2]);
    index(&mut after, table, 1, 7u64);
    after.undo(beginning);
    assert_eq!(deltas(&before, &after), []);
    let none: Vec<Write<_>> = after.rows.written().unwrap().copied().collect();
    assert_eq!(none, []);
}

#[test]
fn keys_of_indexes_are_told_as_indexers_expect_them() {
    let (before, table) = rows();
    let mut after = before.clone();
    index(&mut after, table, 1, u64::MAX);
    index(&mut after, table, 1, 1u128 << 100);
    index(&mut after, table, 1, [0x0102u128 << 112, 3]);
    index(&mut after, table, 1, Float64((-1.5f64).to_bits()));
    index(&mut after, table, 1, FloatBits128(1));
    let found = deltas(&before, &after);
    for (table, expected) in [
        ("contract_index64", "18446744073709551615"),
        ("contract_index128", "1267650600228229401496703205376"),
        (
            "contract_index256",
            "0102000000000000000000000000000000000000000000000000000000000003",
        ),
        ("contract_index_double", "-1.50000000000000000"),
        (
            "contract_index_long_double",
            "0x01000000000000000000000000000000",
        ),
    ] {
        let [(true, key)] = &listed(&found, table, "secondary_key")[..] else {
            panic!("{table}: one new entry")
        };
        assert_eq!(key.as_str().unwrap_or_default(), expected, "{table}: {key}");
    }
}

/// A value that counts how often it is compared.
#[derive(Clone, Debug)]
struct Counting(u32);

thread_local! {
    static COMPARED: Cell<u32> = const { Cell::new(0) };
}

impl PartialEq for Counting {
    fn eq(&self, other: &Self) -> bool {
        COMPARED.set(COMPARED.get() + 1);
        self.0 == other.0
    }
}

/// What the cost of deltas rests on.
#[test]
fn a_comparison_visits_only_what_is_not_shared() {
    let all: imbl::OrdMap<u32, Counting> = (0..100_000).map(|key| (key, Counting(key))).collect();
    let mut changed = all.clone();
    changed.insert(50_000, Counting(1));
    assert_eq!(all.diff(&changed).count(), 1);
    assert!(COMPARED.get() < 200, "{} comparisons", COMPARED.get());
}

/// What may happen to a state in a block.
#[derive(Clone, Debug)]
enum Change {
    Write(u8, u64, u8),
    Erase(u8, u64),
    Index(u8, u64, u8),
    Unindex(u8, u64),
    Authority(u8, u32),
    Delete(u8),
    Link(u8, u8),
    Unlink(u8),
    Ram(i64),
}

fn change() -> impl Strategy<Value = Change> {
    let (t, k, v) = (0..3u8, 0..6u64, 0..3u8);
    prop_oneof![
        (t.clone(), k.clone(), v.clone()).prop_map(|(t, k, v)| Change::Write(t, k, v)),
        (t.clone(), k.clone()).prop_map(|(t, k)| Change::Erase(t, k)),
        (t.clone(), k.clone(), v.clone()).prop_map(|(t, k, v)| Change::Index(t, k, v)),
        (t.clone(), k).prop_map(|(t, k)| Change::Unindex(t, k)),
        (t.clone(), 1..4u32).prop_map(|(p, threshold)| Change::Authority(p, threshold)),
        t.clone().prop_map(Change::Delete),
        (t.clone(), v).prop_map(|(a, p)| Change::Link(a, p)),
        t.prop_map(Change::Unlink),
        (-50..50i64).prop_map(Change::Ram),
    ]
}

fn apply(state: &mut State, change: &Change, now: TimePoint) {
    let eosio = name!("eosio");
    let named = |number: u8| Name::from_raw(u64::from(number + 1) << 40);
    match *change {
        Change::Write(t, key, value) => {
            let table = table(state, named(t));
            write(state, table, key, &[value]);
        }
        Change::Erase(t, key) => {
            let table = table(state, named(t));
            state.rows.remove(&(table, key));
        }
        Change::Index(t, key, value) => {
            let table = table(state, named(t));
            index(state, table, key, u64::from(value));
        }
        Change::Unindex(t, key) => {
            let table = table(state, named(t));
            state.indexes.u64.remove(table, key);
        }
        Change::Authority(p, threshold) => {
            let authority = Authority {
                threshold,
                ..Authority::default()
            };
            match state.permissions.get_mut(&(eosio, named(p))) {
                Some(found) => {
                    found.authority = authority.into();
                    found.last_updated = now;
                }
                None => {
                    let level = PermissionLevel::new(eosio, named(p));
                    state.create_permission(level, 1, authority, now);
                }
            }
        }
        Change::Delete(p) => state.remove_permission(PermissionLevel::new(eosio, named(p))),
        Change::Link(a, p) => {
            state.set_link((eosio, eosio, named(a)), named(p));
        }
        Change::Unlink(a) => {
            state.links.remove(&(eosio, eosio, named(a)));
        }
        Change::Ram(delta) => {
            let _ = state.add_ram(eosio, delta);
        }
    }
}

/// What an indexer has of a state: each row by its table and key.
type Indexed = BTreeMap<(String, String), Vec<u8>>;

/// Does what an indexer does with the deltas of a block.
fn follow(indexed: &mut Indexed, deltas: &[TableDelta]) {
    for table in deltas {
        let keys = keys(&table.name);
        for row in &table.rows {
            let value = &by_abi(&table.name, &row.data)[1];
            let key: Vec<_> = keys.iter().map(|key| value[key].to_string()).collect();
            let key = (table.name.clone(), key.join(" "));
            match row.present {
                true => indexed.insert(key, row.data.clone()),
                false => indexed.remove(&key),
            };
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// The whole state and the deltas of all later blocks give the whole state of the last.
    #[test]
    fn deltas_add_up(
        blocks in prop::collection::vec(prop::collection::vec(change(), 0..12), 1..6),
        watched in any::<bool>(),
    ) {
        let mut state = Genesis::default().state().unwrap();
        let whole = |state: &State| decode_deltas(&encode_deltas(&CHAIN, None, state)).unwrap();
        let mut indexed = Indexed::new();
        follow(&mut indexed, &whole(&state));
        for (number, changes) in blocks.iter().enumerate() {
            if watched {
                state.watch();
            }
            let before = state.clone();
            for change in changes {
                apply(&mut state, change, TimePoint::from_micros(number as i64));
            }
            follow(&mut indexed, &deltas(&before, &state));
            let mut expected = Indexed::new();
            follow(&mut expected, &whole(&state));
            prop_assert_eq!(&indexed, &expected);
        }
    }
}
