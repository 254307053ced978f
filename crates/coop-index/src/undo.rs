//! The undo log: how changes of reversible blocks are taken back.
//!
//! While a reversible block is applied, its number stands in the temporary table `recording`, and triggers on all
//! tables that follow from blocks add a statement to `undo` for each row that changes: the one that brings the
//! row back. The triggers are made from the columns of the tables, so that a column that a migration adds is not
//! forgotten. They belong to the writer's connection and are not in the file.

use crate::database::TABLES;
use crate::error::IndexError;
use rusqlite::Connection;

/// A column of a table.
struct Column {
    name: String,
    is_key: bool,
}

/// Makes the triggers for this connection.
pub(crate) fn prepare(connection: &Connection) -> Result<(), IndexError> {
    connection.execute_batch("CREATE TEMP TABLE recording (block INTEGER NOT NULL)")?;
    for table in TABLES {
        connection.execute_batch(&triggers(table, &columns(connection, table)?))?;
    }
    Ok(())
}

/// Changes from here on are those of this reversible block.
pub(crate) fn begin(connection: &Connection, block: u32) -> Result<(), IndexError> {
    let mut statement = connection.prepare_cached("INSERT INTO recording VALUES (?1)")?;
    statement.execute([block])?;
    Ok(())
}

/// Changes from here on are not of a reversible block.
pub(crate) fn end(connection: &Connection) -> Result<(), IndexError> {
    let mut statement = connection.prepare_cached("DELETE FROM recording")?;
    statement.execute([])?;
    Ok(())
}

/// Takes back all changes of blocks above this one, the last change first.
pub(crate) fn take_back(connection: &Connection, to: u32) -> Result<(), IndexError> {
    let sql = "SELECT statement FROM undo WHERE block > ?1 ORDER BY sequence DESC";
    let mut statement = connection.prepare_cached(sql)?;
    let statements = statement.query_map([to], |row| row.get::<_, String>(0))?;
    let statements: Vec<_> = statements.collect::<Result<_, _>>()?;
    for statement in statements {
        let changed = connection.execute(&statement, [])?;
        if changed != 1 {
            let problem = format!(
                "undoing block {} changes {changed} rows: {statement}",
                to + 1
            );
            return Err(IndexError::Damaged(problem));
        }
    }
    let mut statement = connection.prepare_cached("DELETE FROM undo WHERE block > ?1")?;
    statement.execute([to])?;
    Ok(())
}

/// Forgets how to take back blocks up to this one.
pub(crate) fn prune(connection: &Connection, last: u32) -> Result<(), IndexError> {
    let mut statement = connection.prepare_cached("DELETE FROM undo WHERE block <= ?1")?;
    statement.execute([last])?;
    Ok(())
}

fn columns(connection: &Connection, table: &str) -> Result<Vec<Column>, IndexError> {
    let mut statement = connection.prepare("SELECT name, pk FROM pragma_table_info(?1)")?;
    let columns = statement.query_map([table], |row| {
        Ok(Column {
            name: row.get(0)?,
            is_key: row.get::<_, u32>(1)? > 0,
        })
    })?;
    Ok(columns.collect::<Result<_, _>>()?)
}

/// The SQL that gives the literal of a value. `quote` ends a text at its first NUL, which a title on the chain
/// may contain, so that texts go as their bytes.
fn literal(of: &str, column: &str) -> String {
    let value = format!("{of}.{column}");
    format!(
        "CASE typeof({value}) WHEN 'text' THEN 'CAST(' || quote(CAST({value} AS BLOB)) || ' AS TEXT)' \
         ELSE quote({value}) END"
    )
}

fn triggers(table: &str, columns: &[Column]) -> String {
    let list = |of: &str, separator: &str, keys: bool| {
        let wanted = columns.iter().filter(|column| column.is_key || !keys);
        let parts: Vec<_> = wanted
            .map(|Column { name, .. }| format!("'{name} = ' || {}", literal(of, name)))
            .collect();
        parts.join(&format!(" || '{separator}' || "))
    };
    let names: Vec<_> = columns.iter().map(|it| it.name.as_str()).collect();
    let values: Vec<_> = names.iter().map(|it| literal("old", it)).collect();
    let (names, values) = (names.join(", "), values.join(" || ', ' || "));
    let delete = format!(
        "'DELETE FROM {table} WHERE ' || {}",
        list("new", " AND ", true)
    );
    let update = format!(
        "'UPDATE {table} SET ' || {} || ' WHERE ' || {}",
        list("old", ", ", false),
        list("new", " AND ", true)
    );
    let insert = format!("'INSERT INTO {table} ({names}) VALUES (' || {values} || ')'");
    let trigger = |event: &str, statement: &str| {
        format!(
            "CREATE TEMP TRIGGER {table}_{event}_undone AFTER {event} ON main.{table} \
             WHEN EXISTS (SELECT 1 FROM recording) BEGIN \
             INSERT INTO undo (block, statement) SELECT block, {statement} FROM recording; END;"
        )
    };
    trigger("INSERT", &delete) + &trigger("UPDATE", &update) + &trigger("DELETE", &insert)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_comes_back_as_it_was() -> Result<(), IndexError> {
        let connection = Connection::open_in_memory()?;
        connection.execute_batch(
            "CREATE TABLE undo (sequence INTEGER PRIMARY KEY, block INTEGER, statement TEXT);
             CREATE TABLE rows (key INTEGER PRIMARY KEY, value);
             CREATE TEMP TABLE recording (block INTEGER NOT NULL);",
        )?;
        connection.execute_batch(&triggers("rows", &columns(&connection, "rows")?))?;
        connection.execute_batch(
            "INSERT INTO rows VALUES (1, 'it''s'), (2, 'a' || char(0) || 'b'), (3, NULL), (4, 7), (5, 0.1),
             (6, x'00ff'), (7, ''), (8, 'кворум')",
        )?;
        let rows = || -> Result<Vec<(i64, String, Vec<u8>)>, IndexError> {
            let sql = "SELECT key, typeof(value), CAST(coalesce(value, '') AS BLOB) FROM rows ORDER BY key";
            let mut statement = connection.prepare(sql)?;
            let rows =
                statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        };
        let before = rows()?;
        begin(&connection, 5)?;
        connection
            .execute_batch("UPDATE rows SET value = 'changed' WHERE key < 5; DELETE FROM rows")?;
        end(&connection)?;
        take_back(&connection, 4)?;
        assert_eq!(rows()?, before);
        Ok(())
    }
}
