//! Tables of a node that is made up: their keys, and changes while they are read.

use super::*;
use antelope_rpc_client::{Answer, Client, ClientError, Transport};
use antelope_types::name;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// A table of a node, which may change at a request.
#[derive(Debug)]
struct Fake(Mutex<State>);

#[derive(Debug)]
struct State {
    rows: BTreeMap<u64, Vec<u8>>,
    requests: usize,
    /// At which requests a row is replaced.
    changes: Vec<usize>,
}

impl Transport for Fake {
    fn address(&self) -> &str {
        "fake:"
    }

    fn post(&self, path: &str, body: &[u8]) -> Result<Answer, ClientError> {
        let mut state = self.0.lock().unwrap();
        state.requests += 1;
        if state.changes.contains(&state.requests) {
            let last = *state.rows.keys().last().unwrap();
            let count = state.requests as u8;
            state.rows.get_mut(&last).unwrap().push(count);
        }
        let request: Value = serde_json::from_slice(body).unwrap();
        let answer = match path {
            "/v1/chain/get_table_by_scope" => json!({ "more": "", "rows": [
                { "table": "offers", "payer": "alice", "count": state.rows.len() },
                // Of another table.
                { "table": "others", "payer": "alice", "count": 5 },
            ] }),
            _ => {
                let bound = |field: &str, otherwise: u64| {
                    let text = request[field].as_str();
                    text.map_or(otherwise, |text| text.parse().unwrap())
                };
                let (lower, upper) = (bound("lower_bound", 0), bound("upper_bound", u64::MAX));
                // Nodes answer fewer rows than were asked for where time runs out.
                let limit = request["limit"].as_u64().unwrap().min(400) as usize;
                let rows: Vec<_> = state.rows.range(lower..=upper).collect();
                let told = rows.iter().take(limit);
                let told = told.map(|(_, row)| {
                    let digits = row.iter().map(|byte| format!("{byte:02x}"));
                    json!({ "data": digits.collect::<String>(), "payer": "alice" })
                });
                let next = rows.get(limit).map(|(key, _)| key.to_string());
                json!({
                    "rows": told.collect::<Vec<_>>(),
                    "more": next.is_some(),
                    "next_key": next.unwrap_or_default(),
                })
            }
        };
        Ok(Answer {
            status: 200,
            body: answer.to_string().into_bytes(),
        })
    }
}

const OFFERS: TableKey = TableKey {
    code: name!("market"),
    scope: name!("market"),
    table: name!("offers"),
};

/// Reads a table; what was found, and how many requests it took.
fn read(
    rows: BTreeMap<u64, Vec<u8>>,
    most: usize,
    changes: &[usize],
) -> (Result<Table, ChainError>, usize) {
    let fake = Arc::new(Fake(Mutex::new(State {
        rows,
        requests: 0,
        changes: changes.to_vec(),
    })));
    let remote = Remote {
        client: Client::over(fake.clone()),
        most,
        until: None,
    };
    let table = remote.table(OFFERS, "market").map_err(ChainError::from);
    let requests = fake.0.lock().unwrap().requests;
    (table, requests)
}

fn found(table: &Table) -> BTreeMap<u64, Vec<u8>> {
    let rows = table.rows.iter();
    rows.map(|row| (row.primary, row.data.clone())).collect()
}

/// Rows whose key is made of a number by this function.
fn rows(count: u64, row: impl Fn(u64) -> (u64, Vec<u8>)) -> BTreeMap<u64, Vec<u8>> {
    (0..count).map(row).collect()
}

#[test]
fn keys_that_are_fields_of_rows_are_found_in_them() {
    // An owner and the number, as most contracts have it; a balance whose symbol's code is the key.
    let owner = rows(2000, |it| {
        let key = it * 7 + 1;
        (key, [[1; 8], key.to_le_bytes()].concat())
    });
    let balance = rows(2000, |it| {
        let symbol = (it + 5) << 8 | 4;
        (symbol >> 8, [[9; 8], symbol.to_le_bytes()].concat())
    });
    for rows in [owner, balance] {
        let (table, requests) = read(rows.clone(), 2000, &[]);
        assert_eq!(found(&table.unwrap()), rows);
        // Pages twice, the counts twice, and the proofs.
        assert!(requests < 60, "{requests}");
    }
}

#[test]
fn keys_that_are_not_in_the_rows_are_asked_for_one_by_one() {
    // Neither the name of a person nor anything else in the row is the key.
    let rows = rows(600, |it| {
        (u64::MAX - it * it, format!("person {it}").into_bytes())
    });
    let (table, requests) = read(rows.clone(), 1000, &[]);
    assert_eq!(found(&table.unwrap()), rows);
    assert!(requests > 600, "{requests}");
    // A field that ascends and is the key of the first row only is no key.
    let near = (0..40u64)
        .map(|it| (10 + it * it, (10 + it).to_le_bytes().to_vec()))
        .collect();
    let (table, _) = read(near, 1000, &[]);
    let keys: Vec<_> = table.unwrap().rows.iter().map(|row| row.primary).collect();
    assert_eq!(keys[..4], [10, 11, 14, 19]);
}

#[test]
fn small_tables_and_none_are_read() {
    for count in 0..3 {
        let rows = rows(count, |it| (it, vec![7]));
        let (table, _) = read(rows.clone(), 10, &[]);
        assert_eq!(found(&table.unwrap()), rows);
    }
}

#[test]
fn a_table_that_changes_is_read_again_until_it_stands_still() {
    let of_numbers = || rows(900, |it| (it, it.to_le_bytes().to_vec()));
    let (table, requests) = read(of_numbers(), 1000, &[]);
    assert_eq!(table.unwrap().rows.len(), 900);
    // Once while it is read: the row is what it was changed to.
    let (table, again) = read(of_numbers(), 1000, &[requests / 2]);
    let table = table.unwrap();
    assert_eq!(table.rows[899].data.len(), 9);
    assert!(again > requests);
    // It never stands still.
    let always: Vec<_> = (1..10_000).collect();
    let (table, _) = read(of_numbers(), 1000, &always);
    let error = table.err().unwrap();
    assert!(error.message().ends_with("ask again"), "{error}");
}

#[test]
fn a_table_above_the_bound_and_a_reading_that_takes_too_long_are_refused() {
    let (table, requests) = read(rows(900, |it| (it, vec![1])), 899, &[]);
    let error = table.err().unwrap();
    assert!(error.message().contains("more than 899 rows"), "{error}");
    assert!(requests < 10);
    let remote = Remote {
        client: Client::over(Arc::new(Fake(Mutex::new(State {
            rows: BTreeMap::new(),
            requests: 0,
            changes: Vec::new(),
        })))),
        most: 10,
        until: std::time::Instant::now().checked_sub(std::time::Duration::from_millis(1)),
    };
    let error = ChainError::from(remote.table(OFFERS, "market").err().unwrap());
    assert!(error.message().contains("takes too long"), "{error}");
}

#[test]
fn a_field_is_a_key_where_it_is_in_all_rows_and_ascends() {
    let row = |first: u64, second: u64| [first.to_le_bytes(), second.to_le_bytes()].concat();
    let rows = [row(5, 1 << 8), row(3, 2 << 8), row(9, 7 << 8)];
    assert_eq!(field_of(&rows, 0, 0), None);
    assert_eq!(field_of(&rows, 8, 8), Some(vec![1, 2, 7]));
    assert_eq!(field_of(&rows, 9, 0), None);
}
