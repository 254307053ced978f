//! `get block`: a block in one of the forms that a node gives.

use crate::{Failure, Fallible, Report, Session};
use clap::Args;
use serde_json::json;

/// A block with its transactions
#[derive(Args, Clone, Debug)]
pub struct BlockArgs {
    /// Its number or id
    pub block: String,
    /// The state of its header, of a block that is not final yet
    #[arg(long, group = "form")]
    pub header_state: bool,
    /// What all nodes can tell of it, even those without a log of blocks
    #[arg(long, group = "form")]
    pub info: bool,
    /// As producers have signed it, with its transactions packed
    #[arg(long, group = "form")]
    pub raw: bool,
    /// Its header
    #[arg(long, group = "form")]
    pub header: bool,
    /// Its header with the extensions of the block
    #[arg(long, group = "form")]
    pub header_with_extensions: bool,
}

/// Runs the command.
///
/// # Errors
/// Those of the client.
pub(super) fn run(session: &Session, given: &BlockArgs) -> Fallible<Report> {
    let named = json!({ "block_num_or_id": given.block });
    let header = |extensions| {
        let mut request = named.clone();
        request["include_extensions"] = json!(extensions);
        ("get_block_header", request)
    };
    let (call, request) = match given {
        BlockArgs {
            header_state: true, ..
        } => ("get_block_header_state", named),
        BlockArgs { info: true, .. } => {
            let number: u32 = given.block.parse().map_err(|_| {
                Failure::usage(format!("{:?} is not a block's number", given.block))
            })?;
            ("get_block_info", json!({ "block_num": number }))
        }
        BlockArgs { raw: true, .. } => ("get_raw_block", named),
        BlockArgs { header: true, .. } => header(false),
        BlockArgs {
            header_with_extensions: true,
            ..
        } => header(true),
        _ => ("get_block", named),
    };
    let path = format!("/v1/chain/{call}");
    Ok(Report::json(session.client.call(&path, &request)?))
}
