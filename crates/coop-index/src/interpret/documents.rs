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
/// The type of a signature under it.
const SIGNATURE: &str = "DocumentSignature";

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
        let mut raw = told.action.data.as_slice();
        for field in arguments.iter().flat_map(|it| &it.fields) {
            let (ty, value) = (field.ty.trim_end_matches('$'), &told.data[&field.name]);
            match ty {
                DOCUMENT => {
                    let hash = self.document(abi, told, value, raw)?;
                    found.push((field.name.clone(), hash));
                }
                "Document[]" => {
                    let documents = value.as_array().into_iter().flatten();
                    let count = documents.clone().count();
                    let mut raw = after(raw, count_length(count))?;
                    for document in documents {
                        let hash = self.document(abi, told, document, raw)?;
                        found.push((field.name.clone(), hash));
                        raw = after(raw, length(abi, DOCUMENT, document)?)?;
                    }
                }
                _ => {}
            }
            // An argument that was added later may be missing at the end.
            let Ok(length) = length(abi, ty, value) else {
                break;
            };
            raw = after(raw, length)?;
        }
        Ok(found)
    }

    /// A document, as JSON and as the bytes that it begins: JSON has times in milliseconds only.
    fn document(
        &self,
        abi: &Abi,
        told: Told<'_>,
        document: &Value,
        raw: &[u8],
    ) -> Result<Checksum256, Problem> {
        let (meta, doc_hash) = (&document["meta"], Fields(document).hash("doc_hash")?);
        let behind = after(raw, length(abi, META, meta)?)?;
        let packed = raw[..raw.len() - behind.len()].to_vec();
        if behind.get(..doc_hash.0.len()) != Some(&doc_hash.0[..]) {
            return Err(Problem::Unreadable(
                "a document is not as its ABI says".into(),
            ));
        }
        // As the contract computes it.
        let hash = Checksum256::sha256_of(&[&packed, &doc_hash.0]);
        let fields = Fields(meta);
        let title = fields.text("title")?;
        let key = [
            ("coopname", told.coopname.stored()),
            ("hash", hash.stored()),
        ];
        let behind = after(behind, doc_hash.0.len())?;
        if self.is_known(told, hash)? {
            // The same document again, as after a refusal: what was recorded first stays, and others may have
            // signed.
            self.signatures(abi, &key, document, behind)?;
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
        self.signatures(abi, &key, document, behind)?;
        let sql = "INSERT INTO searchable (coopname, hash, stems) VALUES (?1, ?2, ?3)";
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

    /// Keeps the signatures of those whose is not there yet.
    fn signatures(
        &self,
        abi: &Abi,
        document: &[(&'static str, rusqlite::types::Value); 2],
        value: &Value,
        raw: &[u8],
    ) -> Result<(), Problem> {
        let signatures = value["signatures"].as_array().into_iter().flatten();
        let mut raw = after(raw, count_length(signatures.clone().count()))?;
        for signature in signatures {
            let fields = Fields(signature);
            let behind = after(raw, length(abi, SIGNATURE, signature)?)?;
            let bytes = &raw[..raw.len() - behind.len()];
            // The moment comes last.
            let signed_at = bytes.last_chunk::<8>().map(|it| i64::from_le_bytes(*it));
            raw = behind;
            let [(_, coopname), (_, hash)] = document.clone();
            let sql = "INSERT INTO signatures \
                       (coopname, hash, signer, public_key, signature, signed_at, block) \
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING";
            let values = (
                coopname,
                hash,
                fields.name("signer")?.stored(),
                fields.text("public_key")?.stored(),
                fields.text("signature")?.stored(),
                signed_at.unwrap_or_default(),
                self.number(),
            );
            let mut statement = self
                .connection
                .prepare_cached(sql)
                .map_err(IndexError::from)?;
            statement.execute(values).map_err(IndexError::from)?;
        }
        Ok(())
    }
}

/// How many bytes a value of a type has; a time has the same however exactly JSON tells it.
fn length(abi: &Abi, ty: &str, value: &Value) -> Result<usize, Problem> {
    let packed = abi.pack(ty, value);
    let packed = packed.map_err(|error| Problem::Unreadable(error.to_string()))?;
    Ok(packed.len())
}

/// How many bytes the count of a list has.
fn count_length(count: usize) -> usize {
    let mut length = 1;
    let mut rest = count >> 7;
    while rest > 0 {
        length += 1;
        rest >>= 7;
    }
    length
}

/// What follows so many bytes.
fn after(raw: &[u8], length: usize) -> Result<&[u8], Problem> {
    let behind = raw.get(length..);
    behind.ok_or_else(|| Problem::Unreadable("a document ends before its end".into()))
}
