//! Signed documents.

use super::{Interpreter, Problem, Told};
use crate::error::IndexError;
use crate::stems::stems;
use crate::value::{Fields, Stored};
use antelope_abi::Abi;
use antelope_types::Checksum256;
use serde_json::Value;

/// The type of a signed document in the ABIs of the contracts.
const DOCUMENT: &str = "Document";
/// The type of what it says about itself.
const META: &str = "Meta";

impl Interpreter<'_> {
    /// All documents among the arguments of an action: the argument and the hash of each.
    pub(super) fn documents(
        &self,
        abi: &Abi,
        told: Told<'_>,
    ) -> Result<Vec<(String, Checksum256)>, Problem> {
        let mut found = Vec::new();
        let definition = abi.definition();
        let action = definition
            .actions
            .iter()
            .find(|it| it.name == told.action.name);
        let arguments = action.and_then(|it| definition.structs.iter().find(|s| s.name == it.ty));
        for field in arguments.iter().flat_map(|it| &it.fields) {
            match field.ty.trim_end_matches('$') {
                DOCUMENT => {
                    let hash = self.document(abi, told, &told.data[&field.name])?;
                    found.push((field.name.clone(), hash));
                }
                "Document[]" => {
                    for document in told.data[&field.name].as_array().into_iter().flatten() {
                        let hash = self.document(abi, told, document)?;
                        found.push((field.name.clone(), hash));
                    }
                }
                _ => {}
            }
        }
        Ok(found)
    }

    fn document(
        &self,
        abi: &Abi,
        told: Told<'_>,
        document: &Value,
    ) -> Result<Checksum256, Problem> {
        let (meta, doc_hash) = (&document["meta"], Fields(document).hash("doc_hash")?);
        let packed = abi.pack(META, meta);
        let packed = packed.map_err(|error| Problem::Unreadable(error.to_string()))?;
        // As the contract computes it.
        let hash = Checksum256::sha256_of(&[&packed, &doc_hash.0]);
        let fields = Fields(meta);
        let title = fields.text("title")?;
        let key = [
            ("coopname", told.coopname.stored()),
            ("hash", hash.stored()),
        ];
        if self.is_known(told, hash)? {
            // The same document again, as after a refusal: what was recorded first stays.
            return Ok(hash);
        }
        let row = [
            ("registry_id", fields.number("registry_id")?.stored()),
            ("username", fields.name("username")?.stored()),
            ("title", title.stored()),
            ("lang", fields.text("lang")?.stored()),
            ("meta", meta.to_string().stored()),
            ("doc_hash", doc_hash.stored()),
            ("action", told.action.name.stored()),
            ("at", self.block.time.stored()),
            ("sequence", told.action.global_sequence.stored()),
            ("recorded_in", told.action.transaction.stored()),
            ("packed", packed.into()),
        ];
        self.put("documents", &key, &row)?;
        self.signatures(&key, document)?;
        let sql =
            "INSERT INTO searchable (coopname, hash, source, stems) VALUES (?1, ?2, 'title', ?3)";
        let mut statement = self
            .connection
            .prepare_cached(sql)
            .map_err(IndexError::from)?;
        let [(_, coopname), (_, key)] = key;
        let inserted = statement.execute((coopname, key, stems(&title)));
        inserted.map_err(IndexError::from)?;
        Ok(hash)
    }

    fn is_known(&self, told: Told<'_>, hash: Checksum256) -> Result<bool, IndexError> {
        let sql = "SELECT 1 FROM documents WHERE coopname = ?1 AND hash = ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.exists((told.coopname.stored(), hash.stored()))?)
    }

    fn signatures(
        &self,
        document: &[(&'static str, rusqlite::types::Value); 2],
        value: &Value,
    ) -> Result<(), Problem> {
        for signature in value["signatures"].as_array().into_iter().flatten() {
            let fields = Fields(signature);
            let [coopname, hash] = document.clone();
            let key = [coopname, hash, ("signer", fields.name("signer")?.stored())];
            let row = [
                ("public_key", fields.text("public_key")?.stored()),
                ("signature", fields.text("signature")?.stored()),
                ("signed_at", fields.time("signed_at")?.stored()),
            ];
            self.put("signatures", &key, &row)?;
        }
        Ok(())
    }
}
