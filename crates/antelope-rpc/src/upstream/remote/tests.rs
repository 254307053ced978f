//! Answers that a node ends early.

use super::super::table::{Keys, Row};
use super::*;
use antelope_rpc_client::{Answer, Transport};
use antelope_types::name;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

/// A node that gives these answers, one after the other, and the last one again and again.
#[derive(Debug)]
struct Told(Mutex<VecDeque<Value>>);

impl Transport for Told {
    fn address(&self) -> &str {
        "fake:"
    }

    fn post(&self, _path: &str, _body: &[u8]) -> Result<Answer, ClientError> {
        let mut answers = self.0.lock().unwrap();
        let first = answers.pop_front().unwrap();
        if answers.is_empty() {
            answers.push_back(first.clone());
        }
        let body = first.to_string().into_bytes();
        Ok(Answer { status: 200, body })
    }
}

fn remote(answers: &[Value]) -> Remote {
    Remote {
        client: Client::over(Arc::new(Told(Mutex::new(
            answers.iter().cloned().collect(),
        )))),
        most: 5000,
        until: None,
    }
}

const OFFERS: TableKey = TableKey {
    code: name!("market"),
    scope: name!("market"),
    table: name!("offers"),
};

/// A page with so many rows, and the key of the next one, if there is any.
fn page(rows: usize, next: &str) -> Value {
    let row = json!({ "data": "07", "payer": "alice" });
    json!({ "rows": vec![row; rows], "more": !next.is_empty(), "next_key": next })
}

fn tables(count: usize, more: &str) -> Value {
    let table = json!({ "table": "offers", "payer": "alice", "count": 1 });
    json!({ "rows": vec![table; count], "more": more })
}

fn message(error: RemoteError) -> String {
    ChainError::from(error).message().to_owned()
}

#[test]
fn a_list_of_tables_that_ends_early_is_asked_for_again() {
    let early = tables(1, "market");
    let whole = remote(&[early.clone(), early.clone(), tables(2, "")]);
    assert_eq!(whole.listed(OFFERS).unwrap().len(), 2);
    let refused = message(remote(&[early]).listed(OFFERS).unwrap_err());
    assert!(refused.contains("before they are whole"), "{refused}");
    let refused = message(
        remote(&[tables(1000, "market")])
            .listed(OFFERS)
            .unwrap_err(),
    );
    assert!(refused.contains("more than 1000 tables"), "{refused}");
}

/// An index of three rows with key 5, of which the second page is all of key 5.
fn index(answers: &[Value]) -> Result<usize, String> {
    let rows = [1, 2, 3].map(|primary| Row {
        primary,
        payer: name!("alice"),
        data: vec![7],
    });
    let listed = [Listed {
        number: 1,
        payer: name!("alice"),
        count: 3,
    }];
    let indexes = remote(answers).indexes(OFFERS, "market", &rows, &listed);
    let indexes = indexes.map_err(message)?;
    assert!(matches!(indexes[0].keys, Keys::U64));
    Ok(indexes[0].entries.len())
}

#[test]
fn rows_of_one_key_that_end_early_are_asked_for_again() {
    let first = page(0, "5");
    let whole = [&first, &page(3, ""), &page(3, "")].map(Value::clone);
    assert_eq!(index(&whole), Ok(3));
    // Both pages end early at first.
    let early = [
        &first,
        &page(1, "5"),
        &page(3, ""),
        &page(2, "5"),
        &page(3, ""),
    ];
    assert_eq!(index(&early.map(Value::clone)), Ok(3));
    let refused = index(&[first.clone(), page(1, "5")]).unwrap_err();
    assert!(refused.contains("before they are whole"), "{refused}");
    let refused = index(&[first.clone(), page(1000, "5")]).unwrap_err();
    assert!(refused.contains("more than 1000 rows"), "{refused}");
    // The next key is the same again.
    let refused = index(&[first, page(3, ""), page(3, "5")]).unwrap_err();
    assert!(refused.contains("has changed"), "{refused}");
}

#[test]
fn a_primary_key_that_comes_again_is_not_followed() {
    let counts = tables(1, "");
    let again = [counts, page(0, "5"), page(1, "5")];
    let refused = remote(&again).table(OFFERS, "market").err().unwrap();
    // At once, and not when there are too many rows; the answers of the node are at their end then.
    assert!(!message(refused).contains("more than"), "it was followed");
}
