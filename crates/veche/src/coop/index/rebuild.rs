//! `index rebuild`: a new index, which takes the place of the old one when it is as far.

use super::failure::failure;
use super::follow::no_thread;
use super::place::{IndexPlace, SourceOptions};
use crate::signals::Signals;
use antelope_cli::{Console, Failure, Fallible, Report, Session};
use clap::Args;
use coop_index::{Follower, FollowerStatus, Rebuild};
use coop_language::{Messages, Words};
use serde_json::json;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How long a signal is waited for before it is seen whether there is anything left to end.
const NAP: Duration = Duration::from_millis(50);

/// What `index rebuild` takes.
#[derive(Args, Clone, Debug)]
pub(crate) struct RebuildArgs {
    /// Replace the old index at the head of the node, even if the old one was further: for a chain that was set
    /// up anew
    #[arg(long)]
    to_head: bool,
    #[command(flatten)]
    source: SourceOptions,
    #[command(flatten)]
    pub(super) place: IndexPlace,
}

/// Runs the command. Readers are served by the old index until the new one is there.
pub(super) fn run(
    session: &Session,
    console: &mut Console<'_>,
    messages: &Messages,
    arguments: &RebuildArgs,
) -> Fallible<Report> {
    let signals = Signals::catch().map_err(|error| no_thread(&error))?;
    let folder = arguments.place.folder(session)?;
    let failed = |error| failure(error, &folder, messages);
    let lock = folder.lock().map_err(failed)?;
    // Not what the old one says of itself, which may be what is wrong with it.
    let scope = arguments.place.scope_of_chain(session)?;
    let source = arguments.source.open(session, &scope)?;
    let rebuild = Rebuild::begin(&lock).map_err(failed)?;
    let writer = rebuild.writer(scope).map_err(failed)?;
    let goal = rebuild.goal().filter(|_| !arguments.to_head);
    let words = Words::of("index.rebuilds").with("folder", folder.path().display());
    let words = words.with(
        "goal",
        goal.map_or_else(|| "–".to_owned(), |it| it.to_string()),
    );
    console.show(&words.say(messages));
    let progress = console.progress(messages.text("index.begins"));
    let mut follower = Follower::new(source, writer);
    let (stop, mut is_reached) = (AtomicBool::new(false), false);
    let (mut told, mut applied, mut problem) = (Instant::now(), 0, None);
    let outcome = until_signal(signals, &stop, || {
        follower.run(&stop, &mut |status: &FollowerStatus| {
            let is_there = match arguments.to_head {
                true => status.is_caught_up() && status.head.is_some(),
                false => rebuild.is_reached(status),
            };
            is_reached |= is_there;
            let is_due = told.elapsed() >= Duration::from_millis(500);
            if is_there {
                stop.store(true, Ordering::Relaxed);
            }
            if status.problem != problem {
                problem.clone_from(&status.problem);
                if let Some(problem) = &problem {
                    let words = Words::of("index.problem").with("problem", problem);
                    console.show(&words.say(messages));
                }
            }
            if is_due {
                let rate = (status.applied - applied) as f64 / told.elapsed().as_secs_f64();
                let words = Words::of("index.progress")
                    .with("block", status.head.map_or(0, |it| it.block_num))
                    .with("lag", status.lag().unwrap_or(0))
                    .with("rate", format!("{rate:.0}"));
                progress.tell(words.say(messages));
                (told, applied) = (Instant::now(), status.applied);
            }
        })
    });
    drop(progress);
    outcome.map_err(failed)?;
    if !is_reached {
        let text = messages.text("index.interrupted");
        return Err(Failure::new("index.interrupted", text));
    }
    let status = follower.status();
    let writer = follower.into_writer().map_err(failed)?;
    rebuild.finish(writer).map_err(failed)?;
    let head = status.head.map_or(0, |it| it.block_num);
    let words = Words::of("index.rebuilt").with("head", head);
    let words = words.with("count", status.applied);
    let data = json!({ "head": head, "applied": status.applied, "old_head": goal });
    Ok(Report::new(data, words.say(messages)))
}

/// Does something, and sets `stop` as soon as a signal comes: the follower sees that between two blocks, and while it
/// waits for the node.
fn until_signal<T>(signals: Signals, stop: &AtomicBool, act: impl FnOnce() -> T) -> T {
    let is_done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let is_done = &is_done;
        scope.spawn(move || {
            while !is_done.load(Ordering::Relaxed) {
                if signals.wait_for(NAP).is_some() {
                    stop.store(true, Ordering::Relaxed);
                    return;
                }
            }
        });
        let done = act();
        is_done.store(true, Ordering::Relaxed);
        done
    })
}
