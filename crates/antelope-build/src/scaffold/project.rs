//! A project to be created, and its files.
//!
//! | file | from | in a workspace around it |
//! |---|---|---|
//! | `Cargo.toml` | written for the project, after the template's | without profiles |
//! | `README.md` | a text with the names filled in | the same |
//! | `rust-toolchain.toml`, `.gitignore` | texts with the version filled in | not written |
//! | `Cargo.lock` | the checkout of the SDK | not written |
//! | sources, tests, ricardian contracts | the template, renamed | the same |

use super::manifest::Manifest;
use super::names::{refused_name, suggested_name};
use super::rename::rename_crate;
use super::sdk::absolute;
use super::{Sdk, Template};
use crate::cargo::cargo;
use crate::error::BuildError;
use crate::files;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The compiler version that new projects are pinned to: the one that this repository is built
/// with.
const CHANNEL: &str = "1.95.0";

/// The README of a project, with `{{…}}` for what differs.
const README: &str = include_str!("../../templates/common/README.md.in");
/// The `rust-toolchain.toml` of a project that is a workspace of its own.
const TOOLCHAIN: &str = include_str!("../../templates/common/rust-toolchain.toml.in");
/// The `.gitignore` of a project that is a workspace of its own.
const GITIGNORE: &str = include_str!("../../templates/common/gitignore.in");

/// A project to be created.
#[derive(Debug, Clone)]
pub struct Project {
    /// Its folder, which must not exist or be empty.
    pub folder: PathBuf,
    /// The name of the package; also that of the contract's module, with `_` for `-`.
    pub name: String,
    /// Where the SDK is.
    pub sdk: Sdk,
    /// The contract that it begins with.
    pub template: Template,
}

/// A project that was created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Created {
    /// The paths of its files within its folder.
    pub files: Vec<String>,
    /// The manifest of the workspace that it has joined; `None` if it is a workspace of its own.
    pub workspace: Option<PathBuf>,
}

