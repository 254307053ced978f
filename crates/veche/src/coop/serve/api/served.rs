//! The API on threads of its own, beside the follower and the keeper.

use super::OfficeSigner;
use crate::coop::office::OfficeOptions;
use crate::coop::private;
use antelope_cli::{Failure, Fallible, Session};
use antelope_rpc_client::{Client, Signer};
use antelope_types::Name;
use clap::Args;
use coop_index::{IndexFolder, IndexScope};
use coop_language::{Messages, Words};
use coop_private::PrivateStore;
use coop_server::{Api, ApiParts, ApiSettings, PATH};
use prometheus_client::registry::Registry;
use std::fmt;
use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use tokio::runtime::Builder;
use tokio::sync::oneshot;

/// The longest file of settings.
const MAX_CONFIG: u64 = 1 << 20;

/// How the API is served.
#[derive(Args, Clone, Debug)]
pub(in crate::coop::serve) struct ApiArgs {
    /// Serve without the API over the registry
    #[arg(long)]
    no_api: bool,
    /// Where the API is answered, at /v1/graphql; beyond this machine only behind a proxy with TLS
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8891")]
    api_listen: SocketAddr,
    /// A TOML file with the bounds and the origins of the API
    #[arg(long, value_name = "FILE", conflicts_with = "no_api")]
    api_config: Option<PathBuf>,
}

/// All that can be wrong before the service begins has been looked at.
pub(in crate::coop::serve) struct Prepared {
    settings: ApiSettings,
    people: Option<PrivateStore>,
    listener: TcpListener,
}

/// The API that is served.
#[derive(Clone)]
pub(in crate::coop::serve) struct ApiView {
    api: Api,
    url: String,
    has_ended: Arc<AtomicBool>,
    running: Arc<Mutex<Option<Running>>>,
}

struct Running {
    stop: oneshot::Sender<()>,
    thread: JoinHandle<()>,
}

impl fmt::Debug for ApiView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ApiView").field(&self.url).finish()
    }
}

/// Looks at what the API is told, and takes its address.
///
/// # Errors
/// `usage.argument` for settings, each that is wrong, and for an address of other machines; `listen`; those of the
/// store of people.
pub(in crate::coop::serve) fn prepare(
    arguments: &ApiArgs,
    session: &Session,
    office: &OfficeOptions,
    folder: &IndexFolder,
    messages: &Messages,
) -> Fallible<Option<Prepared>> {
    if arguments.no_api {
        return Ok(None);
    }
    let settings = match &arguments.api_config {
        Some(path) => settings(path, messages)?,
        None => ApiSettings::default(),
    };
    let address = arguments.api_listen;
    if !address.ip().is_loopback() && !settings.behind_proxy {
        let text = messages.say("serve.api_beyond", &[("address", &address)]);
        return Err(Failure::usage(text).expected("--api-listen 127.0.0.1:PORT"));
    }
    let people = private::store_if(session, office, folder.path(), messages)?;
    let listener = TcpListener::bind(address).map_err(|error| {
        let text = format!("cannot listen at {address}: {error}");
        Failure::new("listen", text)
    })?;
    Ok(Some(Prepared {
        settings,
        people,
        listener,
    }))
}

fn settings(path: &Path, messages: &Messages) -> Fallible<ApiSettings> {
    let wrong = |problems: &str| {
        let words = Words::of("serve.api_config").with("file", path.display());
        Failure::usage(format!("{}\n{problems}", words.say(messages)))
    };
    let length = fs::metadata(path).map_err(|error| wrong(&error.to_string()))?;
    if length.len() > MAX_CONFIG {
        return Err(wrong(&format!("more than {MAX_CONFIG} bytes")));
    }
    let text = fs::read_to_string(path).map_err(|error| wrong(&error.to_string()))?;
    ApiSettings::from_toml(&text).map_err(|problems| wrong(&problems.join("\n")))
}

/// Answers from now on.
///
/// # Errors
/// `api` where the databases cannot be used; `threads`.
pub(in crate::coop::serve) fn start(
    prepared: Prepared,
    folder: &IndexFolder,
    scope: IndexScope,
    coopname: Name,
    node: Client,
    signer: OfficeSigner,
) -> Fallible<ApiView> {
    let failed = |error: &dyn fmt::Display| Failure::new("api", error.to_string());
    let signer = signer.map(|(level, signer)| (level, Box::new(signer) as Box<dyn Signer>));
    let parts = ApiParts {
        folder: folder.path().to_owned(),
        index: folder.file(),
        scope,
        coopname,
        people: prepared.people,
        node: Some(node),
        signer,
        settings: prepared.settings,
    };
    let api = Api::open(parts).map_err(|error| failed(&error))?;
    let address = prepared.listener.local_addr();
    let address = address.map_err(|error| failed(&error))?;
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name("api")
        .enable_all()
        .build()
        .map_err(|error| failed(&error))?;
    let (stop, stopping) = oneshot::channel::<()>();
    let has_ended = Arc::<AtomicBool>::default();
    let (served, ended) = (api.clone(), Arc::clone(&has_ended));
    let thread = std::thread::Builder::new().name("api".to_owned());
    let thread = thread.spawn(move || {
        let stopping = async {
            let _ = stopping.await;
        };
        let answered = runtime.block_on(coop_server::serve(served, prepared.listener, stopping));
        if let Err(error) = answered {
            tracing::error!(%error, "the API is not answered any more");
        }
        ended.store(true, Ordering::Relaxed);
    });
    let thread = thread.map_err(|error| failed(&error))?;
    Ok(ApiView {
        api,
        url: format!("http://{address}{PATH}"),
        has_ended,
        running: Arc::new(Mutex::new(Some(Running { stop, thread }))),
    })
}

impl ApiView {
    /// Its address.
    pub(in crate::coop::serve) fn url(&self) -> &str {
        &self.url
    }

    /// Whether it has ended by itself, which it should not.
    pub(in crate::coop::serve) fn has_ended(&self) -> bool {
        self.has_ended.load(Ordering::Relaxed)
    }

    /// Puts what it counts beside other metrics.
    pub(in crate::coop::serve) fn register(&self, registry: &mut Registry) {
        self.api.metrics().register(registry);
    }

    /// Ends it: what is being answered is answered first.
    pub(in crate::coop::serve) fn stop(&self) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(running) = running.take() {
            let _ = running.stop.send(());
            let _ = running.thread.join();
        }
    }
}
