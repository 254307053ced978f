//! The command line.
//!
//! clap makes the parser of these types, and its help of their `///` comments: the first line is the
//! short help, the whole is the long one, and `man` makes manual pages of them. They are texts for
//! users. What only readers of the source need to know is in `//` comments.
//!
//! Groups of options are shared: [`Project`] by all commands that call cargo, [`Source`] by those that
//! build one contract, [`Tests`] by those that run tests, `Node` with `Keys` by those that talk to a node,
//! and `Deploying` by those that deploy. A value that clap can check itself has
//! its type here, such as `Name`, so that a wrong one ends with 2; a value that
//! may be several things is text, and its command refuses it, with 2 as well.

#![allow(
    rustdoc::invalid_html_tags,
    reason = "placeholders in texts of the command line"
)]

#[cfg(feature = "node")]
mod rollout;

use antelope_build::BuildOptions;
use antelope_build::chain::ModuleRules;
use antelope_build::scaffold::Template;
#[cfg(feature = "node")]
use antelope_types::{Name, PermissionLevel};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

#[cfg(feature = "node")]
pub(crate) use rollout::Rollout;

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
    /// Run the tests of contracts and show which lines they executed on the embedded chain
    Coverage(Coverage),
    /// Rebuild and test whenever a source file changes; with --json one result on a line for each run
    Watch(Watch),
    /// Show what the macros of the SDK make of a contract
    Expand(Expand),
    /// Compare a contract with what an account has, and deploy it with --execute
    #[cfg(feature = "node")]
    Deploy(Deploy),
    /// Bring the accounts of a deployment file to what it describes, with --execute
    #[cfg(feature = "node")]
    Rollout(Box<Rollout>),
    /// Say whether an account's code is that of these sources
    #[cfg(feature = "node")]
    Verify(Verify),
    /// Call an action by the contract's ABI; nothing is kept without --execute
    #[cfg(feature = "node")]
    Call(Call),
    /// Show rows of a contract's table
    #[cfg(feature = "node")]
    Table(Table),
    /// Say what is installed, what is missing and how to get it
    Doctor(Doctor),
    /// Print a completion script for a shell
    Completions(Completions),
    /// Write manual pages, one for each command
    Man(Man),
}

