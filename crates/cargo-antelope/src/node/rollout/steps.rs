//! Which actions of a deployment file have not run yet.

use super::file::{Done, Step};
use super::values::{Values, plain};
use crate::failure::Failure;
use antelope_rpc_client::{Abi, Client, TableQuery};
use antelope_types::{Action, Name, PermissionLevel};
use serde_json::{Value, json};

/// A call of an action.
#[derive(Debug)]
pub(super) struct Call {
    /// The contract's account.
    pub(super) account: Name,
    /// The action.
    pub(super) name: Name,
    /// Its arguments.
    pub(super) data: Value,
    /// What tells it from the others of the same name: its key, or nothing.
    pub(super) label: String,
    /// Whether the chain shows that it has run.
    pub(super) is_done: bool,
}

impl Call {
    /// As people read it: `soviet::regtype joincoop`.
    pub(super) fn text(&self) -> String {
        let text = format!("{}::{} {}", self.account, self.name, self.label);
        text.trim_end().to_owned()
    }

    /// As an action, packed by the ABI that the account will have.
    ///
    /// # Errors
    /// `rollout.file` where the arguments do not fit.
    pub(super) fn action(&self, permission: Name, abi: &Abi) -> Result<Action, Box<Failure>> {
        let data = abi.pack_action(self.name, &self.data).map_err(|error| {
            let message = format!("{}: {error}", self.text());
            Box::new(Failure::new("rollout.file", message))
        })?;
        Ok(Action {
            account: self.account,
            name: self.name,
            authorization: vec![PermissionLevel::new(self.account, permission)],
            data,
        })
    }
}

/// The calls of a step, with what the chain shows of them.
///
/// # Errors
/// `rollout.differs` where a row is there with another content that the action does not mend; those of
/// values and of the client.
pub(super) fn calls(
    client: &Client,
    account: Name,
    step: &Step,
    values: &Values,
) -> Result<Vec<Call>, Box<Failure>> {
    let data = values.fill(&step.data)?;
    let list = match data {
        Value::Array(list) => list,
        one => vec![one],
    };
    let rows = rows(client, account, &step.done)?;
    let mut calls = Vec::new();
    for data in list {
        let mut call = Call {
            account,
            name: step.name,
            label: step
                .done
                .key
                .as_ref()
                .map_or_else(String::new, |key| plain(&data[key])),
            data,
            is_done: false,
        };
        call.is_done = is_done(&call, &step.done, &rows)?;
        calls.push(call);
    }
    Ok(calls)
}

/// The rows of the table; none where the contract that is there has no such table.
fn rows(client: &Client, account: Name, done: &Done) -> Result<Vec<Value>, Box<Failure>> {
    let has_table = client.abi(account).is_ok_and(|abi| {
        let tables = &abi.definition().tables;
        tables.iter().any(|it| it.name == done.table)
    });
    if !has_table {
        return Ok(Vec::new());
    }
    let query = TableQuery::new(account, done.scope.unwrap_or(account), done.table);
    Ok(client.all_rows(&query)?)
}

/// Whether a row shows that the action has run.
fn is_done(call: &Call, done: &Done, rows: &[Value]) -> Result<bool, Box<Failure>> {
    let row = match &done.key {
        Some(key) => rows.iter().find(|row| agree(&call.data[key], &row[key])),
        None => rows.first(),
    };
    let Some(row) = row else {
        return Ok(false);
    };
    let expected = match &done.row {
        Some(field) => &call.data[field],
        None => &call.data,
    };
    if agree(expected, row) {
        return Ok(true);
    }
    if done.mends {
        return Ok(false);
    }
    let (text, table) = (call.text(), done.table);
    let message = format!("{text} has run before with other arguments, and cannot run again");
    let hint = format!("the row of {table} is {row}\nexpected are {expected}");
    Err(Box::new(Failure {
        hint: Some(hint),
        details: json!({ "row": row, "expected": expected }),
        ..Failure::mismatch("rollout.differs", message, Value::Null, String::new())
    }))
}

/// Whether a row has what is expected. Fields that it does not have are arguments of another use; numbers
/// beyond 32 bits are text in a node's JSON.
fn agree(expected: &Value, found: &Value) -> bool {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => expected
            .iter()
            .all(|(name, it)| found.get(name).is_none_or(|found| agree(it, found))),
        (Value::Array(expected), Value::Array(found)) => {
            expected.len() == found.len()
                && expected
                    .iter()
                    .zip(found)
                    .all(|(it, found)| agree(it, found))
        }
        _ => plain(expected) == plain(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(data: Value) -> Call {
        Call {
            account: antelope_types::name!("soviet"),
            name: antelope_types::name!("regtype"),
            label: String::new(),
            data,
            is_done: false,
        }
    }

    fn done(text: &str) -> Done {
        toml::from_str(text).expect("how to see it")
    }

    #[test]
    fn a_row_with_the_same_fields_shows_that_it_has_run() {
        let call = call(json!({ "kind": "join", "id": 7, "memo": "not stored" }));
        let by_key = done("table = 'types'\nkey = 'kind'\nmends = true");
        let row = |kind, id| json!({ "kind": kind, "id": id, "unfinished": 3 });
        let is_done = |rows: &[Value]| is_done(&call, &by_key, rows).expect("an answer");
        assert!(!is_done(&[]));
        assert!(!is_done(&[row("leave", json!(7))]));
        assert!(!is_done(&[row("join", json!(8))]), "it mends that");
        assert!(is_done(&[row("leave", json!(8)), row("join", json!("7"))]));
    }

    #[test]
    fn a_row_that_differs_and_is_not_mended_stops_it() {
        let call = call(json!({ "config": { "chain": "ab", "owner": "bank" } }));
        let once = done("table = 'config'\nrow = 'config'");
        let row = json!({ "chain": "cd", "owner": "bank" });
        let failure = is_done(&call, &once, &[row]).expect_err("another chain");
        assert_eq!(failure.code, "rollout.differs");
        assert_eq!(failure.exit, antelope_envelope::Exit::Mismatch);
    }
}
