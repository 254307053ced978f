//! The journal: every action about a cooperative.

use super::{Interpreter, Kept, Problem, Told};
use crate::error::IndexError;
use crate::value::{Fields, Stored};
use antelope_types::{Checksum256, Name};
use rusqlite::OptionalExtension;
use serde_json::{Value, json};

impl Interpreter<'_> {
    /// Writes an action into the journal.
    pub(super) fn event(
        &self,
        told: Told<'_>,
        documents: &[(String, Checksum256)],
    ) -> Result<(), Problem> {
        let fields = Fields(told.data);
        let own = documents.first().map(|(_, hash)| *hash);
        let hash = match fields.hash("hash").ok() {
            Some(hash) => Some(hash),
            None => self.process(told)?.or(own),
        };
        let username = fields.name("username").ok();
        let username = username.filter(|it| *it != Name::default());
        let key = [("sequence", told.action.global_sequence.stored())];
        let row = [
            ("coopname", told.coopname.stored()),
            ("contract", told.action.account.stored()),
            ("action", told.action.name.stored()),
            ("username", username.stored()),
            ("hash", hash.stored()),
            ("question", fields.number("decision_id").ok().stored()),
            ("arguments", arguments(told.data, documents).stored()),
            ("at", self.block.time.stored()),
            ("done_in", told.action.transaction.stored()),
        ];
        Ok(self.put("events", &key, &row)?)
    }

    /// The process of an action that names a property or a person instead of a hash.
    fn process(&self, told: Told<'_>) -> Result<Option<Checksum256>, IndexError> {
        let (fields, coopname) = (Fields(told.data), told.coopname.stored());
        let of = |sql: &str, key: rusqlite::types::Value| {
            let mut statement = self.connection.prepare_cached(sql)?;
            let found = statement.query_row((coopname.clone(), key), |row| row.get(0));
            Ok::<Option<[u8; 32]>, IndexError>(found.optional()?)
        };
        let found = if let Ok(id) = fields.number("property_id") {
            of(
                "SELECT hash FROM properties WHERE coopname = ?1 AND id = ?2",
                id.stored(),
            )?
        } else if let Ok(id) = fields.number("decision_id") {
            of(
                "SELECT hash FROM questions WHERE coopname = ?1 AND id = ?2",
                id.stored(),
            )?
        } else if told.action.name.to_string().ends_with("move") {
            let sql = "SELECT hash FROM steps WHERE coopname = ?1 AND username = ?2 \
                       AND name = 'moves' AND is_open = 1";
            of(sql, fields.name("username").ok().stored())?
        } else {
            None
        };
        Ok(found.map(Checksum256))
    }

    /// A row that is kept as it is.
    pub(super) fn step(&self, kept: Kept<'_>) -> Result<(), Problem> {
        let fields = Fields(kept.row);
        let username = fields.name("username").ok();
        let key = [
            ("coopname", kept.coopname.stored()),
            ("contract", kept.change.contract.stored()),
            ("name", kept.change.table.stored()),
            ("key", kept.change.primary_key.to_string().stored()),
        ];
        let row = [
            ("username", username.stored()),
            ("hash", fields.hash("hash").ok().stored()),
            ("contents", kept.row.to_string().stored()),
            ("is_open", kept.change.is_present.stored()),
            ("at", self.block.time.stored()),
        ];
        Ok(self.put("steps", &key, &row)?)
    }
}

/// The arguments as text, with hashes in the place of documents, which have a table of their own.
fn arguments(data: &Value, documents: &[(String, Checksum256)]) -> String {
    let Value::Object(fields) = data else {
        return data.to_string();
    };
    let mut fields = fields.clone();
    for (name, value) in &mut fields {
        let mut hashes = documents.iter().filter(|(field, _)| field == name);
        let hashes: Vec<_> = hashes.by_ref().map(|(_, hash)| hash.to_string()).collect();
        match (&value, &hashes[..]) {
            (_, []) => {}
            (Value::Array(_), hashes) => *value = json!(hashes),
            (_, [hash, ..]) => *value = json!(hash),
        }
    }
    Value::Object(fields).to_string()
}
