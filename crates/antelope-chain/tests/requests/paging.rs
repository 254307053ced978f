//! The client's listings, page after page, of a node and of the chain: each row once, and an end.
//!
//! A transport that asks for fewer rows than the client stands for nodes that give fewer.

use crate::calls::rounds;
use crate::shared::random::Random;
use crate::world::{NUMBER, ROWS, SCOPES, SHELF, World, key_double, key64, key128, key160, key256};
use antelope_rpc_client::{Answer, Bound, Client, ClientError, KeyType, TableQuery, Transport};
use antelope_types::{Name, name};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Requests of one listing, beyond which it is taken for endless.
const PATIENCE: usize = 500;

#[derive(Debug)]
struct Short {
    inner: Client,
    limit: u64,
    asked: AtomicUsize,
}

impl Transport for Short {
    fn address(&self) -> &str {
        "short:"
    }

    fn post(&self, path: &str, body: &[u8]) -> Result<Answer, ClientError> {
        let asked = self.asked.fetch_add(1, Ordering::Relaxed);
        assert!(asked < PATIENCE, "a listing without an end");
        let mut request: Value = serde_json::from_slice(body).unwrap();
        if let Some(limit) = request["limit"].as_u64() {
            request["limit"] = json!(limit.min(self.limit));
        }
        self.inner.post(path, request.to_string().as_bytes())
    }

    fn pause(&self, time: Duration) {
        std::thread::sleep(time);
    }
}

fn short(inner: &Client, limit: u64) -> Client {
    Client::over(Arc::new(Short {
        inner: inner.clone(),
        limit,
        asked: AtomicUsize::new(0),
    }))
}

/// Secondary indexes of the shelf.
const INDEXES: [(u8, KeyType); 8] = [
    (2, KeyType::U64),
    (2, KeyType::Name),
    (3, KeyType::U128),
    (4, KeyType::Checksum256),
    (4, KeyType::U256),
    (5, KeyType::F64),
    (6, KeyType::F128),
    (7, KeyType::Checksum160),
];

/// The key that this row has in the index of this type.
fn bound(key: KeyType, row: u64) -> Bound {
    match key {
        KeyType::U64 | KeyType::Name => Name::from_raw(key64(row)).into(),
        KeyType::U128 => key128(row).into(),
        KeyType::Checksum256 | KeyType::U256 => key256(row).into(),
        KeyType::Checksum160 => key160(row).into(),
        // A long double is told as the double next to it, which need not be a key.
        KeyType::F64 | KeyType::F128 => key_double(row).into(),
    }
}

/// A question, and what its pages are of.
fn query(random: &mut Random) -> (TableQuery, String) {
    let table = name!("items");
    let scope = *random.of(&SCOPES);
    let mut query = match scope == NUMBER.raw() && random.below(2) == 0 {
        true => TableQuery::new(SHELF, NUMBER, table),
        false => TableQuery::new(SHELF, scope, table),
    };
    let mut told = format!("scope {scope}");
    let secondary = (random.below(3) > 0).then(|| *random.of(&INDEXES));
    match secondary {
        Some((position, key)) => {
            query = query.secondary(position, key);
            told += &format!(", index {position} of {key:?}");
            if random.below(2) == 0 {
                let row = random.below(ROWS as usize) as u64;
                let bound = bound(key, row);
                query = match random.below(3) {
                    0 => query.from(bound),
                    1 => query.to(bound),
                    _ => query.exactly(bound),
                };
                told += &format!(", a bound at row {row}");
            }
        }
        None if random.below(2) == 0 => {
            let key = random.below(ROWS as usize) as u64;
            query = match random.below(2) {
                0 => query.from(key),
                _ => query.to(Name::from_raw(key)),
            };
            told += &format!(", a bound at {key}");
        }
        None => {}
    }
    if random.below(2) == 0 {
        query = query.reverse();
        told += ", reverse";
    }
    (query, told)
}

/// Rows of a scope and index in one answer, and in pages.
fn rows(client: &Client, which: &str, random: &mut Random) -> Option<String> {
    let (query, told) = query(random);
    let whole = client.get_table_rows(&query).unwrap();
    assert!(!whole.more);
    let limit = 1 + random.below(6);
    let (client, query) = match random.below(2) {
        // The node gives fewer.
        0 => (short(client, limit as u64), query),
        // The client asks for fewer.
        _ => (short(client, 1000), query.limit(limit as u32)),
    };
    let told = format!("{which}: {told}, pages of {limit}");
    match client.all_rows(&query) {
        Ok(rows) if rows == whole.rows => None,
        Ok(rows) => Some(format!("{told}: {rows:?}, not {:?}", whole.rows)),
        // One answer cannot have all rows of a key, or all of an index that has no exact ends.
        Err(error) => {
            let named = error
                .to_string()
                .contains("than the node gives in one answer");
            (!named).then(|| format!("{told}: {error}"))
        }
    }
}

fn scopes(client: &Client, which: &str, random: &mut Random) -> Option<String> {
    let table = *random.of(&[
        name!("items"),
        Name::default(),
        Name::from_raw(name!("items").raw() | 3),
    ]);
    let whole = client.get_table_by_scope(SHELF, table).unwrap();
    let limit = 1 + random.below(9) as u64;
    let told = format!("{which}: scopes of {table}, pages of {limit}");
    match short(client, limit).get_table_by_scope(SHELF, table) {
        Ok(found) => {
            let once: HashSet<_> = found.iter().map(|it| (&it.scope, it.table)).collect();
            (found != whole || once.len() != found.len())
                .then(|| format!("{told}: {found:?}, not {whole:?}"))
        }
        Err(error) => {
            // Six tables of each scope.
            let named = error
                .to_string()
                .contains("than the node gives in one answer");
            (!named || limit > 6).then(|| format!("{told}: {error}"))
        }
    }
}

pub fn run(world: &World) -> Vec<String> {
    let embedded = world.api.client();
    let clients = [("node", world.both.node.client()), ("chain", &embedded)];
    let mut different = Vec::new();
    let (mut listings, mut of_scopes) = (0, 0);
    for round in 0..300 * rounds() {
        let mut random = Random::new(5 << 40 | round);
        let is_scopes = random.below(6) == 0;
        for (which, client) in clients {
            let mut random = Random::new(6 << 40 | round);
            let (count, found) = match is_scopes {
                true => (&mut of_scopes, scopes(client, which, &mut random)),
                false => (&mut listings, rows(client, which, &mut random)),
            };
            *count += 1;
            different.extend(found.map(|it| format!("== paging {it}")));
        }
    }
    eprintln!(
        "{listings} random listings of rows and {of_scopes} of scopes in pages, {} differ",
        different.len()
    );
    different
}
