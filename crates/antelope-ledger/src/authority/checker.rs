//! Whether keys, permissions and a delay satisfy an authority.
//!
//! An authority is a threshold and weighted factors: keys, permissions of accounts, and waits. It
//! is satisfied as soon as the factors that hold add up to the threshold. A permission holds if its
//! own authority does, so the check recurses, up to the chain's `max_authority_depth`, 6 by
//! default.
//!
//! The result alone would not depend on the order of factors; the set of *used* keys does, and a
//! transaction with an unused key is refused. Therefore the order here is exactly that of
//! `authority_checker.hpp` of a node, and so are the two subtleties: keys used on a branch that
//! turned out not to suffice count as unused again, and permissions found unsatisfied on a branch
//! stay so, even though another branch might have come to them with more depth left.

use crate::state::State;
use antelope_types::{
    Authority, KeyWeight, PermissionLevel, PermissionLevelWeight, PublicKey, WaitWeight,
};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What is known of a permission while an authority is checked: `permission_cache_status` of a
/// node.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Status {
    /// It is being checked further up: a circle does not satisfy it.
    Underway,
    /// Its authority was satisfied, or it was provided.
    Satisfied,
    /// Its authority was not satisfied.
    Unsatisfied,
}

/// One weighted factor of an authority.
#[derive(Clone, Copy)]
enum Factor<'a> {
    /// A permission of an account.
    Account(&'a PermissionLevelWeight),
    /// A key.
    Key(&'a KeyWeight),
    /// A delay.
    Wait(&'a WaitWeight),
}

impl Factor<'_> {
    /// The order of checking, descending: by weight, and for equal weights waits before keys before
    /// accounts, which is also from cheap to expensive. Within one kind the order of the authority
    /// stays.
    fn rank(&self) -> (u16, u8) {
        match self {
            Self::Account(account) => (account.weight, 1),
            Self::Key(key) => (key.weight, 2),
            Self::Wait(wait) => (wait.weight, 3),
        }
    }
}

/// Checks permissions, and remembers which of the provided keys were needed. One checker serves all
/// permissions of a transaction, so that the used keys add up.
pub struct Checker<'a> {
    state: &'a State,
    /// The provided keys, ascending.
    keys: Vec<&'a PublicKey>,
    /// For each of `keys`, whether a satisfied authority has needed it.
    used: Vec<bool>,
    /// Permissions that count as satisfied.
    permissions: &'a BTreeSet<PermissionLevel>,
    /// The delay that waits are compared with, in microseconds.
    delay: i64,
}

impl<'a> Checker<'a> {
    /// A checker of these keys and permissions, with a delay in microseconds.
    pub fn new(
        state: &'a State,
        keys: &'a BTreeSet<PublicKey>,
        permissions: &'a BTreeSet<PermissionLevel>,
        delay: i64,
    ) -> Self {
        Self {
            state,
            used: vec![false; keys.len()],
            keys: keys.iter().collect(),
            permissions,
            delay,
        }
    }

    /// Whether the permission is satisfied with this delay in microseconds instead of the
    /// checker's.
    pub fn satisfied_after(&mut self, level: PermissionLevel, delay: i64) -> bool {
        // The delay of a single permission is that of the actions that declare it; set back
        // afterwards.
        let own = std::mem::replace(&mut self.delay, delay);
        let satisfied = self.satisfied(level);
        self.delay = own;
        satisfied
    }

    /// Whether the permission is satisfied.
    pub fn satisfied(&mut self, level: PermissionLevel) -> bool {
        // Provided permissions are known from the start, so their authorities are never looked at.
        let mut known = self
            .permissions
            .iter()
            .map(|level| (*level, Status::Satisfied))
            .collect();
        self.permission(level, &mut known, 0)
    }

    /// The keys that no permission has needed so far, ascending.
    pub fn unused_keys(&self) -> Vec<&'a PublicKey> {
        self.keys_where(false)
    }

    /// The keys that a permission has needed, ascending.
    pub fn used_keys(&self) -> Vec<&'a PublicKey> {
        self.keys_where(true)
    }

    /// The keys whose mark is `used`.
    fn keys_where(&self, used: bool) -> Vec<&'a PublicKey> {
        let pairs = self.keys.iter().zip(&self.used);
        pairs
            .filter(|(_, u)| **u == used)
            .map(|(key, _)| *key)
            .collect()
    }

    /// Whether a permission is satisfied: from what is known, or by checking its authority one
    /// level deeper. A permission that does not exist, and one below the greatest depth, is not.
    fn permission(
        &mut self,
        level: PermissionLevel,
        known: &mut BTreeMap<PermissionLevel, Status>,
        depth: u16,
    ) -> bool {
        // A provided permission without a name covers every permission of the account.
        let any = PermissionLevel::new(level.actor, Default::default());
        if let Some(status) = known.get(&level).or_else(|| known.get(&any)) {
            return *status == Status::Satisfied;
        }
        if depth >= self.state.global.config.max_authority_depth {
            return false;
        }
        let Ok(Some(permission)) = self.state.find_permission(level) else {
            return false;
        };
        // Before the recursion, so that a circle finds the mark and is not satisfied by itself.
        known.insert(level, Status::Underway);
        let satisfied = self.authority(&permission.authority, known, depth + 1);
        let status = if satisfied {
            Status::Satisfied
        } else {
            Status::Unsatisfied
        };
        known.insert(level, status);
        satisfied
    }

    /// Whether the factors that hold reach the threshold of the authority.
    fn authority(
        &mut self,
        authority: &Authority,
        known: &mut BTreeMap<PermissionLevel, Status>,
        depth: u16,
    ) -> bool {
        // Keys count as used only if the authority that has them is satisfied.
        let used = self.used.clone();
        let accounts = authority.accounts.iter().map(Factor::Account);
        let keys = authority.keys.iter().map(Factor::Key);
        let waits = authority.waits.iter().map(Factor::Wait);
        let mut factors: Vec<_> = accounts.chain(keys).chain(waits).collect();
        // Stable, so that factors of the same weight and kind are tried in the order of the
        // authority.
        factors.sort_by_key(|factor| Reverse(factor.rank()));

        let mut total = 0u32;
        for factor in factors {
            if self.factor(factor, known, depth) {
                total += u32::from(factor.rank().0);
            }
            if total >= authority.threshold {
                return true;
            }
        }
        self.used = used;
        false
    }

    /// Whether a factor holds; a key that does is marked as used.
    fn factor(
        &mut self,
        factor: Factor<'_>,
        known: &mut BTreeMap<PermissionLevel, Status>,
        depth: u16,
    ) -> bool {
        match factor {
            Factor::Account(account) => self.permission(account.permission, known, depth),
            Factor::Wait(wait) => self.delay >= i64::from(wait.wait_sec) * 1_000_000,
            Factor::Key(key) => match self.keys.iter().position(|given| **given == key.key) {
                Some(position) => {
                    self.used[position] = true;
                    true
                }
                None => false,
            },
        }
    }
}

#[cfg(test)]
mod tests;
