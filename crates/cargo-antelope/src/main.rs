//! The cargo command for Antelope contracts.
//!
//! The work is done by libraries: `antelope-build` compiles, validates and measures, and
//! `antelope-rpc-client` talks to nodes. This crate reads the command line, calls them and presents
//! what they return.
//!
//! # A run
//!
//! 1. clap reads the arguments. It answers `--help` and `--version`. For a command line that it does
//!    not understand it says why on stderr, with `--json` also in an envelope, and ends with 2.
//! 2. The command runs. Steps and warnings go to stderr as they come, through [`Output`].
//! 3. The command returns data for programs and text for people, or a [`failure::Failure`].
//! 4. [`Output::finish`] writes one of the two to stdout and chooses the exit code.
//!
//! # Output
//!
//! stdout carries the result and nothing else; everything said on the way goes to stderr, including
//! what cargo and the tests print. `--json` changes the form of the result, not the channel: it is then
//! an [`antelope_envelope::Envelope`] as an indented JSON object, also for a failure; `watch` writes
//! one on a line for each of its runs. `--quiet` silences the steps;
//! warnings and errors remain.
//!
//! # Exit codes
//!
//! | code | meaning |
//! |---|---|
//! | 0 | done |
//! | 1 | it failed, or something required is missing |
//! | 2 | the command line is not understood: by clap, or by the command, whose codes begin with `usage.` |
//! | 3, 4, 5, 6, 7 | `rollout`: not confirmed, not there, no answer, refused by the chain, sent and not confirmed |
//! | 8 | it was made, and is not what was expected: `abi --check`, `size --max`, `test`, `coverage --fail-under`, `verify`, `deploy`, `rollout` |
//!
//! 8 is apart from 1 so that a CI job can tell a changed result from a broken build.
//!
//! # Modules
//!
//! | module | |
//! |---|---|
//! | `arguments` | the command line; its comments are the help texts |
//! | `commands` | one file for each command that needs no node |
//! | `node` | one file for each command that talks to a node; feature `node`, on by default |
//! | `output`, `failure` | stdout, stderr, exit code |
//! | `coverage`, `cost_table`, `ram`, `test_results` | what several commands or long ones compute and format |

mod arguments;
mod commands;
mod cost_table;
mod coverage;
mod failure;
#[cfg(feature = "node")]
mod node;
mod output;
mod ram;
mod test_results;

use arguments::{Antelope, Cargo, Command};
use clap::Parser;
use output::Output;
use std::process::ExitCode;

/// Reads the arguments, runs one command and presents its result.
fn main() -> ExitCode {
    let Cargo::Antelope(Antelope {
        command,
        json,
        quiet,
    }) = match Cargo::try_parse() {
        Ok(cargo) => cargo,
        // clap has a colored form of the same text for terminals.
        Err(error) if !error.use_stderr() || !wants_json() => error.exit(),
        Err(error) => return Output::new(true, false).finish(Err(Box::new(error.into()))),
    };
    let mut output = Output::new(json, quiet);
    let result = match command {
        Command::New(arguments) => commands::new::run(&arguments, &mut output),
        Command::Build(arguments) => commands::build::run(&arguments, &mut output),
        Command::Check(arguments) => commands::check::run(&arguments, &mut output),
        Command::Abi(arguments) => commands::abi::run(&arguments, &mut output),
        Command::Size(arguments) => commands::size::run(&arguments, &mut output),
        Command::Test(arguments) => commands::test::run(&arguments, &mut output),
        Command::Coverage(arguments) => commands::coverage::run(&arguments, &mut output),
        Command::Watch(arguments) => commands::watch::run(&arguments, &mut output),
        Command::Expand(arguments) => commands::expand::run(&arguments, &mut output),
        #[cfg(feature = "node")]
        Command::Deploy(arguments) => node::deploy::run(&arguments, &mut output),
        #[cfg(feature = "node")]
        Command::Rollout(arguments) => node::rollout::run(&arguments, &mut output),
        #[cfg(feature = "node")]
        Command::Verify(arguments) => node::verify::run(&arguments, &mut output),
        #[cfg(feature = "node")]
        Command::Call(arguments) => node::call::run(&arguments, &mut output),
        #[cfg(feature = "node")]
        Command::Table(arguments) => node::table::run(&arguments, &mut output),
        Command::Completions(arguments) => commands::completions::run(&arguments),
        Command::Man(arguments) => commands::man::run(&arguments),
        Command::Doctor(arguments) => commands::doctor::run(&arguments, &mut output),
    };
    output.finish(result)
}

/// Whether `--json` stands in the command line, which as a whole is not understood. What is behind
/// `--` is for cargo.
fn wants_json() -> bool {
    let arguments = std::env::args_os().skip(1);
    arguments
        .take_while(|argument| argument != "--")
        .any(|argument| argument == "--json")
}
