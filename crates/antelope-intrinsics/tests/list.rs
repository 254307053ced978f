//! The list against what is known of nodes, and the page made of it.
#![allow(clippy::unwrap_used)]

use antelope_intrinsics::{Context, INTRINSICS, Intrinsic, Type, ValueType, intrinsic};
use std::collections::BTreeSet;
use std::fmt::Write;

#[test]
fn there_are_as_many_as_nodes_have() {
    let names: BTreeSet<_> = INTRINSICS.iter().map(|intrinsic| intrinsic.name).collect();
    assert_eq!((INTRINSICS.len(), names.len()), (197, 197));
    let genesis = INTRINSICS.iter().filter(|it| it.feature.is_none());
    assert_eq!(genesis.count(), 168);
}

#[test]
fn a_slice_is_an_address_and_a_length() {
    let store = intrinsic("db_store_i64").unwrap();
    let params: Vec<_> = store.params().map(ValueType::as_str).collect();
    assert_eq!(params, ["i64", "i64", "i64", "i64", "i32", "i32"]);
    assert_eq!(store.result(), Some(ValueType::I32));
}

#[test]
fn everyone_may_call_what_needs_no_context() {
    let count = |context| INTRINSICS.iter().filter(|it| it.context == context).count();
    assert_eq!(count(Context::ContextFree), 1);
    assert_eq!(count(Context::Privileged), 16);
    assert_eq!(count(Context::Any) + count(Context::Aware), 180);
}

/// What the page says of a function's context and memory, beyond its feature.
fn notes(function: &Intrinsic) -> String {
    let mut notes = Vec::new();
    match function.context {
        Context::Any => notes.push("also in context-free actions"),
        Context::Aware => {}
        Context::ContextFree => notes.push("only in context-free actions"),
        Context::Privileged => notes.push("privileged"),
    }
    let pointers = function.parameters.iter();
    let many = pointers.filter(|it| matches!(it.kind, Type::Many { .. }));
    if function.disjoint && many.count() > 1 {
        notes.push("buffers must not overlap");
    }
    notes.join("; ")
}

fn page() -> String {
    let mut out = String::from(
        "# Host functions\n\n\
         These are the host functions that a node (Spring 1.x) provides to contracts in the module `env`.\n\
         This page is generated from `crates/antelope-intrinsics/src/table.rs`, as are the stubs of the\n\
         SDK, the table of the validator and the linkage of the embedded chain.\n\n\
         | type | is passed as |\n|---|---|\n\
         | `bool` `name` `i32` `u32` `i64` `u64` `f32` `f64` | a number |\n\
         | `i128` `u128` `f128` | two 64-bit numbers, the lower half first |\n\
         | `&T` `&mut T` | its address, never 0 |\n\
         | `&[T]` `&mut [T]` | an address and the number of elements |\n\
         | `&cstr` | the address of a zero-terminated text |\n\
         | `*const u8` `*mut u8` | an address; another parameter gives the number of bytes |\n\n\
         If an address is not aligned for its type, a node works on a copy and writes it back when the\n\
         function returns. A function without a protocol feature is available on every chain.\n",
    );
    let mut group = "";
    for function in INTRINSICS {
        if function.group != group {
            group = function.group;
            write!(
                out,
                "\n## {group}\n\n| function | feature | rules | what it does |\n|---|---|---|---|\n"
            )
            .unwrap();
        }
        let feature = function.feature.map(|it| format!("`{it}`"));
        writeln!(
            out,
            "| `{function}` | {} | {} | {} |",
            feature.unwrap_or_default(),
            notes(function),
            function.doc
        )
        .unwrap();
    }
    out
}

#[test]
fn docs_list_the_host_functions() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/host-functions.md");
    let expected = page();
    if std::env::var_os("VECHE_BLESS").is_some() {
        std::fs::write(path, &expected).unwrap();
    }
    let found = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        found == expected,
        "docs/host-functions.md is out of date; run: VECHE_BLESS=1 cargo test -p antelope-intrinsics"
    );
}
