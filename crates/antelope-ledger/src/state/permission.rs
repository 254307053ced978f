//! Permissions of accounts, and the tree that they form.
//!
//! Counterpart of a node's `permission_object` and of the parts of
//! `libraries/chain/authorization_manager.cpp` that read and write it.
//!
//! Each account has a tree whose root is `owner`, with `active` below it and any others below
//! these. Parents are referred to by number. An action that needs a permission accepts it or any
//! permission above it: that is [`State::satisfies`].

use super::State;
use crate::stored::stored_struct;
use antelope_types::{Authority, ChainError, ErrorKind, Name, PermissionLevel, TimePoint};
use std::sync::Arc;

stored_struct! {
    /// One permission of one account; its account and name are the key in `State::permissions`.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Permission {
        /// A number that is never used again, even after the permission is deleted. Starts at 1 for
        /// each chain.
        pub id: u64,
        /// The number of the parent permission; 0 for `owner`, which has none.
        pub parent: u64,
        /// The time of the block in which `updateauth` last set the authority, or the permission
        /// was created.
        pub last_updated: TimePoint,
        /// The time of the block in which a transaction was last authorized by it. Inline and
        /// deferred actions do not count.
        pub last_used: TimePoint,
        /// The keys, accounts and waits that satisfy it. Shared, since most changes of a permission
        /// only move `last_used`.
        pub authority: Arc<Authority>,
    }
}

impl State {
    /// The permission, or `None` if the account has none of this name.
    ///
    /// # Errors
    /// `invalid_permission` (3090007) if the name of the account or of the permission is empty.
    pub fn find_permission(
        &self,
        level: PermissionLevel,
    ) -> Result<Option<&Permission>, ChainError> {
        if level.actor == Name::default() || level.permission == Name::default() {
            return Err(
                ChainError::new(ErrorKind::InvalidPermission, "Invalid permission")
                    .with_message(failed_to_retrieve(level)),
            );
        }
        let found = self.permissions.get(&(level.actor, level.permission));
        if found.is_none() {
            // In a fork, the account may be on the other chain.
            self.find_account(level.actor);
        }
        Ok(found)
    }

    /// The permission.
    ///
    /// # Errors
    /// `permission_query_exception` (3060001) if there is none, and `invalid_permission` (3090007)
    /// if one of the names is empty.
    pub fn permission(&self, level: PermissionLevel) -> Result<&Permission, ChainError> {
        self.find_permission(level)?.ok_or_else(|| {
            // A node appends the error of its database, with the key that it looked up and its C++ type.
            let message = format!(
                "{} (unknown key (boost::tuples::tuple<eosio::chain::name, eosio::chain::name, {}>): ({} {}))",
                failed_to_retrieve(level),
                ["boost::tuples::null_type"; 8].join(", "),
                level.actor,
                level.permission
            );
            ChainError::new(ErrorKind::PermissionQuery, message)
        })
    }

    /// Whether `level` is `other` itself or one of its ancestors in the account's tree, so that it
    /// may be used where `other` is required (`permission_object::satisfies` of a node).
    /// Permissions of different accounts never satisfy each other.
    ///
    /// # Errors
    /// As [`permission`](Self::permission), for either of them.
    pub fn satisfies(
        &self,
        level: PermissionLevel,
        other: PermissionLevel,
    ) -> Result<bool, ChainError> {
        let permission = self.permission(level)?.id;
        if level.actor != other.actor {
            return Ok(false);
        }
        let mut current = self.permission(other)?;
        loop {
            if current.id == permission {
                return Ok(true);
            }
            match self.permission_by_id(current.parent) {
                Some(parent) => current = parent,
                None => return Ok(false),
            }
        }
    }

    /// The permission with this number; none for 0, the parent of `owner`.
    fn permission_by_id(&self, id: u64) -> Option<&Permission> {
        self.permissions.get(self.permission_names.get(&id)?)
    }

    /// The name of the permission with this number, without its account.
    pub fn permission_name(&self, id: u64) -> Option<Name> {
        self.permission_names.get(&id).map(|(_, name)| *name)
    }

    /// Adds a permission, and returns its number. Neither the authority nor the parent is checked,
    /// and no RAM is billed: that is the business of `newaccount` and `updateauth`.
    ///
    /// `now` becomes both the time of the update and of the last use.
    pub fn create_permission(
        &mut self,
        level: PermissionLevel,
        parent: u64,
        authority: Authority,
        now: TimePoint,
    ) -> u64 {
        let id = self.global.next_permission;
        self.global.next_permission += 1;
        let permission = Permission {
            id,
            parent,
            last_updated: now,
            last_used: now,
            authority: Arc::new(authority),
        };
        let key = (level.actor, level.permission);
        self.permissions.insert(key, permission);
        self.permission_names.insert(id, key);
        id
    }

    /// Whether the account has a permission whose parent is the one with this number; then
    /// `deleteauth` refuses to delete it.
    pub fn has_children(&self, account: Name, id: u64) -> bool {
        self.permissions
            .range((account, Name::default())..)
            .take_while(|((owner, _), _)| *owner == account)
            .any(|(_, permission)| permission.parent == id)
    }

    /// Removes a permission; does nothing if it does not exist. Links to it are not touched.
    pub fn remove_permission(&mut self, level: PermissionLevel) {
        if let Some(permission) = self.permissions.remove(&(level.actor, level.permission)) {
            self.permission_names.remove(&permission.id);
        }
    }
}

/// The beginning of a node's message for a permission that it cannot find or read.
fn failed_to_retrieve(level: PermissionLevel) -> String {
    let level = crate::text::level(level);
    format!("Failed to retrieve permission: {level}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ChainConfig;
    use antelope_types::name;

    fn tree() -> State {
        let mut state = State::new(ChainConfig::default());
        let mut parent = 0;
        for permission in ["owner", "active", "trade"] {
            let level = PermissionLevel::new(name!("alice"), permission.parse().unwrap());
            parent =
                state.create_permission(level, parent, Authority::default(), TimePoint::default());
        }
        state
    }

    fn level(permission: &str) -> PermissionLevel {
        PermissionLevel::new(name!("alice"), permission.parse().unwrap())
    }

    #[test]
    fn a_permission_satisfies_itself_and_all_below() {
        let state = tree();
        for (upper, lower, expected) in [
            ("owner", "trade", true),
            ("owner", "owner", true),
            ("active", "trade", true),
            ("trade", "active", false),
            ("active", "owner", false),
        ] {
            let result = state.satisfies(level(upper), level(lower)).unwrap();
            assert_eq!(result, expected, "{upper} for {lower}");
        }
    }

    #[test]
    fn children_are_seen() {
        let mut state = tree();
        let active = state.permission(level("active")).unwrap().id;
        assert!(state.has_children(name!("alice"), active));
        state.remove_permission(level("trade"));
        assert!(!state.has_children(name!("alice"), active));
    }

    #[test]
    fn a_permission_that_is_not_there_is_told_by_both_names() {
        let error = tree().permission(level("spend")).unwrap_err();
        assert!(error.is(ErrorKind::PermissionQuery));
        assert!(error.message().contains("alice"), "{error}");
        let empty = PermissionLevel::new(name!("alice"), Name::default());
        assert!(
            tree()
                .permission(empty)
                .unwrap_err()
                .is(ErrorKind::InvalidPermission)
        );
    }
}
