//! The cargo command for Antelope contracts.
//!
//! stdout carries the result and nothing else; everything said on the way goes to stderr. `--json`
//! changes the form of the result, not the channel. Exit codes:
//!
//! | code | meaning |
//! |---|---|
//! | 0 | done |
//! | 1 | it failed, or something required is missing |
//! | 2 | wrong usage |
//! | 8 | it was made, and is not what was expected: `abi --check`, `size --max`, `test`, `coverage --fail-under`, `verify`, `deploy` |

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

fn main() -> ExitCode {
    let Cargo::Antelope(Antelope {
        command,
        json,
        quiet,
    }) = Cargo::parse();
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
