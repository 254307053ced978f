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
