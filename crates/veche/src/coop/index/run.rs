//! `index run`: follows the chain until it is told to stop.

use super::check::repeat;
use super::failure::failure;
use super::follow::{ended, follow, no_thread};
use super::place::{IndexPlace, SourceOptions, cooperative_of};
use super::watch::Watched;
use crate::signals::Signals;
use antelope_cli::{Console, Fallible, Progress, Report, Session};
use clap::Args;
use coop_client::Cooperative;
use coop_index::{IndexError, IndexFolder, IndexWriter};
use coop_language::{Messages, Words};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How often a terminal and other processes are told.
const TOLD_EVERY: Duration = Duration::from_millis(500);

/// What `index run` takes.
#[derive(Args, Clone, Debug)]
pub(crate) struct RunArgs {
    /// End at the head of the chain
    #[arg(long)]
    until_head: bool,
    /// Seconds between comparisons with the tables of the chain; 0 for none
    #[arg(long, value_name = "SECONDS", default_value_t = 600)]
    check_every: u64,
    #[command(flatten)]
    source: SourceOptions,
    #[command(flatten)]
    pub(super) place: IndexPlace,
}

/// Runs the command.
pub(super) fn run(
    session: &Session,
    console: &mut Console<'_>,
    messages: &Messages,
    arguments: &RunArgs,
) -> Fallible<Report> {
    let signals = Signals::catch().map_err(|error| no_thread(&error))?;
    let folder = arguments.place.folder(session)?;
    let failed = |error| failure(error, &folder, messages);
    let lock = folder.lock().map_err(failed)?;
    let scope = arguments.place.scope(session, &folder, messages)?;
    let coopname = cooperative_of(&scope, messages)?;
    let source = arguments.source.open(session, &scope)?;
    let writer = IndexWriter::open(&folder.file(), scope).map_err(failed)?;
    let (watched, stop) = (Arc::<Watched>::default(), Arc::new(AtomicBool::new(false)));
    let words = Words::of("index.follows").with("coop", coopname);
    let words = words.with("folder", folder.path().display());
    console.show(&words.say(messages));
    let follower = follow(source, writer, arguments.until_head, &watched, &stop);
    let follower = follower.map_err(|error| no_thread(&error))?;
    if arguments.check_every > 0 && !arguments.until_head {
        let cooperative = Cooperative::new(session.client.clone(), scope.contracts, coopname);
        let every = Duration::from_secs(arguments.check_every);
        repeat(every, &folder, cooperative, &watched, &stop).map_err(|error| no_thread(&error))?;
    }
    attend(console, messages, &signals, &folder, &follower, &watched);
    stop.store(true, Ordering::Relaxed);
    let error = ended(follower);
    drop(lock);
    let seen = watched.seen();
    seen.publish(&folder);
    if let Some(error) = error {
        return Err(failed(error));
    }
    let head = seen.status.head.map_or(0, |it| it.block_num);
    let last = seen.status.last_irreversible.map_or(0, |it| it.block_num);
    let words = Words::of("index.stopped").with("head", head);
    let words = words.with("final", last).with("count", seen.status.applied);
    Ok(Report::new(seen.to_json(), words.say(messages)))
}

/// Tells what goes on until a signal comes or the follower has ended.
fn attend(
    console: &mut Console<'_>,
    messages: &Messages,
    signals: &Signals,
    folder: &IndexFolder,
    follower: &JoinHandle<Option<IndexError>>,
    watched: &Watched,
) {
    let mut progress: Option<Progress> = None;
    let (mut problem, mut before) = (None, (Instant::now(), 0));
    while !follower.is_finished() {
        if signals.wait_for(TOLD_EVERY).is_some() {
            return;
        }
        let seen = watched.seen();
        seen.publish(folder);
        if seen.status.problem != problem {
            problem.clone_from(&seen.status.problem);
            if let Some(problem) = &problem {
                let words = Words::of("index.problem").with("problem", problem);
                console.show(&words.say(messages));
            }
        }
        let passed = before.0.elapsed().as_secs_f64();
        let rate = (seen.status.applied - before.1) as f64 / passed.max(0.001);
        before = (Instant::now(), seen.status.applied);
        let words = Words::of("index.progress")
            .with("block", seen.status.head.map_or(0, |it| it.block_num))
            .with("lag", seen.status.lag().unwrap_or(0))
            .with("rate", format!("{rate:.0}"));
        let text = words.say(messages);
        match &progress {
            Some(progress) => progress.tell(text),
            None => progress = Some(console.progress(text)),
        }
    }
}
