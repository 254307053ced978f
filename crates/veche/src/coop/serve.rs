//! `serve`: one process that keeps the registry of a cooperative current, does what its keeper does and answers the
//! API over the registry, beside a node in this process or nodes elsewhere.
//!
//! ```text
//! node (in this process, or by URL) --blocks--> follower --> index.db
//!                                  <--tables--- comparison
//!                                  <--actions-- keeper, API
//! POST /v1/graphql       <-- the API, which reads index.db and private.db
//! GET /health, /metrics  <-- what they say of themselves
//! ```
//!
//! Each part runs on a thread of its own. One that fails is shown by `/health`, and the others go on.

mod api;
mod embedded;
mod health;
mod http;
mod metrics;
mod tending;

use super::index::{
    IndexPlace, STOP_WITHIN, SourceOptions, failure, follow, repeat, watch::Watched,
};
use super::words;
use crate::logs::{self, LogForm};
use crate::signals::Signals;
use antelope_cli::signers::{KeyOptions, key_of};
use antelope_cli::{Console, Failure, Fallible, Report, Session};
use antelope_rpc_client::Signer;
use antelope_types::PermissionLevel;
use clap::Args;
use coop_client::Cooperative;
use coop_index::IndexWriter;
use coop_keeper::KeeperOptions;
use coop_language::{Messages, Words};
use health::{Bounds, State};
use http::HttpServer;
use serde_json::json;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tending::{Tended, Tending};

/// How often other processes and the log are told.
const TOLD_EVERY: Duration = Duration::from_millis(500);

/// Serve a cooperative: keep its registry current, do what its keeper does and answer the API, watched by /health and
/// /metrics
#[derive(Args, Clone, Debug)]
pub(crate) struct ServeArgs {
    #[command(flatten)]
    api: api::ApiArgs,
    /// Where /health and /metrics are answered, on this machine only
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8890")]
    listen: SocketAddr,
    /// Seconds between comparisons with the tables of the chain; 0 for none
    #[arg(long, value_name = "SECONDS", default_value_t = 600)]
    check_every: u64,
    /// How many blocks the index may be behind the node and still be healthy
    #[arg(long, value_name = "BLOCKS", default_value_t = 120)]
    most_lag: u32,
    /// Only follow: what is due in the cooperative is left to others
    #[arg(long)]
    no_keeper: bool,
    /// Who acts as the keeper: an account and its permission
    #[arg(short = 'p', long = "permission", value_name = "LEVEL")]
    level: Option<PermissionLevel>,
    /// Seconds between rounds of the keeper
    #[arg(long, value_name = "SECONDS", default_value_t = 30,
          value_parser = clap::value_parser!(u64).range(1..=86_400))]
    every: u64,
    /// The most transactions of one round of the keeper
    #[arg(long, value_name = "COUNT", default_value_t = 200,
          value_parser = clap::value_parser!(u16).range(1..))]
    most: u16,
    /// The form of the log on stderr: text or json
    #[arg(long, value_name = "FORM", default_value = "text")]
    log: LogForm,
    #[command(flatten)]
    source: SourceOptions,
    #[command(flatten)]
    embedded: embedded::EmbeddedArgs,
    #[command(flatten)]
    pub(super) place: IndexPlace,
    #[command(flatten)]
    keys: KeyOptions,
}

/// Runs the command until a signal comes.
pub(super) fn run(
    session: &Session,
    console: &mut Console<'_>,
    arguments: &ServeArgs,
) -> Fallible<Report> {
    let messages = words::messages(arguments.place.office.language());
    if !arguments.listen.ip().is_loopback() {
        let text = messages.say("serve.beyond", &[("address", &arguments.listen)]);
        return Err(Failure::usage(text).expected("--listen 127.0.0.1:PORT"));
    }
    logs::begin(arguments.log);
    // Before anything is made: a signal ends it in order from the first moment on.
    let signals = Signals::catch().map_err(|error| unavailable(&error))?;
    let node = embedded::start(&arguments.embedded, session, console)?;
    let session = node.as_ref().map_or(session, |node| &node.session);
    let arguments = match &node {
        Some(node) => node.arguments(&messages, arguments)?,
        None => arguments.clone(),
    };
    let outcome = serve(
        session,
        console,
        &messages,
        &arguments,
        node.as_ref(),
        &signals,
    );
    let stopped = node.map_or(Ok(()), embedded::Embedded::stop);
    let report = outcome?;
    stopped?;
    Ok(report)
}

