//! What the node is told.

use crate::logs::LogForm;
use antelope_chain::{Detail, Durability};
use antelope_envelope::Message;
use antelope_rpc::{Cors, ForkOptions};
use antelope_types::{PrivateKey, TimePoint};
use clap::Args;
use coop_node::{Boot, NodeOptions, Production};
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

/// Examples below the help.
const EXAMPLES: &str = "\
Examples:
  veche node                           a sample cooperative to try things on; nothing is kept
  veche node --data ~/veche            the same, kept: the next start goes on where this one ended
  veche node --boot system --data D    a chain with eosio.system, eosio.token and eosio.msig
  veche node --produce per-transaction a block for each transaction, for tests
  veche node --listen 127.0.0.1:0      a free port; the first lines say which
  veche node --dev --fork URL          the chain of another node, to try things on

It ends with Ctrl+C or SIGTERM. docs/node.md is the page for operators.";

/// Runs a chain in this process and answers wallets and programs as nodeos does (/v1/chain/…).
///
/// Without --data the chain goes with the process. With it, what a client was told has happened is on
/// the disk, whatever happens to the process or the machine.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct NodeArgs {
    /// Where it listens; beyond 127.0.0.1, put a proxy with TLS in front
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8888")]
    listen: SocketAddr,
    /// Where indexers follow the chain as with nodeos's state history plugin (a websocket), or `off`
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    state_history: OrOff,
    /// State history also has what contracts have printed, the time of each action and the whole text of
    /// errors, as with nodeos's option of that name
    #[arg(long)]
    trace_history_debug_mode: bool,
    /// A folder to keep the chain in; without it nothing is kept
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// When blocks are made: `every` interval, `per-transaction`, or `on-demand`
    #[arg(long, value_name = "WHEN", default_value = "every")]
    produce: When,
    /// The time between blocks, with `--produce every`: 500ms, 2s
    #[arg(long, value_name = "TIME", default_value = "500ms", value_parser = duration)]
    interval: Duration,
    /// What a new chain begins with: `sample` (the three contracts and a cooperative with people and an
    /// agenda), `contracts`, `system` (eosio.system, token, msig, wrap), `empty` [default: sample]
    #[arg(long, value_name = "WHAT")]
    boot: Option<Boot>,
    /// Begin with the chain of another node: its accounts and tables are taken over when they are first
    /// needed, and what is done here is not done there. It needs no --boot
    #[arg(long, value_name = "URL", conflicts_with = "boot")]
    fork: Option<String>,
    /// The block to fork: `latest`, or the number of the newest block
    #[arg(
        long,
        value_name = "BLOCK",
        default_value = "latest",
        requires = "fork"
    )]
    fork_block: BlockOrLatest,
    /// The most rows of a table in one scope that a fork takes over
    #[arg(long, value_name = "COUNT", default_value = "50000", requires = "fork")]
    fork_max_rows: usize,
    /// When a client is told that its transaction is done: when the `transaction` is on the disk; when
    /// it is written, and the `block` waits for the disk; when the `process` has handed it to the system
    #[arg(long, value_name = "WHEN", default_value = "transaction")]
    durability: Waiting,
    /// After how many transactions and blocks the whole chain is written in the background: fewer make
    /// the next start quicker, and cost more while it runs
    #[arg(long, value_name = "COUNT", default_value = "5000")]
    checkpoint_every: u64,
    /// Add the calls under /v1/dev/, by which anybody who reaches the node moves its time and acts as
    /// anybody
    #[arg(long)]
    dev: bool,
    /// The web page that may read answers in a browser, such as https://desk.example, or `*` for all
    #[arg(long, value_name = "ORIGIN")]
    cors: Option<String>,
    /// A socket in the file system to answer on as well, for programs of this machine
    #[arg(long, value_name = "PATH")]
    unix_socket: Option<PathBuf>,
    /// Answer errors with their first message only, as nodeos does without verbose-http-errors
    #[arg(long)]
    terse_errors: bool,
    /// A name of this node in requests, beside its addresses and localhost; may be repeated
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
    /// The form of the log on stderr: text or json; RUST_LOG=info adds a line for each request
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub(super) log: LogForm,
    /// Write one JSON object for each event on stdout: started, stopping, stopped, failed
    #[arg(long)]
    pub(super) json: bool,
    /// A file with the private key that blocks are signed with; a new chain belongs to it. Without it,
    /// the development key, which everybody knows
    #[arg(long, value_name = "FILE")]
    producer_key_file: Option<PathBuf>,
    /// Built contracts, DIR/soviet/soviet.wasm and so on, instead of building them
    #[arg(long, value_name = "DIR")]
    contracts: Option<PathBuf>,
    /// A folder of the workspace whose contracts are built
    #[arg(long, value_name = "DIR", default_value = ".")]
    workspace: PathBuf,
    /// The time at which a new chain begins, such as 2026-01-01T00:00:00, instead of now
    #[arg(long, value_name = "TIME")]
    start_time: Option<TimePoint>,
}

