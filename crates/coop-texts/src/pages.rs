//! The generated pages of `docs/`, and the hand-written pages whose marked numbers are kept.

use std::path::{Path, PathBuf};

use crate::error::{files, read};
use crate::{TextsError, blocks};

mod parameters;
mod reference;
mod refusals;
mod source;

/// Pages that are generated whole. Nobody edits them.
pub const GENERATED: [&str; 9] = [
    "docs/refusals.md",
    "docs/parameters.md",
    "docs/reference.md",
    "docs/states.md",
    "docs/rules-and-tests.md",
    "docs/contracts.md",
    "docs/decisions.md",
    "docs/guide.en.md",
    "docs/guide.ru.md",
];

/// Pages about the chain and the kit for contracts, which have no parameters of the cooperative.
pub const OF_THE_CHAIN: [&str; 3] = [
    "docs/chain.md",
    "docs/contract-authors.md",
    "docs/host-functions.md",
];

/// A page as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its path in the repository.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
}

/// Every page of the repository at `root` as it should be: the generated ones, and the hand-written
/// ones with the present numbers between their marks.
///
/// # Errors
/// [`TextsError`] when a source cannot be read or has a number that is not a parameter.
pub fn all(root: &Path) -> Result<Vec<Page>, TextsError> {
    let mut pages = vec![
        page("docs/refusals.md", refusals::render()),
        page("docs/parameters.md", parameters::render(root)?),
        page("docs/reference.md", reference::render(root)?),
    ];
    for name in ["contracts.md", "decisions.md", "guide.en.md", "guide.ru.md"] {
        pages.push(page(&format!("docs/{name}"), source::render(root, name)?));
    }
    for path in hand_written(root)? {
        let full = root.join(&path);
        let text = blocks::refreshed(&path, &read(&full)?)?;
        pages.push(Page { path, text });
    }
    Ok(pages)
}

/// `README.md` and the pages of `docs/` that people write about the cooperative.
///
/// # Errors
/// [`TextsError`] when `docs/` cannot be read.
pub fn hand_written(root: &Path) -> Result<Vec<PathBuf>, TextsError> {
    let mut pages = vec![PathBuf::from("README.md")];
    for path in files(&root.join("docs"), "md")? {
        let path = path.strip_prefix(root).unwrap_or(&path).to_owned();
        let is = |list: &[&str]| list.iter().any(|page| Path::new(page) == path);
        if !is(&GENERATED) && !is(&OF_THE_CHAIN) {
            pages.push(path);
        }
    }
    Ok(pages)
}

/// Writes every page of the repository at `root` that is out of date; returns which.
///
/// # Errors
/// [`TextsError`] when a page cannot be made or written.
pub fn write(root: &Path) -> Result<Vec<PathBuf>, TextsError> {
    let mut written = Vec::new();
    for Page { path, text } in all(root)? {
        let full = root.join(&path);
        if read(&full).ok().as_ref() != Some(&text) {
            std::fs::write(&full, text).map_err(TextsError::file(&full))?;
            written.push(path);
        }
    }
    Ok(written)
}

fn page(path: &str, text: String) -> Page {
    Page {
        path: path.into(),
        text,
    }
}
