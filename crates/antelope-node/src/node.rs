//! A node: how it is started, and when it is ready.
//!
//! A start goes through these phases:
//!
//! 1. a temporary folder, a fresh key, a genesis and a configuration are made, or the blocks of
//!    another chain are copied;
//! 2. free ports are found;
//! 3. `nodeos` is started in a process group of its own, with its output in `nodeos.log`;
//! 4. the HTTP API is asked every 20 ms until there is a block after the genesis. It answers once
//!    the blocks of another chain have been executed.
//!
//! If the process ends or the patience is over, the error contains the end of the log. If a port
//! was taken meanwhile, all is done again.

use crate::error::{Doing, NodeError};
use crate::operator::Operator;
use crate::process::Process;
use crate::programs::find_program;
use antelope_rpc_client::{Client, ClientOptions, signing};
use antelope_types::{PrivateKey, PublicKey};
use serde_json::json;
use std::ffi::OsString;
use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How to run a node.
///
/// ```
/// use antelope_node::NodeOptions;
///
/// // On a busy machine transactions take longer by the clock.
/// let options = NodeOptions {
///     max_transaction_cpu_ms: 1000,
///     ..NodeOptions::default()
/// };
/// assert_eq!(options.state_mb, 1024);
/// ```
#[derive(Debug, Clone)]
pub struct NodeOptions {
    /// The program; `None` for the one that [`find_program`] finds.
    pub nodeos: Option<PathBuf>,
    /// Size of the chain's state in MiB, reserved as a sparse file. nodeos stops when less than 128
    /// MiB of it are free.
    pub state_mb: u32,
    /// How long the node lets a transaction execute, in milliseconds (`--max-transaction-time`).
    pub max_transaction_time_ms: u32,
    /// The chain parameter `max_transaction_cpu_usage` in milliseconds; 150 on public chains. A
    /// node measures CPU by the clock, so that a busy machine needs more.
    pub max_transaction_cpu_ms: u32,
    /// How long to wait for the first block.
    pub patience: Duration,
    /// The key of `eosio`, which is that of the producer; `None` for a fresh one.
    pub key: Option<PrivateKey>,
    /// The block log of another chain (`blocks.log`), which the node copies, executes anew, and
    /// continues; `None` for a new chain. Give `key` as well, the one that the chain began with, or
    /// the node cannot produce.
    pub blocks: Option<PathBuf>,
    /// Whether to produce blocks. A node that does not stays where the blocks of the other chain
    /// end.
    pub produce: bool,
    /// Whether errors have all their messages, and not only the first (`--verbose-http-errors`).
    pub verbose_errors: bool,
    /// Whether to serve state history: traces and deltas of all blocks, at
    /// [`Node::state_history_address`].
    pub state_history: bool,
    /// More arguments for nodeos. One with a value, such as `--max-body-size=1000`, replaces the
    /// usual one of that name.
    pub arguments: Vec<OsString>,
}

impl Default for NodeOptions {
    fn default() -> Self {
        Self {
            nodeos: None,
            state_mb: 1024,
            max_transaction_time_ms: 1000,
            max_transaction_cpu_ms: 150,
            patience: Duration::from_secs(60),
            key: None,
            blocks: None,
            produce: true,
            verbose_errors: true,
            state_history: false,
            arguments: Vec::new(),
        }
    }
}

/// A running node with a single producer, `eosio`.
///
/// Its genesis has a fresh key and thus a fresh chain id, so that nothing signed for one node is
/// valid on another, unless it continues another chain. It dereferences to [`Operator`], whose key
/// is also the producer's.
///
/// ```no_run
/// use antelope_node::{Node, NodeOptions};
///
/// let node = Node::start(NodeOptions::default())?;
/// node.boot()?;
/// println!("{}, log in {}", node.url(), node.log().display());
/// # Ok::<(), antelope_node::NodeError>(())
/// ```
pub struct Node {
    /// The holder of the key of `eosio`, with a client of this node.
    operator: Operator,
    /// The port for other nodes.
    p2p_port: u16,
    /// The port of state history, if it is served.
    history_port: Option<u16>,
    /// The process. Locked to look at it or stop it; calls of the node do not need it.
    process: Mutex<Process>,
    /// The temporary folder, removed when dropped; `None` once the node is kept.
    folder: Option<TempDir>,
    /// The path of the folder.
    path: PathBuf,
}

