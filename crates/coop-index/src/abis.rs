//! The ABIs that the contracts have at the block that is read.

use crate::error::IndexError;
use antelope_abi::Abi;
use antelope_types::Name;
use rusqlite::{Connection, OptionalExtension};
use std::collections::HashMap;
use std::sync::Arc;

/// ABIs of the database, read once.
#[derive(Debug, Default)]
pub(crate) struct Abis {
    known: HashMap<Name, Option<Arc<Abi>>>,
}

impl Abis {
    /// The ABI of a contract; none where it has none, or one that cannot be read.
    pub(crate) fn get(
        &mut self,
        connection: &Connection,
        contract: Name,
    ) -> Result<Option<Arc<Abi>>, IndexError> {
        if let Some(known) = self.known.get(&contract) {
            return Ok(known.clone());
        }
        let mut statement =
            connection.prepare_cached("SELECT abi FROM abis WHERE contract = ?1")?;
        let found: Option<Vec<u8>> = statement
            .query_row([contract.to_string()], |row| row.get(0))
            .optional()?;
        let abi = found.and_then(|bytes| Abi::from_binary(&bytes).ok());
        let abi = abi.map(Arc::new);
        self.known.insert(contract, abi.clone());
        Ok(abi)
    }

    /// Forgets what was read, as after a change of the database.
    pub(crate) fn forget(&mut self) {
        self.known.clear();
    }
}
