//! A running node.

use crate::about::About;
use crate::beginning::Boot;
use crate::boot::boot;
use crate::error::NodeError;
use crate::folder::NodeFolder;
use crate::options::NodeOptions;
use crate::production::{Producer, Ticker};
use antelope_chain::api::Api;
use antelope_chain::wasm::Engine;
use antelope_chain::{Chain, Durability, LiveChain, OpenOptions, Origin};
use antelope_rpc::{
    ForkOptions, ForkSource, Options, ServeError, Server, StateHistory, StateHistoryOptions,
};
use antelope_types::Checksum256;
use coop_demo::OffChain;
use std::io::{self, Write};
use std::net::{SocketAddr, TcpListener};

/// A running node. [`stop`](Self::stop) ends it in order; dropping it ends it as well, but tells no
/// errors and writes no checkpoint, so that the next start executes the journal.
pub struct Node {
    about: Option<About>,
    origin: Option<Origin>,
    is_new: bool,
    live: LiveChain,
    api: Api,
    producer: Producer,
    server: Option<Server>,
    state_history: Option<StateHistory>,
    url: String,
    // Last, so that it is removed when nobody uses it.
    folder: NodeFolder,
}

impl Node {
    /// Takes the chain of the folder or makes one, and starts to make blocks and to answer. What takes
    /// long is said on `progress`, a line each.
    ///
    /// # Errors
    /// [`NodeError`]. Nothing runs then, and a chain that was there is as it was.
    pub fn start(options: &NodeOptions, progress: &mut dyn Write) -> Result<Self, NodeError> {
        is_free(options.listen)?;
        options.state_history.map_or(Ok(()), is_free)?;
        let folder = match &options.data {
            Some(path) => NodeFolder::open(path)?,
            None => NodeFolder::temporary()?,
        };
        let is_new = !folder.has_chain();
        // Before anything is made: a fork needs the other node.
        let source = match &options.fork {
            Some(fork) if is_new => {
                Some(ForkSource::connect(fork.clone()).map_err(NodeError::Fork)?)
            }
            _ => None,
        };
        let chain = match is_new {
            true => make(options, source.as_ref(), &folder, progress)?,
            false => open(options, &folder)?,
        };
        let origin = chain.origin().cloned();
        let about = folder.about();
        let live = LiveChain::new(chain);
        let api = Api::over(live.clone(), options.production.of_transactions());
        let source = fork_of(options, source, origin.as_ref(), &api)?;
        if !is_new || options.start_time.is_none() {
            // Whatever time has passed: clients find a recent head.
            let present = options.clock.now();
            api.jump_to(present)?;
        }
        let ticker = Ticker::new(api.clone(), live.clone(), options.clock.clone());
        let producer = Producer::start(ticker, options.production).map_err(NodeError::Thread)?;
        // First, since `/metrics` shows what it counts.
        let state_history = options
            .state_history
            .map(|address| StateHistory::start(&live, address, StateHistoryOptions::default()));
        let state_history = state_history.transpose()?;
        let counts = state_history.as_ref().map(StateHistory::counts);
        let server = Server::start(
            api.clone(),
            options.listen,
            Options {
                development: options.development,
                production: Some(producer.producing()),
                fork: source,
                unix_socket: options.unix_socket.clone(),
                verbose_errors: !options.terse_errors,
                state_history: counts.cloned(),
                cors: options.cors.clone(),
                hosts: Some(options.hosts.clone()),
                ..Options::default()
            },
        )?;
        Ok(Self {
            about,
            origin,
            is_new,
            live,
            api,
            producer,
            url: server.url(),
            server: Some(server),
            state_history,
            folder,
        })
    }

    /// Where it answers, e.g. `http://127.0.0.1:8888`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Where indexers follow it, e.g. `ws://127.0.0.1:8080`.
    pub fn state_history_url(&self) -> Option<String> {
        self.state_history.as_ref().map(StateHistory::url)
    }

