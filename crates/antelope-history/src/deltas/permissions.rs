//! Permissions and the links of actions to them.

use super::table::{Blocks, Output, Table, put};
use crate::version::Version;
use antelope_ledger::state::{Link, LinkKey, Map, Permission, State};
use antelope_types::{Authority, Encode, Name, TimePoint};

/// Appends the tables of this module.
pub(super) fn write(blocks: Blocks<'_>, out: &mut Output) {
    out.table::<Permissions>(blocks);
    out.table::<Links>(blocks);
}

struct Permissions;

#[derive(Encode)]
struct PermissionRow<'a> {
    owner: Name,
    name: Name,
    parent: Name,
    last_updated: TimePoint,
    auth: &'a Authority,
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

struct Links;

#[derive(Encode)]
struct LinkRow {
    account: Name,
    code: Name,
    message_type: Name,
    required_permission: Name,
}

impl Table for Links {
    const NAME: &'static str = "permission_link";
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
