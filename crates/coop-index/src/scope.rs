//! What an index is about.

use crate::error::IndexError;
use antelope_follow::Interest;
use antelope_types::Name;
use coop_client::Contracts;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::HashMap;

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

    /// What an index is about; `None` where nothing is written down.
    pub(crate) fn read(connection: &Connection) -> Result<Option<Self>, IndexError> {
        let mut statement = connection.prepare("SELECT key, value FROM about")?;
        let about = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let about: HashMap<String, String> = about.collect::<Result<_, _>>()?;
        if about.is_empty() {
            return Ok(None);
        }
        let damaged = |key: &str| IndexError::Damaged(format!("it does not say its {key}"));
        let text = |key: &'static str| about.get(key).ok_or_else(|| damaged(key));
        let name = |key: &'static str| -> Result<Name, IndexError> {
            text(key)?.parse().map_err(|_| damaged(key))
        };
        let contracts = Contracts {
            chain_id: text("chain")?.parse().map_err(|_| damaged("chain"))?,
            registrator: name("registrator")?,
            soviet: name("soviet")?,
            gateway: name("gateway")?,
        };
        let cooperative = match text("cooperative")?.as_str() {
            "*" => None,
            _ => Some(name("cooperative")?),
        };
        Ok(Some(Self {
            contracts,
            cooperative,
        }))
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
