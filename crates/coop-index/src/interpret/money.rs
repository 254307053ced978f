//! Payments.

use super::{Interpreter, Kept, Problem, Told};
use crate::value::{Fields, Stored};
use antelope_types::{Checksum256, Name, name};

/// Actions about the money of a process, by its hash. Those of the office are kept one by one.
const OF_THE_OFFICE: &[Name] = &[
    name!("incomplete"),
    name!("indecline"),
    name!("inexpire"),
    name!("outcomplete"),
    name!("outdecline"),
];
const OF_CONTRACTS: &[Name] = &[
    name!("confirmin"),
    name!("confirmout"),
    name!("declinein"),
    name!("declineout"),
    name!("distribute"),
    name!("payshares"),
    name!("freeshares"),
];

impl Interpreter<'_> {
    /// An action of `gateway`.
    pub(super) fn settled(&mut self, told: Told<'_>) -> Result<(), Problem> {
        let action = told.action.name;
        let is_of_the_office = OF_THE_OFFICE.contains(&action);
        if !is_of_the_office && !OF_CONTRACTS.contains(&action) {
            return Ok(());
        }
        let fields = Fields(told.data);
        let hash = fields.hash("hash")?;
        self.ended.insert((told.coopname, hash), action);
        if !is_of_the_office {
            return Ok(());
        }
        let key = [("sequence", told.action.global_sequence.stored())];
        let row = [
            ("coopname", told.coopname.stored()),
            ("hash", hash.stored()),
            ("action", action.stored()),
            ("actor", fields.name("actor").ok().stored()),
            ("quantity", fields.text("quantity").ok().stored()),
            ("reference", fields.hash("reference").ok().stored()),
            ("reason", fields.text("reason").ok().stored()),
            ("at", self.block.time.stored()),
            ("done_in", told.action.transaction.stored()),
        ];
        Ok(self.put("settlements", &key, &row)?)
    }

    /// A row of `payments`.
    pub(super) fn payment(&self, kept: Kept<'_>) -> Result<(), Problem> {
        let key = [
            ("coopname", kept.coopname.stored()),
            ("id", kept.change.primary_key.stored()),
        ];
        let fields = Fields(kept.row);
        let hash = fields.hash("hash")?;
        if !kept.change.is_present {
            let ended = [
                ("is_open", false.stored()),
                ("ended_by", self.ended_by(kept.coopname, hash).stored()),
                ("ended_at", self.block.time.stored()),
            ];
            return Ok(self.change("payments", &key, &ended)?);
        }
        let row = [
            ("username", fields.name("username")?.stored()),
            ("hash", hash.stored()),
            ("kind", fields.name("kind")?.stored()),
            ("quantity", fields.text("quantity")?.stored()),
            ("status", fields.name("status")?.stored()),
            ("created_at", fields.time("created_at")?.stored()),
            ("expires_at", fields.time("expires_at")?.stored()),
            ("is_overdue", fields.flag("is_overdue")?.stored()),
            ("is_open", true.stored()),
        ];
        Ok(self.put("payments", &key, &row)?)
    }

    fn ended_by(&self, coopname: Name, hash: Checksum256) -> Option<Name> {
        self.ended.get(&(coopname, hash)).copied()
    }
}
