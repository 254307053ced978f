//! A node that runs in the process of the service.

use super::Greeting;
use super::sample::{Sample, SampleArgs};
use crate::coop::index::AnySource;
use crate::coop::serve::ServeArgs;
use crate::table::columns;
use antelope_cli::network::Network;
use antelope_cli::{Console, Failure, Fallible, Session};
use antelope_follow::ChainSource;
use antelope_types::PrivateKey;
use clap::Args;
use coop_index::IndexScope;
use coop_language::Messages;
use coop_node::{Node, NodeOptions, Production};
use std::fs;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How the node is started.
#[derive(Args, Clone, Debug)]
pub(in crate::coop::serve) struct EmbeddedArgs {
    /// Run the node of this folder in the same process; `veche node --data DIR` has made it
    #[arg(long, value_name = "DIR", group = "here", conflicts_with_all = ["state_history", "sample"])]
    embedded: Option<PathBuf>,
    /// Where the node in this process answers
    #[arg(
        long,
        value_name = "ADDRESS",
        default_value = "127.0.0.1:8888",
        requires = "here"
    )]
    node_listen: SocketAddr,
    /// Where others follow the node in this process by state history; nowhere by default
    #[arg(long, value_name = "ADDRESS", requires = "here")]
    node_state_history: Option<SocketAddr>,
    /// Milliseconds between the blocks of the node in this process
    #[arg(long, value_name = "MILLISECONDS", default_value_t = 500, requires = "here",
          value_parser = clap::value_parser!(u64).range(1..=86_400_000))]
    node_interval: u64,
    /// A file with the private key that its blocks are signed with; without it, the development key
    #[arg(long, value_name = "FILE", requires = "here")]
    producer_key_file: Option<PathBuf>,
    #[command(flatten)]
    sample: SampleArgs,
}

/// A node in this process, and the session that talks to it without a network.
pub(in crate::coop::serve) struct Embedded {
    node: Node,
    sample: Option<Sample>,
    pub(in crate::coop::serve) session: Session,
}

impl Embedded {
    /// Its blocks.
    pub(in crate::coop::serve) fn source(&self, scope: &IndexScope) -> AnySource {
        let live = self.node.api().live().clone();
        Box::new(ChainSource::new(live, scope.interest()))
    }

    /// The arguments of the service: those of a sample are where the sample is, whose people and documents are put
    /// into the store.
    ///
    /// # Errors
    /// Those of [`Sample::furnish`].
    pub(in crate::coop::serve) fn arguments(
        &self,
        messages: &Messages,
        given: &ServeArgs,
    ) -> Fallible<ServeArgs> {
        let Some(sample) = &self.sample else {
            return Ok(given.clone());
        };
        sample.furnish(&self.session, &self.node, messages)?;
        sample.arguments(&self.node, messages, given)
    }

    /// What is told of it.
    ///
    /// # Errors
    /// Those of [`Sample::people`].
    pub(in crate::coop::serve) fn greeting(&self) -> Fallible<Greeting> {
        let people = match &self.sample {
            None => Vec::new(),
            Some(sample) => sample.people(&self.node)?,
        };
        let rows = people.iter().filter(|it| !it.email.is_empty()).map(|it| {
            let (account, key) = (&it.account, it.account.private_key());
            let role = format!("  {}", account.role);
            let (name, email) = (account.account.to_string(), it.email.clone());
            [role, name, email, key.unwrap_or_default()]
        });
        let rows: Vec<_> = rows.collect();
        Ok(Greeting {
            url: self.node.url().to_owned(),
            accounts: match &self.sample {
                Some(_) => people.iter().map(|it| it.to_json()).collect(),
                None => serde_json::Value::Null,
            },
            people: columns(&rows),
        })
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
    let sample = Sample::of(&arguments.sample, session)?;
    let folder = match (&sample, &arguments.embedded) {
        (Some(sample), _) => sample.node(),
        (None, Some(folder)) => folder.clone(),
        (None, None) => return Ok(None),
    };
    if sample.is_none() && !folder.join("chain").is_dir() {
        let text = format!("{} has no chain", folder.display());
        return Err(Failure::usage(text).expected("a folder that `veche node --data DIR` has made"));
    }
    let key = arguments
        .producer_key_file
        .as_deref()
        .map(key)
        .transpose()?;
    let mut options = NodeOptions {
        listen: arguments.node_listen,
        state_history: arguments.node_state_history,
        data: Some(folder),
        production: Production::Every(Duration::from_millis(arguments.node_interval)),
        producer_key: key,
        ..NodeOptions::default()
    };
    if let Some(sample) = &sample {
        options = sample.begin(options);
    }
    let node = match console.is_json() {
        true => Node::start(&options, &mut io::sink()),
        false => Node::start(&options, &mut io::stderr()),
    };
    let node = node.map_err(|error| Failure::new("node.embedded", error.to_string()))?;
    let session = Session {
        options: session.options.clone(),
        name: None,
        network: Network::of_url(node.url().to_owned()),
        client: node.api().client(),
    };
    Ok(Some(Embedded {
        node,
        sample,
        session,
    }))
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
