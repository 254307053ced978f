//! The generated pages of `docs/`, and the hand-written pages whose marked numbers are kept.

use crate::error::{files, read};
use crate::{TextsError, blocks};
use std::path::{Path, PathBuf};

mod parameters;
mod reference;
mod refusals;
mod source;

/// Pages whose every number is a parameter; codes of refusals aside.
pub const OF_PARAMETERS: [&str; 4] = [
    "docs/refusals.md",
    "docs/parameters.md",
    "docs/guide.en.md",
    "docs/guide.ru.md",
];

/// Pages about the chain and the kit for contracts, which have no parameters of the cooperative.
pub const OF_THE_CHAIN: [&str; 8] = [
    "docs/chain.md",
    "docs/clients.md",
    "docs/host-functions.md",
    "docs/node.md",
    "docs/node-development.md",
    "docs/node-speed.md",
    "docs/veche.md",
    "docs/veche-commands.md",
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
    let mut pages = generated(root)?;
    for path in hand_written(root)? {
        let full = root.join(&path);
        let text = blocks::refreshed(&path, &read(&full)?)?;
        pages.push(Page { path, text });
    }
    Ok(pages)
}

/// The pages that are generated whole, which nobody edits: of refusals, of parameters, of actions
/// and tables, of states, and each page of `docs/src` with its numbers.
///
/// # Errors
/// [`TextsError`] when a source cannot be read or has a number that is not a parameter.
pub fn generated(root: &Path) -> Result<Vec<Page>, TextsError> {
    let mut pages = vec![
        page("docs/refusals.md", refusals::render()),
        page("docs/parameters.md", parameters::render(root)?),
        page("docs/reference.md", reference::render(root)?),
        page("docs/states.md", coop_rules::states::page()),
    ];
    for source in files(&root.join("docs/src"), "md")? {
        let name = source.file_name().unwrap_or_default();
        pages.push(Page {
            path: Path::new("docs").join(name),
            text: source::render(root, name.as_ref())?,
        });
    }
    Ok(pages)
}

/// `README.md` and the pages of `docs/` about the cooperative that are not made here.
///
/// # Errors
/// [`TextsError`] when `docs/` cannot be read.
pub fn hand_written(root: &Path) -> Result<Vec<PathBuf>, TextsError> {
    let generated = generated(root)?;
    let mut pages = vec![PathBuf::from("README.md")];
    for path in files(&root.join("docs"), "md")? {
        let path = path.strip_prefix(root).unwrap_or(&path).to_owned();
        let is_of_the_chain = OF_THE_CHAIN.iter().any(|page| Path::new(page) == path);
        if !is_of_the_chain && generated.iter().all(|page| page.path != path) {
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
