//! `index check`: the rows of the index beside the tables of the chain, once or on a schedule.

use super::failure::failure;
use super::follow::{follow, no_thread};
use super::place::{IndexPlace, SourceOptions, cooperative_of};
use super::watch::{Checked, Watched};
use antelope_cli::{Failure, Fallible, Report, Session};
use clap::Args;
use coop_client::Cooperative;
use coop_index::{
    Compared, Difference, IndexError, IndexFolder, IndexReader, IndexWriter, RowFields, compare,
};
use coop_language::{Messages, Words};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime};

/// How long index and node may take to be at the same block.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often a schedule looks whether it is time.
const NAP: Duration = Duration::from_millis(200);

/// What `index check` takes.
#[derive(Args, Clone, Debug)]
pub(crate) struct CheckArgs {
    /// The most seconds until index and node are at the same block
    #[arg(long, value_name = "SECONDS", default_value_t = PATIENCE.as_secs(),
          value_parser = clap::value_parser!(u64).range(1..=86_400))]
    within: u64,
    #[command(flatten)]
    source: SourceOptions,
    #[command(flatten)]
    pub(super) place: IndexPlace,
}

/// Runs the command. Where nobody follows into the folder, it does so meanwhile.
pub(super) fn run(
    session: &Session,
    messages: &Messages,
    arguments: &CheckArgs,
) -> Fallible<Report> {
    let folder = arguments.place.folder(session)?;
    let failed = |error| failure(error, &folder, messages);
    let mut reader = arguments.place.reader(&folder, messages)?;
    let scope = arguments.place.scope(session, &folder, messages)?;
    let coopname = cooperative_of(&scope, messages)?;
    let cooperative = Cooperative::new(session.client.clone(), scope.contracts, coopname);
    let (watched, stop) = (Arc::<Watched>::default(), Arc::new(AtomicBool::new(false)));
    let own = match (&arguments.source.state_history, folder.lock()) {
        (None, _) | (_, Err(IndexError::Busy { .. })) => None,
        (_, Err(error)) => return Err(failed(error)),
        (Some(_), Ok(lock)) => {
            let source = arguments.source.open(session, &scope)?;
            let writer = IndexWriter::open(&folder.file(), scope).map_err(failed)?;
            let follower = follow(source, writer, false, &watched, &stop);
            Some((lock, follower.map_err(|error| no_thread(&error))?))
        }
    };
    let patience = Duration::from_secs(arguments.within);
    let compared = compare(&mut reader, &cooperative, patience, &AtomicBool::new(false));
    stop.store(true, Ordering::Relaxed);
    if let Some((lock, follower)) = own {
        let error = follower.join().unwrap_or(None);
        drop(lock);
        if let Some(error) = error {
            return Err(failed(error));
        }
    }
    told(&compared.map_err(failed)?, messages)
}

/// What a comparison found, as the result of a command.
fn told(compared: &Compared, messages: &Messages) -> Fallible<Report> {
    let data = data(compared);
    match compared {
        Compared::Done(comparison) if comparison.differences.is_empty() => {
            let words = Words::of("index.alike").with("rows", comparison.rows);
            let words = words.with("block", comparison.block.block_num);
            Ok(Report::new(data, words.say(messages)))
        }
        Compared::Done(comparison) => {
            let lines = comparison.differences.iter().map(|it| line(it, messages));
            let lines: Vec<_> = lines.collect();
            let words = Words::of("index.differs")
                .with("count", lines.len())
                .with("block", comparison.block.block_num);
            let mut failure = Failure::new("mismatch.rows", words.say(messages))
                .hint(messages.text("index.differs_hint"));
            failure.report = Some(Report::new(data, lines.join("\n")));
            Err(failure)
        }
        Compared::NotAtHead { index, node } => {
            let words = Words::of("index.not_at_head").with("index", index);
            let words = words.with("node", node);
            let failure = Failure::new("indexing.behind", words.say(messages));
            Err(failure.hint(messages.text("index.not_at_head_hint")))
        }
        Compared::WithoutRows => Err(Failure::new(
            "indexing.no_rows",
            messages.text("index.without_rows"),
        )),
    }
}

/// One row that differs: its table, its key, and the fields on either side.
fn line(difference: &Difference, messages: &Messages) -> String {
    let fields = |fields: &Option<RowFields>| match fields {
        None => messages.text("index.no_row"),
        Some(fields) => {
            let fields = fields.iter().map(|(name, value)| format!("{name}={value}"));
            fields.collect::<Vec<_>>().join(" ")
        }
    };
    let words = Words::of("index.difference")
        .with("table", difference.table)
        .with("key", &difference.key)
        .with("index", fields(&difference.index))
        .with("chain", fields(&difference.chain));
    words.say(messages)
}

fn data(compared: &Compared) -> Value {
    let Compared::Done(comparison) = compared else {
        return Value::Null;
    };
    let differences = comparison.differences.iter().map(
        |it| json!({ "table": it.table, "key": it.key, "index": it.index, "chain": it.chain }),
    );
    json!({
        "cooperative": comparison.cooperative,
        "block": comparison.block.block_num,
        "block_id": comparison.block.block_id,
        "rows": comparison.rows,
        "differences": differences.collect::<Vec<_>>(),
    })
}

/// Compares again and again on a thread of its own, for the first time when the follower has caught up.
pub(in crate::coop) fn repeat(
    every: Duration,
    folder: &IndexFolder,
    cooperative: Cooperative,
    watched: &Arc<Watched>,
    stop: &Arc<AtomicBool>,
) -> std::io::Result<()> {
    let (file, watched, stop) = (folder.file(), Arc::clone(watched), Arc::clone(stop));
    let thread = std::thread::Builder::new().name("comparison".to_owned());
    let work = move || {
        let mut due = Instant::now();
        while !stop.load(Ordering::Relaxed) {
            let seen = watched.seen();
            if seen.ended.is_some() {
                return;
            }
            if Instant::now() >= due && seen.status.is_caught_up() {
                let checked = once(&file, &cooperative, &stop);
                watched.change(|seen| seen.check = Some(checked));
                due = Instant::now() + every;
            }
            std::thread::sleep(NAP);
        }
    };
    thread.spawn(work).map(drop)
}

fn once(file: &Path, cooperative: &Cooperative, stop: &AtomicBool) -> Checked {
    let compared = IndexReader::open(file)
        .and_then(|mut reader| compare(&mut reader, cooperative, PATIENCE, stop));
    Checked {
        at: SystemTime::now(),
        outcome: compared.map_err(|error| error.to_string()),
    }
}

/// What is wrong by a comparison, if anything is: in English, for logs and whoever watches.
pub(in crate::coop) fn about(checked: &Checked) -> Option<String> {
    let Ok(Compared::Done(comparison)) = &checked.outcome else {
        return None;
    };
    let count = comparison.differences.len();
    let first = comparison.differences.first()?;
    Some(format!(
        "{count} rows differ from the tables of the chain at block {}, such as {} of {}: `veche index check` \
         names them",
        comparison.block.block_num, first.key, first.table
    ))
}
