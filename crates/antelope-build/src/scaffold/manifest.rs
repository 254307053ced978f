//! The manifest of a new project, made from that of its template.
//!
//! Templates are members of this workspace and inherit their dependencies. In a project these are
//! written out: crates of the SDK by path or version, others by version. The template's
//!
//! ```toml
//! [dependencies]
//! antelope-contract = { workspace = true, features = ["alloc"] }
//!
//! [dev-dependencies]
//! antelope-testing.workspace = true
//! ```
//!
//! becomes, with the SDK in `/sdk`,
//!
//! ```toml
//! [dependencies]
//! antelope-contract = { path = "/sdk/crates/antelope-contract", features = ["alloc"] }
//!
//! [dev-dependencies]
//! # The chain that the tests run on.
//! antelope-testing = { path = "/sdk/crates/antelope-testing" }
//! ```
//!
//! Manifests are read line by line rather than as TOML, which keeps comments and needs no parser;
//! tests hold the templates to the few forms that occur.

use super::Sdk;
use std::path::Path;

/// The versions of what templates use besides the SDK. They are the workspace's own, which a test
/// checks.
const VERSIONS: [(&str, &str); 1] = [("serde_json", "1")];

/// The profiles of a project that is a workspace of its own; `docs/toolkit-builds.md` has the
/// figures.
const PROFILES: &str = include_str!("../../templates/common/profiles.toml");

/// What the manifest says besides the template's dependencies.
pub(super) struct Manifest<'a> {
    /// The name of the package.
    pub(super) package: &'a str,
    /// Where the SDK is.
    pub(super) sdk: &'a Sdk,
    /// The folder of the project, from which relative paths start.
    pub(super) folder: &'a Path,
    /// Whether the project is a member of a workspace, whose profiles are then in force.
    pub(super) is_member: bool,
}

impl Manifest<'_> {
    /// The text of `Cargo.toml`; `template` is the manifest of a package of this workspace.
    pub(super) fn write(&self, template: &str) -> String {
        let description = field(template, "description").unwrap_or_default();
        let mut text = format!(
            "[package]\nname = \"{}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
             description = {description}\npublish = false\n\n[lib]\n\
             # The cdylib is the contract, the rlib serves the tests.\n\
             crate-type = [\"cdylib\", \"rlib\"]\n\n[dependencies]\n",
            self.package
        );
        self.dependencies(&mut text, section(template, "[dependencies]"));
        text += "\n[dev-dependencies]\n# The chain that the tests run on.\n";
        self.dependencies(&mut text, section(template, "[dev-dependencies]"));
        if !self.is_member {
            text += "\n";
            text += PROFILES;
        }
        text
    }

    /// Appends the dependencies in these lines, each written out.
    fn dependencies(&self, text: &mut String, lines: impl Iterator<Item = impl AsRef<str>>) {
        for line in lines {
            let (name, features) = inherited(line.as_ref());
            let source = match VERSIONS.iter().find(|(known, _)| *known == name) {
                Some((_, version)) => format!("version = \"{version}\""),
                None => self.sdk.requirement(name, self.folder),
            };
            let features = features.map_or_else(String::new, |list| format!(", features = {list}"));
            *text += &format!("{name} = {{ {source}{features} }}\n");
        }
    }
}

/// The name and the features of an inherited dependency, `name.workspace = true` or `name = {
/// workspace = true, … }`.
fn inherited(line: &str) -> (&str, Option<&str>) {
    let end = line.find(['.', ' ']).unwrap_or(line.len());
    let features = line
        .split_once("features = ")
        .map(|(_, rest)| rest.trim_end_matches([' ', '}']));
    (&line[..end], features)
}

/// The lines of a section of a manifest, without blank lines and comments.
fn section<'a>(manifest: &'a str, title: &str) -> impl Iterator<Item = &'a str> {
    manifest
        .lines()
        .skip_while(move |line| *line != title)
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The value of a field of a manifest, with its quotes.
fn field<'a>(manifest: &'a str, name: &str) -> Option<&'a str> {
    manifest
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(" = "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scaffold::{Origin, Template};

    #[test]
    fn inherited_dependencies_are_spelled_out() {
        assert_eq!(
            inherited("serde_json.workspace = true"),
            ("serde_json", None)
        );
        assert_eq!(
            inherited("a = { workspace = true, features = [\"wasm\", \"x\"] }"),
            ("a", Some("[\"wasm\", \"x\"]"))
        );
    }

    #[test]
    fn the_manifest_of_each_template_names_only_known_crates() {
        let sdk = Sdk {
            origin: Origin::Given,
            checkout: Some("/sdk".into()),
        };
        for template in Template::ALL {
            let manifest = Manifest {
                package: "mine",
                sdk: &sdk,
                folder: Path::new("/mine"),
                is_member: false,
            };
            let text = manifest.write(template.manifest());
            assert!(text.starts_with("[package]\nname = \"mine\"\n"), "{text}");
            assert!(!text.contains("workspace"), "{text}");
            for line in text.lines().filter(|line| line.contains("path = ")) {
                let name = line.split(' ').next().unwrap();
                assert!(line.contains(&format!("\"/sdk/crates/{name}\"")), "{line}");
                assert!(name.starts_with("antelope-"), "{line}");
            }
        }
    }

    #[test]
    fn versions_are_those_of_the_workspace() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.toml");
        let workspace = std::fs::read_to_string(root).unwrap();
        for (name, version) in VERSIONS {
            assert!(
                workspace.contains(&format!("\n{name} = \"{version}\"\n")),
                "{name}"
            );
        }
    }
}
