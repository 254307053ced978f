//! Accounts of another node.
//!
//! An authority may name permissions of other accounts, and a chain refuses one that names an account
//! which is not there. So those accounts are taken over as well, and those that they name, until there
//! are no more: with their permissions, which decide who satisfies the authority, and without code,
//! which does not.

use super::super::import::{Account, Import, Permission};
use crate::upstream::{Remote, authority, other};
use antelope_chain::Chain;
use antelope_types::{ChainError, Name};
use std::collections::{BTreeSet, VecDeque};

/// The most accounts of one call, with those that authorities refer to.
const MOST: usize = 100;

/// The accounts of this node.
pub(super) struct Accounts<'a>(pub(super) &'a Remote);

impl Accounts<'_> {
    /// Adds the accounts that are not here, with those that they refer to; returns the wanted ones
    /// that are here already.
    ///
    /// # Errors
    /// Where the other node does not have an account, tells a key of an unknown kind, or authorities
    /// refer to more than [`MOST`] accounts.
    pub(super) fn add(
        &self,
        chain: &Chain,
        wanted: impl IntoIterator<Item = Name>,
        import: &mut Import,
    ) -> Result<BTreeSet<Name>, ChainError> {
        let is_here = |name: Name| chain.state().account(name).is_ok();
        let wanted: BTreeSet<Name> = wanted.into_iter().collect();
        let (existing, missing): (BTreeSet<_>, BTreeSet<_>) =
            wanted.into_iter().partition(|name| is_here(*name));
        let mut seen = missing.clone();
        let mut queue: VecDeque<_> = missing.iter().copied().collect();
        while let Some(name) = queue.pop_front() {
            if import.accounts.len() == MOST {
                let problem = format!("authorities refer to more than {MOST} accounts");
                return Err(other(problem));
            }
            let account = self.account(name, missing.contains(&name))?;
            for referred in account.refers_to() {
                if !is_here(referred) && seen.insert(referred) {
                    queue.push_back(referred);
                }
            }
            import.accounts.push(account);
        }
        Ok(existing)
    }

    /// An account, with its code where that is wanted.
    ///
    /// # Errors
    /// Where the other node does not have it, or its answer is not of the form that nodes give.
    fn account(&self, name: Name, with_code: bool) -> Result<Account, ChainError> {
        let told = self.0.told(name)?;
        let permissions = told.permissions.into_iter().map(|permission| {
            let linked = permission.linked_actions.into_iter();
            Ok(Permission {
                name: permission.perm_name,
                parent: permission.parent,
                authority: authority(name, permission.required_auth)?,
                links: linked.map(|link| (link.account, link.action)).collect(),
            })
        });
        let mut account = Account {
            name,
            permissions: permissions.collect::<Result<_, ChainError>>()?,
            code: Vec::new(),
            abi: Vec::new(),
        };
        if with_code {
            (account.code, account.abi) = self.0.contract(name)?;
        }
        Ok(account)
    }
}
