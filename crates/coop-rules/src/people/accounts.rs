//! Accounts of people.

use crate::kind::Right;
use crate::reason::require;
use crate::world::{Call, Registered};
use crate::{Account, Paper, Reason, Time, World};

impl World {
    pub(crate) fn make_account(
        &mut self,
        call: &Call<'_>,
        coop: Account,
        actor: Account,
        who: Account,
    ) -> Result<(), Reason> {
        self.needs_right(call, coop, actor, Right::NewAccount)?;
        require(who.is_of_a_person(), Reason::Not12Letters)?;
        require(!self.exists.contains(&who), Reason::AccountExists)?;
        let row = self.active(coop)?;
        require(row.accounts < row.max_accounts, Reason::AccountQuota)?;
        row.accounts += 1;
        self.exists.insert(who);
        let registered = Registered {
            coop,
            created_at: call.now,
            last_statement: Time(0),
        };
        self.accounts.insert(who, registered);
        Ok(())
    }

    /// The account is one that registrator made.
    pub(crate) fn is_registered(&self, who: Account) -> Result<(), Reason> {
        let is_registered = self.accounts.contains_key(&who);
        require(is_registered, Reason::AccountNotRegistered)
    }

    /// Takes a statement of a person: each serves once.
    pub(crate) fn take_statement(&mut self, who: Account, paper: &Paper) -> Result<(), Reason> {
        let row = self.accounts.get_mut(&who);
        let row = row.ok_or(Reason::AccountNotRegistered)?;
        paper.is_newer(row.last_statement)?;
        row.last_statement = paper.created_at;
        Ok(())
    }
}
