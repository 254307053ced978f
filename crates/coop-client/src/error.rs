//! Why something could not be read.

use antelope_rpc_client::ClientError;
use antelope_types::Name;

/// Why rows of a contract could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The node did not answer, or refused.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// A row that should be there is not, or has another shape.
    #[error("table {table} of {contract}: {problem}")]
    Row {
        /// The contract.
        contract: Name,
        /// The table.
        table: Name,
        /// What is wrong.
        problem: String,
    },
    /// The node keeps no history of actions.
    #[error("the node keeps no history of actions")]
    NoHistory,
}
