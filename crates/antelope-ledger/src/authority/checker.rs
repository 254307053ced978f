//! Whether keys, permissions and a delay satisfy an authority.

use crate::state::State;
use antelope_types::{
    Authority, KeyWeight, PermissionLevel, PermissionLevelWeight, PublicKey, WaitWeight,
};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What is known of a permission while an authority is checked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Status {
    /// It is being checked now: a circle does not satisfy it.
    Underway,
    Satisfied,
    Unsatisfied,
}

/// A way to satisfy a part of an authority. Of two with the same weight the later variant is tried first.
#[derive(Clone, Copy)]
enum Factor<'a> {
    Account(&'a PermissionLevelWeight),
    Key(&'a KeyWeight),
    Wait(&'a WaitWeight),
}

impl Factor<'_> {
    /// Weight first, then waits before keys before accounts: what costs least to check.
    fn rank(&self) -> (u16, u8) {
        match self {
            Self::Account(account) => (account.weight, 1),
            Self::Key(key) => (key.weight, 2),
            Self::Wait(wait) => (wait.weight, 3),
        }
    }
}

/// Checks authorities, and remembers which keys were of use.
pub struct Checker<'a> {
    state: &'a State,
    keys: Vec<&'a PublicKey>,
    used: Vec<bool>,
    permissions: &'a BTreeSet<PermissionLevel>,
    /// In microseconds.
    delay: i64,
}

impl<'a> Checker<'a> {
    /// A checker for these keys and permissions, which are taken as given.
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

    /// Whether the permission is satisfied after a delay of so many microseconds.
    pub fn satisfied_after(&mut self, level: PermissionLevel, delay: i64) -> bool {
        let own = std::mem::replace(&mut self.delay, delay);
        let satisfied = self.satisfied(level);
        self.delay = own;
        satisfied
    }

    /// Whether the permission is satisfied.
    pub fn satisfied(&mut self, level: PermissionLevel) -> bool {
        let mut known = self
            .permissions
            .iter()
            .map(|level| (*level, Status::Satisfied))
            .collect();
        self.permission(level, &mut known, 0)
    }

    /// The keys that no permission needed.
    pub fn unused_keys(&self) -> Vec<&'a PublicKey> {
        self.keys_where(false)
    }

    /// The keys that a permission needed.
    pub fn used_keys(&self) -> Vec<&'a PublicKey> {
        self.keys_where(true)
    }

    fn keys_where(&self, used: bool) -> Vec<&'a PublicKey> {
        let pairs = self.keys.iter().zip(&self.used);
        pairs
            .filter(|(_, u)| **u == used)
            .map(|(key, _)| *key)
            .collect()
    }

    fn permission(
        &mut self,
        level: PermissionLevel,
        known: &mut BTreeMap<PermissionLevel, Status>,
        depth: u16,
    ) -> bool {
        // A permission without a name stands for every permission of the account.
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
#[path = "checker_tests.rs"]
mod tests;
