//! The command line of Veche.

use std::{env, io, process::ExitCode};

fn main() -> ExitCode {
    // Not locked: threads of a node write their logs there as well.
    ExitCode::from(veche::run(
        env::args_os(),
        &mut io::stdout(),
        &mut io::stderr(),
    ))
}
