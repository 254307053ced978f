//! The command line of `rollout`.

use super::{Deploying, Project};
use antelope_cli::signers::KeyOptions;
use antelope_types::{Name, PermissionLevel};
use clap::Args;
use std::path::PathBuf;

/// Bring the accounts of a deployment file to what it describes
///
/// Builds the contracts, compares them with what the accounts have, and prints what differs: code, ABI,
/// RAM and its price, the permission eosio.code, actions that have not run. With --execute it does all of
/// that in as few transactions as the chain takes, and reads the outcome back. What is there is left
/// alone, so that a run that was interrupted is completed by running it again.
#[derive(Debug, Args)]
pub(crate) struct Rollout {
    /// Deployment file; otherwise deploy.toml in the project's folder
    pub(crate) file: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) deploying: Deploying,
    /// Deploy only these packages of the file
    #[arg(long, value_name = "PACKAGE", value_delimiter = ',')]
    pub(crate) only: Vec<String>,
    /// Deploy a package to this account instead of the file's
    #[arg(long = "account", value_name = "PACKAGE=ACCOUNT", value_parser = pair)]
    pub(crate) accounts: Vec<(String, String)>,
    /// Give a value of the file another content
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = pair)]
    pub(crate) values: Vec<(String, String)>,
    /// Account that buys missing RAM and pays CPU and NET; otherwise each contract's own account
    #[arg(long, value_name = "ACCOUNT")]
    pub(crate) payer: Option<Name>,
    /// Buy no RAM; fail where some is missing
    #[arg(long)]
    pub(crate) no_buy: bool,
    /// One transaction for each contract, and one for the actions
    #[arg(long)]
    pub(crate) separately: bool,
    /// Deploy to a production chain although the sources differ from their commit
    #[arg(long)]
    pub(crate) accept_dirty: bool,
    /// Propose it to eosio.msig under this name; RAM is bought at once by the proposer
    #[arg(long, value_name = "NAME", requires = "proposer")]
    pub(crate) propose: Option<Name>,
    /// With --propose: who proposes it, such as alice@active
    #[arg(long, value_name = "ACCOUNT@PERMISSION", value_parser = level)]
    pub(crate) proposer: Option<PermissionLevel>,
    /// With --propose: hours until it cannot be executed any more
    #[arg(long, value_name = "HOURS", default_value_t = 168)]
    pub(crate) proposal_expiration: u32,
    /// Network by its name in veche's configuration: local, jungle4, …
    #[arg(long, short, value_name = "NAME")]
    pub(crate) network: Option<String>,
    /// Address of a node; several may be given, the first that answers is used
    #[arg(long = "url", short, value_name = "URL")]
    pub(crate) urls: Vec<String>,
    /// veche's folder of configuration, keys and unfinished transactions [default: ~/.config/veche]
    #[arg(long, value_name = "DIR", env = "VECHE_CONFIG")]
    pub(crate) config: Option<PathBuf>,
    /// Answer questions with yes; a production chain asks twice (-yy)
    #[arg(long, short, action = clap::ArgAction::Count)]
    pub(crate) yes: u8,
    #[command(flatten)]
    pub(crate) keys: KeyOptions,
    #[command(flatten)]
    pub(crate) project: Project,
}

/// `NAME=VALUE`.
fn pair(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').filter(|(name, _)| !name.is_empty());
    let pair = pair.map(|(name, value)| (name.to_owned(), value.to_owned()));
    pair.ok_or_else(|| "expected NAME=VALUE".to_owned())
}

/// `alice` or `alice@active`.
fn level(text: &str) -> Result<PermissionLevel, String> {
    let text = match text.contains('@') {
        true => text.to_owned(),
        false => format!("{text}@active"),
    };
    text.parse::<PermissionLevel>()
        .map_err(|error| error.to_string())
}