impl Project {
    /// A project named after its folder.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>, sdk: Sdk, template: Template) -> Self {
        let folder = folder.into();
        let name = absolute(&folder)
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        Self {
            folder,
            name,
            sdk,
            template,
        }
    }

    /// Creates the project:
    ///
    /// 1. `cargo init` makes the folder, adds it to a workspace around it, and sets up version
    ///    control unless it is under some already.
    /// 2. The files of the template are written with the new names.
    /// 3. `Cargo.lock` is copied from the checkout, unless the project has joined a workspace.
    /// 4. rustfmt formats the sources, if there is one.
    ///
    /// A project that fails halfway is left as it is, so that its files can be looked at.
    ///
    /// # Errors
    /// - [`BuildError::ProjectName`] for a name that cannot be that of a package.
    /// - [`BuildError::ProjectFolder`] if the folder is not empty.
    /// - [`BuildError::ProjectCargo`] if cargo refuses.
    /// - [`BuildError::Io`] if a file cannot be written.
    pub fn create(&self) -> Result<Created, BuildError> {
        if let Some(why) = refused_name(&self.name) {
            return Err(BuildError::ProjectName {
                name: self.name.clone(),
                why,
                suggestion: suggested_name(&self.name),
            });
        }
        if let Some(why) = occupied(&self.folder) {
            return Err(BuildError::ProjectFolder {
                folder: self.folder.clone(),
                why,
            });
        }
        self.run_cargo(
            Path::new("."),
            cargo()
                .args(["init", "--lib", "--name", &self.name])
                .arg(&self.folder),
        )?;
        let workspace = self.workspace()?;
        let mut written = Vec::new();
        for (path, contents) in self.contents(workspace.is_some()) {
            let file = self.folder.join(&path);
            if let Some(parent) = file.parent() {
                files::create_folder(parent)?;
            }
            files::write(&file, &contents)?;
            written.push(path);
        }
        if workspace.is_none() && self.copy_lock()? {
            written.push("Cargo.lock".to_owned());
        }
        self.format(&written);
        Ok(Created {
            files: written,
            workspace,
        })
    }

    /// The manifest of the workspace around the new package, as cargo sees it; `None` if it is its
    /// own.
    fn workspace(&self) -> Result<Option<PathBuf>, BuildError> {
        let arguments = ["locate-project", "--workspace", "--message-format", "plain"];
        let output = self.run_cargo(&self.folder, cargo().args(arguments))?;
        let root = PathBuf::from(output.trim());
        let own = absolute(&self.folder).join("Cargo.toml");
        let is_own = root == own || std::fs::canonicalize(own).is_ok_and(|own| root == own);
        Ok((!is_own).then_some(root))
    }

    /// Runs cargo in a folder, and returns its standard output.
    fn run_cargo(&self, folder: &Path, command: &mut Command) -> Result<String, BuildError> {
        let output = command
            .current_dir(folder)
            .stdin(Stdio::null())
            .output()
            .map_err(BuildError::spawn("cargo"))?;
        if !output.status.success() {
            return Err(BuildError::ProjectCargo {
                folder: self.folder.clone(),
                stderr: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
            });
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// The paths and contents of all files.
    fn contents(&self, is_member: bool) -> Vec<(String, Vec<u8>)> {
        let manifest = Manifest {
            package: &self.name,
            sdk: &self.sdk,
            folder: &self.folder,
            is_member,
        };
        let mut texts = vec![
            ("Cargo.toml", manifest.write(self.template.manifest())),
            ("README.md", self.fill(README)),
        ];
        if !is_member {
            texts.push(("rust-toolchain.toml", self.fill(TOOLCHAIN)));
            texts.push((".gitignore", self.fill(GITIGNORE)));
        }
        let made = texts
            .into_iter()
            .map(|(path, text)| (path.to_owned(), text.into_bytes()));
        let module = self.name.replace('-', "_");
        let taken = self.template.files().iter().map(|(path, contents)| {
            // A compiled contract for the tests is not text and has nothing to rename.
            let contents = match str::from_utf8(contents) {
                Ok(text) => rename_crate(text, self.template.name(), &module).into_bytes(),
                Err(_) => contents.to_vec(),
            };
            ((*path).to_owned(), contents)
        });
        made.chain(taken).collect()
    }

    /// Replaces the placeholders of a text.
    fn fill(&self, text: &str) -> String {
        text.replace("{{package}}", &self.name)
            .replace("{{template}}", self.template.name())
            .replace("{{channel}}", CHANNEL)
    }

    /// Copies the lock file of the checkout, so that the project uses the versions of dependencies
    /// that the checkout was tested with. Cargo removes what the project does not use. Returns
    /// whether it did.
    fn copy_lock(&self) -> Result<bool, BuildError> {
        let Some(checkout) = &self.sdk.checkout else {
            return Ok(false);
        };
        let lock = checkout.join("Cargo.lock");
        if !lock.is_file() {
            return Ok(false);
        }
        files::write(&self.folder.join("Cargo.lock"), &files::read(&lock)?)?;
        Ok(true)
    }

    /// Formats the sources, since a name of another length breaks lines elsewhere. Without rustfmt
    /// the files stay as they are.
    fn format(&self, written: &[String]) {
        let sources = written.iter().filter(|path| path.ends_with(".rs"));
        let _ = Command::new("rustfmt")
            .args(["--edition", "2024"])
            .args(sources)
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .output();
    }
}

/// What is in the way of a new project.
fn occupied(folder: &Path) -> Option<&'static str> {
    let Ok(mut entries) = std::fs::read_dir(folder) else {
        let is_there = std::fs::symlink_metadata(folder).is_ok_and(|about| !about.is_dir());
        return is_there.then_some("is not a folder");
    };
    entries.next().map(|_| "is not empty")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scaffold::Origin;

    fn project(folder: &Path, template: Template) -> Project {
        let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let sdk = Sdk {
            origin: Origin::Given,
            checkout: Some(checkout),
        };
        Project::new(folder, sdk, template)
    }

    #[test]
    fn texts_are_filled_completely() {
        for template in Template::ALL {
            let project = project(Path::new("/somewhere/my-one"), template);
            for (path, contents) in project.contents(false) {
                let text = String::from_utf8_lossy(&contents);
                let mut taken = project.template.files().iter();
                let is_taken = taken.any(|(name, _)| *name == path);
                assert!(is_taken || !text.contains("{{"), "{path}: {text}");
            }
        }
    }

    #[test]
    fn a_project_alone_is_a_workspace_of_its_own() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("my-token");
        let made = project(&folder, Template::Token).create().unwrap();
        assert_eq!(made.workspace, None);
        for path in &made.files {
            assert!(folder.join(path).is_file(), "{path}");
        }
        assert!(made.files.contains(&"rust-toolchain.toml".to_owned()));
        let source = std::fs::read_to_string(folder.join("src/lib.rs")).unwrap();
        assert!(source.contains("pub mod my_token {"), "{source}");
    }

    #[test]
    fn a_project_within_a_workspace_becomes_its_member() {
        let home = tempfile::tempdir().unwrap();
        let root = home.path().join("Cargo.toml");
        std::fs::write(&root, "[workspace]\nresolver = \"3\"\nmembers = []\n").unwrap();
        let folder = home.path().join("contracts/greeter");
        let made = project(&folder, Template::Hello).create().unwrap();
        let workspace = std::fs::canonicalize(made.workspace.unwrap()).unwrap();
        assert_eq!(workspace, std::fs::canonicalize(&root).unwrap());
        let members = std::fs::read_to_string(&root).unwrap();
        assert!(members.contains("\"contracts/greeter\""), "{members}");
        let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        assert!(!manifest.contains("profile"), "{manifest}");
        assert!(!folder.join("rust-toolchain.toml").exists());
    }

    #[test]
    fn a_workspace_that_cannot_be_read_is_told() {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join("Cargo.toml"), "[workspace\n").unwrap();
        let folder = home.path().join("greeter");
        let error = project(&folder, Template::Hello).create().unwrap_err();
        assert_eq!(error.code(), "project.cargo");
    }
}
