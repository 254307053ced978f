//! `cargo antelope size`: where the bytes of contracts are and what they cost.
//!
//! 1. Find the price of RAM: that of `--ram-price`, or of the market of `--node`'s chain. This comes
//!    first, so that a wrong price or address does not cost a build.
//! 2. Build.
//! 3. Compile once more with debug information, unless `--no-inlined`, to see which functions were
//!    inlined into which: after optimization, most of a contract's code is in `apply`.
//! 4. Print sections, code by crate and the largest functions, each in bytes and as a share of the wasm.
//!    They are three views of the same bytes, so that their sums must not be added.
//! 5. Compare the wasm with `--max`.
//!
//! RAM is what the account pays: ten bytes for each byte of code, and the ABI. Exit codes: 0; 8 with
//! `size.over`; 1 for everything else.
//!
//! The data has for each contract:
//!
//! | field | |
//! |---|---|
//! | `package`, `wasm_bytes` | name, and bytes of the file |
//! | `wasm_ram_bytes`, `abi_ram_bytes` | RAM in bytes |
//! | `ram_cost` | the price of both as an asset; null without a price |
//! | `sections`, `crates`, `functions` | lists of names and bytes, the first two whole |
//! | `inlined` | the largest functions inlined into others; empty with `--no-inlined` |

use crate::arguments::Size;
use crate::failure::Failure;
use crate::output::{CommandResult, Output};
use crate::ram::RamPrice;
use antelope_build::{Artifact, SizeReport, attribute_inlined, build_all};
use serde_json::{Value, json};
use std::fmt::Write;

pub(crate) fn run(arguments: &Size, output: &mut Output) -> CommandResult {
    let given = arguments.ram_price.as_deref();
    #[cfg_attr(not(feature = "node"), allow(unused_mut))]
    let mut price = given.map(RamPrice::parse).transpose()?;
    #[cfg(feature = "node")]
    if let Some(node) = &arguments.node {
        price = Some(crate::node::price_of_node(node)?);
    }
    let options = arguments.source.options(output.is_quiet());
    let mut artifacts = build_all(&options, &mut |step| output.step(step))?;
    if !arguments.no_inlined {
        attribute_inlined(&options, &mut artifacts, &mut |step| output.step(step))?;
    }
    for warning in artifacts.iter().flat_map(|artifact| &artifact.warnings) {
        output.warn(warning);
    }
    let data: Value = artifacts
        .iter()
        .map(|artifact| data(artifact, arguments.top, price.as_ref()))
        .collect();
    let text: Vec<_> = artifacts
        .iter()
        .map(|artifact| table(artifact, arguments.top, price.as_ref()))
        .collect();
    let text = text.join("\n");
    let Some(max) = arguments.max else {
        return Ok((data, text));
    };
    let over: Vec<_> = artifacts
        .iter()
        .filter(|artifact| artifact.size.wasm_bytes > max)
        .map(|artifact| {
            format!(
                "{} has {} bytes",
                artifact.package, artifact.size.wasm_bytes
            )
        })
        .collect();
    if over.is_empty() {
        return Ok((data, text));
    }
    let message = format!("{}, expected at most {max}", over.join(", "));
    Err(Box::new(Failure::mismatch(
        "size.over",
        message,
        data,
        text,
    )))
}

/// A contract for programs, with the `top` largest functions and inlined functions.
fn data(artifact: &Artifact, top: usize, price: Option<&RamPrice>) -> Value {
    let size = &artifact.size;
    json!({
        "package": artifact.package,
        "wasm_bytes": size.wasm_bytes,
        "wasm_ram_bytes": size.wasm_ram_bytes,
        "abi_ram_bytes": size.abi_ram_bytes,
        "ram_cost": price.map(|price| price.of(ram(size))),
        "sections": size.sections,
        "crates": size.crates,
        "functions": size.functions.iter().take(top).collect::<Vec<_>>(),
        "inlined": size.inlined.iter().take(top).collect::<Vec<_>>(),
    })
}

/// Bytes of RAM for code and ABI together.
const fn ram(size: &SizeReport) -> u64 {
    size.wasm_ram_bytes + size.abi_ram_bytes
}

/// A contract for people: a line of totals, and under it a group for each view.
fn table(artifact: &Artifact, top: usize, price: Option<&RamPrice>) -> String {
    let size = &artifact.size;
    let mut text = String::new();
    let cost = price.map_or_else(String::new, |price| format!("  {}", price.of(ram(size))));
    // Writing into a string cannot fail.
    let _ = writeln!(
        text,
        "{}  {} bytes  RAM {} (code {} + ABI {}){cost}",
        artifact.package,
        size.wasm_bytes,
        ram(size),
        size.wasm_ram_bytes,
        size.abi_ram_bytes,
    );
    let mut group = |title: &str, rows: &mut dyn Iterator<Item = (&str, u64)>| {
        let _ = writeln!(text, "  {title}");
        for (name, bytes) in rows {
            let share = bytes as f64 * 100.0 / size.wasm_bytes.max(1) as f64;
            let _ = writeln!(text, "  {bytes:>8}  {share:>5.1} %  {name}");
        }
    };
    group(
        "sections",
        &mut size
            .sections
            .iter()
            .map(|row| (row.name.as_str(), row.bytes)),
    );
    group(
        "code by crate",
        &mut size.crates.iter().map(|row| (row.name.as_str(), row.bytes)),
    );
    group(
        "largest functions",
        &mut size
            .functions
            .iter()
            .take(top)
            .map(|row| (row.name.as_str(), row.bytes)),
    );
    if !size.inlined.is_empty() {
        let rows: Vec<_> = size
            .inlined
            .iter()
            .take(top)
            .map(|row| (format!("{} < {}", row.within, row.name), row.bytes))
            .collect();
        group(
            "inlined into them",
            &mut rows.iter().map(|(name, bytes)| (name.as_str(), *bytes)),
        );
    }
    text
}
