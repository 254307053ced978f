//! Texts for people: pages are current, ricardian contracts complete, numbers never stale.

use std::path::{Path, PathBuf};

mod copy;
mod pages;
mod phrases;
mod ricardian;
mod stale;

/// The repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .expect("the repository above crates/")
}
