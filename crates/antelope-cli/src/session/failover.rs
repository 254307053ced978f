//! Several nodes of one chain as one: a node that does not answer is left for the next.

use crate::progress::Progress;
use antelope_rpc_client::{Answer, Client, ClientError, Transport};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The way to the first node that answers. It stays with it until it fails.
///
/// A call that got no answer is sent to the next node, unless it sends a transaction: whoever sent that
/// has to know that it may have arrived. The next attempt then goes to the next node. The answer of a proxy
/// whose node is down or slow counts as none: behind a 504 the node may have executed the transaction.
#[derive(Debug)]
pub(super) struct Failover {
    nodes: Vec<Client>,
    /// The node that answered last.
    current: AtomicUsize,
    /// Nobody is told that a node is slow.
    quiet: bool,
}

impl Failover {
    /// Over nodes in the order in which they are to be tried; there must be one.
    pub(super) fn over(nodes: Vec<Client>, quiet: bool) -> Self {
        Self {
            nodes,
            current: AtomicUsize::new(0),
            quiet,
        }
    }
}

impl Transport for Failover {
    fn address(&self) -> &str {
        let current = self.current.load(Ordering::Relaxed);
        self.nodes[current].url()
    }

    fn post(&self, path: &str, body: &[u8]) -> Result<Answer, ClientError> {
        let first = self.current.load(Ordering::Relaxed);
        let mut last = None;
        let progress = Progress::begin(self.quiet, "");
        for step in 0..self.nodes.len() {
            let number = (first + step) % self.nodes.len();
            progress.tell(format!("waiting for {}", self.nodes[number].url()));
            match self.nodes[number].post(path, body) {
                Ok(answer) if sends(path) && is_of_a_proxy(answer.status) => {
                    self.current
                        .store((number + 1) % self.nodes.len(), Ordering::Relaxed);
                    return Err(ClientError::Transport {
                        url: format!("{}{path}", self.nodes[number].url()),
                        problem: format!("status {} of a proxy", answer.status),
                        timed_out: answer.status == 504,
                    });
                }
                Ok(answer) if is_of_a_proxy(answer.status) && step + 1 < self.nodes.len() => {}
                Ok(answer) => {
                    self.current.store(number, Ordering::Relaxed);
                    return Ok(answer);
                }
                Err(error @ ClientError::Transport { .. }) if sends(path) => {
                    let next = (number + 1) % self.nodes.len();
                    self.current.store(next, Ordering::Relaxed);
                    return Err(error);
                }
                Err(error @ ClientError::Transport { .. }) => last = Some(error),
                Err(error) => return Err(error),
            }
        }
        Err(last.unwrap_or_else(|| ClientError::Transport {
            url: path.to_owned(),
            problem: format!("none of {} nodes answers", self.nodes.len()),
            timed_out: false,
        }))
    }
}

/// Whether a status is that of a proxy in front of a node that is down, slow or busy.
pub(crate) fn is_of_a_proxy(status: u16) -> bool {
    matches!(status, 502..=504 | 429)
}

/// Whether a call sends a transaction that may last.
fn sends(path: &str) -> bool {
    [
        "send_transaction",
        "send_transaction2",
        "push_transaction",
        "push_transactions",
    ]
    .iter()
    .any(|call| path.strip_prefix("/v1/chain/") == Some(call))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    /// A node that answers with a status, or not at all.
    #[derive(Debug)]
    struct Fake {
        status: Option<u16>,
        asked: Mutex<u32>,
    }

    impl Transport for Fake {
        fn address(&self) -> &str {
            "fake"
        }

        fn post(&self, path: &str, _: &[u8]) -> Result<Answer, ClientError> {
            *self.asked.lock().unwrap() += 1;
            let status = self.status.ok_or_else(|| ClientError::Transport {
                url: path.to_owned(),
                problem: "refused".to_owned(),
                timed_out: false,
            })?;
            Ok(Answer {
                status,
                body: Vec::new(),
            })
        }
    }

    fn nodes(statuses: &[Option<u16>]) -> (Failover, Vec<Arc<Fake>>) {
        let fakes = statuses.iter().map(|status| {
            let asked = Mutex::default();
            Arc::new(Fake {
                status: *status,
                asked,
            })
        });
        let fakes: Vec<_> = fakes.collect();
        let clients = fakes
            .iter()
            .map(|it| Client::over(Arc::clone(it) as Arc<dyn Transport>));
        (Failover::over(clients.collect(), true), fakes)
    }

    #[test]
    fn a_node_that_does_not_answer_is_left_for_the_next() {
        let (failover, fakes) = nodes(&[None, Some(503), Some(200)]);
        for _ in 0..3 {
            assert_eq!(
                failover.post("/v1/chain/get_info", b"{}").unwrap().status,
                200
            );
        }
        let asked: Vec<_> = fakes.iter().map(|it| *it.asked.lock().unwrap()).collect();
        assert_eq!(asked, [1, 1, 3], "it stays with the node that answered");
    }

    #[test]
    fn a_refusal_is_an_answer() {
        let (failover, fakes) = nodes(&[Some(500), Some(200)]);
        assert_eq!(
            failover.post("/v1/chain/get_info", b"{}").unwrap().status,
            500
        );
        assert_eq!(*fakes[1].asked.lock().unwrap(), 0);
    }

    #[test]
    fn a_transaction_that_may_have_arrived_is_not_sent_on() {
        let (failover, fakes) = nodes(&[None, Some(202)]);
        let path = "/v1/chain/send_transaction2";
        assert!(failover.post(path, b"{}").is_err());
        assert_eq!(*fakes[1].asked.lock().unwrap(), 0);
        assert_eq!(failover.post(path, b"{}").unwrap().status, 202);
    }

    #[test]
    fn a_transaction_behind_a_proxy_that_gave_up_is_not_sent_on() {
        for status in [429, 502, 503, 504] {
            let (failover, fakes) = nodes(&[Some(status), Some(202)]);
            let path = "/v1/chain/send_transaction2";
            let error = failover.post(path, b"{}").unwrap_err();
            assert!(matches!(error, ClientError::Transport { .. }), "{error}");
            assert_eq!(*fakes[1].asked.lock().unwrap(), 0, "{status}");
            assert_eq!(failover.post(path, b"{}").unwrap().status, 202);
        }
    }

    #[test]
    fn where_none_answers_the_last_error_is_told() {
        let (failover, _) = nodes(&[None, None]);
        let error = failover.post("/v1/chain/get_info", b"{}").unwrap_err();
        assert!(matches!(error, ClientError::Transport { .. }));
    }
}
