//! Questions to the index: filters, pages and totals.

pub mod boards;
pub mod documents;
pub mod events;
pub mod holdings;
pub mod money;
pub mod package;
pub mod people;
pub mod questions;
pub mod search;
pub mod sheets;
pub mod verdict;
pub mod words;

use crate::error::IndexError;
use antelope_types::{Checksum256, Name};
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, Row, params_from_iter};

/// The most entries of a page.
pub(crate) const MAX_PAGE: u32 = 500;

/// Which part of a list is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slice {
    /// How many entries; 1 to 500.
    pub count: u32,
    /// Where the page before ended: its [`Listing::next`].
    pub after: Option<String>,
}

impl Default for Slice {
    fn default() -> Self {
        Self {
            count: 20,
            after: None,
        }
    }
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing<T> {
    /// The entries.
    pub entries: Vec<T>,
    /// How many entries the whole list has.
    pub total: u64,
    /// Where the next page begins; `None` where this is the last.
    pub next: Option<String>,
}

/// Conditions that all hold, with their values.
#[derive(Default)]
pub(crate) struct Conditions {
    texts: Vec<String>,
    values: Vec<Sql>,
}

impl Conditions {
    /// Adds a condition, in which `?` stands for the value, and `?1` for the value of the first condition.
    pub(crate) fn add(&mut self, condition: &str, value: impl Into<Sql>) {
        self.values.push(value.into());
        let place = format!("?{}", self.values.len());
        let parts: Vec<_> = condition.split("?1").collect();
        let parts: Vec<_> = parts.iter().map(|it| it.replace('?', &place)).collect();
        self.texts.push(parts.join("?1"));
    }

    /// Adds a condition where there is a value.
    pub(crate) fn add_some(&mut self, condition: &str, value: Option<impl Into<Sql>>) {
        if let Some(value) = value {
            self.add(condition, value);
        }
    }

    /// Adds that a column has one of these values, if there are any.
    pub(crate) fn add_any(&mut self, column: &str, values: impl IntoIterator<Item = String>) {
        let mut places = Vec::new();
        for value in values {
            self.values.push(value.into());
            places.push(format!("?{}", self.values.len()));
        }
        if !places.is_empty() {
            self.texts
                .push(format!("{column} IN ({})", places.join(", ")));
        }
    }

    /// Adds that conditions hold inside of another one, if there are any.
    pub(crate) fn add_within(
        &mut self,
        whole: impl FnOnce(String) -> String,
        add: impl FnOnce(&mut Self),
    ) {
        let before = self.texts.len();
        add(self);
        let inner = self.texts.split_off(before);
        if !inner.is_empty() {
            self.texts.push(whole(inner.join(" AND ")));
        }
    }

    /// Adds a condition without a value.
    pub(crate) fn require(&mut self, condition: &str) {
        self.texts.push(condition.to_owned());
    }

    fn text(&self) -> String {
        match self.texts.is_empty() {
            true => "1".to_owned(),
            false => self.texts.join(" AND "),
        }
    }
}

/// Where a page ends: the number by which entries are sorted, and what tells those with the same number apart.
struct PageEnd {
    number: i64,
    name: Option<String>,
}

impl PageEnd {
    fn parse(text: &str, has_name: bool) -> Result<Self, IndexError> {
        let (number, name) = match text.split_once('.') {
            Some((number, name)) => (number, Some(name.to_owned())),
            None => (text, None),
        };
        match number.parse() {
            Ok(number) if name.is_some() == has_name => Ok(Self { number, name }),
            _ => Err(IndexError::Cursor(text.to_owned())),
        }
    }

    fn text(&self) -> String {
        match &self.name {
            Some(name) => format!("{}.{name}", self.number),
            None => self.number.to_string(),
        }
    }
}

/// A list of one table, the largest keys first. An entry is read from the columns of the table, `is_final` and what
/// there is in `more`.
pub(crate) struct List {
    /// The table and its alias.
    pub(crate) from: &'static str,
    /// The number by which entries are sorted.
    pub(crate) key: &'static str,
    /// The text that tells entries with the same number apart, where there are such.
    pub(crate) name: Option<&'static str>,
    /// Further columns, each with a comma before it.
    pub(crate) more: &'static str,
}

impl List {
    fn alias(&self) -> &'static str {
        self.from.rsplit(' ').next().unwrap_or(self.from)
    }

    /// The columns that an entry is read from.
    pub(crate) fn columns(&self) -> String {
        let alias = self.alias();
        format!("{alias}.*, {}{}", is_final(alias), self.more)
    }

