//! Commands that talk to a node.

pub(crate) mod call;
pub(crate) mod deploy;
mod keys;
mod market;
mod plan;
pub(crate) mod table;
pub(crate) mod verify;

pub(crate) use market::price_of_node;

use crate::arguments::Node;
use crate::failure::Failure;
use antelope_rpc_client::{Client, ClientError};

fn client(node: &Node) -> Result<Client, Box<Failure>> {
    Ok(Client::new(&node.url)?)
}

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