/// How often starting is tried: another program may take a port between finding it free and using
/// it.
const ATTEMPTS: usize = 3;

impl Node {
    /// Starts a node and waits for its first block, about a second.
    ///
    /// # Errors
    /// [`NodeError::ProgramMissing`]; [`NodeError::Start`] with the end of the log where the node
    /// ends or produces no block in time, for example because it does not accept the blocks of the
    /// other chain.
    pub fn start(options: NodeOptions) -> Result<Self, NodeError> {
        let nodeos = match &options.nodeos {
            Some(program) => program.clone(),
            None => find_program("nodeos")?,
        };
        let mut attempt = 1;
        loop {
            match Self::start_once(&nodeos, &options) {
                Err(NodeError::Start { tail, .. })
                    if attempt < ATTEMPTS && tail.contains("Address already in use") =>
                {
                    attempt += 1;
                }
                result => return result,
            }
        }
    }

    /// One attempt with its own folder, key and ports.
    fn start_once(nodeos: &Path, options: &NodeOptions) -> Result<Self, NodeError> {
        let folder = tempfile::Builder::new()
            .prefix("veche-node-")
            .tempdir()
            .doing(|| "create a folder for the node".to_owned())?;
        let path = folder.path().to_owned();
        let key = match &options.key {
            Some(key) => key.clone(),
            None => signing::generate_k1()
                .map_err(antelope_rpc_client::ClientError::from)
                .doing(|| "make the node's key".to_owned())?,
        };
        match &options.blocks {
            Some(blocks) => copy_blocks(blocks, &path)?,
            None => write_genesis(&path, &public(&key), options.max_transaction_cpu_ms)?,
        }
        write_config(&path, &key)?;
        let [http_port, p2p_port, history_port] = free_ports()?;
        let history_port = options.state_history.then_some(history_port);
        let mut command = Command::new(nodeos);
        let usual = arguments(options, http_port, p2p_port).into_iter();
        command
            .args(usual.filter(|usual| !is_replaced(usual, &options.arguments)))
            .args(history_arguments(history_port))
            .args(&options.arguments)
            .current_dir(&path);
        let process = Process::start(&mut command, &path.join(LOG), Some(&path))?;
        let client = Client::with_options(
            &format!("http://127.0.0.1:{http_port}"),
            &ClientOptions {
                timeout: Duration::from_secs(60),
                ..ClientOptions::default()
            },
        );
        let client = client.doing(|| "address the node".to_owned())?;
        let node = Self {
            operator: Operator::new(client, key),
            p2p_port,
            history_port,
            process: Mutex::new(process),
            folder: Some(folder),
            path,
        };
        node.wait_for_first_block(options.patience)?;
        Ok(node)
    }

    /// The address of its HTTP API, such as `http://127.0.0.1:43210`.
    #[must_use]
    pub fn url(&self) -> &str {
        self.client().url()
    }

    /// The address for other nodes, such as `127.0.0.1:43211`.
    #[must_use]
    pub fn p2p_address(&self) -> String {
        format!("127.0.0.1:{}", self.p2p_port)
    }

    /// The address of state history, if [`NodeOptions::state_history`] asked for it.
    #[must_use]
    pub fn state_history_address(&self) -> Option<SocketAddr> {
        let address = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        self.history_port.map(address)
    }

