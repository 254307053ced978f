//! Options that all commands take.

use crate::Fallible;
use crate::network::{Configuration, Network, configuration_folder};
use clap::Args;
use std::path::PathBuf;
use std::time::Duration;

/// Which node, which form of the result, how much is asked and said.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Global options")]
pub struct Options {
    /// Address of a node; may be given several times, the first that answers is used
    #[arg(short, long = "url", value_name = "URL", global = true)]
    pub urls: Vec<String>,

    /// Network by name: local, jungle4, kylin, telos-testnet, wax-testnet, eos, telos, wax, or your own
    #[arg(short, long, value_name = "NAME", global = true, env = "VECHE_NETWORK")]
    pub network: Option<String>,

    /// Print one JSON object in place of text
    #[arg(short = 'j', long, global = true)]
    pub json: bool,

    /// Say nothing on the way but warnings and errors
    #[arg(short, long, global = true)]
    pub quiet: bool,

    /// Answer every question with yes; on a production chain it is needed twice (-yy)
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub yes: u8,

    /// Folder of the configuration and of what is kept between runs [default: ~/.config/veche]
    #[arg(long, value_name = "DIR", global = true, env = "VECHE_CONFIG")]
    pub config: Option<PathBuf>,

    /// Seconds that one call of a node may take
    #[arg(long, value_name = "SECONDS", global = true, default_value_t = 30,
          value_parser = clap::value_parser!(u64).range(1..=600))]
    pub timeout: u64,
}

impl Options {
    /// The folder of the configuration and of what is kept between runs.
    ///
    /// # Errors
    /// As [`configuration_folder`].
    pub fn folder(&self) -> Fallible<PathBuf> {
        match &self.config {
            Some(folder) => Ok(folder.clone()),
            None => configuration_folder(),
        }
    }

    /// The network that is meant, with its name if it has one. Addresses that are given replace those of
    /// the network, whose chain id stays: it is then made sure that they are of that chain.
    ///
    /// # Errors
    /// As [`Configuration::read`] and [`Configuration::network`].
    pub fn network(&self) -> Fallible<(Option<String>, Network)> {
        if let (None, [first, others @ ..]) = (&self.network, &self.urls[..]) {
            let mut network = Network::of_url(first.clone());
            network.urls.extend(others.iter().cloned());
            return Ok((None, network));
        }
        let configuration = Configuration::read(&self.folder()?)?;
        let name = self.network.as_deref();
        let name = name.unwrap_or_else(|| configuration.default_name());
        let mut network = configuration.network(name)?;
        if !self.urls.is_empty() {
            network.urls.clone_from(&self.urls);
        }
        Ok((Some(name.to_owned()), network))
    }

    /// Time for one call.
    #[must_use]
    pub fn timeout(&self) -> Duration {
        Duration::from_secs(self.timeout)
    }
}
