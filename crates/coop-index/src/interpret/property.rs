//! Property, and the shares and the money of the cooperative from block to block.

use super::{Interpreter, Kept, Problem, Told};
use crate::value::{Fields, Stored};
use antelope_types::{Name, name};

/// The actions that may be the last of a property.
const LAST: &[Name] = &[name!("handprop"), name!("cancelprop")];

impl Interpreter<'_> {
    /// An action of `gateway` that may end a property.
    pub(super) fn handed(&mut self, told: Told<'_>) {
        let id = Fields(told.data).number("property_id");
        if let Ok(id) = id
            && LAST.contains(&told.action.name)
        {
            self.handed.insert((told.coopname, id), told.action.name);
        }
    }

    /// A row of `properties`.
    pub(super) fn property(&self, kept: Kept<'_>) -> Result<(), Problem> {
        let (fields, id) = (Fields(kept.row), kept.change.primary_key);
        let key = [("coopname", kept.coopname.stored()), ("id", id.stored())];
        if !kept.change.is_present {
            let ended_by = self.handed.get(&(kept.coopname, id)).copied();
            let ended = [
                ("is_open", false.stored()),
                ("ended_by", ended_by.stored()),
                ("ended_at", self.block.time.stored()),
            ];
            return Ok(self.change("properties", &key, &ended)?);
        }
        let row = [
            ("username", fields.name("username")?.stored()),
            ("hash", fields.hash("hash")?.stored()),
            ("status", fields.name("status")?.stored()),
            ("description", fields.hash("description")?.stored()),
            ("valuation", fields.text("valuation")?.stored()),
            ("created_at", fields.time("created_at")?.stored()),
            ("expires_at", fields.time("expires_at")?.stored()),
            ("is_overdue", fields.flag("is_overdue")?.stored()),
            ("is_open", true.stored()),
        ];
        Ok(self.put("properties", &key, &row)?)
    }

    /// A row of `wallets`.
    pub(super) fn wallet(&self, kept: Kept<'_>) -> Result<(), Problem> {
        let fields = Fields(kept.row);
        let key = [
            ("coopname", kept.coopname.stored()),
            ("username", fields.name("username")?.stored()),
        ];
        let row = [
            ("minimum", fields.text("minimum")?.stored()),
            ("available", fields.text("available")?.stored()),
            ("blocked", fields.text("blocked")?.stored()),
            ("in_kind", fields.text("in_kind")?.stored()),
            ("is_open", kept.change.is_present.stored()),
        ];
        Ok(self.put_since("balances", &key, &row)?)
    }

    /// A row of `funds`, which the chain never erases.
    pub(super) fn funds(&self, kept: Kept<'_>) -> Result<(), Problem> {
        if !kept.change.is_present {
            return Ok(());
        }
        let fields = Fields(kept.row);
        let key = [("coopname", kept.coopname.stored())];
        let row = [
            ("entrance", fields.text("entrance")?.stored()),
            ("share", fields.text("share")?.stored()),
            ("processing", fields.text("processing")?.stored()),
            ("incoming", fields.text("incoming")?.stored()),
            ("outgoing", fields.text("outgoing")?.stored()),
            ("accepted", fields.text("accepted")?.stored()),
            ("handed_back", fields.text("handed_back")?.stored()),
        ];
        Ok(self.put_since("funds", &key, &row)?)
    }
}