    /// The folder with configuration, state, blocks and log.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.path
    }

    /// The log file.
    #[must_use]
    pub fn log(&self) -> PathBuf {
        self.path.join(LOG)
    }

    /// The process id.
    #[must_use]
    pub fn process_id(&self) -> u32 {
        self.process().id()
    }

    /// Leaves the node running and its folder in place when this program ends; returns the process
    /// id. Stop it by SIGTERM.
    pub fn keep(mut self) -> u32 {
        self.process().release();
        if let Some(folder) = self.folder.take() {
            let _ = folder.keep();
        }
        self.process_id()
    }

    /// Locks the process; nothing in it can be half changed.
    fn process(&self) -> std::sync::MutexGuard<'_, Process> {
        self.process.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the first block after genesis.
    fn wait_for_first_block(&self, patience: Duration) -> Result<(), NodeError> {
        let start = Instant::now();
        loop {
            if self
                .client()
                .get_info()
                .is_ok_and(|info| info.head_block_num > 1)
            {
                return Ok(());
            }
            if let Some(status) = self.process().ended() {
                return Err(self.start_error(format!("ended ({status})")));
            }
            if start.elapsed() > patience {
                let what = format!("produced no block in {} s", patience.as_secs());
                return Err(self.start_error(what));
            }
            sleep(Duration::from_millis(20));
        }
    }

    /// The error of a failed start, with the last 12 lines of the log.
    fn start_error(&self, what: String) -> NodeError {
        let text = fs::read(self.log()).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let lines: Vec<_> = text.lines().filter(|l| !l.trim().is_empty()).collect();
        let tail = lines[lines.len().saturating_sub(12)..].join("\n");
        NodeError::Start {
            what,
            log: self.log(),
            tail,
        }
    }
}

/// A node can do what its operator can.
impl Deref for Node {
    type Target = Operator;

    fn deref(&self) -> &Operator {
        &self.operator
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // Without its folder, the node was kept.
        if self.folder.is_some() {
            self.process().stop();
        }
    }
}

impl std::fmt::Debug for Node {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Node")
            .field("url", &self.url())
            .field("folder", &self.path)
            .finish()
    }
}

/// The name of the log file.
const LOG: &str = "nodeos.log";

/// The public key.
fn public(key: &PrivateKey) -> PublicKey {
    antelope_rpc_client::Signer::public_key(key)
}

/// Writes the configuration with the producer's key: in a file, since arguments of a process are
/// visible to all users.
fn write_config(folder: &Path, key: &PrivateKey) -> Result<(), NodeError> {
    let config = folder.join("config");
    fs::create_dir(&config).doing(|| format!("create {}", config.display()))?;
    let line = format!(
        "signature-provider = {}=KEY:{}\n",
        public(key),
        key.to_text()
    );
    let file = config.join("config.ini");
    fs::write(&file, line).doing(|| format!("write {}", file.display()))
}

/// Copies a block log to where nodeos expects its own.
fn copy_blocks(blocks: &Path, folder: &Path) -> Result<(), NodeError> {
    let own = folder.join("data/blocks");
    fs::create_dir_all(&own).doing(|| format!("create {}", own.display()))?;
    let copied = fs::copy(blocks, own.join("blocks.log"));
    copied.doing(|| format!("copy {}", blocks.display()))?;
    Ok(())
}

/// Writes the genesis: nodeos' default, except for the key and the limit on CPU. A block needs room
/// for at least one transaction of the largest size.
fn write_genesis(folder: &Path, key: &PublicKey, cpu_ms: u32) -> Result<(), NodeError> {
    let cpu_us = cpu_ms.saturating_mul(1000);
    let genesis = json!({
        "initial_timestamp": "2018-06-01T12:00:00.000",
        "initial_key": key.to_string(),
        "initial_configuration": {
            "max_block_net_usage": 1_048_576,
            "target_block_net_usage_pct": 1000,
            "max_transaction_net_usage": 524_288,
            "base_per_transaction_net_usage": 12,
            "net_usage_leeway": 500,
            "context_free_discount_net_usage_num": 20,
            "context_free_discount_net_usage_den": 100,
            "max_block_cpu_usage": cpu_us.saturating_add(50_000).max(200_000),
            "target_block_cpu_usage_pct": 1000,
            "max_transaction_cpu_usage": cpu_us,
            "min_transaction_cpu_usage": 100,
            "max_transaction_lifetime": 3600,
            "deferred_trx_expiration_window": 600,
            "max_transaction_delay": 3_888_000,
            "max_inline_action_size": 524_288,
            "max_inline_action_depth": 4,
            "max_authority_depth": 6,
        },
    });
    let file = folder.join("genesis.json");
    fs::write(&file, genesis.to_string()).doing(|| format!("write {}", file.display()))
}

