//! Boards, the council's seats and staff.

use super::{Interpreter, Kept, Problem, Told};
use crate::error::IndexError;
use crate::value::{Fields, Stored};
use antelope_types::{Name, name};
use rusqlite::types::Value as Sql;

impl Interpreter<'_> {
    /// An action of `soviet` about a board.
    pub(super) fn elected(&self, told: Told<'_>) -> Result<(), Problem> {
        let status = match told.action.name {
            action if action == name!("newboard") => "seated",
            action if action == name!("lostboard") => "lost",
            _ => return Ok(()),
        };
        let fields = Fields(told.data);
        let key = [
            ("coopname", told.coopname.stored()),
            ("version", fields.number("version")?.stored()),
        ];
        let board = [
            ("kind", fields.name("kind")?.stored()),
            ("status", status.stored()),
            ("meeting", fields.hash("meeting")?.stored()),
            ("changed_at", self.block.time.stored()),
        ];
        Ok(self.put("boards", &key, &board)?)
    }

    /// A row of `elections`: a board that waits for voices. What becomes of it the registry events say.
    pub(super) fn election(&self, kept: Kept<'_>) -> Result<(), Problem> {
        let fields = Fields(kept.row);
        let voices = [
            ("support", fields.number("support")?.stored()),
            ("objections", fields.number("objections")?.stored()),
            ("support_needed", fields.number("support_needed")?.stored()),
            ("ends_at", fields.time("ends_at")?.stored()),
            ("members", kept.row["members"].to_string().stored()),
        ];
        let key = [
            ("coopname", kept.coopname.stored()),
            ("version", fields.number("version")?.stored()),
        ];
        if !kept.change.is_present {
            return Ok(self.change("boards", &key, &voices)?);
        }
        let elected = [
            ("kind", fields.name("kind")?.stored()),
            ("status", "elected".stored()),
            ("meeting", fields.hash("meeting_hash")?.stored()),
            ("created_at", fields.time("created_at")?.stored()),
            ("changed_at", self.block.time.stored()),
        ];
        let row: Vec<_> = elected.into_iter().chain(voices).collect();
        Ok(self.put("boards", &key, &row)?)
    }

    /// A row of `boards`. That it goes says only that no question needs it.
    pub(super) fn board(&self, kept: Kept<'_>) -> Result<(), Problem> {
        let fields = Fields(kept.row);
        let key = [
            ("coopname", kept.coopname.stored()),
            ("version", fields.number("version")?.stored()),
        ];
        if !kept.change.is_present {
            return Ok(self.change("boards", &key, &[("is_open", false.stored())])?);
        }
        let row = [
            ("kind", fields.name("kind")?.stored()),
            ("status", "seated".stored()),
            ("members", kept.row["members"].to_string().stored()),
            ("meeting", fields.hash("meeting_hash")?.stored()),
            ("created_at", fields.time("created_at")?.stored()),
            ("changed_at", self.block.time.stored()),
            ("is_open", true.stored()),
        ];
        Ok(self.put("boards", &key, &row)?)
    }

    /// A row of `seats`.
    pub(super) fn seat(&self, kept: Kept<'_>) -> Result<(), Problem> {
        let fields = Fields(kept.row);
        let key = [
            ("coopname", kept.coopname.stored()),
            ("board", fields.number("board")?.stored()),
            ("username", fields.name("username")?.stored()),
        ];
        let left = [("left_at", self.block.time.stored())];
        if !kept.change.is_present {
            return Ok(self.change("seats", &key, &left)?);
        }
        self.left_other_seats(&key)?;
        let row = [
            ("bit", fields.number("bit").ok().stored()),
            ("is_chairman", fields.flag("is_chairman")?.stored()),
            ("since", self.block.time.stored()),
            ("left_at", None::<Name>.stored()),
        ];
        Ok(self.put("seats", &key, &row)?)
    }

    /// A row may stay with another board in it: then the seat in the board before is left.
    fn left_other_seats(&self, key: &[(&'static str, Sql); 3]) -> Result<(), IndexError> {
        let sql = "UPDATE seats SET left_at = ?4, block = ?5 \
                   WHERE coopname = ?1 AND board <> ?2 AND username = ?3 AND left_at IS NULL";
        let [(_, coopname), (_, board), (_, username)] = key;
        let mut statement = self.connection.prepare_cached(sql)?;
        let now = self.block.time.stored();
        statement.execute((coopname, board, username, now, self.number()))?;
        Ok(())
    }

    /// A row of `staff`.
    pub(super) fn staff(&self, kept: Kept<'_>) -> Result<(), Problem> {
        let fields = Fields(kept.row);
        let key = [
            ("coopname", kept.coopname.stored()),
            ("username", fields.name("username")?.stored()),
        ];
        if !kept.change.is_present {
            let left = [("left_at", self.block.time.stored())];
            return Ok(self.change("staff", &key, &left)?);
        }
        let row = [
            ("rights", kept.row["rights"].to_string().stored()),
            ("board", fields.number("board")?.stored()),
            ("at", self.block.time.stored()),
            ("left_at", None::<Name>.stored()),
        ];
        Ok(self.put("staff", &key, &row)?)
    }
}
