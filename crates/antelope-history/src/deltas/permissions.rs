//! Permissions and the links of actions to them.

use super::table::{Blocks, Output, Rows, Table, put};
use crate::version::Version;
use antelope_ledger::state::{Link, LinkKey, Map, Permission, State};
use antelope_types::{Authority, Encode, Name, TimePoint};

/// Appends the tables of this module.
pub(super) fn write(blocks: Blocks<'_>, out: &mut Output) {
    let mut permissions = Rows::of::<Permissions>(blocks);
    if blocks.before.is_none() {
        permissions.add(RESERVED, reserved());
    }
    out.rows(Permissions::NAME, permissions);
    out.table::<Links>(blocks);
}

/// The table `permission`.
struct Permissions;

/// `permission_v0`.
#[derive(Encode)]
struct PermissionRow<'a> {
    /// The account.
    owner: Name,
    /// The name of the permission.
    name: Name,
    /// The name of the permission above it; empty for `owner`.
    parent: Name,
    /// When the authority was last set.
    last_updated: TimePoint,
    /// What satisfies it.
    auth: &'a Authority,
}

/// The number of an object that every node has, so that no permission gets it: as the number of a
/// parent it means none.
const RESERVED: u64 = 0;

/// The row of that object: all of it is empty.
fn reserved() -> Vec<u8> {
    let row = PermissionRow {
        owner: Name::default(),
        name: Name::default(),
        parent: Name::default(),
        last_updated: TimePoint::default(),
        auth: &Authority::default(),
    };
    let mut bytes = Vec::new();
    put(&Version::<0, _>(row), &mut bytes);
    bytes
}

impl Table for Permissions {
    const NAME: &'static str = "permission";
    type Key = (Name, Name);
    type Value = Permission;

    fn map(state: &State) -> &Map<(Name, Name), Permission> {
        &state.permissions
    }

    fn number(_: &State, _: &(Name, Name), permission: &Permission) -> u64 {
        permission.id
    }

    fn differs(old: &Permission, new: &Permission) -> bool {
        // When it was last used is in no table.
        old.last_updated != new.last_updated || old.authority != new.authority
    }

    fn row(state: &State, (owner, name): &(Name, Name), value: &Permission, out: &mut Vec<u8>) {
        let row = PermissionRow {
            owner: *owner,
            name: *name,
            // `owner` has no parent, and an empty name in its place.
            parent: state.permission_name(value.parent).unwrap_or_default(),
            last_updated: value.last_updated,
            auth: &value.authority,
        };
        put(&Version::<0, _>(row), out);
    }
}

/// The table `permission_link`.
struct Links;

/// `permission_link_v0`.
#[derive(Encode)]
struct LinkRow {
    /// Who has set the link.
    account: Name,
    /// The contract.
    code: Name,
    /// The action; empty for all actions of the contract.
    message_type: Name,
    /// The permission that is enough for it.
    required_permission: Name,
}

impl Table for Links {
    const NAME: &'static str = "permission_link";
    const REWRITES: bool = true;
    type Key = LinkKey;
    type Value = Link;

    fn map(state: &State) -> &Map<LinkKey, Link> {
        &state.links
    }

    fn number(_: &State, _: &LinkKey, link: &Link) -> u64 {
        link.id
    }

    fn differs(_: &Link, _: &Link) -> bool {
        true
    }

    fn row(_: &State, (account, code, action): &LinkKey, link: &Link, out: &mut Vec<u8>) {
        let row = LinkRow {
            account: *account,
            code: *code,
            message_type: *action,
            required_permission: link.permission,
        };
        put(&Version::<0, _>(row), out);
    }
}
