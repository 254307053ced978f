//! One run's connection: a client over the addresses of a network, and what is known of its chain.

pub(crate) mod failover;
mod freshness;

use crate::network::{Network, known::is_production};
use crate::options::Options;
use crate::{Failure, Fallible};
use antelope_envelope::Message;
use antelope_rpc_client::{Client, ClientOptions};
use antelope_types::Checksum256;
use failover::Failover;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

/// The node that commands of one run talk to, with the options that they share.
#[derive(Debug)]
pub struct Session {
    /// The options of the run.
    pub options: Options,
    /// The network's name; none for an address.
    pub name: Option<String>,
    /// The network.
    pub network: Network,
    /// A client over all its addresses.
    pub client: Client,
}

impl Session {
    /// Opens a session. Nothing is sent yet.
    ///
    /// # Errors
    /// Those of the configuration; `usage.url` for an address that cannot be used.
    pub fn open(options: &Options) -> Fallible<Self> {
        let (name, network) = options.network()?;
        let client_options = ClientOptions {
            timeout: options.timeout(),
            user_agent: concat!("veche/", env!("CARGO_PKG_VERSION")).to_owned(),
            ..ClientOptions::default()
        };
        let client = |url: &String| Client::with_options(url, &client_options);
        let clients = network
            .urls
            .iter()
            .map(client)
            .collect::<Result<Vec<_>, _>>()?;
        if clients.is_empty() {
            return Err(Failure::usage("the network has no address").hint("give one with --url"));
        }
        let client = Client::over(Arc::new(Failover::over(
            clients,
            network.chain_id,
            options.quiet,
        )));
        Ok(Self {
            options: options.clone(),
            name,
            network,
            client,
        })
    }

    /// The node's chain, once it is known to be the network's. To be called before anything is signed.
    ///
    /// # Errors
    /// `mismatch.chain` where the node is of another chain.
    pub fn chain_id(&self) -> Fallible<Checksum256> {
        let found = self.client.chain_id()?;
        match self.network.chain_id {
            Some(expected) if expected != found => {
                let message = format!("{} is a node of chain {found}", self.client.url());
                let of = self.name.as_deref().unwrap_or("this network");
                Err(Failure::new("mismatch.chain", message)
                    .expected(format!("chain {expected} of {of}"))
                    .hint("nothing was signed; take another address or another network"))
            }
            _ => Ok(found),
        }
    }

    /// Whether what is done on the chain counts.
    ///
    /// # Errors
    /// As [`Session::chain_id`].
    pub fn is_production(&self) -> Fallible<bool> {
        Ok(self.network.production || is_production(&self.chain_id()?))
    }

    /// What makes one doubt that the node knows the chain's head, on a network that is not on this machine.
    ///
    /// # Errors
    /// Those of the client.
    pub fn doubt(&self) -> Fallible<Option<Message>> {
        let is_local = |url: &String| {
            ["//127.", "//localhost", "//[::1]"]
                .iter()
                .any(|host| url.contains(host))
        };
        if self.network.urls.iter().all(is_local) {
            return Ok(None);
        }
        let head = self.client.get_info()?.head_block_time;
        Ok(freshness::doubt(SystemTime::now(), head, self.client.url()))
    }

    /// What people call the network: its name, or the address.
    #[must_use]
    pub fn called(&self) -> &str {
        self.name.as_deref().unwrap_or(self.client.url())
    }

    /// The folder of the configuration and of what is kept between runs.
    ///
    /// # Errors
    /// As [`Options::folder`].
    pub fn folder(&self) -> Fallible<PathBuf> {
        self.options.folder()
    }
}
