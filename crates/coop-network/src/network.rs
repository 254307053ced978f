//! The network: its nodes up and down.

use crate::error::{During, NetworkError};
use crate::process::NodeProcess;
use crate::state::{API, NetworkState, NodeRecord, free_ports, is_free};
use crate::{clock, config, keys, process};
use antelope_node::find_program;
use antelope_rpc_client::{Client, ClientOptions};
use rustix::process::Signal;
use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long anything may take that the network does by itself. A change of the schedule takes two
/// minutes on a quiet machine.
const PATIENCE: Duration = Duration::from_secs(600);
/// Lets a node produce although it has no recent block.
const ALONE: &str = "--enable-stale-production";
/// How often that is looked at.
const PAUSE: Duration = Duration::from_millis(200);
/// How often a sign of life is given while waiting.
const SIGN: Duration = Duration::from_secs(10);

/// What a node is started with beside its configuration.
#[derive(Default)]
pub(crate) struct Launch<'a> {
    /// More arguments than it has usually.
    pub(crate) arguments: &'a [&'a str],
    /// Variables of its environment.
    pub(crate) environment: Vec<(&'static str, OsString)>,
}

/// A network of delegates' nodes in a folder. Commands on the same folder exclude one another for as
/// long as this lives; the nodes live on.
pub struct DelegateNetwork {
    /// The folder.
    pub(crate) folder: PathBuf,
    /// What the folder says.
    pub(crate) state: NetworkState,
    /// Where progress is told, a fact a line.
    say: Box<dyn Fn(&str)>,
    /// Held while the network is changed; none where it is only looked at.
    _lock: Option<File>,
}

