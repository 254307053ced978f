//! Large locals of an action are on the stack only while it runs, whatever they are made of.

use std::fmt::Write;
use std::fs;

use antelope_build::module::{FunctionNames, StackUse};

use crate::package::Package;

/// The name of an action, what it declares outside, and a body with a large local. `mix` fills it, so
/// that the compiler cannot do without it.
const KINDS: &[(&str, &str, &str)] = &[
    ("literal", "", "mix(&mut [0; 4096], seed)"),
    (
        "constant",
        "const BIG: usize = 4096;",
        "mix(&mut [1; BIG], seed)",
    ),
    (
        "expression",
        "",
        "mix(&mut [2; BIG / 2 + 2 * size_of::<[u64; 128]>()], seed)",
    ),
    (
        "associated",
        "struct Page; impl Page { const SIZE: usize = 4096; }",
        "mix(&mut [3; Page::SIZE], seed)",
    ),
    (
        "alias",
        "type Sheet = [u8; 4096]; const SHEET: Sheet = [4; 4096];",
        "let mut sheet = SHEET; mix(&mut sheet, seed)",
    ),
    (
        "tuple",
        "",
        "let mut pair = ([5; 2048], [seed; 512]); pair.1[7] = mix(&mut pair.0, seed); \
         pair.0[(pair.1[(seed % 512) as usize] % 2048) as usize] as u32",
    ),
    (
        "structure",
        "struct Book { used: u32, bytes: [u8; 4096] } \
         impl Book { fn new(used: u32) -> Self { Self { used, bytes: [6; 4096] } } }",
        "let mut book = Book::new(seed); book.used += mix(&mut book.bytes, seed); book.used",
    ),
    (
        "small",
        "",
        "let mut rooms = [[7; 256]; 16]; mix(rooms.as_flattened_mut(), seed)",
    ),
    (
        "bymacro",
        "macro_rules! page { ($name:ident) => { let mut $name = [8; 4096]; } }",
        "page!(room); mix(&mut room, seed)",
    ),
    (
        "generic",
        "fn with<const N: usize>(seed: u32) -> u32 { mix(&mut [9; N], seed) }",
        "with::<4096>(seed)",
    ),
    (
        "closure",
        "",
        "let fill = |with: u8| mix(&mut [with; 4096], seed); fill(seed as u8)",
    ),
    (
        "result",
        "struct Leaf([u8; 4096]); fn leaf(with: u8) -> Leaf { Leaf([with; 4096]) }",
        "mix(&mut leaf(seed as u8).0, seed)",
    ),
];

/// A contract with an action for each kind, and a small one.
fn source() -> String {
    let (mut declared, mut actions) = (String::new(), String::new());
    for (name, declaration, body) in KINDS {
        declared.push_str(declaration);
        write!(
            actions,
            "#[action] pub fn {name}(seed: u32) -> u32 {{ {body} }}\n    "
        )
        .expect("a text takes it");
    }
    format!(
        "#![cfg_attr(target_family = \"wasm\", no_std)]
use antelope_contract::prelude::*;
fn mix(room: &mut [u8], seed: u32) -> u32 {{
    for at in 1..room.len() {{ room[at] = room[at - 1].wrapping_mul(seed as u8) ^ room[at / 2]; }}
    room[seed as usize % room.len()] as u32
}}
{declared}
#[contract]
mod holder {{
    use super::*;
    {actions}
    #[action] pub fn none(seed: u32) -> u32 {{ seed.wrapping_mul(3) }}
}}
"
    )
}

#[test]
fn large_locals_of_an_action_are_not_in_apply() {
    let package = Package::new("holder");
    let artifact = package.build(&source());
    assert!(artifact.info.large_frames_apart);
    let wasm = fs::read(&artifact.debug_wasm).expect("a file");
    let names = FunctionNames::read(&wasm);
    let stack = StackUse::measure(&wasm).expect("a module");
    let frames = stack.largest().into_iter();
    let frames: Vec<_> = frames
        .map(|(at, bytes)| (names.get(at).unwrap_or_default().to_owned(), bytes))
        .collect();
    let (entry, others): (Vec<_>, Vec<_>) =
        frames.iter().partition(|(name, _)| name.contains("apply"));
    let entry: u32 = entry.iter().map(|(_, bytes)| *bytes).sum();
    let large = others.iter().filter(|(_, bytes)| *bytes >= 4096).count();
    assert!(entry <= 2048 && large >= 2, "{entry} in apply: {frames:#?}");
}
