//! `cargo antelope table`: the rows of a contract's table as JSON, one row a line.
//!
//! 1. Read the ABI, and refuse a table that it does not list with those that it does (`table.unknown`):
//!    a node's own error does not name them.
//! 2. Read one page of `--limit` rows, or all with `--all`. Keys are given to the node as typed.
//! 3. Where there are no rows, list the scopes that have some, since an empty answer mostly comes from
//!    the wrong scope. This is another request.
//!
//! The result has the scope as sent, `rows`, `more` and `other_scopes`. An empty table is a success.
//! Exit codes: 0 and 1.

use crate::arguments::{KeyTypeName, Table};
use crate::failure::Failure;
use crate::output::{CommandResult, Output};
use antelope_rpc_client::{Client, KeyType, Scope, TableQuery};
use antelope_types::{Name, SymbolCode};
use serde_json::{Value, json};

/// Runs the command.
pub(crate) fn run(arguments: &Table, output: &mut Output) -> CommandResult {
    let client = super::client(&arguments.node)?;
    declared(&client, arguments)?;
    let scope = match &arguments.scope {
        Some(text) => scope(text)?,
        None => arguments.account.into(),
    };
    let told = scope.to_string();
    let mut query = TableQuery::new(arguments.account, scope, arguments.table);
    if let Some(bound) = &arguments.lower {
        query = query.from(bound);
    }
    if let Some(bound) = &arguments.upper {
        query = query.to(bound);
    }
    if let Some(index) = arguments.index {
        query = query.secondary(index, arguments.key_type.key_type());
    }
    if arguments.reverse {
        query = query.reverse();
    }
    let (rows, more) = if arguments.all {
        (client.all_rows(&query)?, false)
    } else {
        let page = client.get_table_rows(&query.limit(arguments.limit))?;
        (page.rows, page.more)
    };
    if more {
        output.say("there are more rows; --all or --lower goes on");
    }
    let scopes = match rows.is_empty() {
        true => other_scopes(&client, arguments, output)?,
        false => Vec::new(),
    };
    let text: Vec<_> = rows.iter().map(Value::to_string).collect();
    let data = json!({ "scope": told, "rows": rows, "more": more, "other_scopes": scopes });
    Ok((data, text.join("\n")))
}

/// Checks that the ABI lists the table.
///
/// # Errors
/// `table.unknown`, with the names of the contract's tables, since it is mostly a slip of the pen.
fn declared(client: &Client, arguments: &Table) -> Result<(), Box<Failure>> {
    let abi = client.abi(arguments.account)?;
    let names: Vec<_> = abi.definition().tables.iter().map(|it| it.name).collect();
    if names.contains(&arguments.table) {
        return Ok(());
    }
    let known: Vec<_> = names.iter().map(Name::to_string).collect();
    let message = format!(
        "{} has no table {}, expected one of: {}",
        arguments.account,
        arguments.table,
        known.join(", ")
    );
    Err(Box::new(Failure::new("table.unknown", message)))
}

/// The scopes in which the table has rows, all of them for the result; the first ten are said.
fn other_scopes(
    client: &Client,
    arguments: &Table,
    output: &Output,
) -> Result<Vec<String>, Box<Failure>> {
    let found = client.get_table_by_scope(arguments.account, arguments.table)?;
    let scopes: Vec<_> = found
        .into_iter()
        .filter(|it| it.table == arguments.table)
        .map(|it| readable(&it.scope))
        .collect();
    if !scopes.is_empty() {
        let shown: Vec<_> = scopes.iter().take(10).map(String::as_str).collect();
        output.say(&format!(
            "no rows here; scopes with rows: {}{}",
            shown.join(", "),
            if scopes.len() > 10 { ", …" } else { "" }
        ));
    }
    Ok(scopes)
}

/// A scope as it is typed: nodes show every scope as a name, also a symbol code or a number, which
/// then begins with dots.
fn readable(scope: &str) -> String {
    let Ok(name) = scope.parse::<Name>() else {
        return scope.to_owned();
    };
    if !scope.starts_with('.') {
        return scope.to_owned();
    }
    match symbol_code(name.raw()) {
        Some(code) => code,
        None => name.raw().to_string(),
    }
}

/// The symbol code with this number: one to seven capital letters, the first in the lowest byte. `None`
/// for other numbers. The highest byte of such a number is zero, so that it always begins with a dot when
/// it is written as a name.
fn symbol_code(raw: u64) -> Option<String> {
    let bytes = raw.to_le_bytes();
    let length = bytes.iter().position(|byte| *byte == 0)?;
    let (letters, rest) = bytes.split_at(length);
    let is_code = length > 0
        && letters.iter().all(u8::is_ascii_uppercase)
        && rest.iter().all(|byte| *byte == 0);
    is_code.then(|| String::from_utf8_lossy(letters).into_owned())
}

/// A number, a name or a symbol code, in that order: what scopes are by convention. Names have no capital
/// letters and symbol codes no others, so that only digits could be two of them; they are a number, as
/// for nodes.
fn scope(text: &str) -> Result<Scope, Box<Failure>> {
    if let Ok(number) = text.parse::<u64>() {
        return Ok(number.into());
    }
    if let Ok(name) = text.parse::<Name>() {
        return Ok(name.into());
    }
    if let Ok(code) = text.parse::<SymbolCode>() {
        return Ok(code.into());
    }
    let message = format!("scope {text:?}, expected a name, a symbol code or a number");
    Err(Box::new(Failure::new("usage.scope", message)))
}

impl KeyTypeName {
    /// The type of the client for it.
    fn key_type(self) -> KeyType {
        match self {
            Self::U64 => KeyType::U64,
            Self::Name => KeyType::Name,
            Self::U128 => KeyType::U128,
            Self::Sha256 => KeyType::Checksum256,
            Self::U256 => KeyType::U256,
            Self::Ripemd160 => KeyType::Checksum160,
            Self::F64 => KeyType::F64,
            Self::F128 => KeyType::F128,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn scopes_are_shown_as_they_are_typed() {
        for (shown, typed) in [
            ("........dhbp4", "TOK"),
            ("alice", "alice"),
            ("............1", "1"),
        ] {
            assert_eq!(readable(shown), typed);
        }
    }
}
