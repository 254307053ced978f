//! What a node knows of a transaction that was sent.

use antelope_rpc_client::{Client, ClientError};
use antelope_types::{Checksum256, Transaction, TransactionHeader};
use serde::Deserialize;
use serde_json::json;

/// How many blocks share the 16 bits by which a transaction refers to one.
const REFERENCES: u32 = 1 << 16;

/// How many blocks of these 16 bits are looked at: three days, in blocks of half a second.
const ROUNDS: u32 = 8;

/// The answer.
#[derive(Debug)]
pub(super) enum Known {
    /// It was executed in this block; 0 where the node does not tell which.
    Executed(u32),
    /// It is in none of the blocks that could have it.
    Absent,
    /// The node cannot tell, and why.
    Untold(String),
}

/// Asks for the trace, or else for the state of finality.
pub(super) fn lookup(client: &Client, transaction: &Transaction) -> Known {
    let id = transaction.id();
    match client.get_transaction(id) {
        Ok(recorded) => Known::Executed(recorded.block_num),
        // A node keeps traces for a time only: that it has none of it says nothing by itself.
        Err(ClientError::Chain(refusal)) if refusal.status == 404 => {
            match has_traces_since(client, &transaction.header) {
                Ok(true) => Known::Absent,
                Ok(false) => {
                    Known::Untold("it has no traces of blocks as old as the transaction".to_owned())
                }
                Err(error) => Known::Untold(error.to_string()),
            }
        }
        Err(ClientError::Unsupported { .. }) => match client.get_transaction_status(id) {
            Ok(status) if matches!(&*status.state, "IN_BLOCK" | "IRREVERSIBLE") => {
                Known::Executed(status.block_number.unwrap_or_default())
            }
            Ok(status) if status.state == "FAILED" => Known::Absent,
            Ok(status) => Known::Untold(format!("its state is {}", status.state)),
            Err(error) => Known::Untold(error.to_string()),
        },
        Err(error) => Known::Untold(error.to_string()),
    }
}

/// Whether the node has the traces of the block that the transaction refers to, before which no block can
/// have it. Nodes drop the oldest traces first, so that one that has these has all that follow.
fn has_traces_since(client: &Client, header: &TransactionHeader) -> Result<bool, ClientError> {
    #[derive(Deserialize)]
    struct Traced {
        id: Checksum256,
    }
    let head = client.get_info()?.head_block_num;
    let behind = head.wrapping_sub(u32::from(header.ref_block_num)) % REFERENCES;
    for round in 0..ROUNDS {
        let Some(number) = head.checked_sub(behind + round * REFERENCES) else {
            return Ok(false);
        };
        let request = json!({ "block_num": number });
        let traced: Traced = match client.call("/v1/trace_api/get_block", &request) {
            Ok(traced) => traced,
            Err(ClientError::Chain(refusal)) if refusal.status == 404 => return Ok(false),
            Err(error) => return Err(error),
        };
        let mut found = TransactionHeader::default();
        found.set_reference_block(&traced.id);
        if found.ref_block_prefix == header.ref_block_prefix {
            return Ok(true);
        }
    }
    Ok(false)
}
