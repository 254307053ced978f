//! The file with a user's own networks.
//!
//! ```toml
//! default = "union"
//!
//! [networks.union]
//! urls = ["https://node.example", "https://other.example"]
//! chain_id = "…64 hexadecimal digits…"
//! production = true
//! ```

use super::{DEFAULT, Network, known};
use crate::{Failure, Fallible};
use etcetera::{BaseStrategy, choose_base_strategy};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The folder of `config.toml`, unless `--config` names another: `veche` in the user's folder of
/// configurations (`$XDG_CONFIG_HOME` or `~/.config` on Linux).
///
/// # Errors
/// `config.folder` where the user has no home.
pub fn configuration_folder() -> Fallible<PathBuf> {
    let strategy = choose_base_strategy().map_err(|error| {
        Failure::new("config.folder", error.to_string())
            .hint("name a folder for the configuration with --config or VECHE_CONFIG")
    })?;
    Ok(strategy.config_dir().join("veche"))
}

/// What a user has configured. An empty one is as good as none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Configuration {
    /// The network where the arguments name none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// Networks by name; one of a known name takes the known one's place.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub networks: BTreeMap<String, Network>,
}

impl Configuration {
    /// Reads `config.toml` of a folder; an empty configuration where there is none.
    ///
    /// # Errors
    /// `config.read` where it cannot be read, `config.parse` where it cannot be understood.
    pub fn read(folder: &Path) -> Fallible<Self> {
        let file = file(folder);
        let text = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => {
                let message = format!("cannot read {}: {error}", file.display());
                return Err(Failure::new("config.read", message));
            }
        };
        toml::from_str(&text).map_err(|error| {
            let message = format!("{}: {}", file.display(), error.to_string().trim());
            Failure::new("config.parse", message).hint("mend the file, or remove it to begin anew")
        })
    }

    /// Writes `config.toml` whole or not at all.
    ///
    /// # Errors
    /// `config.write`.
    pub fn write(&self, folder: &Path) -> Fallible<()> {
        let write = || {
            fs::create_dir_all(folder)?;
            let text = toml::to_string(self).map_err(io::Error::other)?;
            let beside = folder.join("config.toml.new");
            fs::write(&beside, text)?;
            fs::rename(beside, file(folder))
        };
        write().map_err(|error| {
            let message = format!("cannot write {}: {error}", file(folder).display());
            Failure::new("config.write", message)
        })
    }

    /// A network by its name: the user's own, or a known one.
    ///
    /// # Errors
    /// `network.none` for an unknown name.
    pub fn network(&self, name: &str) -> Fallible<Network> {
        if let Some(network) = self.networks.get(name) {
            return Ok(network.clone());
        }
        let found = known().find(|(known, _)| *known == name);
        let found = found.map(|(_, network)| network);
        found.ok_or_else(|| {
            Failure::not_found("network.none", format!("no network is called {name:?}"))
                .expected(self.names().join(", "))
                .hint("net add NAME URL adds one; --url takes any address")
        })
    }

    /// Adds a network, or changes the one of this name: its chain, that it counts, and its explorer stay
    /// where the new one says nothing about them. What protects from a mistake does not go by another
    /// address.
    pub fn add(&mut self, name: &str, mut network: Network) {
        if let Ok(known) = self.network(name) {
            network.chain_id = network.chain_id.or(known.chain_id);
            network.production |= known.production;
            network.explorer = network.explorer.or(known.explorer);
        }
        self.networks.insert(name.to_owned(), network);
    }

    /// Removes a network that was added; whether there was one. Where it was the default and is not a
    /// known one either, the default is the usual one again.
    pub fn remove(&mut self, name: &str) -> bool {
        let is_removed = self.networks.remove(name).is_some();
        if self.network(self.default_name()).is_err() {
            self.default = None;
        }
        is_removed
    }

    /// The name of the network where the arguments name none.
    #[must_use]
    pub fn default_name(&self) -> &str {
        self.default.as_deref().unwrap_or(DEFAULT)
    }

    /// All names, the known ones first.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<_> = known().map(|(name, _)| name.to_owned()).collect();
        let own = self.networks.keys();
        let own: Vec<_> = own.filter(|name| !names.contains(name)).cloned().collect();
        names.extend(own);
        names
    }
}

fn file(folder: &Path) -> PathBuf {
    folder.join("config.toml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(
            Configuration::read(folder.path()).unwrap(),
            Configuration::default()
        );
        let mut configuration = Configuration {
            default: Some("union".into()),
            ..Configuration::default()
        };
        let network = Network {
            production: true,
            ..Network::of_url("https://node.example")
        };
        configuration
            .networks
            .insert("union".into(), network.clone());
        configuration.write(folder.path()).unwrap();
        let read = Configuration::read(folder.path()).unwrap();
        assert_eq!(read, configuration);
        assert_eq!(read.network(read.default_name()).unwrap(), network);
    }

    #[test]
    fn what_protects_a_network_stays_with_another_address() {
        let mut configuration = Configuration::default();
        configuration.add("eos", Network::of_url("https://node.example"));
        let eos = configuration.network("eos").unwrap();
        assert_eq!(eos.urls, ["https://node.example"]);
        let known = known().find(|(name, _)| *name == "eos").unwrap().1;
        assert!(eos.production);
        assert_eq!(eos.chain_id, known.chain_id);
        let union = Network {
            chain_id: Some(antelope_types::Checksum256([7; 32])),
            production: true,
            explorer: Some("https://explorer.example/".into()),
            ..Network::of_url("https://node.example")
        };
        configuration.add("union", union.clone());
        configuration.add("union", Network::of_url("https://other.example"));
        let changed = configuration.network("union").unwrap();
        let urls = vec!["https://other.example".to_owned()];
        assert_eq!(changed, Network { urls, ..union });
    }

    #[test]
    fn a_default_that_is_removed_is_none() {
        let mut configuration = Configuration::default();
        configuration.add("union", Network::of_url("https://node.example"));
        configuration.add("eos", Network::of_url("https://node.example"));
        configuration.default = Some("union".into());
        assert!(configuration.remove("union") && !configuration.remove("union"));
        assert_eq!(configuration.default_name(), DEFAULT);
        // The known one is there still.
        configuration.default = Some("eos".into());
        assert!(configuration.remove("eos"));
        assert_eq!(configuration.default_name(), "eos");
    }

    #[test]
    fn a_mistake_in_the_file_is_told_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(file(folder.path()), "[networks.x]\nurl = 'http://x'\n").unwrap();
        let failure = Configuration::read(folder.path()).unwrap_err();
        assert_eq!(failure.code, "config.parse");
        assert!(failure.message.contains("line 2"), "{}", failure.message);
    }

    #[test]
    fn an_unknown_name_lists_the_known_ones() {
        let failure = Configuration::default().network("jungle").unwrap_err();
        assert_eq!(failure.code, "network.none");
        assert!(
            failure
                .expected
                .unwrap()
                .starts_with("local, jungle4, kylin")
        );
    }
}
