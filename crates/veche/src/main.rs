//! The command line of Veche.

use std::{env, io, process::ExitCode};

/// A node makes and drops some hundred small values for a transaction. The allocator of the system
/// gives their memory back and asks for it again each time, at a tenth of the time of a transfer.
#[cfg(feature = "node")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // Not locked: threads of a node write their logs there as well.
    ExitCode::from(veche::run(
        env::args_os(),
        &mut io::stdout(),
        &mut io::stderr(),
    ))
}
