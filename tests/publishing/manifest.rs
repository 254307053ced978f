//! Manifests of public crates.

use super::{list, public, text};
use std::path::Path;

#[test]
fn a_public_crate_says_what_it_is_and_under_which_licence() {
    for package in public() {
        let name = text(&package, "name");
        assert!(
            name.starts_with("antelope-") || name == "cargo-antelope",
            "{name} is public; a crate of the cooperative says `publish = false`"
        );
        for field in ["description", "license", "readme", "rust_version"] {
            assert!(!text(&package, field).is_empty(), "{name} has no {field}");
        }
        assert_eq!(text(&package, "license"), "MIT OR Apache-2.0", "{name}");
        let keywords = list(&package, "keywords").count();
        assert!((1..=5).contains(&keywords), "{name}: {keywords} keywords");
        let categories = list(&package, "categories").count();
        assert!(
            (1..=5).contains(&categories),
            "{name}: {categories} categories"
        );
        assert!(
            package["metadata"]["docs"]["rs"].is_object(),
            "{name} has no [package.metadata.docs.rs]"
        );
        let manifest = Path::new(text(&package, "manifest_path"));
        let folder = manifest.parent().expect("a folder");
        for file in ["README.md", "LICENSE-MIT", "LICENSE-APACHE"] {
            assert!(folder.join(file).exists(), "{name} has no {file}");
        }
    }
}

#[test]
fn a_public_crate_depends_on_public_crates_by_version() {
    let public = public();
    let names: Vec<_> = public.iter().map(|package| text(package, "name")).collect();
    for package in &public {
        let name = text(package, "name");
        for dependency in list(package, "dependencies") {
            let (other, kind) = (text(dependency, "name"), text(dependency, "kind"));
            if dependency["path"].is_null() || kind == "dev" {
                continue;
            }
            assert!(
                names.contains(&other),
                "{name} needs {other}, which is not public"
            );
            assert_ne!(
                text(dependency, "req"),
                "*",
                "{name} needs {other} without a version"
            );
        }
    }
}
