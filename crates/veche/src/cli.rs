//! Arguments: which command, on what, told how.

#[cfg(feature = "demo")]
use crate::demo;
#[cfg(feature = "node")]
use crate::node;
use crate::{coop, keeper};
use antelope_cli::commands::{
    convert, create, get, multisig, net, push, set, sign, system, transfer, version, wallet, wrap,
};
use antelope_cli::manual;
use antelope_cli::options::Options;
use antelope_cli::{Console, Fallible, Report, Session};
use antelope_envelope::Exit;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, error::ErrorKind};
use clap_complete::Shell;
use std::{ffi::OsString, io::Write, path::PathBuf};

/// Software for cooperatives on Antelope chains.
#[derive(Debug, Parser)]
#[command(name = "veche", version, arg_required_else_help = true)]
struct Cli {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[command(subcommand)]
    Version(version::Version),
    #[command(subcommand)]
    Create(create::Create),
    #[command(subcommand)]
    Convert(convert::Convert),
    #[command(subcommand)]
    Validate(sign::Validate),
    #[command(subcommand)]
    Get(get::Get),
    #[command(subcommand)]
    Set(set::Set),
    Transfer(Box<transfer::Transfer>),
    #[command(subcommand)]
    Net(net::Net),
    Wallet(Box<wallet::WalletArgs>),
    Sign(Box<sign::Sign>),
    #[command(subcommand)]
    Push(push::Push),
    #[command(subcommand)]
    Multisig(multisig::Multisig),
    #[command(subcommand)]
    Wrap(wrap::Wrap),
    #[command(subcommand)]
    System(system::System),
    /// Print what a shell reads to complete arguments
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the page of the manual, or write a page for each command
    Man {
        /// The folder for the pages
        #[arg(long, value_name = "FOLDER")]
        folder: Option<PathBuf>,
    },
    Keeper(Box<keeper::KeeperArgs>),
    #[command(flatten)]
    Coop(coop::Coop),
    /// Tell the story of a cooperative: people join, contribute, decide and leave
    #[cfg(feature = "demo")]
    Demo(demo::DemoArgs),
    /// Tell the story of a cooperative; this program was built without it
    #[cfg(not(feature = "demo"))]
    #[command(hide = true, disable_help_flag = true)]
    Demo {
        /// Whatever the demo would take
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
        arguments: Vec<OsString>,
    },
    /// Run a node: a chain in this process that wallets, indexers and programs talk to
    #[cfg(feature = "node")]
    Node(Box<node::NodeArgs>),
    /// Run a node; this program was built without it
    #[cfg(not(feature = "node"))]
    #[command(hide = true, disable_help_flag = true)]
    Node {
        /// Whatever the node would take
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
        arguments: Vec<OsString>,
    },
}

/// Runs one command line, the program's name first; the exit code.
///
/// `out` gets the result, `err` everything else. A stream that is closed ends nothing.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    run_to_exit(arguments, out, err).into()
}

fn run_to_exit(
    arguments: impl IntoIterator<Item = OsString>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Exit {
    let arguments: Vec<_> = arguments.into_iter().collect();
    let lang = coop::help::language(&arguments);
    let matched = coop::help::for_reader(Cli::command(), lang).try_get_matches_from(&arguments);
    match matched.and_then(|found| Cli::from_arg_matches(&found)) {
        Ok(Cli { options, command }) => command.run(&options, out, err),
        Err(error) => {
            let asked = matches!(
                error.kind(),
                ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
            );
            if asked {
                let _ = out.write_all(error.render().to_string().as_bytes());
                return Exit::Success;
            }
            let text = coop::help::fault(&error, &Cli::command(), &arguments, lang);
            let _ = err.write_all(text.as_bytes());
            Exit::WrongUse
        }
    }
}

impl Command {
    fn run(self, options: &Options, out: &mut dyn Write, err: &mut dyn Write) -> Exit {
        match self {
            #[cfg(feature = "demo")]
            Self::Demo(arguments) => demo::run(&arguments, out, err),
            #[cfg(feature = "node")]
            Self::Node(arguments) => node::run(&arguments, out, err),
            #[cfg(not(feature = "demo"))]
            Self::Demo { .. } => missing("demo", "./scripts/demo builds and runs it, or ", err),
            #[cfg(not(feature = "node"))]
            Self::Node { .. } => missing("node", "", err),
            command => {
                let mut console = Console::new(out, err);
                console.configure(options.json, options.quiet);
                let outcome = command.on_a_node(options, &mut console);
                console.finish(outcome)
            }
        }
    }

    /// Runs a command that talks to a node.
    fn on_a_node(self, options: &Options, console: &mut Console<'_>) -> Fallible<Report> {
        let session = || Session::open(options);
        match self {
            Self::Version(command) => Ok(version::run(command)),
            Self::Create(create::Create::Key(given)) => create::key(&given),
            Self::Create(create::Create::Account(given)) => {
                create::account(&session()?, console, &given)
            }
            Self::Convert(command) => convert::run(&session()?, &command),
            Self::Validate(command) => sign::validate(&session()?, &command),
            Self::Get(command) => get::run(&session()?, console, &command),
            Self::Set(command) => set::run(&session()?, console, &command),
            Self::Transfer(command) => transfer::run(&session()?, console, &command),
            Self::Net(command) => net::run(options, &command),
            Self::Wallet(given) => wallet::run(options, console, &given),
            Self::Sign(command) => sign::sign(&session()?, console, &command),
            Self::Push(command) => push::run(&session()?, console, &command),
            Self::Multisig(command) => multisig::run(&session()?, console, &command),
            Self::Wrap(command) => wrap::run(&session()?, console, &command),
            Self::System(command) => system::run(&session()?, console, &command),
            Self::Completions { shell } => Ok(manual::completions(shell, Cli::command())),
            Self::Man { folder: None } => manual::page(Cli::command()),
            Self::Man {
                folder: Some(folder),
            } => manual::pages(Cli::command(), &folder),
            Self::Coop(command) => coop::run(&session()?, console, &command),
            Self::Keeper(arguments) => keeper::run(&session()?, console, &arguments),
            Self::Demo { .. } | Self::Node { .. } => Ok(Report::default()),
        }
    }
}

/// Says how to get a command that this program was built without.
#[cfg(not(all(feature = "demo", feature = "node")))]
fn missing(feature: &str, script: &str, err: &mut dyn Write) -> Exit {
    let _ = writeln!(
        err,
        "error: this program was built without the {feature}; {script}build with: cargo build -p \
         veche --features {feature}"
    );
    Exit::WrongUse
}

#[cfg(test)]
mod tests;
