//! Draws the layers of the workspace as text.

use std::collections::BTreeMap;
use workspace_layers::{Package, packages};

fn main() {
    let packages: Vec<_> = packages()
        .into_iter()
        .filter(|package| {
            package
                .folder
                .ancestors()
                .any(|folder| folder.ends_with("crates"))
        })
        .collect();
    let heights = heights(&packages);
    let highest = heights.values().copied().max().unwrap_or(0);
    println!("Each crate depends only on crates of the layers below it.\n");
    for layer in (0..=highest).rev() {
        println!("layer {layer}");
        for package in packages
            .iter()
            .filter(|package| heights[&package.name] == layer)
        {
            let below: Vec<_> = package.dependencies.iter().map(String::as_str).collect();
            let arrow = if below.is_empty() { "" } else { " -> " };
            println!(
                "  {:<22}{:>7} lines{arrow}{}",
                package.name,
                package.lines(),
                below.join(", ")
            );
        }
    }
    let lines: usize = packages.iter().map(Package::lines).sum();
    println!("\n{} crates, {lines} lines without tests", packages.len());
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