/// The arguments of nodeos. They turn off what would make a test depend on the machine's load:
/// subjective billing, lock-outs after failures, short limits on responses.
fn arguments(options: &NodeOptions, http_port: u16, p2p_port: u16) -> Vec<String> {
    let plugins = ["chain_api", "http", "producer", "producer_api", "trace_api"];
    let mut arguments = Vec::new();
    if options.produce {
        let produce = ["--enable-stale-production", "--producer-name=eosio"];
        arguments.extend(produce.map(str::to_owned));
    } else {
        // The threads that such a node has for reading would hold transactions to 50 ms.
        arguments.push("--read-only-threads=0".to_owned());
    }
    // The genesis of another chain is in its block log.
    arguments.push(match options.blocks {
        Some(_) => "--hard-replay-blockchain".to_owned(),
        None => "--genesis-json=genesis.json".to_owned(),
    });
    for plugin in plugins {
        arguments.push(format!("--plugin=eosio::{plugin}_plugin"));
    }
    let flags = [
        "--data-dir=data",
        "--config-dir=config",
        "--trace-no-abis",
        "--contracts-console",
        "--http-validate-host=false",
        "--max-body-size=20000000",
        // A loaded machine may take longer for a response than a public node allows.
        "--abi-serializer-max-time-ms=1000",
        "--http-max-response-time-ms=5000",
        // Otherwise an account whose transactions fail three times in a block is locked out.
        "--subjective-account-max-failures=1000000",
        "--disable-subjective-api-billing=true",
        // A disk filled by others need not stop a node that lives for minutes.
        "--resource-monitor-not-shutdown-on-threshold-exceeded",
        // The optimizing runtime serves accounts named eosio.* only. Without it, the measured CPU
        // does not depend on an account's name.
        "--eos-vm-oc-enable=none",
    ];
    arguments.extend(flags.map(str::to_owned));
    if options.verbose_errors {
        arguments.push("--verbose-http-errors".to_owned());
    }
    arguments.extend([
        format!("--http-server-address=127.0.0.1:{http_port}"),
        format!("--p2p-listen-endpoint=127.0.0.1:{p2p_port}"),
        format!("--chain-state-db-size-mb={}", options.state_mb),
        format!("--max-transaction-time={}", options.max_transaction_time_ms),
    ]);
    arguments
}

/// Whether one of these arguments has the name of a usual one with a value. nodeos refuses options
/// that are given twice.
fn is_replaced(usual: &str, by: &[OsString]) -> bool {
    let Some((name, _)) = usual
        .split_once('=')
        .filter(|(name, _)| *name != "--plugin")
    else {
        return false;
    };
    let mut given = by.iter().filter_map(|argument| argument.to_str());
    given.any(|given| {
        given
            .split_once('=')
            .is_some_and(|(given, _)| given == name)
    })
}

/// The arguments that make nodeos serve state history on this port.
fn history_arguments(port: Option<u16>) -> Vec<String> {
    let Some(port) = port else {
        return Vec::new();
    };
    vec![
        "--plugin=eosio::state_history_plugin".to_owned(),
        "--trace-history".to_owned(),
        "--chain-state-history".to_owned(),
        "--disable-replay-opts".to_owned(),
        format!("--state-history-endpoint=127.0.0.1:{port}"),
    ]
}

/// Different ports that were free a moment ago. All are bound before any is released.
fn free_ports<const N: usize>() -> Result<[u16; N], NodeError> {
    let bind = |_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
    let ports = || -> std::io::Result<[u16; N]> {
        let sockets: Vec<_> = (0..N).map(bind).collect::<Result<_, _>>()?;
        let mut ports = [0; N];
        for (port, socket) in ports.iter_mut().zip(&sockets) {
            *port = socket.local_addr()?.port();
        }
        Ok(ports)
    };
    ports().doing(|| "find free ports".to_owned())
}
