//! Links: which permission an account requires for an action, where `linkauth` has set one.
//!
//! Counterpart of a node's `permission_link_object`
//! (`libraries/chain/include/eosio/chain/permission_link_object.hpp`). Without a link an action
//! needs the permission `active`: see `authority::native::minimum_permission`.

use super::State;
use crate::stored::stored_struct;
use antelope_types::Name;

/// The account that set the link, the contract, and the action. An empty action name makes the link
/// hold for every action of the contract that has no link of its own.
pub type LinkKey = (Name, Name, Name);

stored_struct! {
    /// What `linkauth` has set for one [`LinkKey`].
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Link {
        /// A number that grows with each new link. It decides which link `deleteauth` names in its
        /// error.
        pub id: u64,
        /// The name of the permission that the action needs, of the account that set the link; or
        /// `eosio.any` for any permission of that account.
        pub permission: Name,
    }
}

impl State {
    /// The permission that the account has linked to this action or, failing that, to the whole
    /// contract. `None` if it has linked neither (`authorization_manager::lookup_linked_permission`
    /// of a node).
    pub fn linked_permission(&self, account: Name, code: Name, action: Name) -> Option<Name> {
        let link = self.links.get(&(account, code, action));
        let link = link.or_else(|| self.links.get(&(account, code, Name::default())));
        link.map(|link| link.permission)
    }

    /// The oldest link of the account to this permission: its contract and action. `deleteauth`
    /// refuses to delete a permission that has one, and names it.
    pub fn link_to(&self, account: Name, permission: Name) -> Option<(Name, Name)> {
        let first = (account, Name::default(), Name::default());
        self.links
            .range(first..)
            .take_while(|((owner, ..), _)| *owner == account)
            .filter(|(_, link)| link.permission == permission)
            // A node walks its index by permission name, whose ties are in the order of creation.
            .min_by_key(|(_, link)| link.id)
            .map(|((_, code, action), _)| (*code, *action))
    }

    /// Links the action to the permission. Returns `true` if the link is new, which is billed, and
    /// `false` if it replaces the permission of one that exists, which is free.
    pub fn set_link(&mut self, key: LinkKey, permission: Name) -> bool {
        if let Some(link) = self.links.get_mut(&key) {
            link.permission = permission;
            return false;
        }
        let id = self.global.next_link;
        self.global.next_link += 1;
        self.links.insert(key, Link { id, permission });
        true
    }
}
