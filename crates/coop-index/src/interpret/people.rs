//! Cooperatives and their participants.

use super::{Interpreter, Kept, Problem, Told};
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
        self.put("cooperatives", &key, &row)?;
        self.charter(kept)
    }

    /// The terms of a cooperative, where they are others than before: its row changes with every participant.
    fn charter(&self, kept: Kept<'_>) -> Result<(), Problem> {
        let (fields, charter) = (Fields(kept.row), Fields(&kept.row["charter"]));
        let terms = [
            ("status", fields.name("status")?.stored()),
            ("quorum_percent", charter.number("quorum_percent")?.stored()),
            ("board_support", charter.number("board_support")?.stored()),
            ("initial", fields.text("initial")?.stored()),
            ("minimum", fields.text("minimum")?.stored()),
            ("org_initial", fields.text("org_initial")?.stored()),
            ("org_minimum", fields.text("org_minimum")?.stored()),
            ("document", fields.hash("document_hash")?.stored()),
            ("meeting", fields.hash("meeting_hash")?.stored()),
        ];
        let key = [("coopname", kept.coopname.stored())];
        Ok(self.put_since("charters", &key, &terms)?)
    }

    /// An action of `registrator` about a process.
    pub(super) fn answered(&mut self, told: Told<'_>) {
        if let Ok(hash) = Fields(told.data).hash("hash") {
            let process = (told.coopname, hash);
            self.answered.insert(process, told.action.name);
        }
    }

    /// A row of `candidates`.
    pub(super) fn candidate(&self, kept: Kept<'_>) -> Result<(), Problem> {
        let fields = Fields(kept.row);
        let hash = fields.hash("hash")?;
        let key = [
            ("coopname", kept.coopname.stored()),
            ("hash", hash.stored()),
        ];
        if !kept.change.is_present {
            let ended_by = self.answered.get(&(kept.coopname, hash)).copied();
            let ended = [
                ("is_open", false.stored()),
                ("ended_by", ended_by.stored()),
                ("ended_at", self.block.time.stored()),
            ];
            return Ok(self.change("candidates", &key, &ended)?);
        }
        let row = [
            ("username", fields.name("username")?.stored()),
            ("kind", fields.name("kind")?.stored()),
            ("status", fields.name("status")?.stored()),
            ("initial", fields.text("initial")?.stored()),
            ("minimum", fields.text("minimum")?.stored()),
            ("created_at", fields.time("created_at")?.stored()),
            ("is_open", true.stored()),
        ];
        Ok(self.put("candidates", &key, &row)?)
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
