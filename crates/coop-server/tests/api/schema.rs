//! The files that are made from the code: the schema, and the page of who may do what.

use crate::sdl::Sdl;
use coop_server::{OperationKind, RULES, Role, Roles};
use std::fmt::Write;
use std::path::Path;

/// Compares a file with what it should be, or writes it with `VECHE_BLESS=1`.
fn same(path: &str, expected: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("VECHE_BLESS").is_some() {
        std::fs::write(&path, expected).unwrap();
        return;
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    let first = found
        .lines()
        .zip(expected.lines())
        .find(|(one, other)| one != other);
    let is_same = found == expected;
    assert!(
        is_same,
        "{} is out of date, VECHE_BLESS=1 writes it: {first:?}",
        path.display()
    );
}

#[test]
fn the_schema_in_the_repository_is_current() {
    same("schema.graphql", &coop_server::sdl());
}

#[test]
fn the_page_of_who_may_do_what_is_current() {
    let mut text = String::from(
        "# Who may do what\n\nThis page is written by a test from the table that the guards of the API read, \
         `crates/coop-server/src/policy.rs`. **any**: about anybody. **own**: about oneself only; lists are then \
         about oneself. Another test calls every operation as every role. Operations with a mark in the last column \
         show personal data: each use is written down.\n\n| operation | kind |",
    );
    for role in Role::ALL {
        let _ = write!(text, " {} |", role.name().replace('_', " "));
    }
    text += " personal data |\n|---|---|";
    text += &"---|".repeat(Role::ALL.len() + 1);
    text += "\n";
    for rule in RULES {
        let kind = match rule.kind {
            OperationKind::Query => "query",
            OperationKind::Mutation => "mutation",
            OperationKind::Subscription => "subscription",
        };
        let _ = write!(text, "| `{}` | {kind} |", rule.name);
        for role in Role::ALL {
            let roles = Roles::of(&[role]);
            let told = match () {
                () if roles.meets(rule.any) => "any",
                () if roles.meets(rule.own) => "own",
                () => "—",
            };
            let _ = write!(text, " {told} |");
        }
        let _ = writeln!(text, " {} |", if rule.is_personal { "yes" } else { "" });
    }
    same("../../docs/api-roles.md", &text);
}

#[test]
fn every_operation_of_the_schema_is_in_the_table() {
    let sdl = Sdl::read();
    let mut found = 0;
    for (kind, root) in [
        (OperationKind::Query, "Query"),
        (OperationKind::Mutation, "Mutation"),
        (OperationKind::Subscription, "Subscription"),
    ] {
        for name in sdl.operations(root) {
            let rule = RULES.iter().find(|it| it.name == name && it.kind == kind);
            assert!(rule.is_some(), "{name} has no rule");
            found += 1;
        }
    }
    assert_eq!(found, RULES.len());
}
