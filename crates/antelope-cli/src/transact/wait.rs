//! Waits until a transaction is as final as the options ask for.

use super::SendOptions;
use crate::{Console, Failure, Fallible, Session};
use antelope_envelope::Exit;
use antelope_rpc_client::{ClientError, TransactionTrace};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long is waited for a block to become irreversible: on chains without instant finality that takes
/// up to three minutes.
const PATIENCE: Duration = Duration::from_secs(300);

/// Returns at once where the options ask for nothing.
///
/// # Errors
/// `unconfirmed` where it takes longer than five minutes, or the transaction is lost in a fork.
pub(super) fn wait(
    session: &Session,
    console: &mut Console<'_>,
    options: &SendOptions,
    trace: &TransactionTrace,
) -> Fallible<()> {
    let blocks = options.retry_num_blocks;
    if !options.retry_irreversible && blocks.is_none() {
        return Ok(());
    }
    let unconfirmed = |what: &str| {
        let message = format!("transaction {} was executed, and {what}", trace.id);
        Failure::new("unconfirmed", message)
            .exit(Exit::Unconfirmed)
            .hint(format!("ask again: get transaction-status {}", trace.id))
    };
    console.say(match options.retry_irreversible {
        true => "executed; waiting until it is irreversible",
        false => "executed; waiting for the blocks after it",
    });
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        let (block, head, irreversible) = match session.client.get_transaction_status(trace.id) {
            Ok(status) if status.state == "FAILED" => {
                return Err(unconfirmed("the node has lost it"));
            }
            Ok(status) => (
                status.block_number,
                status.head_number,
                status.irreversible_number,
            ),
            // The block in which the node has executed it; it may come into a later one.
            Err(ClientError::Unsupported { .. } | ClientError::Chain(_)) => {
                let info = session.client.get_info()?;
                let block = Some(trace.block_num + 1);
                (block, info.head_block_num, info.last_irreversible_block_num)
            }
            Err(error) => return Err(error.into()),
        };
        let is_reached = block.filter(|it| *it > 0).is_some_and(|block| {
            let is_final = !options.retry_irreversible || irreversible >= block;
            is_final && blocks.is_none_or(|blocks| head >= block.saturating_add(blocks))
        });
        if is_reached {
            return Ok(());
        }
        sleep(Duration::from_millis(250));
    }
    Err(unconfirmed("five minutes later it is not final yet"))
}
