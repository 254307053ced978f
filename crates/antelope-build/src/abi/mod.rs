//! The contract's interface: read from the linked module, checked, written, compared.
//!
//! The records come from types, by the compiler; see [`antelope_types::schema`]. What is written is
//! canonical: equal interfaces give equal files, so that a committed file can be compared byte by
//! byte and [`diff_abi`] says what a difference means.

mod canonical;
mod check;
mod diff;

pub use crate::abi_problem::{AbiProblem, AbiProblems};
pub use check::check_abi;
pub use diff::{Change, Effect, diff_abi};

use std::path::Path;

use antelope_types::Encode;
use antelope_types::abi::AbiDef;
use antelope_types::schema::{self, abi_from_records_where};

use crate::error::BuildError;
use crate::files;
use crate::module::{custom_section, data_segments};

/// A contract's ABI in all its forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractAbi {
    /// The definition, lists sorted.
    pub definition: AbiDef,
    /// Canonical JSON: CDT's order of keys, four spaces, LF.
    pub json: String,
    /// The packed form that `setabi` stores.
    pub packed: Vec<u8>,
}

impl ContractAbi {
    /// Reads the records of a linked module that was not stripped yet.
    ///
    /// Of the refusals it declares (`refusals!`), those are listed whose text is in its data: linking
    /// has removed what no action can reach, and no later step changes data. A text that is part of
    /// another one cannot be told from it and is listed too.
    ///
    /// # Errors
    /// There are no records, they do not fit together, or nodeos would not read the result.
    pub fn of_module(wasm: &[u8], package: &str) -> Result<Self, BuildError> {
        let parse = |message: String| BuildError::Parse {
            package: package.to_owned(),
            message,
        };
        let records =
            custom_section(wasm, schema::SECTION).map_err(|error| parse(error.to_string()))?;
        let data = data_segments(wasm).map_err(|error| parse(error.to_string()))?;
        let raised = |text: &str| {
            data.iter()
                .any(|segment| contains(segment, text.as_bytes()))
        };
        let definition =
            abi_from_records_where(&records, raised).map_err(|source| BuildError::AbiRecords {
                package: package.to_owned(),
                source,
            })?;
        let definition = canonical::canonical(definition);
        check_abi(&definition).map_err(|problems| BuildError::Abi {
            package: package.to_owned(),
            problems,
        })?;
        let json = canonical::to_json(&definition).map_err(|error| parse(error.to_string()))?;
        Ok(Self {
            json,
            packed: definition.to_bytes(),
            definition,
        })
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    // Windows of no bytes do not exist; no refusal is empty.
    !part.is_empty() && bytes.windows(part.len()).any(|window| window == part)
}

/// An ABI as canonical JSON.
///
/// # Errors
/// None for definitions that JSON can hold.
pub fn canonical_json(abi: &AbiDef) -> Result<String, serde_json::Error> {
    canonical::to_json(&canonical::canonical(abi.clone()))
}

/// Reads an ABI file: its definition and its text.
///
/// # Errors
/// The file cannot be read or is no ABI.
pub fn read_abi_file(path: &Path) -> Result<(AbiDef, String), BuildError> {
    let no_abi = |message: String| BuildError::AbiFile {
        path: path.to_owned(),
        message,
    };
    let text = String::from_utf8(files::read(path)?).map_err(|error| no_abi(error.to_string()))?;
    let abi = serde_json::from_str(&text).map_err(|error| no_abi(error.to_string()))?;
    Ok((abi, text))
}
