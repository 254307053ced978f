//! The contract's ABI: read from the linked module, checked, written and compared.
//!
//! The records in the module are made from types by the compiler; see [`antelope_types::schema`].
//! What is written is canonical: equal interfaces give equal files, so a committed file can be
//! compared byte by byte, and [`diff_abi`] says what a difference means.

mod canonical;
mod check;
mod diff;

pub use crate::abi_problem::{AbiProblem, AbiProblems};
pub use check::check_abi;
pub use diff::{Change, Effect, diff_abi};

use crate::error::BuildError;
use crate::files;
use crate::module::{custom_section, data_segments};
use antelope_types::Encode;
use antelope_types::abi::AbiDef;
use antelope_types::schema::{self, abi_from_records_where};
use std::path::Path;

/// A contract's ABI in all its forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractAbi {
    /// The definition, with sorted lists.
    pub definition: AbiDef,
    /// Canonical JSON: keys in the order of CDT, four spaces, LF.
    pub json: String,
    /// The packed form, which `setabi` stores.
    pub packed: Vec<u8>,
}

impl ContractAbi {
    /// Reads the ABI records of a linked module, which must not be stripped yet.
    ///
    /// Of the refusals that it declares (`refusals!`), those are listed whose text is in its data:
    /// linking has removed what no action can reach, and no later step changes data. A text that is
    /// part of another one cannot be told from it, so it is listed too.
    ///
    /// # Errors
    /// [`BuildError::AbiRecords`] if there are no records or they contradict each other,
    /// [`BuildError::Abi`] if nodeos would not accept the result, and [`BuildError::Parse`] if the
    /// module cannot be parsed.
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

/// Whether `part` occurs in `bytes`. An empty part does not.
fn contains(bytes: &[u8], part: &[u8]) -> bool {
    // Windows of no bytes do not exist; no refusal is empty.
    !part.is_empty() && bytes.windows(part.len()).any(|window| window == part)
}

/// An ABI as canonical JSON. Equal interfaces give equal texts, in whatever order they were
/// declared.
///
/// ```
/// use antelope_build::abi::canonical_json;
/// use antelope_types::abi::AbiDef;
///
/// let read = |text| serde_json::from_str::<AbiDef>(text);
/// let one = read(r#"{"version":"eosio::abi/1.2","types":[
///     {"new_type_name":"b","type":"name"},{"new_type_name":"a","type":"name"}]}"#)?;
/// let other = read(r#"{"version":"eosio::abi/1.2","types":[
///     {"new_type_name":"a","type":"name"},{"new_type_name":"b","type":"name"}]}"#)?;
/// assert_eq!(canonical_json(&one)?, canonical_json(&other)?);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// # Errors
/// None for definitions that JSON can hold, which all are that were read from JSON or from bytes.
pub fn canonical_json(abi: &AbiDef) -> Result<String, serde_json::Error> {
    canonical::to_json(&canonical::canonical(abi.clone()))
}

/// Reads an ABI file, and returns its definition and its text. The text is needed to compare a
/// committed file byte by byte, the definition to say what a difference means.
///
/// # Errors
/// [`BuildError::Io`] if the file cannot be read, [`BuildError::AbiFile`] if it is not an ABI.
pub fn read_abi_file(path: &Path) -> Result<(AbiDef, String), BuildError> {
    let no_abi = |message: String| BuildError::AbiFile {
        path: path.to_owned(),
        message,
    };
    let text = String::from_utf8(files::read(path)?).map_err(|error| no_abi(error.to_string()))?;
    let abi = serde_json::from_str(&text).map_err(|error| no_abi(error.to_string()))?;
    Ok((abi, text))
}
