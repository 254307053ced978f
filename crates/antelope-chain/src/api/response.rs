//! What a call results in: an answer, or one that comes with a later block.
//!
//! Calls that read are answered at once. A call that sends a transaction is answered later where the
//! block in production has no room for it. A server that has a thread for each connection calls
//! [`Response::wait`]; one with tasks awaits [`Later::arrived`] first, so that thousands of
//! transactions can wait without a thread for each.

use super::Api;
use super::request::Request;
use super::send::{self, Sent};
use antelope_rpc_client::Answer;
use antelope_types::{ChainError, ErrorKind};

/// What a call results in.
#[derive(Debug)]
pub enum Response {
    /// Its answer.
    Now(Answer),
    /// A transaction waits for the next block.
    Later(Later),
}

impl Response {
    /// The answer. Waits for the next block where it must.
    pub fn wait(self) -> Answer {
        match self {
            Self::Now(answer) => answer,
            Self::Later(later) => later.wait(),
        }
    }
}

impl Api {
    /// Answers a call that sends transactions; `None` for other calls.
    ///
    /// A list, `push_transactions`, is answered when the last of its transactions was tried.
    pub(super) fn send_call(&self, call: &str, body: &[u8]) -> Option<Response> {
        let sent = match (call, send::status_of(call)) {
            ("push_transactions", _) => self.send_list(body).map(|sent| Later::list(self, sent)),
            (_, Some(status)) => Request::read(body)
                .and_then(|request| self.send(call, request, None))
                .map(|sent| Later::one(self, status, sent)),
            _ => return None,
        };
        Some(match sent {
            Ok(later) => later.or_now(),
            Err(refusal) => Response::Now(refusal.answer()),
        })
    }
}

/// An answer that comes with a later block, since the transaction did not fit into the block in
/// production. Whether anybody waits for it or not, the transaction is executed.
///
/// No thread is needed meanwhile: a task awaits [`arrived`](Self::arrived), and a thread then makes
/// the answer by [`wait`](Self::wait), which takes as long as writing the traces.
pub struct Later {
    api: Api,
    /// Those of a list, or one.
    sent: Vec<Sent>,
    /// The status of success of a call with one transaction; `None` for a list.
    status: Option<u16>,
}

impl Later {
    /// The answer to one transaction.
    pub(super) fn one(api: &Api, status: u16, sent: Sent) -> Self {
        Self {
            api: api.clone(),
            sent: vec![sent],
            status: Some(status),
        }
    }

    /// The answer to a list.
    pub(super) fn list(api: &Api, sent: Vec<Sent>) -> Self {
        Self {
            api: api.clone(),
            sent,
            status: None,
        }
    }

    /// The answer at once, where nothing waits.
    pub(super) fn or_now(self) -> Response {
        let waits = self.sent.iter().any(|it| matches!(it, Sent::Waits(..)));
        match waits {
            true => Response::Later(self),
            false => Response::Now(self.wait()),
        }
    }

    /// Ready when [`wait`](Self::wait) does not have to wait any more.
    pub async fn arrived(&mut self) {
        for sent in &self.sent {
            if let Sent::Waits(_, promised) = sent {
                promised.await;
            }
        }
    }

    /// The answer, as soon as the transaction is in a block or has failed.
    pub fn wait(self) -> Answer {
        let api = &self.api;
        let mut executed = self.sent.into_iter().map(|sent| match sent {
            Sent::Done(executed) => executed,
            Sent::Waits(manner, promised) => {
                let gone = || {
                    let message = "the node failed while it executed this transaction; look it up by \
                                   its id before you send it again";
                    Err(ChainError::new(ErrorKind::Database, message))
                };
                api.told(&manner, promised.wait().unwrap_or_else(gone))
            }
        });
        match (self.status, executed.next()) {
            (Some(status), Some(executed)) => send::one(status, executed),
            (_, first) => send::list(first.into_iter().chain(executed)),
        }
    }
}

impl std::fmt::Debug for Later {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Later")
            .field("transactions", &self.sent.len())
            .finish_non_exhaustive()
    }
}
