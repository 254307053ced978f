//! A node that runs in the process of the service.

use super::{AnySource, Args, Console, Fallible, IndexScope, Session};
use antelope_cli::Failure;
use antelope_cli::network::Network;
use antelope_follow::ChainSource;
use antelope_types::PrivateKey;
use coop_node::{Node, NodeOptions, Production};
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How the node is started.
#[derive(Args, Clone, Debug)]
pub(in crate::coop::serve) struct EmbeddedArgs {
    /// Run the node of this folder in the same process; `veche node --data DIR` has made it
    #[arg(long, value_name = "DIR", conflicts_with = "state_history")]
    embedded: Option<PathBuf>,
    /// Where the node in this process answers
    #[arg(
        long,
        value_name = "ADDRESS",
        default_value = "127.0.0.1:8888",
        requires = "embedded"
    )]
    node_listen: SocketAddr,
    /// Where others follow the node in this process by state history; nowhere by default
    #[arg(long, value_name = "ADDRESS", requires = "embedded")]
    node_state_history: Option<SocketAddr>,
    /// Milliseconds between the blocks of the node in this process
    #[arg(long, value_name = "MILLISECONDS", default_value_t = 500, requires = "embedded",
          value_parser = clap::value_parser!(u64).range(1..=86_400_000))]
    node_interval: u64,
    /// A file with the private key that its blocks are signed with; without it, the development key
    #[arg(long, value_name = "FILE", requires = "embedded")]
    producer_key_file: Option<PathBuf>,
}

/// A node in this process, and the session that talks to it without a network.
pub(in crate::coop::serve) struct Embedded {
    node: Node,
    pub(in crate::coop::serve) session: Session,
}

impl Embedded {
    /// Its blocks.
    pub(in crate::coop::serve) fn source(&self, scope: &IndexScope) -> AnySource {
        let live = self.node.api().live().clone();
        Box::new(ChainSource::new(live, scope.interest()))
    }

    /// Ends it in order.
    pub(in crate::coop::serve) fn stop(self) -> Fallible<()> {
        let stopped = self.node.stop();
        stopped.map_err(|error| Failure::new("node.embedded", error.to_string()))
    }
}

/// Starts the node, if one is asked for.
///
/// # Errors
/// `usage.argument` for a folder without a chain or a file without a key; `node.embedded`.
pub(in crate::coop::serve) fn start(
    arguments: &EmbeddedArgs,
    session: &Session,
    console: &mut Console<'_>,
) -> Fallible<Option<Embedded>> {
    let Some(folder) = &arguments.embedded else {
        return Ok(None);
    };
    if !folder.join("chain").is_dir() {
        let text = format!("{} has no chain", folder.display());
        return Err(Failure::usage(text).expected("a folder that `veche node --data DIR` has made"));
    }
    let key = arguments
        .producer_key_file
        .as_deref()
        .map(key)
        .transpose()?;
    let options = NodeOptions {
        listen: arguments.node_listen,
        state_history: arguments.node_state_history,
        data: Some(folder.clone()),
        production: Production::Every(Duration::from_millis(arguments.node_interval)),
        producer_key: key,
        ..NodeOptions::default()
    };
    let node = Node::start(&options, &mut std::io::sink());
    let node = node.map_err(|error| Failure::new("node.embedded", error.to_string()))?;
    console.say(&format!("the node answers at {}", node.url()));
    let session = Session {
        options: session.options.clone(),
        name: None,
        network: Network::of_url(node.url().to_owned()),
        client: node.api().client(),
    };
    Ok(Some(Embedded { node, session }))
}

/// The key in a file. What the file has is never repeated.
fn key(path: &Path) -> Fallible<PrivateKey> {
    let wrong = |problem: String| {
        let text = format!("--producer-key-file {}: {problem}", path.display());
        Failure::usage(text).expected("one private key, PVT_K1_… or 5…")
    };
    let text = fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    let key = text.trim().parse();
    key.map_err(|_| wrong("it has no private key".to_owned()))
}
