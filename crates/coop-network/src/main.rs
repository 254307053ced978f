//! `coop-network`: a network of delegates' nodes on this machine. `scripts/network` runs it.
//!
//! stdout is the result, stderr is progress and errors. Exit codes are those of
//! [`antelope_envelope::Exit`].

mod table;

use antelope_envelope::{Envelope, Exit, Message};
use antelope_node::cache_folder;
use antelope_types::Name;
use clap::{Parser, Subcommand, ValueEnum};
use coop_network::{DelegateNetwork, FaultReport, NetworkError, Origin, check};
use rustix::process::Signal;
use serde_json::{Value, json};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Runs a network of delegates' nodes on this machine.
#[derive(Parser)]
#[command(name = "network", bin_name = "scripts/network")]
struct NetworkArguments {
    /// The folder of the network [default: network in the project's cache folder]
    #[arg(long, global = true, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// The result as JSON
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Makes the network, or starts the nodes that do not run
    Up,
    /// Stops all nodes
    Down {
        /// Removes blocks, state and keys as well
        #[arg(long)]
        delete: bool,
    },
    /// Tells how each node does
    Status {
        /// Rounds in which missed ones are counted
        #[arg(long, default_value_t = 3)]
        rounds: u32,
    },
    /// Ends nodes
    Kill {
        /// Their names: a letter, or api
        #[arg(required = true)]
        nodes: Vec<String>,
        /// What is sent to them
        #[arg(long, value_enum, default_value_t = Sent::Kill)]
        signal: Sent,
    },
    /// Starts nodes that do not run
    Start {
        /// Their names
        #[arg(required = true)]
        nodes: Vec<String>,
    },
    /// Cuts the connections between groups of nodes: a,b c,d,e
    ///
    /// Nodes that are not named belong to the last group.
    Cut {
        /// The groups, nodes separated by commas
        #[arg(required = true)]
        groups: Vec<String>,
    },
    /// Connects all nodes again
    Heal,
    /// Adds a delegate: node, account, registration, votes, first block
    Join {
        /// A letter
        node: String,
        /// What its node begins with
        #[arg(long, value_enum, default_value_t = Begin::Snapshot)]
        from: Begin,
        /// The node of a delegate who is voted for no longer
        #[arg(long, value_name = "NODE")]
        instead_of: Option<String>,
    },
    /// Lets the token holders vote for these delegates
    Vote {
        /// Their nodes, separated by commas
        #[arg(required = true, value_delimiter = ',')]
        nodes: Vec<String>,
        /// Only this token holder
        #[arg(long)]
        holder: Option<String>,
    },
    /// Breaks the network in one way after the other under load, and counts what is lost; half an hour
    Faults {
        /// Only the faults with this in their names
        #[arg(long, value_name = "TEXT")]
        only: Option<String>,
    },
    /// Looks at a delegate of any chain; exit code 8 where something is wrong
    Check {
        /// The delegate's account
        account: String,
        /// A node of the chain [default: the public node of the network]
        #[arg(long)]
        url: Option<String>,
        /// Rounds in which missed ones are counted
        #[arg(long, default_value_t = 3)]
        rounds: u32,
        /// How old the newest block may be, in milliseconds
        #[arg(long, default_value_t = 5000)]
        max_lag: i64,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum Sent {
    Kill,
    Term,
    Stop,
    Cont,
}

#[derive(Clone, Copy, ValueEnum)]
enum Begin {
    Snapshot,
    Genesis,
}

/// What a command says: data for programs, text for people, and how it ends.
struct Said {
    data: Value,
    text: String,
    exit: Exit,
}

impl Said {
    /// A command that did something and has nothing to show.
    fn done() -> Self {
        Self {
            data: json!({}),
            text: String::new(),
            exit: Exit::Success,
        }
    }
}

fn main() -> ExitCode {
    let arguments = NetworkArguments::parse();
    let is_json = arguments.json;
    match run(arguments) {
        Ok(said) => {
            let text = match is_json {
                true => Envelope::partial(said.data, said.exit, vec![]).to_json(),
                false => said.text,
            };
            print(&text);
            said.exit.into()
        }
        Err(error) => {
            let exit = exit(&error);
            if is_json {
                let message = Message::new(code(&error), error.to_string());
                print(&Envelope::<()>::failure(exit, vec![message]).to_json());
            }
            eprintln!("network: ERROR: {error}");
            exit.into()
        }
    }
}

/// Writes the result. Who reads may have seen enough and closed the pipe.
fn print(text: &str) {
    let text = text.trim_end();
    if !text.is_empty() {
        let _ = writeln!(std::io::stdout(), "{text}");
    }
}

fn run(arguments: NetworkArguments) -> Result<Said, NetworkError> {
    let folder = arguments
        .dir
        .unwrap_or_else(|| cache_folder().join("network"));
    let open = || {
        let exists = matches!(arguments.verb, Verb::Up) || folder.is_dir();
        match exists {
            true => DelegateNetwork::open(&folder, |fact| eprintln!("network: {fact}")),
            false => Err(NetworkError::NotThere(folder.clone())),
        }
    };
    match &arguments.verb {
        Verb::Up => open()?.up()?,
        Verb::Down { .. } if !folder.is_dir() => {}
        Verb::Down { delete } => {
            let mut network = open()?;
            network.down()?;
            if *delete {
                network.delete()?;
            }
        }
        Verb::Status { rounds } => {
            let report = DelegateNetwork::look(&folder)?.report(*rounds)?;
            return Ok(Said {
                text: table::network(&report),
                data: json!(report),
                exit: Exit::Success,
            });
        }
        Verb::Kill { nodes, signal } => {
            let signal = match signal {
                Sent::Kill => Signal::KILL,
                Sent::Term => Signal::TERM,
                Sent::Stop => Signal::STOP,
                Sent::Cont => Signal::CONT,
            };
            let network = open()?;
            for node in nodes {
                network.state().node(node)?;
            }
            nodes
                .iter()
                .try_for_each(|node| network.kill(node, signal))?;
        }
        Verb::Start { nodes } => {
            let network = open()?;
            nodes.iter().try_for_each(|node| network.start(node))?;
        }
        Verb::Cut { groups } => open()?.cut(&groups.join("|"))?,
        Verb::Heal => open()?.heal()?,
        Verb::Join {
            node,
            from,
            instead_of,
        } => {
            let origin = match from {
                Begin::Snapshot => Origin::Snapshot,
                Begin::Genesis => Origin::Genesis,
            };
            open()?.join(node, origin, instead_of.as_deref())?;
        }
        Verb::Vote { nodes, holder } => open()?.vote(nodes, holder.as_deref())?,
        Verb::Faults { only } => {
            let reports = open()?.faults(only.as_deref())?;
            let is_good = |it: &FaultReport| it.doubled == 0 && it.is_equal;
            return Ok(Said {
                text: table::faults(&reports),
                exit: match reports.iter().all(is_good) {
                    true => Exit::Success,
                    false => Exit::Mismatch,
                },
                data: json!(reports),
            });
        }
        Verb::Check {
            account,
            url,
            rounds,
            max_lag,
        } => {
            let url = match url {
                Some(url) => url.clone(),
                None => DelegateNetwork::look(&folder)?.state().node("api")?.url(),
            };
            let account = Name::parse(account).map_err(|error| NetworkError::Use {
                problem: format!("`{account}`: {error}"),
                expected: "the name of an account".to_owned(),
            })?;
            let check = check(&url, account, *rounds, *max_lag)?;
            return Ok(Said {
                text: table::check(&check),
                exit: match check.problems.is_empty() {
                    true => Exit::Success,
                    false => Exit::Mismatch,
                },
                data: json!(check),
            });
        }
    }
    Ok(Said::done())
}

/// The exit code of an error.
fn exit(error: &NetworkError) -> Exit {
    match error {
        NetworkError::Use { .. } => Exit::WrongUse,
        NetworkError::NotThere(_) => Exit::NotFound,
        NetworkError::Waited { .. } => Exit::Unconfirmed,
        NetworkError::Call { .. } => Exit::Network,
        _ => Exit::Failure,
    }
}

/// The code of an error in JSON.
fn code(error: &NetworkError) -> &'static str {
    match error {
        NetworkError::Use { .. } => "usage.argument",
        NetworkError::NotThere(_) => "network.none",
        NetworkError::Busy(_) => "network.busy",
        NetworkError::Waited { .. } => "network.waited",
        NetworkError::Call { .. } => "network.call",
        NetworkError::Start { .. } => "network.start",
        _ => "network.failed",
    }
}
