//! `net`: networks by name; and, as cleos has it, the peers of a node.

use crate::network::{Configuration, Network};
use crate::options::Options;
use crate::{Failure, Fallible, Report, Session};
use antelope_types::Checksum256;
use clap::Subcommand;
use serde_json::json;

/// Networks by name, and peers of a node.
#[derive(Subcommand, Clone, Debug)]
pub enum Net {
    /// List the networks that have a name
    Ls,
    /// Add a network, or change one of this name, of which stays what is not given
    Add {
        /// Its name
        name: String,
        /// Addresses of its nodes, the first to ask first
        #[arg(required = true)]
        urls: Vec<String>,
        /// Its chain id, which is compared with the node's before anything is signed
        #[arg(long, value_name = "ID")]
        chain_id: Option<Checksum256>,
        /// What is done there counts: ask twice
        #[arg(long)]
        production: bool,
        /// What a link to a transaction in a block explorer begins with
        #[arg(long, value_name = "URL")]
        explorer: Option<String>,
    },
    /// Use this network where the arguments name none
    Use {
        /// Its name
        name: String,
    },
    /// Remove a network that was added
    Rm {
        /// Its name
        name: String,
    },
    /// Let the node connect to a peer
    Connect {
        /// HOST:PORT of the peer
        host: String,
    },
    /// Let the node close the connection to a peer
    Disconnect {
        /// HOST:PORT of the peer
        host: String,
    },
    /// Show the connection of the node to a peer
    Status {
        /// HOST:PORT of the peer
        host: String,
    },
    /// List the connections of the node
    Peers,
}

/// Runs a command of the group.
///
/// # Errors
/// Those of the configuration; of peers, those of the client.
pub fn run(options: &Options, command: &Net) -> Fallible<Report> {
    let folder = options.folder()?;
    let mut configuration = Configuration::read(&folder)?;
    let node = |call: &str, host: Option<&String>| -> Fallible<Report> {
        let path = format!("/v1/net/{call}");
        let request = host.map_or_else(|| json!({}), |host| json!(host));
        let client = Session::open(options)?.client;
        Ok(Report::json(client.call(&path, &request)?))
    };
    match command {
        Net::Connect { host } => return node("connect", Some(host)),
        Net::Disconnect { host } => return node("disconnect", Some(host)),
        Net::Status { host } => return node("status", Some(host)),
        Net::Peers => return node("connections", None),
        Net::Ls => {}
        Net::Add {
            name,
            urls,
            chain_id,
            production,
            explorer,
        } => {
            let network = Network {
                urls: urls.clone(),
                chain_id: *chain_id,
                production: *production,
                explorer: explorer.clone(),
            };
            configuration.add(name, network);
            configuration.write(&folder)?;
        }
        Net::Use { name } => {
            configuration.network(name)?;
            configuration.default = Some(name.clone());
            configuration.write(&folder)?;
        }
        Net::Rm { name } => {
            if !configuration.remove(name) {
                return Err(Failure::not_found(
                    "network.none",
                    format!("no network {name:?} was added"),
                ));
            }
            configuration.write(&folder)?;
        }
    }
    list(&configuration)
}

fn list(configuration: &Configuration) -> Fallible<Report> {
    let (mut data, mut text) = (Vec::new(), String::new());
    for name in configuration.names() {
        let network = configuration.network(&name)?;
        let is_default = name == configuration.default_name();
        let mark = if is_default { "*" } else { " " };
        let counts = if network.production {
            "  production"
        } else {
            ""
        };
        text += &format!("{mark} {name:<14} {}{counts}\n", network.urls.join(" "));
        data.push(json!({ "name": name, "default": is_default, "network": network }));
    }
    Ok(Report::new(data, text))
}