    /// What of the sample cooperative is not on the chain; none where there is no sample.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn off_chain(&self) -> io::Result<Option<OffChain>> {
        OffChain::read(&self.folder.documents())
    }

    /// What the chain began with; none where the folder does not say.
    pub fn about(&self) -> Option<&About> {
        self.about.as_ref()
    }

    /// The chain that this one was forked from; none for most.
    pub fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    /// Whether the chain was made by this start.
    pub fn is_new(&self) -> bool {
        self.is_new
    }

    /// The id of the chain.
    pub fn chain_id(&self) -> Checksum256 {
        self.live.chain_id()
    }

    /// The chain as it is now.
    pub fn chain(&self) -> Chain {
        self.live.fork()
    }

    /// The calls of the node, in this process.
    pub fn api(&self) -> &Api {
        &self.api
    }

    /// How the chain was booted, where that is not what was asked for.
    pub fn booted_otherwise(&self, asked: Option<Boot>) -> Option<Boot> {
        let found = self.about.as_ref()?.boot;
        asked.filter(|asked| *asked != found).map(|_| found)
    }

    /// Answers the requests that have come, completes the block that is being completed, writes a
    /// checkpoint and releases the folder.
    ///
    /// # Errors
    /// [`NodeError::Store`] where the checkpoint cannot be written. Nothing is lost by it.
    pub fn stop(mut self) -> Result<(), NodeError> {
        if let Some(server) = self.server.take() {
            server.shut_down();
        }
        self.producer.stop();
        if let Some(state_history) = self.state_history.take() {
            state_history.shut_down();
        }
        if self.folder.is_temporary() {
            return Ok(());
        }
        Ok(self.live.close()?)
    }
}

/// Fails where the address is taken, before anything is made.
fn is_free(address: SocketAddr) -> Result<(), NodeError> {
    let listener = TcpListener::bind(address);
    listener
        .map(drop)
        .map_err(|source| ServeError::Listen { address, source }.into())
}

/// Where a fork takes over from: the node that it was begun with, or the one that its chain remembers.
///
/// # Errors
/// [`NodeError::NotAFork`] where a chain that is not a fork is to be one; [`NodeError::Fork`] where the
/// other node is not the one that it was forked from.
fn fork_of(
    options: &NodeOptions,
    begun: Option<ForkSource>,
    origin: Option<&Origin>,
    api: &Api,
) -> Result<Option<ForkSource>, NodeError> {
    if let Some(source) = begun {
        source.attach(api);
        return Ok(Some(source));
    }
    let fork = match (&options.fork, origin) {
        (None, None) => return Ok(None),
        (Some(fork), Some(_)) => fork.clone(),
        (None, Some(origin)) => ForkOptions::new(&origin.url),
        (Some(_), None) => return Err(NodeError::NotAFork),
    };
    let source = ForkSource::resume(fork, api).map_err(NodeError::Fork)?;
    Ok(Some(source))
}

/// How a chain is kept.
fn kept(options: &NodeOptions, folder: &NodeFolder) -> OpenOptions {
    let durability = match folder.is_temporary() {
        true => Durability::Process,
        false => options.durability,
    };
    OpenOptions::new()
        .history(true)
        .history_detail(options.trace_detail)
        .durability(durability)
        .checkpoint_every(options.checkpoint_every)
}

/// Makes a chain and writes it.
fn make(
    options: &NodeOptions,
    source: Option<&ForkSource>,
    folder: &NodeFolder,
    progress: &mut dyn Write,
) -> Result<Chain, NodeError> {
    let (chain, about) = boot(options, source, &folder.documents(), progress)?;
    // First what the chain is: without the chain it is not looked at.
    folder.write(&about)?;
    let kept = kept(options, folder).template(&chain);
    let mut kept = kept.open(folder.chain(), Engine::shared()?)?;
    set_key(&mut kept, options);
    Ok(kept)
}

/// Takes the chain of the folder.
fn open(options: &NodeOptions, folder: &NodeFolder) -> Result<Chain, NodeError> {
    let mut chain = kept(options, folder).open(folder.chain(), Engine::shared()?)?;
    set_key(&mut chain, options);
    if chain.records_since_checkpoint() >= options.checkpoint_every {
        // A node that is killed before its first checkpoint would start ever more slowly.
        if let Err(error) = chain.checkpoint() {
            tracing::warn!(%error, "no checkpoint can be written; the journal has everything");
        }
    }
    Ok(chain)
}

fn set_key(chain: &mut Chain, options: &NodeOptions) {
    let Some(key) = &options.producer_key else {
        return;
    };
    let expected = antelope_rpc_client::signing::public_key(key);
    if expected.is_ok_and(|key| key != chain.genesis().initial_key) {
        tracing::warn!(
            "the producer key is not the one that this chain began with: nodes that follow it refuse \
             its blocks unless the schedule of producers was changed to the key"
        );
    }
    chain.set_producer_key(key.clone());
}
