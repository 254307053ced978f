//! Staff: what the chairman allows, for as long as the council sits.

use crate::cooperative::Staff;
use crate::kind::{BoardKind, Right};
use crate::reason::require;
use crate::world::Call;
use crate::{Account, Reason, World};
use coop_model::parameters::MAX_RIGHTS;

impl World {
    pub(crate) fn add_staff(
        &mut self,
        call: &Call<'_>,
        name: Account,
        chairman: Account,
        who: Account,
        rights: &[Right],
    ) -> Result<(), Reason> {
        let board = self.may_give(call, name, chairman, who)?;
        are_rights(rights)?;
        let exists = self.exists.contains(&who);
        require(exists, Reason::StaffNoAccount)?;
        require(who != name, Reason::StaffCooperativeItself)?;
        let coop = self.coop(name)?;
        let is_new = !coop.staff.contains_key(&who);
        require(is_new, Reason::StaffAlready)?;
        let rights = rights.to_vec();
        coop.staff.insert(who, Staff { rights, board });
        Ok(())
    }

    pub(crate) fn set_rights(
        &mut self,
        call: &Call<'_>,
        name: Account,
        chairman: Account,
        who: Account,
        rights: &[Right],
    ) -> Result<(), Reason> {
        let board = self.may_give(call, name, chairman, who)?;
        are_rights(rights)?;
        let row = self.coop(name)?.staff.get_mut(&who);
        let row = row.ok_or(Reason::NotStaff)?;
        row.rights = rights.to_vec();
        row.board = board;
        Ok(())
    }

    pub(crate) fn remove_staff(
        &mut self,
        call: &Call<'_>,
        name: Account,
        actor: Account,
        who: Account,
    ) -> Result<(), Reason> {
        let coop = self.coops.get_mut(&name);
        if actor == who || actor == name {
            call.needs(actor)?;
        } else {
            call.needs(actor)?;
            let coop = coop.as_ref().ok_or(Reason::NotTheChairman)?;
            coop.signed_by_chairman(call, actor)?;
        }
        let removed = coop.and_then(|coop| coop.staff.remove(&who));
        require(removed.is_some(), Reason::NotStaff)
    }

    /// The chairman of an active cooperative, about somebody else; gives the council's version.
    fn may_give(
        &mut self,
        call: &Call<'_>,
        name: Account,
        chairman: Account,
        who: Account,
    ) -> Result<u64, Reason> {
        call.needs(chairman)?;
        let coop = self.coops.get(&name).ok_or(Reason::NotTheChairman)?;
        let board = coop.signed_by_chairman(call, chairman)?;
        self.active(name)?;
        require(chairman != who, Reason::ChairmanHimself)?;
        Ok(board)
    }

    /// The cooperative itself signed, or its staff with this right of the council that sits.
    pub(crate) fn needs_right(
        &self,
        call: &Call<'_>,
        name: Account,
        actor: Account,
        right: Right,
    ) -> Result<(), Reason> {
        call.needs(actor)?;
        if actor == name {
            return Ok(());
        }
        let coop = self.coops.get(&name);
        let coop = coop.ok_or(Reason::NeitherCooperativeNorStaff)?;
        let row = coop.staff.get(&actor);
        let row = row.ok_or(Reason::NeitherCooperativeNorStaff)?;
        require(row.rights.contains(&right), Reason::NoRight)?;
        let now = coop.sitting(BoardKind::Council);
        require(Some(row.board) == now, Reason::RightsEnded)
    }
}

fn are_rights(rights: &[Right]) -> Result<(), Reason> {
    let number = (1..=MAX_RIGHTS).contains(&rights.len());
    require(number, Reason::RightsBound)?;
    for (index, right) in rights.iter().enumerate() {
        require(!rights[index + 1..].contains(right), Reason::RightTwice)?;
    }
    Ok(())
}
