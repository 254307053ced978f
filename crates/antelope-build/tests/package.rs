//! A package with one contract, in a folder of its own, built again and again.

use std::fs;
use std::path::Path;

use antelope_build::{Artifact, BuildOptions, build};

/// The package; its folder is removed with it.
pub struct Package {
    folder: tempfile::TempDir,
    name: &'static str,
}

impl Package {
    /// An empty package that depends on the SDK of this repository.
    pub fn new(name: &'static str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let sdk = repository.join("crates/antelope-contract");
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[workspace]\n\
             [lib]\ncrate-type = [\"cdylib\"]\n\
             [dependencies]\nantelope-contract.path = {:?}\n",
            sdk.display().to_string()
        );
        fs::create_dir(root.join("src")).expect("a folder");
        fs::write(root.join("Cargo.toml"), manifest).expect("a file");
        fs::copy(repository.join("Cargo.lock"), root.join("Cargo.lock")).expect("a file");
        Self { folder, name }
    }

    /// How it is built: without a network, in its own folder.
    pub fn options(&self) -> BuildOptions {
        let root = self.folder.path();
        let mut options = BuildOptions::new(root).package(self.name);
        options.offline = true;
        options.target_dir = Some(root.join("target"));
        options
    }

    /// Builds it with this source.
    pub fn build(&self, source: &str) -> Artifact {
        let file = self.folder.path().join("src/lib.rs");
        fs::write(file, source).expect("a file");
        build(&self.options()).expect("it builds")
    }
}