impl NodeArgs {
    /// The options of the node.
    ///
    /// # Errors
    /// What is wrong with the file of the key, or with options that do not go together.
    pub(super) fn options(&self) -> Result<NodeOptions, String> {
        if matches!(self.produce, When::OnDemand) && !self.dev {
            let problem = "--produce on-demand makes blocks by calls under /v1/dev/: add --dev";
            return Err(problem.to_owned());
        }
        let key = self.producer_key_file.as_deref().map(key).transpose()?;
        Ok(NodeOptions {
            listen: self.listen,
            state_history: self.state_history.0,
            trace_detail: match self.trace_history_debug_mode {
                true => Detail::Debug,
                false => Detail::Plain,
            },
            data: self.data.clone(),
            production: match self.produce {
                When::Every => Production::Every(self.interval),
                When::PerTransaction => Production::PerTransaction,
                When::OnDemand => Production::OnDemand,
            },
            fork: self.fork.as_ref().map(|url| ForkOptions {
                block: self.fork_block.0,
                max_rows: self.fork_max_rows,
                ..ForkOptions::new(url)
            }),
            boot: self.boot,
            durability: self.durability.0,
            checkpoint_every: self.checkpoint_every,
            development: self.dev,
            unix_socket: self.unix_socket.clone(),
            terse_errors: self.terse_errors,
            cors: Cors {
                allow_origin: self.cors.clone(),
                allow_headers: self.cors.as_ref().map(|_| "Content-Type".to_owned()),
                ..Cors::default()
            },
            hosts: self.host.clone(),
            producer_key: key,
            workspace: self.workspace.clone(),
            contracts: self.contracts.clone(),
            start_time: self.start_time,
            ..NodeOptions::default()
        })
    }
}

/// A wrong argument that clap cannot see.
pub(super) fn problem_of_use(problem: String) -> Message {
    Message::new("arguments", problem)
}

/// The key in a file. What the file has is never repeated.
fn key(path: &Path) -> Result<PrivateKey, String> {
    let text = fs::read_to_string(path)
        .map_err(|error| format!("--producer-key-file {}: {error}", path.display()))?;
    text.trim().parse().map_err(|_| {
        format!(
            "--producer-key-file {}: expected one private key, PVT_K1_… or 5…",
            path.display()
        )
    })
}

/// An address, or none.
#[derive(Clone, Copy, Debug)]
struct OrOff(Option<SocketAddr>);

impl FromStr for OrOff {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "off" {
            return Ok(Self(None));
        }
        let address = text
            .parse()
            .map_err(|_| "expected an address such as 127.0.0.1:8080, or off".to_owned())?;
        Ok(Self(Some(address)))
    }
}

/// The number of a block, or none for the newest.
#[derive(Clone, Copy, Debug)]
struct BlockOrLatest(Option<u32>);

impl FromStr for BlockOrLatest {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "latest" {
            return Ok(Self(None));
        }
        let number = text.parse().map(Some);
        number
            .map(Self)
            .map_err(|_| "expected latest, or the number of a block".to_owned())
    }
}

/// When blocks are made.
#[derive(Clone, Copy, Debug)]
enum When {
    Every,
    PerTransaction,
    OnDemand,
}

impl FromStr for When {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "every" => Ok(Self::Every),
            "per-transaction" => Ok(Self::PerTransaction),
            "on-demand" => Ok(Self::OnDemand),
            _ => Err("expected every, per-transaction or on-demand".to_owned()),
        }
    }
}

/// When a call waits for the disk.
#[derive(Clone, Copy, Debug)]
struct Waiting(Durability);

impl FromStr for Waiting {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "transaction" => Ok(Self(Durability::Transaction)),
            "block" => Ok(Self(Durability::Block)),
            "process" => Ok(Self(Durability::Process)),
            _ => Err("expected transaction, block or process".to_owned()),
        }
    }
}

/// A time between blocks: a whole number with its unit.
fn duration(text: &str) -> Result<Duration, String> {
    let expected = || "expected a duration such as 500ms or 2s, at least 1ms".to_owned();
    let end = text.find(|letter: char| !letter.is_ascii_digit());
    let (number, unit) = text.split_at(end.unwrap_or(text.len()));
    let number: u64 = number.parse().map_err(|_| expected())?;
    let milliseconds = match unit {
        "ms" => Some(number),
        "s" => number.checked_mul(1000),
        "m" => number.checked_mul(60_000),
        _ => None,
    };
    let milliseconds = milliseconds.filter(|it| (1..=86_400_000).contains(it));
    milliseconds.map(Duration::from_millis).ok_or_else(expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_a_unit() {
        assert_eq!(duration("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(duration("2s"), Ok(Duration::from_secs(2)));
        assert_eq!(duration("1m"), Ok(Duration::from_secs(60)));
        for wrong in [
            "",
            "500",
            "0ms",
            "-1s",
            "1h",
            "99999999999999999999s",
            "2 s",
        ] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_key_is_read_and_a_wrong_one_is_not_repeated() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let text = "5KQwrPbwdL6PhXujxW37FSSQZ1JiwsST4cqQzDeyXtP79zkvFD3";
        fs::write(&path, format!("{text}\n")).unwrap();
        assert_eq!(
            key(&path).map(|key| key.to_legacy_text()),
            Ok(Some(text.to_owned()))
        );
        fs::write(&path, "secret").unwrap();
        let error = key(&path).unwrap_err();
        assert!(error.contains("expected one private key") && !error.contains("secret"));
        assert!(
            key(&folder.path().join("other"))
                .unwrap_err()
                .contains("other")
        );
    }
}
