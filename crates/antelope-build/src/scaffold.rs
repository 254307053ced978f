//! Makes a contract project that builds and whose tests pass as it is.

use std::path::{Path, PathBuf};

use crate::error::BuildError;
use crate::files;

/// The compiler a new project is pinned to: the one this repository is built with.
const CHANNEL: &str = "1.95.0";

/// Where a new project takes the SDK from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sdk {
    /// The published version of this tool's release.
    Published,
    /// The folder of the crate `antelope-contract`.
    Path(PathBuf),
}

impl Sdk {
    /// The SDK of the checkout that `folder` lies in, else the published one.
    #[must_use]
    pub fn near(folder: &Path) -> Self {
        let folder = absolute(folder);
        folder
            .ancestors()
            .map(|ancestor| ancestor.join("crates").join("antelope-contract"))
            .find(|sdk| sdk.join("Cargo.toml").is_file())
            .map_or(Self::Published, Self::Path)
    }

    fn requirement(&self) -> String {
        match self {
            Self::Published => format!("\"{}\"", env!("CARGO_PKG_VERSION")),
            Self::Path(path) => {
                let path = absolute(path).display().to_string();
                format!("{{ path = {path:?} }}")
            }
        }
    }
}

/// A project to be made.
#[derive(Debug, Clone)]
pub struct Project {
    /// Its folder, which must not exist or be empty.
    pub folder: PathBuf,
    /// The package name.
    pub name: String,
    /// Where the SDK comes from.
    pub sdk: Sdk,
}

impl Project {
    /// A project named after its folder.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>, sdk: Sdk) -> Self {
        let folder = folder.into();
        let name = absolute(&folder)
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        Self { folder, name, sdk }
    }

    /// Writes the files and returns their paths within the folder.
    ///
    /// # Errors
    /// The name is not a package name, the folder is not empty, a file cannot be written.
    pub fn create(&self) -> Result<Vec<&'static str>, BuildError> {
        if !is_package_name(&self.name) {
            return Err(BuildError::ProjectName {
                name: self.name.clone(),
            });
        }
        let occupied =
            std::fs::read_dir(&self.folder).is_ok_and(|mut entries| entries.next().is_some());
        if occupied {
            return Err(BuildError::ProjectFolder {
                folder: self.folder.clone(),
            });
        }
        files::create_folder(&self.folder.join("src"))?;
        for (path, template) in FILES {
            files::write(&self.folder.join(path), self.fill(template).as_bytes())?;
        }
        Ok(FILES.iter().map(|(path, _)| *path).collect())
    }

    fn fill(&self, template: &str) -> String {
        template
            .replace("{{package}}", &self.name)
            .replace("{{module}}", &self.name.replace('-', "_"))
            .replace("{{sdk}}", &self.sdk.requirement())
            .replace("{{channel}}", CHANNEL)
    }
}

const FILES: [(&str, &str); 5] = [
    (
        "Cargo.toml",
        include_str!("../templates/minimal/Cargo.toml.in"),
    ),
    ("src/lib.rs", include_str!("../templates/minimal/lib.rs.in")),
    (
        "rust-toolchain.toml",
        include_str!("../templates/minimal/rust-toolchain.toml.in"),
    ),
    (
        ".gitignore",
        include_str!("../templates/minimal/gitignore.in"),
    ),
    (
        "README.md",
        include_str!("../templates/minimal/README.md.in"),
    ),
];

/// A letter, then letters, digits, `-` and `_`; no word of the language, as it names a module too.
fn is_package_name(name: &str) -> bool {
    const WORDS: &[&str] = &[
        "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
        "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
        "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
        "ref", "return", "self", "static", "struct", "super", "test", "trait", "true", "try",
        "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield", "core",
        "alloc", "std",
    ];
    let mut letters = name.chars();
    letters
        .next()
        .is_some_and(|first| first.is_ascii_lowercase())
        && letters.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_')
        && !WORDS.contains(&name)
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn package_names() {
        for name in ["hello", "my-token", "a_1"] {
            assert!(is_package_name(name), "{name}");
        }
        for name in ["", "1a", "Hello", "type", "a b", "вече", "test", "core"] {
            assert!(!is_package_name(name), "{name}");
        }
    }

    #[test]
    fn templates_are_filled_completely() {
        let project = Project::new("/somewhere/my-token", Sdk::Published);
        assert_eq!(project.name, "my-token");
        for (path, template) in FILES {
            assert!(!project.fill(template).contains("{{"), "{path}");
        }
        assert!(project.fill(FILES[1].1).contains("mod my_token {"));
    }

    #[test]
    fn a_published_sdk_is_named_by_version() {
        assert_eq!(Sdk::near(Path::new("/")), Sdk::Published);
        assert_eq!(
            Sdk::Published.requirement(),
            format!("\"{}\"", env!("CARGO_PKG_VERSION"))
        );
    }
}
