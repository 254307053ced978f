//! Waits until a transaction is as final as the options ask for.

use super::SendOptions;
use crate::progress::Progress;
use crate::{Console, Failure, Fallible, Session};
use antelope_rpc_client::{Client, ClientError, TransactionTrace};
use antelope_types::Checksum256;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long is waited for a block to become irreversible: on chains without instant finality that takes
/// up to three minutes.
const PATIENCE: Duration = Duration::from_secs(300);

/// How long between two questions.
const PAUSE: Duration = Duration::from_millis(250);

/// Returns at once where the options ask for nothing. A node that does not answer meanwhile is asked
/// again: the transaction was executed, whatever becomes of the questions about it.
///
/// # Errors
/// `unconfirmed` where it takes longer than five minutes, the transaction is lost in a fork, or the node
/// cannot tell in which block it is.
pub(super) fn wait(
    session: &Session,
    console: &mut Console<'_>,
    options: &SendOptions,
    trace: &TransactionTrace,
) -> Fallible<()> {
    let goal = Goal {
        irreversible: options.retry_irreversible,
        blocks: options.retry_num_blocks.unwrap_or_default(),
    };
    if !goal.irreversible && options.retry_num_blocks.is_none() {
        return Ok(());
    }
    let what = match goal.irreversible {
        true => "executed; waiting until it is irreversible",
        false => "executed; waiting for the blocks after it",
    };
    console.say(what);
    let _progress = Progress::begin(session.options.quiet, what);
    until(&session.client, goal, trace, PATIENCE, PAUSE).map_err(|what| {
        let message = format!("transaction {} was executed, and {what}", trace.id);
        Failure::new("unconfirmed", message).hint(format!(
            "do not send it again; ask: get transaction-status {}",
            trace.id
        ))
    })
}

/// How final it has to be.
#[derive(Clone, Copy, Debug)]
struct Goal {
    irreversible: bool,
    /// How many blocks have to follow that with it.
    blocks: u32,
}

impl Goal {
    /// The last block that is final enough.
    fn last(self, head: u32, irreversible: u32) -> u32 {
        let last = head.saturating_sub(self.blocks);
        match self.irreversible {
            true => last.min(irreversible),
            false => last,
        }
    }
}

/// Why there is no use in asking on.
enum Stop {
    Lost,
    Unable,
}

/// Asks until the goal is reached; what to say where it is not.
fn until(
    client: &Client,
    goal: Goal,
    trace: &TransactionTrace,
    patience: Duration,
    pause: Duration,
) -> Result<(), String> {
    let start = Instant::now();
    let mut unread = trace.block_num;
    let mut problem = None;
    loop {
        problem = match look(client, goal, trace.id, &mut unread) {
            Ok(Ok(true)) => return Ok(()),
            Ok(Ok(false)) => None,
            Ok(Err(Stop::Lost)) => return Err("the node has lost it".to_owned()),
            Ok(Err(Stop::Unable)) => {
                return Err("the node cannot tell in which block it is".to_owned());
            }
            // The last problem is told where it lasts.
            Err(error) => Some(problem.unwrap_or(error.to_string())),
        };
        if start.elapsed() >= patience {
            let seconds = patience.as_secs();
            return Err(match problem {
                None => format!("{seconds} s later it is not final yet"),
                Some(problem) => format!("for {seconds} s the node cannot be asked: {problem}"),
            });
        }
        sleep(pause);
    }
}