fn serve(
    session: &Session,
    console: &mut Console<'_>,
    messages: &Messages,
    arguments: &ServeArgs,
    node: Option<&embedded::Embedded>,
    signals: &Signals,
) -> Fallible<Report> {
    let folder = arguments.place.folder(session)?;
    let failed = |error| failure(error, &folder, messages);
    let (tending, signer) = tending(session, messages, arguments)?;
    let office = &arguments.place.office;
    let prepared = api::prepare(&arguments.api, session, office, &folder, messages)?;
    let server = HttpServer::bind(arguments.listen).map_err(|error| {
        Failure::new(
            "listen",
            format!("cannot listen at {}: {error}", arguments.listen),
        )
    })?;
    let lock = folder.lock().map_err(failed)?;
    let scope = arguments.place.scope(session, &folder, messages)?;
    let coopname = super::index::cooperative_of(&scope, messages)?;
    let source = match node {
        Some(node) => node.source(&scope),
        None => arguments.source.open(session, &scope)?,
    };
    let writer = IndexWriter::open(&folder.file(), scope).map_err(failed)?;
    let api = match prepared {
        Some(prepared) => {
            let node = session.client.clone();
            Some(api::start(
                prepared, &folder, scope, coopname, node, signer,
            )?)
        }
        None => None,
    };
    let stop = Arc::new(AtomicBool::new(false));
    let watched = Arc::<Watched>::default();
    let tended = tending.as_ref().map(|_| Arc::<Tended>::default());
    let state = Arc::new(State {
        bounds: Bounds {
            most_lag: arguments.most_lag,
            keeper_every: Duration::from_secs(arguments.every),
        },
        folder: folder.clone(),
        watched: Arc::clone(&watched),
        tended: tended.clone(),
        api: api.clone(),
        began: Instant::now(),
    });
    let follower = follow(source, writer, false, &watched, &stop);
    let follower = follower.map_err(|error| unavailable(&error))?;
    if arguments.check_every > 0 {
        let cooperative = Cooperative::new(session.client.clone(), scope.contracts, coopname);
        let every = Duration::from_secs(arguments.check_every);
        repeat(every, &folder, cooperative, &watched, &stop)
            .map_err(|error| unavailable(&error))?;
    }
    let keeper = match (tending, tended) {
        (Some(mut tending), Some(tended)) => {
            tending.options.cooperatives = vec![coopname];
            tending.contracts = Some(scope.contracts);
            let every = Duration::from_secs(arguments.every);
            let thread = tending.start(session.client.clone(), every, tended, Arc::clone(&stop));
            Some(thread.map_err(|error| unavailable(&error))?)
        }
        _ => None,
    };
    let address = server.address();
    let server = server.start(Arc::clone(&state));
    let server = server.map_err(|error| unavailable(&error))?;
    let here = node.map(embedded::Embedded::greeting).transpose()?;
    greet(console, messages, arguments, address, &state, here.as_ref());
    tracing::info!(%address, cooperative = %coopname, folder = %folder.path().display(), "serving");
    let signal = attend(signals, &state);
    tracing::info!(signal, "the service ends; a second signal ends it at once");
    stop.store(true, Ordering::Relaxed);
    if let Some(api) = &api {
        api.stop();
    }
    let until = Instant::now() + STOP_WITHIN;
    let is_over =
        || follower.is_finished() && keeper.as_ref().is_none_or(|keeper| keeper.is_finished());
    while !is_over() && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(10));
    }
    server.stop();
    if !is_over() {
        tracing::warn!("a node does not answer; what was not committed is followed again");
    }
    let seen = watched.seen();
    seen.publish(&folder);
    // The lock goes last: the next process finds everything committed.
    drop(lock);
    let head = seen.status.head.map_or(0, |it| it.block_num);
    let words = Words::of("serve.stopped").with("head", head);
    Ok(Report::new(state.to_json(), words.say(messages)))
}

