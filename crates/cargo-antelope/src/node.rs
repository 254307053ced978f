//! The commands that talk to a node, one file for each, and what they share.
//!
//! | module | |
//! |---|---|
//! | `deploy`, `rollout`, `verify`, `call`, `table` | the commands |
//! | `plan` | what a deployment would change; also what an account has, for `verify` |
//! | `keys` | where signatures come from |
//! | `market` | the price of RAM |
//!
//! Nothing is sent that changes the chain unless the user says `--execute`. Nothing is sent twice: see
//! `deploy` for what happens when an answer is lost. All calls have the client's default limits, 30 s
//! and 64 MiB for each.

pub(crate) mod call;
pub(crate) mod deploy;
mod keys;
mod market;
mod plan;
pub(crate) mod rollout;
pub(crate) mod table;
pub(crate) mod verify;

pub(crate) use market::price_of_node;

use crate::arguments::Node;
use crate::failure::Failure;
use antelope_rpc_client::{Client, ClientError};

/// A client of the node of `--url`.
///
/// # Errors
/// `node`, where the address cannot be used. Whether a node is there shows the first call.
fn client(node: &Node) -> Result<Client, Box<Failure>> {
    Ok(Client::new(&node.url)?)
}

/// The code of a failure of the client:
///
/// | code | |
/// |---|---|
/// | `chain.refused` | the node or the chain refuses; `details` has the chain's code, name and messages |
/// | `chain.no-abi` | the account has no ABI |
/// | `abi.data` | JSON or bytes do not fit the ABI, or it cannot be used |
/// | `keys` | a key cannot sign |
/// | `node.unsupported` | the node does not have the call |
/// | `node` | no answer, or none that can be used; what was sent may have arrived |
impl From<ClientError> for Box<Failure> {
    fn from(error: ClientError) -> Self {
        let code = match &error {
            ClientError::Chain(_) => "chain.refused",
            ClientError::NoAbi { .. } => "chain.no-abi",
            ClientError::Abi(_) => "abi.data",
            ClientError::Signing(_) => "keys",
            ClientError::Unsupported { .. } => "node.unsupported",
            _ => "node",
        };
        let details = error.chain().map_or(serde_json::Value::Null, |chain| {
            serde_json::json!({
                "code": chain.code(),
                "name": chain.name(),
                "what": chain.what(),
                "details": chain.messages().collect::<Vec<_>>(),
            })
        });
        Box::new(Failure {
            details,
            ..Failure::new(code, error.to_string())
        })
    }
}
