//! The follower on a thread of its own.

use super::place::AnySource;
use super::watch::Watched;
use antelope_cli::Failure;
use coop_index::{Follower, IndexError, IndexWriter};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long a follower may take to end, after which the process ends all the same: what is not committed is
/// followed again.
pub(in crate::coop) const STOP_WITHIN: Duration = Duration::from_secs(10);

/// Follows on a thread of its own until `stop` is set. With `until_head` it sets `stop` itself at the head.
/// Whatever ends it otherwise, a panic too, is in `watched`.
pub(in crate::coop) fn follow(
    source: AnySource,
    writer: IndexWriter,
    until_head: bool,
    watched: &Arc<Watched>,
    stop: &Arc<AtomicBool>,
) -> std::io::Result<JoinHandle<Option<IndexError>>> {
    let (watched, stop) = (Arc::clone(watched), Arc::clone(stop));
    let thread = std::thread::Builder::new().name("follower".to_owned());
    thread.spawn(move || {
        let mut follower = Follower::new(source, writer);
        watched.change(|seen| seen.status = follower.status());
        let told = catch_unwind(AssertUnwindSafe(|| {
            follower.run(&stop, &mut |status| {
                if until_head && status.is_caught_up() {
                    stop.store(true, Ordering::Relaxed);
                }
                watched.change(|seen| seen.status.clone_from(status));
            })
        }));
        let error = match told {
            Ok(Ok(())) => None,
            Ok(Err(error)) => {
                watched.change(|seen| seen.ended = Some(error.to_string()));
                Some(error)
            }
            Err(_) => {
                let problem = "the follower has ended by a fault of the program".to_owned();
                watched.change(|seen| seen.ended = Some(problem.clone()));
                Some(IndexError::Damaged(problem))
            }
        };
        // A follower that has failed to commit is at an earlier block than it said.
        watched.change(|seen| seen.status = follower.status());
        error
    })
}

/// Waits for a follower that was told to stop, but not for ever.
pub(super) fn ended(follower: JoinHandle<Option<IndexError>>) -> Option<IndexError> {
    let until = Instant::now() + STOP_WITHIN;
    while !follower.is_finished() && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(10));
    }
    match follower.is_finished() {
        true => follower.join().unwrap_or(None),
        false => None,
    }
}

/// The failure where the system has no thread.
pub(super) fn no_thread(error: &std::io::Error) -> Box<Failure> {
    Failure::new("threads", format!("a thread cannot be started: {error}"))
}
