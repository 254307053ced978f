//! Links of actions to the permissions that they need.

use super::State;
use antelope_types::Name;

/// The account that links, the contract, and its action; no action for all of the contract's.
pub type LinkKey = (Name, Name, Name);

/// What an action needs.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    pub id: u64,
    pub permission: Name,
}

impl State {
    /// The permission that the account has linked to the action, or to all of the contract's.
    pub fn linked_permission(&self, account: Name, code: Name, action: Name) -> Option<Name> {
        let link = self.links.get(&(account, code, action));
        let link = link.or_else(|| self.links.get(&(account, code, Name::default())));
        link.map(|link| link.permission)
    }

    /// The oldest link of the account to the permission: its contract and action.
    pub fn link_to(&self, account: Name, permission: Name) -> Option<(Name, Name)> {
        let first = (account, Name::default(), Name::default());
        self.links
            .range(first..)
            .take_while(|((owner, ..), _)| *owner == account)
            .filter(|(_, link)| link.permission == permission)
            .min_by_key(|(_, link)| link.id)
            .map(|((_, code, action), _)| (*code, *action))
    }

    /// Links the action to the permission; `false` if it replaces a link.
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
