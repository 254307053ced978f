//! The layers of the workspace as text.

use crate::{Package, packages};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The crates under `crates`, the highest layer first, each with the crates that it uses. With
/// `lines`, each also has its number of lines without tests, and the last line is their sum.
pub fn drawing(lines: bool) -> String {
    let packages: Vec<_> = packages()
        .into_iter()
        .filter(|package| {
            let mut above = package.folder.ancestors();
            above.any(|folder| folder.ends_with("crates"))
        })
        .collect();
    let heights = heights(&packages);
    let highest = heights.values().copied().max().unwrap_or(0);
    let mut out = String::from("Each crate depends only on crates of the layers below it.\n");
    for layer in (0..=highest).rev() {
        let _ = write!(out, "\nlayer {layer}");
        let in_layer = packages.iter().filter(|it| heights[&it.name] == layer);
        for package in in_layer {
            let below: Vec<_> = package.dependencies.iter().map(String::as_str).collect();
            let arrow = if below.is_empty() { "" } else { " -> " };
            let count = match lines {
                true => format!("{:>7} lines", package.lines()),
                false => String::new(),
            };
            let line = format!("  {:<22}{count}{arrow}{}", package.name, below.join(", "));
            let _ = write!(out, "\n{}", line.trim_end());
        }
    }
    out.push('\n');
    if lines {
        let lines: usize = packages.iter().map(Package::lines).sum();
        let _ = writeln!(
            out,
            "\n{} crates, {lines} lines without tests",
            packages.len()
        );
    }
    out
}

/// How many layers each crate stands on.
fn heights(packages: &[Package]) -> BTreeMap<String, usize> {
    let mut heights: BTreeMap<String, usize> = BTreeMap::new();
    while heights.len() < packages.len() {
        let before = heights.len();
        for package in packages {
            let below = package
                .dependencies
                .iter()
                .filter(|name| packages.iter().any(|p| p.name == **name));
            let known: Option<Vec<usize>> = below.map(|name| heights.get(name).copied()).collect();
            if let Some(below) = known {
                let height = below.into_iter().max().map_or(0, |height| height + 1);
                heights.insert(package.name.clone(), height);
            }
        }
        assert!(
            heights.len() > before,
            "crates depend on one another in a circle"
        );
    }
    heights
}
