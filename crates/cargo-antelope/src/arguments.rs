//! The command line.

use std::path::PathBuf;

use antelope_build::BuildOptions;
use antelope_build::chain::Chain;
use antelope_build::scaffold::Template;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// Cargo calls `cargo-antelope antelope …`.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo")]
pub(crate) enum Cargo {
    /// Antelope contracts: make, build, check, measure
    #[command(version, display_name = "cargo-antelope")]
    Antelope(Antelope),
}

#[derive(Debug, Args)]
pub(crate) struct Antelope {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Write the result as JSON: {schema_version, success, data, errors, warnings}
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Say nothing on the way but warnings and errors
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a contract project
    New(New),
    /// Build contracts: wasm, ABI and build record in <target>/antelope/<package>/
    Build(Build),
    /// Say whether contracts compile and a node would take them, and write nothing
    Check(Build),
    /// Print the ABI of a contract, or compare it with a file
    Abi(Abi),
    /// Show where the bytes of a contract are and what they cost
    Size(Size),
    /// Run the tests of contracts, show what their actions cost, and compare with costs.snap
    Test(Test),
    /// Say what is installed, what is missing and how to get it
    Doctor(Doctor),
}

#[derive(Debug, Args)]
pub(crate) struct New {
    /// Folder to make; its last part is the package name
    pub(crate) path: PathBuf,
    /// Package name
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// Contract to begin with
    #[arg(long, value_enum, default_value_t)]
    pub(crate) template: TemplateName,
    /// Checkout to take the SDK from; otherwise the one that this command was installed from
    #[arg(long, value_name = "CHECKOUT")]
    pub(crate) sdk_path: Option<PathBuf>,
}

/// A template by name.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(crate) enum TemplateName {
    /// The smallest contract
    #[default]
    Hello,
    /// A token with the actions and tables of eosio.token
    Token,
    /// Money held for two until it is released, refunded or its time is over
    Escrow,
    /// Collections of tokens that are one of a kind
    Nft,
    /// Transactions that several approve, as eosio.msig keeps them
    Msig,
}

impl TemplateName {
    pub(crate) const fn template(self) -> Template {
        match self {
            Self::Hello => Template::Hello,
            Self::Token => Template::Token,
            Self::Escrow => Template::Escrow,
            Self::Nft => Template::Nft,
            Self::Msig => Template::Msig,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Build {
    #[command(flatten)]
    pub(crate) source: Source,
}

#[derive(Debug, Args)]
pub(crate) struct Abi {
    #[command(flatten)]
    pub(crate) source: Source,
    /// Compare with this file instead of printing; fails if they differ
    #[arg(long, value_name = "FILE")]
    pub(crate) check: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Size {
    #[command(flatten)]
    pub(crate) source: Source,
    /// Fail if the wasm is larger
    #[arg(long, value_name = "BYTES")]
    pub(crate) max: Option<u64>,
    /// How many functions to show
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) top: usize,
    /// Price of one KiB of RAM, such as "0.0175 EOS"
    #[arg(long, value_name = "ASSET", conflicts_with = "node")]
    pub(crate) ram_price: Option<String>,
    /// Node whose chain's RAM market tells the price
    #[arg(long, value_name = "URL")]
    pub(crate) node: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Test {
    /// Contract to test; otherwise that of this folder, otherwise all of the workspace
    #[arg(long, short, value_name = "PACKAGE")]
    pub(crate) package: Option<String>,
    /// Folder of the project
    #[arg(long, short = 'C', value_name = "FOLDER", default_value = ".")]
    pub(crate) folder: PathBuf,
    /// Write costs.snap beside Cargo.toml instead of comparing with it
    #[arg(long, conflicts_with = "cargo")]
    pub(crate) bless: bool,
    /// Run nothing; take what tests with this folder in $ANTELOPE_COSTS have recorded
    #[arg(long, value_name = "FOLDER", conflicts_with = "cargo")]
    pub(crate) recorded: Option<PathBuf>,
    /// Fail if Cargo.lock would change
    #[arg(long)]
    pub(crate) locked: bool,
    /// Do not use the network
    #[arg(long)]
    pub(crate) offline: bool,
    /// Cargo target folder
    #[arg(long, value_name = "FOLDER")]
    pub(crate) target_dir: Option<PathBuf>,
    /// More arguments for cargo test; nothing is compared then
    #[arg(last = true, value_name = "ARGUMENTS")]
    pub(crate) cargo: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Doctor {}

/// What to build and how.
#[derive(Debug, Args)]
pub(crate) struct Source {
    /// Contract to build; otherwise that of this folder, otherwise all of the workspace
    #[arg(long, short, value_name = "PACKAGE")]
    package: Option<String>,
    /// Folder of the project
    #[arg(long, short = 'C', value_name = "FOLDER", default_value = ".")]
    folder: PathBuf,
    /// Cargo features to activate
    #[arg(long, short = 'F', value_delimiter = ',', value_name = "FEATURES")]
    features: Vec<String>,
    /// Leave default features out
    #[arg(long)]
    no_default_features: bool,
    /// Fail if Cargo.lock would change
    #[arg(long)]
    locked: bool,
    /// Do not use the network
    #[arg(long)]
    offline: bool,
    /// Do without wasm-opt
    #[arg(long)]
    no_opt: bool,
    /// Compile core and alloc too; for machines where rustup cannot download the target
    #[arg(long)]
    build_std: bool,
    /// Cargo target folder
    #[arg(long, value_name = "FOLDER")]
    target_dir: Option<PathBuf>,
    /// Chain to validate for
    #[arg(long, value_enum, default_value_t = ChainName::Current)]
    chain: ChainName,
}

/// A chain by name.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum ChainName {
    /// Spring 1.x with every protocol feature
    Current,
    /// Leap 4 and 5 with every protocol feature
    Leap,
    /// No protocol feature activated
    Genesis,
}

impl Source {
    pub(crate) fn options(&self, quiet: bool) -> BuildOptions {
        let mut options = BuildOptions::new(&self.folder);
        options.package.clone_from(&self.package);
        options.features.clone_from(&self.features);
        options.target_dir.clone_from(&self.target_dir);
        options.no_default_features = self.no_default_features;
        options.locked = self.locked;
        options.offline = self.offline;
        options.optimize = !self.no_opt;
        options.build_std |= self.build_std;
        options.show_cargo = !quiet;
        options.chain = match self.chain {
            ChainName::Current => Chain::current(),
            ChainName::Leap => Chain::leap(),
            ChainName::Genesis => Chain::genesis(),
        };
        options
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cargo::command().debug_assert();
    }
}