    /// A page of all entries of a cooperative, or of those about one person.
    pub(crate) fn of_person<T>(
        &self,
        connection: &Connection,
        coopname: Name,
        person: Option<Name>,
        slice: &Slice,
        read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Listing<T>, IndexError> {
        let alias = self.alias();
        let mut conditions = Conditions::default();
        conditions.add(&format!("{alias}.coopname = ?"), coopname.to_string());
        let person = person.map(|it| it.to_string());
        conditions.add_some(&format!("{alias}.username = ?"), person);
        self.page(connection, conditions, slice, read)
    }

    /// All entries of a process, the oldest first.
    pub(crate) fn of_process<T>(
        &self,
        connection: &Connection,
        coopname: Name,
        hash: Checksum256,
        read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, IndexError> {
        let sql = format!(
            "SELECT {} FROM {} WHERE coopname = ?1 AND hash = ?2 ORDER BY {}",
            self.columns(),
            self.from,
            self.key
        );
        all(connection, &sql, (coopname.to_string(), hash.0), read)
    }

    /// Reads a page. The key of an entry stands behind its columns.
    pub(crate) fn page<T>(
        &self,
        connection: &Connection,
        mut conditions: Conditions,
        slice: &Slice,
        read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Listing<T>, IndexError> {
        let Self {
            from, key, name, ..
        } = self;
        let sql = format!("SELECT count(*) FROM {from} WHERE {}", conditions.text());
        let mut statement = connection.prepare_cached(&sql)?;
        let values = params_from_iter(&conditions.values);
        let total: i64 = statement.query_row(values, |row| row.get(0))?;
        if let Some(after) = &slice.after {
            let place = PageEnd::parse(after, name.is_some())?;
            conditions.values.push(place.number.into());
            let number = conditions.values.len();
            match name.zip(place.name) {
                None => conditions.texts.push(format!("{key} < ?{number}")),
                Some((name, text)) => {
                    conditions.values.push(text.into());
                    let text = format!("({key}, {name}) < (?{number}, ?{})", number + 1);
                    conditions.texts.push(text);
                }
            }
        }
        let count = slice.count.clamp(1, MAX_PAGE) as usize;
        let (shown, order) = match name {
            Some(name) => (*name, format!("{key} DESC, {name} DESC")),
            None => ("NULL", format!("{key} DESC")),
        };
        // The rows of the page come first, and then their columns: those of the others are not read.
        let (alias, columns) = (self.alias(), self.columns());
        let sql = format!(
            "SELECT {columns}, {key} AS place_number, {shown} AS place_name FROM {from} \
             WHERE {alias}.rowid IN (SELECT {alias}.rowid FROM {from} WHERE {} \
             ORDER BY {order} LIMIT {}) ORDER BY {order}",
            conditions.text(),
            count + 1
        );
        let mut statement = connection.prepare_cached(&sql)?;
        let found = statement.query_map(params_from_iter(&conditions.values), |row| {
            let place = PageEnd {
                number: row.get("place_number")?,
                name: row.get("place_name")?,
            };
            Ok((place, read(row)?))
        })?;
        let mut found = found.collect::<Result<Vec<_>, _>>()?;
        let is_more = found.len() > count;
        found.truncate(count);
        let next = found.last().filter(|_| is_more);
        Ok(Listing {
            next: next.map(|(place, _)| place.text()),
            total: u64::try_from(total).unwrap_or_default(),
            entries: found.into_iter().map(|(_, entry)| entry).collect(),
        })
    }
}

/// All entries of a query that are wanted at once, such as those of one question.
pub(crate) fn all<T>(
    connection: &Connection,
    sql: &str,
    values: impl rusqlite::Params,
    read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, IndexError> {
    let mut statement = connection.prepare_cached(sql)?;
    let found = statement.query_map(values, |row| read(row))?;
    Ok(found.collect::<Result<Vec<_>, _>>()?)
}

/// Whether the row of this alias is final: a column.
pub(crate) fn is_final(alias: &str) -> String {
    format!("{alias}.block <= (SELECT min(number) FROM positions) AS is_final")
}

/// Reads columns by their types.
pub(crate) mod column {
    use antelope_types::{Checksum256, Name, TimePoint};
    use rusqlite::types::Type;
    use rusqlite::{Error, Row};

    /// A number that is not negative.
    pub(crate) fn number(row: &Row<'_>, column: &str) -> rusqlite::Result<u64> {
        let number: i64 = row.get(column)?;
        Ok(u64::try_from(number).unwrap_or_default())
    }

    /// Text of a type that is written as text.
    pub(crate) fn parsed<T>(row: &Row<'_>, column: &str) -> rusqlite::Result<T>
    where
        T: std::str::FromStr,
        T::Err: std::error::Error + Send + Sync + 'static,
    {
        let text: String = row.get(column)?;
        text.parse().map_err(refused)
    }

    /// The same where there may be nothing.
    pub(crate) fn parsed_if<T>(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<T>>
    where
        T: std::str::FromStr,
        T::Err: std::error::Error + Send + Sync + 'static,
    {
        let text: Option<String> = row.get(column)?;
        text.map(|text| text.parse().map_err(refused)).transpose()
    }

    /// An account or another name.
    pub(crate) fn name(row: &Row<'_>, column: &str) -> rusqlite::Result<Name> {
        parsed(row, column)
    }

    /// A hash.
    pub(crate) fn hash(row: &Row<'_>, column: &str) -> rusqlite::Result<Checksum256> {
        Ok(Checksum256(row.get(column)?))
    }

    /// A hash where there may be none.
    pub(crate) fn hash_if(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<Checksum256>> {
        let bytes: Option<[u8; 32]> = row.get(column)?;
        Ok(bytes.map(Checksum256))
    }

    /// A moment.
    pub(crate) fn time(row: &Row<'_>, column: &str) -> rusqlite::Result<TimePoint> {
        Ok(TimePoint::from_micros(row.get(column)?))
    }

    /// A moment where there may be none.
    pub(crate) fn time_if(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<TimePoint>> {
        let micros: Option<i64> = row.get(column)?;
        Ok(micros.map(TimePoint::from_micros))
    }

    fn refused(error: impl std::error::Error + Send + Sync + 'static) -> Error {
        Error::FromSqlConversionFailure(0, Type::Text, Box::new(error))
    }
}