/// Make a contract project
///
/// Creates a folder with a contract, its tests, which run on a chain in their own process, and a README.
/// Outside of workspaces it is a git repository; in a workspace it becomes a member.
#[derive(Debug, Args)]
pub(crate) struct New {
    /// Folder to create, or an empty one; its last part is the package name
    pub(crate) path: PathBuf,
    /// Package name, if it is to be another than that of the folder: a-z, digits, - and _
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// Contract to begin with
    #[arg(long, value_enum, default_value_t)]
    pub(crate) template: TemplateName,
    /// Checkout of the SDK's repository to depend on; otherwise the one that PATH lies in, or that this
    /// command was installed from
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
    /// The template of the library.
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
    /// Do not compile once more to tell what was inlined into functions such as apply
    #[arg(long)]
    pub(crate) no_inlined: bool,
    /// Price of one KiB of RAM, such as "0.0175 EOS"
    #[arg(long, value_name = "ASSET")]
    #[cfg_attr(feature = "node", arg(conflicts_with = "node"))]
    pub(crate) ram_price: Option<String>,
    /// Node whose chain's RAM market tells the price
    #[cfg(feature = "node")]
    #[arg(long, value_name = "URL")]
    pub(crate) node: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Test {
    #[command(flatten)]
    pub(crate) tests: Tests,
    /// Write costs.snap beside Cargo.toml instead of comparing with it
    #[arg(long, conflicts_with = "cargo")]
    pub(crate) bless: bool,
    /// Run nothing; take what tests with this folder in $ANTELOPE_COSTS have recorded
    #[arg(long, value_name = "FOLDER", conflicts_with = "cargo")]
    pub(crate) recorded: Option<PathBuf>,
}

/// Which tests to run and how.
#[derive(Debug, Args)]
pub(crate) struct Tests {
    /// Contract to test; otherwise that of this folder, otherwise all of the workspace
    #[arg(long, short, value_name = "PACKAGE")]
    pub(crate) package: Option<String>,
    #[command(flatten)]
    pub(crate) project: Project,
    /// More arguments for cargo test, such as the name of a test; `test` then compares no costs
    #[arg(last = true, value_name = "ARGUMENTS")]
    pub(crate) cargo: Vec<String>,
}

impl Tests {
    /// How the library finds the contracts to test. Nothing is built with it.
    pub(crate) fn options(&self) -> BuildOptions {
        let mut options = self.project.options();
        options.package.clone_from(&self.package);
        options
    }
}

#[derive(Debug, Args)]
pub(crate) struct Coverage {
    #[command(flatten)]
    pub(crate) tests: Tests,
    /// Count lines of the SDK and of other dependencies too
    #[arg(long)]
    pub(crate) all: bool,
    /// Fail if fewer lines in a hundred were executed of any contract
    #[arg(long, value_name = "PERCENT")]
    pub(crate) fail_under: Option<f64>,
    /// Where to write the lcov file; otherwise <target>/antelope/coverage/lcov.info
    #[arg(long, value_name = "FILE")]
    pub(crate) lcov: Option<PathBuf>,
    /// Run nothing; take what tests with this folder in $ANTELOPE_COVERAGE have recorded
    #[arg(long, value_name = "FOLDER", conflicts_with = "cargo")]
    pub(crate) recorded: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Doctor {}

#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(crate) struct Man {
    /// Folder to write the pages into, such as ~/.local/share/man/man1
    pub(crate) folder: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Watch {
    #[command(flatten)]
    pub(crate) source: Source,
    /// Only build; run no tests
    #[arg(long)]
    pub(crate) no_test: bool,
    /// Do it once for each change, at most so often, and end
    #[arg(long, value_name = "N", hide = true)]
    pub(crate) times: Option<u32>,
}

#[derive(Debug, Args)]
pub(crate) struct Expand {
    #[command(flatten)]
    pub(crate) source: Source,
}

/// The node to talk to.
#[cfg(feature = "node")]
#[derive(Debug, Args)]
pub(crate) struct Node {
    /// Address of the node
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8888")]
    pub(crate) url: String,
}

/// Where signatures come from; otherwise a key is asked for.
#[cfg(feature = "node")]
#[derive(Debug, Args)]
pub(crate) struct Keys {
    /// File with a private key on each line
    #[arg(long, value_name = "FILE")]
    pub(crate) key_file: Option<PathBuf>,
    /// Address of a running keosd with an unlocked wallet: http://… or unix:///path/keosd.sock
    #[arg(long, value_name = "URL", conflicts_with = "key_file")]
    pub(crate) wallet: Option<String>,
}

#[cfg(feature = "node")]
impl Keys {
    /// Whether there are some without asking.
    pub(crate) const fn are_given(&self) -> bool {
        self.key_file.is_some() || self.wallet.is_some()
    }
}

/// Whether and how accounts are changed.
#[cfg(feature = "node")]
#[derive(Debug, Args)]
pub(crate) struct Deploying {
    /// Do it; without, only say what would be done
    #[arg(long, short = 'x')]
    pub(crate) execute: bool,
    /// Deploy although an ABI breaks what users and rows of the old one expect
    #[arg(long)]
    pub(crate) accept_breaking: bool,
    /// Permission of the accounts to sign with
    #[arg(long, value_name = "NAME", default_value = "active")]
    pub(crate) permission: Name,
}

#[cfg(feature = "node")]
#[derive(Debug, Args)]
pub(crate) struct Deploy {
    /// Account that gets the contract
    pub(crate) account: Name,
    #[command(flatten)]
    pub(crate) deploying: Deploying,
    #[command(flatten)]
    pub(crate) node: Node,
    #[command(flatten)]
    pub(crate) keys: Keys,
    #[command(flatten)]
    pub(crate) source: Source,
}

#[cfg(feature = "node")]
#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// Account that has the contract, or the hash of its code
    #[arg(value_name = "ACCOUNT|HASH")]
    pub(crate) what: String,
    /// Record of the build to repeat; otherwise <package>.build.json of the last build, if there is one
    #[arg(long, value_name = "FILE")]
    pub(crate) record: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) node: Node,
    #[command(flatten)]
    pub(crate) source: Source,
}

#[cfg(feature = "node")]
#[derive(Debug, Args)]
pub(crate) struct Call {
    /// Account of the contract
    pub(crate) account: Name,
    /// Action
    pub(crate) action: Name,
    /// Arguments as a JSON object
    #[arg(value_name = "JSON")]
    pub(crate) data: Option<String>,
    /// Authority of the action, such as alice@active; without one it is a read-only call
    #[arg(long = "as", value_name = "ACCOUNT@PERMISSION")]
    pub(crate) authority: Vec<PermissionLevel>,
    /// Send it; without, it is computed and forgotten
    #[arg(long, short = 'x')]
    pub(crate) execute: bool,
    #[command(flatten)]
    pub(crate) node: Node,
    #[command(flatten)]
    pub(crate) keys: Keys,
}