impl DelegateNetwork {
    /// Opens the network of a folder in order to change it; a new one where there is none. Progress
    /// goes to `say`, a fact a line.
    ///
    /// # Errors
    /// [`NetworkError::Busy`], [`NetworkError::Damaged`], [`NetworkError::Io`].
    pub fn open(folder: &Path, say: impl Fn(&str) + 'static) -> Result<Self, NetworkError> {
        keys::make_folder(folder)?;
        let folder = folder.canonicalize();
        let folder = folder.during(|| "find the network's folder".to_owned())?;
        let path = folder.join("lock");
        let lock = File::create(&path).during(|| format!("create {}", path.display()))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(NetworkError::Busy(folder)),
            Err(TryLockError::Error(source)) => {
                let what = format!("lock {}", path.display());
                return Err(NetworkError::Io { what, source });
            }
        }
        Ok(Self {
            state: NetworkState::read(&folder)?,
            folder,
            say: Box::new(say),
            _lock: Some(lock),
        })
    }

    /// Opens the network of a folder in order to look at it, also while a command changes it.
    ///
    /// # Errors
    /// [`NetworkError::NotThere`], [`NetworkError::Damaged`].
    pub fn look(folder: &Path) -> Result<Self, NetworkError> {
        let missing = || NetworkError::NotThere(folder.to_owned());
        let network = Self {
            folder: folder.canonicalize().map_err(|_| missing())?,
            state: NetworkState::read(folder)?,
            say: Box::new(|_| ()),
            _lock: None,
        };
        if network.state.nodes.is_empty() {
            return Err(missing());
        }
        Ok(network)
    }

    /// What the folder says of the network.
    #[must_use]
    pub fn state(&self) -> &NetworkState {
        &self.state
    }

    /// Brings the network up: makes it where there is none, starts the nodes that do not run, and
    /// waits until blocks follow.
    ///
    /// # Errors
    /// [`NetworkError::Boot`], [`NetworkError::Start`], [`NetworkError::Waited`].
    pub fn up(&mut self) -> Result<(), NetworkError> {
        if !self.state.is_booted {
            self.clear()?;
            self.boot()?;
        }
        let nodes = self.state.nodes.clone();
        let is_running = |node: &&NodeRecord| self.runs(node);
        if !nodes.iter().any(|node| is_running(&node)) {
            self.renew_ports()?;
        }
        let nodes = self.state.nodes.clone();
        let producers = nodes.iter().filter(|node| node.account.is_some());
        // A node produces once it has received a recent block. Where no delegate has one, the first
        // of them has to begin.
        let is_still = !producers.clone().any(|node| self.runs(node));
        let first = producers.map(|node| &node.name).next().cloned();
        for node in &nodes {
            if !self.runs(node) {
                let begins = is_still && first.as_ref() == Some(&node.name);
                let launch = Launch {
                    arguments: if begins { &[ALONE] } else { &[] },
                    ..Launch::default()
                };
                self.start_node(node, &launch)?;
            }
        }
        let client = self.public_client()?;
        let head = || client.get_info().map(|info| info.head_block_num);
        let before = head().during(|| "ask for the head".to_owned())?;
        self.wait("a new block", || match head() {
            Ok(now) if now > before => Ok(()),
            Ok(now) => Err(format!("block {now}")),
            Err(error) => Err(error.to_string()),
        })?;
        let url = self.state.node(API)?.url();
        self.tell(&format!("up: {url} answers the public"));
        Ok(())
    }

    /// Sets the wall clocks of all nodes so far ahead of the machine's: stops the nodes and brings the network up again.
    /// Clocks never go back, or no block would follow for as long.
    ///
    /// # Errors
    /// Those of [`Self::down`] and [`Self::up`].
    pub fn set_clocks(&mut self, ahead: Duration) -> Result<(), NetworkError> {
        self.need()?;
        self.down()?;
        let millis = i64::try_from(ahead.as_millis()).unwrap_or(i64::MAX);
        self.state.clock_ahead_ms = self.state.clock_ahead_ms.max(millis);
        self.state.write(&self.folder)?;
        self.up()
    }

    /// Stops all nodes in order, and waits for their ends.
    ///
    /// # Errors
    /// [`NetworkError::Io`].
    pub fn down(&self) -> Result<(), NetworkError> {
        let nodes = &self.state.nodes;
        let running: Vec<_> = nodes.iter().filter_map(|node| self.process(node)).collect();
        for process in &running {
            process.signal(Signal::TERM)?;
            // One that was stopped by a signal would not notice.
            process.signal(Signal::CONT)?;
        }
        for node in nodes {
            self.wait_for_end(node)?;
        }
        self.tell(&format!("down: {} nodes stopped", running.len()));
        Ok(())
    }

    /// Removes what is in the folder, after [`DelegateNetwork::down`].
    ///
    /// # Errors
    /// [`NetworkError::Io`].
    pub fn delete(&mut self) -> Result<(), NetworkError> {
        self.clear()?;
        let _ = fs::remove_file(self.folder.join("lock"));
        // Stays where there is something else in it.
        let _ = fs::remove_dir(&self.folder);
        Ok(())
    }

    /// Stops nodes that run, and removes all of the network but the lock.
    fn clear(&mut self) -> Result<(), NetworkError> {
        if !self.state.nodes.is_empty() {
            self.down()?;
        }
        for folder in ["nodes", "snapshots", "development-keys"] {
            remove_folder(&self.folder.join(folder))?;
        }
        for file in ["genesis.json", "network.json"] {
            let _ = fs::remove_file(self.folder.join(file));
        }
        self.state = NetworkState::default();
        Ok(())
    }

    /// Sends a signal to the process of a node; after SIGKILL and SIGTERM waits for its end.
    ///
    /// # Errors
    /// [`NetworkError::Use`] where there is no such node, or it does not run.
    pub fn kill(&self, name: &str, signal: Signal) -> Result<(), NetworkError> {
        self.need()?;
        let node = self.state.node(name)?;
        let process = self.process(node).ok_or_else(|| NetworkError::Use {
            problem: format!("node `{name}` does not run"),
            expected: "a node that runs".to_owned(),
        })?;
        process.signal(signal)?;
        if [Signal::KILL, Signal::TERM].contains(&signal) {
            self.wait_for_end(node)?;
            self.tell(&format!("{name}: ended"));
        }
        Ok(())
    }

    /// Starts a node that does not run, and waits until it answers. One that was killed replays its
    /// blocks, or begins with its snapshot again.
    ///
    /// # Errors
    /// [`NetworkError::Use`], [`NetworkError::Start`], [`NetworkError::Waited`].
    pub fn start(&self, name: &str) -> Result<(), NetworkError> {
        self.need()?;
        let node = self.state.node(name)?;
        if self.runs(node) {
            self.tell(&format!("{name}: runs already"));
            return Ok(());
        }
        self.start_node(node, &Launch::default())
    }

    /// Starts the process of a node.
    pub(crate) fn start_node(
        &self,
        node: &NodeRecord,
        launch: &Launch<'_>,
    ) -> Result<(), NetworkError> {
        let ahead = self.state.clock_ahead_ms;
        let own = match launch.environment.is_empty() && ahead != 0 {
            true => clock::shifted(&self.folder, ahead)?,
            false => Vec::new(),
        };
        let environment = match own.is_empty() {
            true => &launch.environment,
            false => &own,
        };
        let folder = self.node_folder(node);
        let key = match node.account {
            Some(_) => Some(keys::read(
                &self.folder,
                &format!("{}.producer", node.name),
            )?),
            None => None,
        };
        config::write(&folder, node, &self.state.peers(node), key.as_ref())?;
        let more = launch.arguments.iter();
        let mut arguments: Vec<OsString> = more.map(OsString::from).collect();
        let is_new = !folder.join("data/blocks/blocks.log").exists();
        if is_new {
            arguments.extend(self.beginning(node));
        }
        if self.try_start(node, &arguments, environment)? {
            return Ok(());
        }
        self.tell(&format!(
            "{}: its state is dirty, so it is made anew",
            node.name
        ));
        let data = folder.join("data");
        remove_folder(&data.join("state"))?;
        if is_new || node.snapshot.is_some() {
            remove_folder(&data)?;
            if !is_new {
                arguments.extend(self.beginning(node));
            }
        } else {
            arguments.push("--replay-blockchain".into());
        }
        match self.try_start(node, &arguments, environment)? {
            true => Ok(()),
            false => Err(self.start_error(node, "has a dirty state again")),
        }
    }

    /// The arguments that a node begins with.
    fn beginning(&self, node: &NodeRecord) -> [OsString; 2] {
        match &node.snapshot {
            Some(file) => [
                "--snapshot".into(),
                self.folder.join("snapshots").join(file).into(),
            ],
            None => [
                "--genesis-json".into(),
                self.folder.join("genesis.json").into(),
            ],
        }
    }

    /// Starts the process and waits until it answers; false where its state is dirty.
    fn try_start(
        &self,
        node: &NodeRecord,
        arguments: &[OsString],
        environment: &[(&'static str, OsString)],
    ) -> Result<bool, NetworkError> {
        let nodeos = find_program("nodeos")?;
        let folder = self.node_folder(node);
        let log = process::log(&folder);
        let before = fs::metadata(&log).map_or(0, |file| file.len());
        NodeProcess::start(&nodeos, &folder, arguments, environment)?;
        let client = self.client(node)?;
        let is_up = self.wait(&format!("node {}", node.name), || {
            if !self.runs(node) {
                return Ok(false);
            }
            client
                .get_info()
                .map(|_| true)
                .map_err(|error| error.to_string())
        })?;
        if is_up {
            self.tell(&format!(
                "{}: {} (p2p {})",
                node.name,
                node.url(),
                node.p2p_address()
            ));
            return Ok(true);
        }
        let text = fs::read(&log).unwrap_or_default();
        let new = text
            .get(usize::try_from(before).unwrap_or(0)..)
            .unwrap_or_default();
        match String::from_utf8_lossy(new).contains("dirty flag") {
            true => Ok(false),
            false => Err(self.start_error(node, "ended before it answered")),
        }
    }

    /// The error of a node that ended, with the last 12 lines of its log.
    fn start_error(&self, node: &NodeRecord, what: &str) -> NetworkError {
        let log = process::log(&self.node_folder(node));
        let text = fs::read(&log).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let lines: Vec<_> = text.lines().filter(|it| !it.trim().is_empty()).collect();
        NetworkError::Start {
            node: node.name.clone(),
            what: what.to_owned(),
            log,
            tail: lines[lines.len().saturating_sub(12)..].join("\n"),
        }
    }

    /// New ports for nodes whose ports others have taken. None of the nodes runs.
    fn renew_ports(&mut self) -> Result<(), NetworkError> {
        for node in &mut self.state.nodes {
            if !is_free(node.http_port) || !is_free(node.p2p_port) {
                [node.http_port, node.p2p_port] = free_ports()?;
            }
        }
        self.state.write(&self.folder)
    }

    /// Waits until the process of a node has ended.
    fn wait_for_end(&self, node: &NodeRecord) -> Result<(), NetworkError> {
        self.wait(&format!("the end of node {}", node.name), || {
            match self.runs(node) {
                true => Err("it runs".to_owned()),
                false => Ok(()),
            }
        })
    }

    /// Refuses where the network is not made.
    pub(crate) fn need(&self) -> Result<(), NetworkError> {
        match self.state.is_booted {
            true => Ok(()),
            false => Err(NetworkError::NotThere(self.folder.clone())),
        }
    }

    /// The folder of a node.
    pub(crate) fn node_folder(&self, node: &NodeRecord) -> PathBuf {
        self.folder.join("nodes").join(&node.name)
    }

    /// The process of a node, if it runs.
    pub(crate) fn process(&self, node: &NodeRecord) -> Option<NodeProcess> {
        NodeProcess::find(&self.node_folder(node))
    }

    /// Whether the process of a node runs.
    pub(crate) fn runs(&self, node: &NodeRecord) -> bool {
        self.process(node).is_some()
    }

    /// A client of a node. A snapshot takes as long as a block takes to become irreversible.
    pub(crate) fn client(&self, node: &NodeRecord) -> Result<Client, NetworkError> {
        client_within(node, Duration::from_secs(180))
    }

    /// A client of a node that may not answer.
    pub(crate) fn impatient_client(&self, node: &NodeRecord) -> Result<Client, NetworkError> {
        client_within(node, Duration::from_secs(5))
    }

    /// A client of the node that answers the public.
    pub(crate) fn public_client(&self) -> Result<Client, NetworkError> {
        self.client(self.state.node(API)?)
    }

    /// Says a fact.
    pub(crate) fn tell(&self, fact: &str) {
        (self.say)(fact);
    }

    /// Looks again and again until it is there; otherwise `look` says what is there instead.
    pub(crate) fn wait<T>(
        &self,
        what: &str,
        mut look: impl FnMut() -> Result<T, String>,
    ) -> Result<T, NetworkError> {
        let start = Instant::now();
        let mut next = SIGN;
        loop {
            let seen = match look() {
                Ok(found) => return Ok(found),
                Err(seen) => seen,
            };
            let seconds = start.elapsed().as_secs();
            if start.elapsed() > PATIENCE {
                let what = what.to_owned();
                return Err(NetworkError::Waited {
                    what,
                    seconds,
                    seen,
                });
            }
            if start.elapsed() > next {
                self.tell(&format!("  … {seconds} s, waiting for {what}: {seen}"));
                next = start.elapsed() + SIGN;
            }
            sleep(PAUSE);
        }
    }
}

/// A client of a node whose calls may take this long.
fn client_within(node: &NodeRecord, timeout: Duration) -> Result<Client, NetworkError> {
    let options = ClientOptions {
        timeout,
        ..ClientOptions::default()
    };
    Client::with_options(&node.url(), &options).during(|| format!("address {}", node.name))
}

/// Removes a folder with all that is in it, if it is there.
pub(crate) fn remove_folder(path: &Path) -> Result<(), NetworkError> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        other => other.during(|| format!("remove {}", path.display())),
    }
}
