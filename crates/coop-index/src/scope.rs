//! What an index is about.

use crate::error::IndexError;
use antelope_follow::Interest;
use antelope_types::Name;
use coop_client::Contracts;
use rusqlite::{Connection, OptionalExtension, params};

/// What an index is about: the contracts of a chain, and one of its cooperatives or all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IndexScope {
    /// The chain and its contracts.
    pub contracts: Contracts,
    /// The cooperative; all of the chain where there is none.
    pub cooperative: Option<Name>,
}

impl IndexScope {
    /// Which blocks' contents are needed.
    pub fn interest(&self) -> Interest {
        let Contracts {
            registrator,
            soviet,
            gateway,
            ..
        } = self.contracts;
        Interest::of([registrator, soviet, gateway])
    }

    /// Whether the index is about this cooperative.
    pub fn has(&self, coopname: Name) -> bool {
        self.cooperative.is_none_or(|own| own == coopname)
    }

    /// Writes it into a new database, or compares it with that of an old one.
    pub(crate) fn hold(&self, connection: &Connection) -> Result<(), IndexError> {
        let Contracts {
            chain_id,
            registrator,
            soviet,
            gateway,
        } = self.contracts;
        let cooperative = self.cooperative.map(|it| it.to_string());
        for (key, wanted) in [
            ("chain", chain_id.to_string()),
            ("registrator", registrator.to_string()),
            ("soviet", soviet.to_string()),
            ("gateway", gateway.to_string()),
            ("cooperative", cooperative.unwrap_or_else(|| "*".to_owned())),
        ] {
            let sql = "SELECT value FROM about WHERE key = ?1";
            let found: Option<String> = connection
                .query_row(sql, [key], |row| row.get(0))
                .optional()?;
            match found {
                None => {
                    let sql = "INSERT INTO about (key, value) VALUES (?1, ?2)";
                    connection.execute(sql, params![key, wanted])?;
                }
                Some(found) if found == wanted => {}
                Some(found) => return Err(IndexError::OtherScope { key, found, wanted }),
            }
        }
        Ok(())
    }
}
