//! Cooperatives and their participants.

use super::{Interpreter, Kept, Problem};
use crate::value::{Fields, Stored};
use antelope_types::Name;

impl Interpreter<'_> {
    /// A row of `coops`, which the chain never erases.
    pub(super) fn cooperative(&self, kept: Kept<'_>) -> Result<(), Problem> {
        if !kept.change.is_present {
            return Ok(());
        }
        let (fields, charter) = (Fields(kept.row), Fields(&kept.row["charter"]));
        let row = [
            ("status", fields.name("status")?.stored()),
            ("quorum_percent", charter.number("quorum_percent")?.stored()),
            ("board_support", charter.number("board_support")?.stored()),
            ("participants", fields.number("participants")?.stored()),
            ("initial", fields.text("initial")?.stored()),
            ("minimum", fields.text("minimum")?.stored()),
            ("org_initial", fields.text("org_initial")?.stored()),
            ("org_minimum", fields.text("org_minimum")?.stored()),
            ("created_at", fields.time("created_at")?.stored()),
        ];
        let key = [("coopname", kept.coopname.stored())];
        Ok(self.put("cooperatives", &key, &row)?)
    }

    /// A row of `participants`.
    pub(super) fn participant(&self, kept: Kept<'_>) -> Result<(), Problem> {
        let key = [
            ("coopname", kept.coopname.stored()),
            ("username", Name::from_raw(kept.change.primary_key).stored()),
        ];
        if !kept.change.is_present {
            let left = [
                ("status", "left".stored()),
                ("left_at", self.block.time.stored()),
            ];
            return Ok(self.change("participants", &key, &left)?);
        }
        let fields = Fields(kept.row);
        let row = [
            ("kind", fields.name("kind")?.stored()),
            ("hash", fields.hash("hash")?.stored()),
            ("protocol", fields.hash("authorization")?.stored()),
            ("initial", fields.text("initial")?.stored()),
            ("minimum", fields.text("minimum")?.stored()),
            ("created_at", fields.time("created_at")?.stored()),
            ("status", fields.name("status")?.stored()),
            ("left_at", None::<Name>.stored()),
        ];
        Ok(self.put("participants", &key, &row)?)
    }
}
