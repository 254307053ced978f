//! Permissions and links.

use crate::shared::both::Both;
use antelope_rpc_client::{native, signing};
use antelope_types::{Action, Authority, Encode, Name, PermissionLevel, WaitWeight, name};

const A: Name = name!("perma");

fn system(action: Name, permission: Name, arguments: &impl Encode) -> Action {
    Action::new(
        name!("eosio"),
        action,
        &[PermissionLevel::new(A, permission)],
        arguments,
    )
}

fn update(permission: Name, parent: Name, authority: &Authority) -> Action {
    native::update_auth(A, permission, parent, authority.clone())
}

fn delete(permission: Name) -> Action {
    #[derive(Encode)]
    struct Delete(Name, Name);
    system(name!("deleteauth"), name!("active"), &Delete(A, permission))
}

fn unlink(code: Name, action: Name) -> Action {
    #[derive(Encode)]
    struct Unlink(Name, Name, Name);
    system(
        name!("unlinkauth"),
        name!("active"),
        &Unlink(A, code, action),
    )
}

fn link(code: Name, action: Name, permission: Name) -> Action {
    native::link_auth(A, code, action, permission)
}

pub fn run(both: &mut Both) {
    both.accounts(&[A, name!("permb")]);
    let (active, owner, none) = (name!("active"), name!("owner"), Name::default());
    let key = Authority::from_key(signing::public_key(&both.key).unwrap());
    let mut more = key.clone().with_code(A);
    more.waits.push(WaitWeight {
        wait_sec: 60,
        weight: 1,
    });
    let mut forever = key.clone();
    forever.waits.push(WaitWeight {
        wait_sec: u32::MAX,
        weight: 1,
    });

    for (what, action) in [
        ("a new permission", update(name!("trade"), active, &key)),
        (
            "a child of it",
            update(name!("small"), name!("trade"), &more),
        ),
        ("more in it", update(name!("trade"), active, &more)),
        ("less in it", update(name!("trade"), active, &key)),
        ("the same again", update(name!("trade"), active, &key)),
        ("another parent", update(name!("trade"), owner, &key)),
        (
            "its own parent",
            update(name!("trade"), name!("trade"), &key),
        ),
        ("no parent", update(name!("other"), none, &key)),
        (
            "a parent that is not there",
            update(name!("other"), name!("missing"), &key),
        ),
        ("no name", update(none, active, &key)),
        ("a reserved name", update(name!("eosio.x"), active, &key)),
        ("active under another", update(active, name!("trade"), &key)),
        ("active", update(active, owner, &more)),
        ("owner", update(owner, none, &more)),
        ("owner with a parent", update(owner, active, &key)),
        (
            "a delay without end",
            update(name!("other"), active, &forever),
        ),
        (
            "no threshold",
            update(
                name!("other"),
                active,
                &Authority {
                    threshold: 0,
                    ..key.clone()
                },
            ),
        ),
    ] {
        let mut action = action;
        both.push(&format!("updateauth: {what}"), &[action.clone()]);
        action.authorization = vec![PermissionLevel::new(A, owner)];
        both.push(&format!("updateauth as owner: {what}"), &[action]);
    }
    let mut of_other = update(name!("trade"), active, &key);
    of_other.authorization = vec![PermissionLevel::active(name!("permb"))];
    both.push("updateauth by another", &[of_other.clone()]);
    of_other.authorization = vec![
        PermissionLevel::active(A),
        PermissionLevel::active(name!("permb")),
    ];
    both.push("updateauth by two", &[of_other.clone()]);
    of_other.authorization = vec![PermissionLevel::new(A, name!("small"))];
    both.push("updateauth by a child", &[of_other.clone()]);
    of_other.authorization = vec![PermissionLevel::new(A, name!("trade"))];
    both.push("updateauth by itself", &[of_other]);

    let code = name!("permb");
    for (what, action) in [
        ("linkauth", link(code, name!("transfer"), name!("trade"))),
        (
            "linkauth the same",
            link(code, name!("transfer"), name!("trade")),
        ),
        (
            "linkauth to another",
            link(code, name!("transfer"), name!("small")),
        ),
        ("linkauth of all actions", link(code, none, name!("trade"))),
        (
            "linkauth to any",
            link(code, name!("open"), name!("eosio.any")),
        ),
        ("linkauth to nothing", link(code, name!("x"), none)),
        (
            "linkauth to what is not there",
            link(code, name!("x"), name!("missing")),
        ),
        (
            "linkauth of no account",
            link(name!("nobody"), name!("x"), name!("trade")),
        ),
        (
            "linkauth of updateauth",
            link(name!("eosio"), name!("updateauth"), name!("trade")),
        ),
        (
            "linkauth of updateauth elsewhere",
            link(code, name!("updateauth"), name!("trade")),
        ),
        (
            "linkauth of all of the system",
            link(name!("eosio"), none, name!("trade")),
        ),
        ("deleteauth that is linked", delete(name!("small"))),
        ("deleteauth with a child", delete(name!("trade"))),
        ("unlinkauth", unlink(code, name!("transfer"))),
        ("unlinkauth again", unlink(code, name!("transfer"))),
        ("unlinkauth of any", unlink(code, name!("open"))),
        ("unlinkauth of all actions", unlink(code, none)),
        ("unlinkauth of none", unlink(code, name!("x"))),
        ("unlinkauth elsewhere", unlink(code, name!("updateauth"))),
        ("unlinkauth of the system", unlink(name!("eosio"), none)),
        (
            "deleteauth with a child, not linked",
            delete(name!("trade")),
        ),
        ("deleteauth", delete(name!("small"))),
        ("deleteauth of the parent", delete(name!("trade"))),
        ("deleteauth again", delete(name!("trade"))),
        ("deleteauth of active", delete(active)),
        ("deleteauth of owner", delete(owner)),
    ] {
        both.push(what, &[action]);
    }
}
