//! A failed transaction in a file, with the chain on which it failed.
//!
//! A test that fails in a build farm can leave such a file; it is enough to execute the failure
//! again elsewhere, under a profiler or with another executor.
//!
//! | field | what |
//! |---|---|
//! | `format`, `version` | what the file is |
//! | `summary`, `report` | the failure, for people |
//! | `transaction` | the signed transaction, for people |
//! | `input` | the transaction with its authority, encoded, hexadecimal |
//! | `state` | the chain before it, encoded, compressed by zlib, hexadecimal |

use super::{Chain, Failure};
use crate::store::Image;
use antelope_ledger::Executor;
use antelope_ledger::stored::{Malformed, Output, Stored};
use antelope_ledger::transaction::{Input, TransactionContext};
use antelope_types::{Decoder, SignedTransaction, TransactionTrace};
use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The value of the field `format`.
const FORMAT: &str = "antelope-chain replay";

/// The version of the format. It changes with the encoding of the state; there is no migration.
const VERSION: u32 = 5;

/// The most bytes to which the state of a file may decompress: a file is data from elsewhere.
const MAX_STATE: usize = 1 << 30;

/// The level of compression, 0 to 10.
const LEVEL: u8 = 6;

/// A failed transaction and the chain on which it failed, to be executed again at any time.
///
/// As a file it is JSON. For people: a summary, the full report, and the transaction. For the
/// machine: the encoded input and the compressed state. Complete blocks are left out, since no
/// transaction can see them.
///
/// ```
/// use antelope_chain::{Chain, Replay, wasm};
/// use antelope_types::name;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut chain = Chain::new()?;
/// let failure = chain.create_account(name!("eosio")).unwrap_err();
/// let file = failure.replay().ok_or("the transaction was not executed")?.to_json();
///
/// let replay = Replay::from_json(&file, wasm::Engine::shared()?)?;
/// assert_eq!(replay.summary(), failure.to_string());
/// assert_eq!(replay.run().unwrap_err().error(), failure.error());
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Replay {
    /// The chain before the transaction.
    chain: Chain,
    /// The transaction with the authority it ran under.
    input: Arc<Input>,
    /// The failure in one line.
    summary: String,
    /// The failure in full, by lines.
    report: Vec<String>,
}

/// The contents of a file.
#[derive(Serialize, Deserialize)]
struct File {
    format: String,
    version: u32,
    summary: String,
    #[serde(default)]
    report: Vec<String>,
    transaction: SignedTransaction,
    #[serde(with = "antelope_types::json::bytes")]
    input: Vec<u8>,
    #[serde(with = "antelope_types::json::bytes")]
    state: Vec<u8>,
}

impl Replay {
    /// Captures a failure.
    pub(super) fn new(mut chain: Chain, input: Arc<Input>, failure: &Failure) -> Self {
        // The file has the state on which it failed, and no history.
        chain.recording = None;
        chain.state.unwatch();
        Self {
            chain,
            input,
            summary: failure.to_string(),
            report: format!("{failure:?}").lines().map(str::to_owned).collect(),
        }
    }

    /// The failure in one line.
    pub fn summary(&self) -> &str {
        &self.summary
    }

    /// The failure in full, with path, backtrace and decoded data.
    pub fn report(&self) -> String {
        self.report.join("\n")
    }

    /// The chain before the transaction. Clone it to go on with it.
    pub fn chain(&self) -> &Chain {
        &self.chain
    }

    /// The transaction.
    pub fn transaction(&self) -> &SignedTransaction {
        &self.input.transaction
    }

    /// Executes the transaction again on a fork; the chain is unchanged.
    ///
    /// # Errors
    /// [`Failure`]: the original one, unless the executor or this library behave differently now.
    pub fn run(&self) -> Result<TransactionTrace, Failure> {
        let chain = &self.chain;
        let input = Input::clone(&self.input);
        let mut state = chain.state.clone();
        let result =
            TransactionContext::execute(&mut state, &*chain.executor, chain.environment(), input);
        let outcome = result.map_err(|failed| chain.failure(failed))?;
        Ok(outcome.trace)
    }

