use coop_model::text::TextError;
use std::io;
use std::path::{Path, PathBuf};

/// What keeps a text from being made.
#[derive(Debug, thiserror::Error)]
pub enum TextsError {
    /// A file cannot be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A number in a text is not a parameter.
    #[error("{}: {source}", path.display())]
    Text {
        /// The file.
        path: PathBuf,
        /// Why.
        source: TextError,
    },
    /// An ABI is not JSON.
    #[error("{}: {source}", path.display())]
    Abi {
        /// The file.
        path: PathBuf,
        /// Why.
        source: serde_json::Error,
    },
    /// A ricardian contract has another form than `---`, front matter, `---`, text.
    #[error("{}: expected front matter between two lines ---", .0.display())]
    FrontMatter(PathBuf),
    /// A marked number has no end mark.
    #[error("{}: <!--%{name}%--> has no end mark <!--%-->", path.display())]
    OpenBlock {
        /// The page.
        path: PathBuf,
        /// The parameter.
        name: String,
    },
}

impl TextsError {
    /// For `map_err` after an access to a file.
    pub(crate) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }

    /// For `map_err` after an expansion.
    pub(crate) fn text(path: &Path) -> impl FnOnce(TextError) -> Self {
        let path = path.to_owned();
        move |source| Self::Text { path, source }
    }
}

/// Reads a file.
pub(crate) fn read(path: &Path) -> Result<String, TextsError> {
    std::fs::read_to_string(path).map_err(TextsError::file(path))
}

/// Files of a folder with this extension, by name.
pub(crate) fn files(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, TextsError> {
    let entries = folder.read_dir().map_err(TextsError::file(folder))?;
    let mut files: Vec<_> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|it| it == extension))
        .collect();
    files.sort();
    Ok(files)
}
