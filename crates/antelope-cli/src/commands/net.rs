//! `net`: networks by name.

use crate::network::{Configuration, Network};
use crate::options::Options;
use crate::{Failure, Outcome, Report};
use antelope_types::Checksum256;
use clap::Subcommand;
use serde_json::json;

/// Networks by name.
#[derive(Subcommand, Clone, Debug)]
pub enum Net {
    /// List the networks that have a name
    Ls,
    /// Add a network, or replace one of this name
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
}

/// Runs a command of the group.
///
/// # Errors
/// Those of the configuration.
pub fn run(options: &Options, command: &Net) -> Outcome<Report> {
    let folder = options.folder()?;
    let mut configuration = Configuration::read(&folder)?;
    match command {
        Net::Ls => {}
        Net::Add {
            name,
            urls,
            chain_id,
            production,
        } => {
            let network = Network {
                urls: urls.clone(),
                chain_id: *chain_id,
                production: *production,
                explorer: None,
            };
            configuration.networks.insert(name.clone(), network);
            configuration.write(&folder)?;
        }
        Net::Use { name } => {
            configuration.network(name)?;
            configuration.default = Some(name.clone());
            configuration.write(&folder)?;
        }
        Net::Rm { name } => {
            if configuration.networks.remove(name).is_none() {
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

fn list(configuration: &Configuration) -> Outcome<Report> {
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