/// What the keeper is to do, nothing with `--no-keeper`; and who signs what the office does by the API.
fn tending(
    session: &Session,
    messages: &Messages,
    arguments: &ServeArgs,
) -> Fallible<(Option<Tending>, api::OfficeSigner)> {
    let Some(level) = arguments.level else {
        return match arguments.no_keeper {
            true => Ok((None, None)),
            false => Err(Failure::usage(messages.text("serve.nobody"))
                .expected("-p ACCOUNT@PERMISSION, --no-keeper")),
        };
    };
    if session.is_production()? && session.options.yes < 2 {
        let called = session.called();
        let text = messages.say("serve.production", &[("network", &called)]);
        return Err(Failure::declined(text).hint("-yy"));
    }
    let signers = arguments.keys.beside(&session.folder()?).signers();
    let signers = signers.map_err(|mut failure| {
        // A file of a key that is missing, or is none, is a wrong setting: starting again changes nothing.
        if failure.code.starts_with("keys.") {
            failure.code = "usage.keys".into();
        }
        failure
    })?;
    let signer: Arc<dyn Signer> = Arc::from(key_of(session, level, signers)?);
    let keeper = Tending {
        signer: Box::new(Arc::clone(&signer)),
        contracts: None,
        options: KeeperOptions {
            level,
            cooperatives: Vec::new(),
            most: arguments.most.into(),
        },
    };
    let keeper = (!arguments.no_keeper).then_some(keeper);
    Ok((keeper, Some((level, signer))))
}

/// Tells where it is watched: programs by an object, people by a line.
fn greet(
    console: &mut Console<'_>,
    messages: &Messages,
    arguments: &ServeArgs,
    address: SocketAddr,
    state: &State,
    here: Option<&embedded::Greeting>,
) {
    let words = Words::of("serve.started")
        .with("address", address)
        .with("folder", state.folder.path().display());
    match console.is_json() {
        true => {
            let api = state.api.as_ref().map(api::ApiView::url);
            let event = json!({
                "event": "started",
                "url": format!("http://{address}"),
                "api": api,
                "node": here.map(|it| &it.url),
                "accounts": here.map(|it| &it.accounts),
            });
            console.show(&event.to_string());
        }
        false => {
            console.show(&words.say(messages));
            if let Some(api) = &state.api {
                console.show(&Words::of("serve.api").with("url", api.url()).say(messages));
            }
            if let Some(here) = here {
                console.show(&Words::of("serve.node").with("url", &here.url).say(messages));
                if !here.people.is_empty() {
                    console.show(&messages.text("serve.sample"));
                    console.show(&here.people);
                }
            }
        }
    }
    if arguments.no_keeper {
        console.show(&messages.text("serve.no_keeper"));
    }
}

/// Publishes what goes on, and logs what changes, until a signal comes.
fn attend(signals: &Signals, state: &State) -> &'static str {
    let mut before = Vec::new();
    loop {
        if let Some(signal) = signals.wait_for(TOLD_EVERY) {
            return signal;
        }
        state.watched.seen().publish(&state.folder);
        let reasons = state.reasons();
        for reason in reasons.iter().filter(|it| !before.contains(*it)) {
            tracing::warn!("{reason}");
        }
        if reasons.is_empty() && !before.is_empty() {
            tracing::info!("healthy");
        }
        before = reasons;
    }
}

fn unavailable(error: &std::io::Error) -> Box<Failure> {
    Failure::new(
        "threads",
        format!("the system has no thread or signal: {error}"),
    )
}
