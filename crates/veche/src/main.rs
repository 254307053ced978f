//! The command line of Veche.

use std::{env, io, process::ExitCode};

fn main() -> ExitCode {
    ExitCode::from(veche::run(
        env::args_os(),
        &mut io::stdout().lock(),
        &mut io::stderr().lock(),
    ))
}
