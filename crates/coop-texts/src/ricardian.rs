//! The ricardian contracts: one file per action, in English and Russian.

use crate::TextsError;
use crate::error::{files, read};
use std::path::{Path, PathBuf};

/// The three contracts, each a folder of `contracts/`.
pub const CONTRACTS: [&str; 3] = ["registrator", "soviet", "gateway"];

/// The heading under which the English text stands.
pub const ENGLISH: &str = "## English";
/// The heading under which the Russian text stands.
pub const RUSSIAN: &str = "## По-русски";

/// The ricardian contract of one action, as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ricardian {
    /// The file.
    pub path: PathBuf,
    /// The contract.
    pub contract: &'static str,
    /// The action.
    pub action: String,
    /// The lines between the first two `---`.
    pub front: String,
    /// What follows them.
    pub body: String,
}

impl Ricardian {
    /// A value of the front matter, without quotes.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.front.lines().find_map(|line| {
            let value = line.strip_prefix(name)?.strip_prefix(": ")?;
            Some(value.trim_matches('"'))
        })
    }

    /// The English and the Russian text.
    pub fn languages(&self) -> Option<(&str, &str)> {
        let (_, both) = self.body.split_once(ENGLISH)?;
        both.split_once(RUSSIAN)
    }

    /// The body with its numbers.
    ///
    /// # Errors
    /// [`TextsError::Text`] when a number is not a parameter.
    pub fn expanded(&self) -> Result<String, TextsError> {
        coop_model::text::expand(&self.body).map_err(TextsError::text(&self.path))
    }
}

/// Every ricardian contract of the repository at `root`.
///
/// # Errors
/// [`TextsError`] when one cannot be read.
pub fn all(root: &Path) -> Result<Vec<Ricardian>, TextsError> {
    let mut found = Vec::new();
    for contract in CONTRACTS {
        let folder = root.join("contracts").join(contract).join("ricardian");
        for path in files(&folder, "md")? {
            found.push(parse(contract, path)?);
        }
    }
    Ok(found)
}

fn parse(contract: &'static str, path: PathBuf) -> Result<Ricardian, TextsError> {
    let text = read(&path)?;
    let Some((front, body)) = text
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"))
    else {
        return Err(TextsError::FrontMatter(path));
    };
    Ok(Ricardian {
        contract,
        action: path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
            .unwrap_or_default(),
        front: front.to_owned(),
        body: body.to_owned(),
        path,
    })
}