    /// The contents of a file.
    pub fn to_json(&self) -> String {
        let mut image = self.chain.image();
        image.blocks.clear();
        let file = File {
            format: FORMAT.to_owned(),
            version: VERSION,
            summary: self.summary.clone(),
            report: self.report.clone(),
            transaction: SignedTransaction::clone(&self.input.transaction),
            input: bytes_of(&*self.input),
            state: compress_to_vec_zlib(&bytes_of(&image), LEVEL),
        };
        serde_json::to_string_pretty(&file).unwrap_or_default()
    }

    /// Reads the contents of a file. Contracts will run by this executor.
    ///
    /// # Errors
    /// [`ReplayError::Content`].
    pub fn from_json(text: &str, executor: Arc<dyn Executor>) -> Result<Self, ReplayError> {
        let content = |problem: String| ReplayError::Content { problem };
        let malformed = |error: Malformed| content(error.0.to_owned());
        let file: File = serde_json::from_str(text).map_err(|error| content(error.to_string()))?;
        if file.format != FORMAT || file.version != VERSION {
            let (format, version) = (file.format, file.version);
            return Err(content(format!(
                "`{format}` of version {version}, expected `{FORMAT}` of version {VERSION}"
            )));
        }
        let state = decompress_to_vec_zlib_with_limit(&file.state, MAX_STATE)
            .map_err(|error| content(format!("state: {error}")))?;
        let image: Image = value_of(&state).map_err(malformed)?;
        let input: Input = value_of(&file.input).map_err(malformed)?;
        Ok(Self {
            chain: Chain::from_image(image, executor),
            input: Arc::new(input),
            summary: file.summary,
            report: file.report,
        })
    }

    /// Writes a file, replacing an existing one.
    ///
    /// # Errors
    /// [`ReplayError::File`].
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), ReplayError> {
        let path = path.as_ref();
        std::fs::write(path, self.to_json() + "\n").map_err(ReplayError::file(path))
    }

    /// Reads a file. Contracts will run by this executor.
    ///
    /// # Errors
    /// [`ReplayError`].
    pub fn load(path: impl AsRef<Path>, executor: Arc<dyn Executor>) -> Result<Self, ReplayError> {
        let path = path.as_ref();
        let text = std::fs::read_to_string(path).map_err(ReplayError::file(path))?;
        Self::from_json(&text, executor)
    }
}

impl fmt::Debug for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replay")
            .field("summary", &self.summary)
            .finish_non_exhaustive()
    }
}

/// Why a replay cannot be written or read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReplayError {
    /// The file cannot be read or written.
    File {
        /// The file.
        path: PathBuf,
        /// The error of the operating system.
        problem: String,
    },
    /// The file is not a replay, or one of another version.
    Content {
        /// What is wrong with it.
        problem: String,
    },
}

impl ReplayError {
    /// Turns an error of the operating system into [`ReplayError::File`].
    fn file(path: &Path) -> impl Fn(std::io::Error) -> Self {
        |error| Self::File {
            path: path.to_owned(),
            problem: error.to_string(),
        }
    }
}

impl fmt::Display for ReplayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, problem } => write!(f, "{}: {problem}", path.display()),
            Self::Content { problem } => write!(f, "not a replay file: {problem}"),
        }
    }
}

impl std::error::Error for ReplayError {}

/// The encoding of a value.
fn bytes_of<T: Stored>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut sink = |chunk: &[u8]| {
        bytes.extend_from_slice(chunk);
        Ok(())
    };
    let mut out = Output::new(&mut sink);
    value.store(&mut out);
    // Writing to memory does not fail.
    let _ = out.finish();
    bytes
}

/// Decodes exactly one value.
fn value_of<T: Stored>(bytes: &[u8]) -> Result<T, Malformed> {
    let mut input = Decoder::new(bytes);
    let value = T::restore(&mut input)?;
    match input.is_empty() {
        true => Ok(value),
        false => Err(Malformed("bytes left over")),
    }
}