/// Whether the goal is reached: by the state of finality, by the trace, or by the blocks themselves, from
/// the first `unread` one on.
fn look(
    client: &Client,
    goal: Goal,
    id: Checksum256,
    unread: &mut u32,
) -> Result<Result<bool, Stop>, ClientError> {
    match client.get_transaction_status(id) {
        Ok(status) if status.state == "FAILED" => return Ok(Err(Stop::Lost)),
        // One that was forked out keeps the number of the block that it was in.
        Ok(status) if !matches!(&*status.state, "IN_BLOCK" | "IRREVERSIBLE") => {
            return Ok(Ok(false));
        }
        Ok(status) => {
            let last = goal.last(status.head_number, status.irreversible_number);
            return Ok(Ok(status.block_number.is_some_and(|it| it <= last)));
        }
        Err(ClientError::Unsupported { .. } | ClientError::Chain(_)) => {}
        Err(error) => return Err(error),
    }
    let info = client.get_info()?;
    let last = goal.last(info.head_block_num, info.last_irreversible_block_num);
    match client.get_transaction(id) {
        Ok(recorded) => return Ok(Ok(recorded.block_num <= last)),
        // It may have been in a block that is none any more, and come into another.
        Err(ClientError::Chain(refusal)) if refusal.status == 404 => return Ok(Ok(false)),
        Err(ClientError::Unsupported { .. }) => {}
        Err(error) => return Err(error),
    }
    // The block that the node was making when it executed it, or one that follows.
    if *unread == 0 {
        return Ok(Err(Stop::Unable));
    }
    while *unread <= last {
        let block = client.get_block(*unread)?;
        if block.transactions.iter().any(|it| it.id() == id) {
            return Ok(Ok(true));
        }
        *unread += 1;
    }
    Ok(Ok(false))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake_node::{info, node, unknown};
    use serde_json::{Value, json};

    const IRREVERSIBLE: Goal = Goal {
        irreversible: true,
        blocks: 0,
    };

    fn trace(block: u32) -> TransactionTrace {
        TransactionTrace::new(Checksum256([7; 32]), block, Default::default())
    }

    /// Waits half a second at most, at a node that answers so.
    fn waited(
        block: u32,
        answering: impl FnMut(&str, &Value) -> Option<(u16, Value)> + Send + 'static,
    ) -> Result<(), String> {
        let [patience, pause] = [500, 1].map(Duration::from_millis);
        until(
            &node(answering),
            IRREVERSIBLE,
            &trace(block),
            patience,
            pause,
        )
    }

    fn block(number: u64, transactions: &Value) -> Option<(u16, Value)> {
        let zeros = "0".repeat(64);
        let block = json!({
            "timestamp": "2026-01-01T00:00:00.000", "producer": "eosio", "previous": zeros,
            "id": zeros, "block_num": number, "ref_block_prefix": 0, "transactions": transactions,
        });
        Some((200, block))
    }

    #[test]
    fn a_node_that_does_not_answer_is_asked_again() {
        let mut lost = 3;
        let waited = waited(5, move |path, _| match path {
            "/v1/chain/get_transaction_status" if lost > 0 => {
                lost -= 1;
                None
            }
            "/v1/chain/get_transaction_status" => Some((
                200,
                json!({
                    "state": "IRREVERSIBLE", "block_number": 5, "head_number": 9,
                    "head_id": "0".repeat(64), "irreversible_number": 9,
                    "irreversible_id": "0".repeat(64), "earliest_tracked_block_number": 1,
                    "head_timestamp": "2026-01-01T00:00:00.000",
                    "irreversible_timestamp": "2026-01-01T00:00:00.000",
                    "last_tracked_block_id": "0".repeat(64),
                }),
            )),
            _ => unknown(),
        });
        assert_eq!(waited, Ok(()));
        let problem = self::waited(5, |_, _| None).unwrap_err();
        assert!(problem.contains("cannot be asked"), "{problem}");
    }

    #[test]
    fn a_transaction_of_an_unknown_block_is_not_final() {
        let problem = waited(0, |path, _| match path {
            "/v1/chain/get_info" => info(9, 9),
            _ => unknown(),
        });
        assert!(problem.unwrap_err().contains("cannot tell"));
    }

    #[test]
    fn the_block_itself_is_looked_at() {
        // It was executed for block 5 and came into block 7.
        let chain = |with: u64| {
            move |path: &str, request: &Value| match path {
                "/v1/chain/get_info" => info(9, 8),
                "/v1/chain/get_block" => {
                    let number = &request["block_num_or_id"];
                    let number = number
                        .as_u64()
                        .or(number.as_str().and_then(|it| it.parse().ok()));
                    let number = number.unwrap();
                    let none = json!([]);
                    let trx = json!([{ "status": "executed", "cpu_usage_us": 1,
                        "net_usage_words": 1, "trx": "07".repeat(32) }]);
                    block(number, if number == with { &trx } else { &none })
                }
                _ => unknown(),
            }
        };
        assert_eq!(waited(5, chain(7)), Ok(()));
        // In a block that is not irreversible yet, or in none any more.
        assert!(waited(5, chain(9)).unwrap_err().contains("not final yet"));
        assert!(waited(5, chain(0)).unwrap_err().contains("not final yet"));
    }
}
