//! Who has read whose personal data.

use super::ServerStore;
use crate::error::ApiError;
use antelope_types::{Name, TimePoint};

/// That somebody has read somebody's personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AuditEntry {
    pub(crate) sequence: i64,
    pub(crate) at: TimePoint,
    pub(crate) who: String,
    pub(crate) operation: String,
    pub(crate) about: String,
}

impl ServerStore {
    /// Writes down that somebody reads personal data of these people.
    ///
    /// # Errors
    /// Those of the database: then nothing may be shown.
    pub(crate) fn write_down(
        &self,
        who: Name,
        operation: &str,
        about: &[Name],
        now: TimePoint,
    ) -> Result<(), ApiError> {
        if about.is_empty() {
            return Ok(());
        }
        self.change(|transaction| {
            let sql = "INSERT INTO audit (at, who, operation, about) VALUES (?1, ?2, ?3, ?4)";
            let mut statement = transaction.prepare_cached(sql)?;
            for person in about {
                let row = (now.micros(), who.to_string(), operation, person.to_string());
                statement.execute(row)?;
            }
            Ok(())
        })
    }

    /// The newest entries below a number, those about one person where one is named.
    ///
    /// # Errors
    /// Those of the database.
    pub(crate) fn written_down(
        &self,
        about: Option<Name>,
        below: Option<i64>,
        count: u32,
    ) -> Result<Vec<AuditEntry>, ApiError> {
        let sql = "SELECT sequence, at, who, operation, about FROM audit \
                   WHERE (?1 IS NULL OR about = ?1) AND sequence < ?2 \
                   ORDER BY sequence DESC LIMIT ?3";
        let connection = self.connection();
        let mut statement = connection.prepare_cached(sql)?;
        let about = about.map(|it| it.to_string());
        let rows = statement.query_map((about, below.unwrap_or(i64::MAX), count), |row| {
            Ok(AuditEntry {
                sequence: row.get(0)?,
                at: TimePoint::from_micros(row.get(1)?),
                who: row.get(2)?,
                operation: row.get(3)?,
                about: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
