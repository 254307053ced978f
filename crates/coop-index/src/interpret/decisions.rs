//! Questions, votes and outcomes.

use super::{Interpreter, Kept, Problem, Told};
use crate::error::IndexError;
use crate::value::{Fields, Stored};
use antelope_types::{Name, TimePoint, name};
use coop_client::registry::Fate;
use rusqlite::types::Value as Sql;

impl Interpreter<'_> {
    /// An action of `soviet`.
    pub(super) fn decided(&self, told: Told<'_>) -> Result<(), Problem> {
        let fields = Fields(told.data);
        match told.action.name {
            action if action == name!("newsubmitted") => self.published(told),
            action if action == name!("votefor") => self.voted(told, true),
            action if action == name!("voteagainst") => self.voted(told, false),
            action if action == name!("authorize") => {
                let chairman = [("chairman", fields.name("chairman")?.stored())];
                Ok(self.of_question(told, fields, &chairman)?)
            }
            action if action == name!("newresolved") => {
                let protocol = [("protocol", fields.hash("authorization")?.stored())];
                Ok(self.of_question(told, fields, &protocol)?)
            }
            action if action == name!("newdecision") => {
                let protocol = [("protocol", fields.hash("authorization")?.stored())];
                self.of_question(told, fields, &protocol)?;
                self.finished(told, Fate::CarriedOut, None)
            }
            action if action == name!("newdeclined") => {
                let reason = fields.text("reason")?;
                self.finished(told, Fate::of(&reason), Some(reason))
            }
            action if action == name!("newact") => self.act(told),
            _ => Ok(()),
        }
    }

    fn published(&self, told: Told<'_>) -> Result<(), Problem> {
        let fields = Fields(told.data);
        let published = [
            ("kind", fields.name("kind")?.stored()),
            ("username", fields.name("username")?.stored()),
            ("hash", fields.hash("hash")?.stored()),
            ("sequence", told.action.global_sequence.stored()),
            ("published_at", self.block.time.stored()),
            ("published_in", told.action.transaction.stored()),
        ];
        let key = question(told.coopname, fields.number("decision_id")?);
        Ok(self.put("questions", &key, &published)?)
    }

    fn voted(&self, told: Told<'_>, is_for: bool) -> Result<(), Problem> {
        let fields = Fields(told.data);
        let [coopname, id] = question(told.coopname, fields.number("decision_id")?);
        let key = [
            coopname,
            id,
            ("username", fields.name("username")?.stored()),
        ];
        let vote = [
            ("is_for", is_for.stored()),
            ("at", self.block.time.stored()),
            ("cast_in", told.action.transaction.stored()),
        ];
        Ok(self.put("votes", &key, &vote)?)
    }

    fn finished(&self, told: Told<'_>, fate: Fate, reason: Option<String>) -> Result<(), Problem> {
        let finished = [
            ("is_open", false.stored()),
            ("outcome", fate.name().stored()),
            ("reason", reason.stored()),
            ("finished_at", self.block.time.stored()),
            ("finished_in", told.action.transaction.stored()),
        ];
        self.of_question(told, Fields(told.data), &finished)
    }

    fn act(&self, told: Told<'_>) -> Result<(), Problem> {
        let fields = Fields(told.data);
        let key = [
            ("coopname", told.coopname.stored()),
            ("document", fields.hash("document")?.stored()),
        ];
        let act = [
            ("hash", fields.hash("hash")?.stored()),
            ("registry_id", fields.number("registry_id")?.stored()),
            ("at", self.block.time.stored()),
        ];
        Ok(self.put("acts", &key, &act)?)
    }

    /// A row of `decisions`.
    pub(super) fn question(&self, kept: Kept<'_>) -> Result<(), Problem> {
        let key = question(kept.coopname, kept.change.primary_key);
        if !kept.change.is_present {
            let closed = [("is_open", false.stored())];
            return Ok(self.change("questions", &key, &closed)?);
        }
        let fields = Fields(kept.row);
        let approved_at = fields.time("approved_at")?;
        let approved_at = (approved_at != TimePoint::default()).then_some(approved_at);
        let row = [
            ("kind", fields.name("kind")?.stored()),
            ("username", fields.name("username")?.stored()),
            ("hash", fields.hash("hash")?.stored()),
            ("board", fields.number("board")?.stored()),
            ("seats", fields.number("seats")?.stored()),
            ("quorum_percent", fields.number("quorum_percent")?.stored()),
            ("status", fields.name("status")?.stored()),
            ("published_at", fields.time("created_at")?.stored()),
            ("expires_at", fields.time("expires_at")?.stored()),
            ("approved_at", approved_at.stored()),
        ];
        Ok(self.put("questions", &key, &row)?)
    }

    /// Changes the question of an action, if it is known.
    fn of_question(
        &self,
        told: Told<'_>,
        fields: Fields<'_>,
        changed: &[(&'static str, Sql)],
    ) -> Result<(), Problem> {
        let key = question(told.coopname, fields.number("decision_id")?);
        let done: Result<(), IndexError> = self.change("questions", &key, changed);
        Ok(done?)
    }
}

fn question(coopname: Name, id: u64) -> [(&'static str, Sql); 2] {
    [("coopname", coopname.stored()), ("id", id.stored())]
}