#[cfg(feature = "node")]
#[derive(Debug, Args)]
pub(crate) struct Table {
    /// Account of the contract
    pub(crate) account: Name,
    /// Table
    pub(crate) table: Name,
    /// Scope: a name, a symbol code or a number; otherwise the account
    pub(crate) scope: Option<String>,
    /// How many rows
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(crate) limit: u32,
    /// All rows, page after page
    #[arg(long, conflicts_with = "limit")]
    pub(crate) all: bool,
    /// Least key
    #[arg(long, value_name = "KEY")]
    pub(crate) lower: Option<String>,
    /// Greatest key
    #[arg(long, value_name = "KEY")]
    pub(crate) upper: Option<String>,
    /// Number of a secondary index, from 2 on
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(2..=17))]
    pub(crate) index: Option<u8>,
    /// Type of the keys of the index
    #[arg(long, value_enum, default_value = "u64")]
    pub(crate) key_type: KeyTypeName,
    /// Greatest key first
    #[arg(long)]
    pub(crate) reverse: bool,
    #[command(flatten)]
    pub(crate) node: Node,
}

/// The type of an index's keys by name.
#[cfg(feature = "node")]
#[derive(Debug, Clone, Copy, ValueEnum)]
#[allow(missing_docs)]
pub(crate) enum KeyTypeName {
    U64,
    Name,
    U128,
    Sha256,
    U256,
    Ripemd160,
    F64,
    F128,
}

/// Where the project is, and how cargo is called.
#[derive(Debug, Args)]
pub(crate) struct Project {
    /// Folder of the project
    #[arg(long, short = 'C', value_name = "FOLDER", default_value = ".")]
    pub(crate) folder: PathBuf,
    /// Fail if Cargo.lock would change
    #[arg(long)]
    pub(crate) locked: bool,
    /// Do not use the network
    #[arg(long)]
    pub(crate) offline: bool,
    /// Cargo target folder
    #[arg(long, value_name = "FOLDER")]
    pub(crate) target_dir: Option<PathBuf>,
}

impl Project {
    /// How the library is to build, as far as the project says it.
    pub(crate) fn options(&self) -> BuildOptions {
        let mut options = BuildOptions::new(&self.folder);
        options.target_dir.clone_from(&self.target_dir);
        options.locked = self.locked;
        options.offline = self.offline;
        options
    }

    /// The same for a cargo that is called directly.
    pub(crate) fn cargo_flags(&self) -> Vec<std::ffi::OsString> {
        let mut flags: Vec<std::ffi::OsString> = Vec::new();
        for (flag, is_set) in [("--locked", self.locked), ("--offline", self.offline)] {
            if is_set {
                flags.push(flag.into());
            }
        }
        if let Some(target_dir) = &self.target_dir {
            flags.extend(["--target-dir".into(), target_dir.into()]);
        }
        flags
    }
}

/// What to build and how.
#[derive(Debug, Args)]
pub(crate) struct Source {
    /// Contract to build; otherwise that of this folder, otherwise all of the workspace
    #[arg(long, short, value_name = "PACKAGE")]
    package: Option<String>,
    #[command(flatten)]
    pub(crate) project: Project,
    /// Cargo features to activate
    #[arg(long, short = 'F', value_delimiter = ',', value_name = "FEATURES")]
    features: Vec<String>,
    /// Leave default features out
    #[arg(long)]
    no_default_features: bool,
    /// Do without wasm-opt
    #[arg(long)]
    no_opt: bool,
    /// Compile core and alloc too; for machines where rustup cannot download the target
    #[arg(long)]
    build_std: bool,
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
    /// How the library is to build. Environment variables that it reads by itself stay in force:
    /// `--build-std` can only add to them.
    pub(crate) fn options(&self, quiet: bool) -> BuildOptions {
        let mut options = self.project.options();
        options.package.clone_from(&self.package);
        options.features.clone_from(&self.features);
        options.no_default_features = self.no_default_features;
        options.optimize = !self.no_opt;
        options.build_std |= self.build_std;
        options.show_cargo = !quiet;
        options.chain = match self.chain {
            ChainName::Current => ModuleRules::current(),
            ChainName::Leap => ModuleRules::leap(),
            ChainName::Genesis => ModuleRules::genesis(),
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
