//! The manifest of a new project, made from that of its template.

use std::path::Path;

use super::Sdk;

/// Versions of what templates use beside the SDK; the workspace's own, which a test compares.
const VERSIONS: [(&str, &str); 1] = [("serde_json", "1")];

/// Profiles of a project that is a workspace of its own; see `docs/toolkit-builds.md` for figures.
const PROFILES: &str = include_str!("../../templates/common/profiles.toml");

/// What the manifest says beside the template's dependencies.
pub(super) struct Manifest<'a> {
    pub(super) package: &'a str,
    pub(super) sdk: &'a Sdk,
    /// Folder of the project.
    pub(super) folder: &'a Path,
    /// Whether the project belongs to a workspace, which then decides about profiles.
    pub(super) is_member: bool,
}

impl Manifest<'_> {
    /// The text of `Cargo.toml`: `template` is that of a package of this workspace.
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

/// The name and the features of `name.workspace = true` or `name = { workspace = true, … }`.
fn inherited(line: &str) -> (&str, Option<&str>) {
    let end = line.find(['.', ' ']).unwrap_or(line.len());
    let features = line
        .split_once("features = ")
        .map(|(_, rest)| rest.trim_end_matches([' ', '}']));
    (&line[..end], features)
}

fn section<'a>(manifest: &'a str, title: &str) -> impl Iterator<Item = &'a str> {
    manifest
        .lines()
        .skip_while(move |line| *line != title)
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

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
