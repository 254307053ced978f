//! Executes a failed transaction again from its file.
//!
//! `cargo run -p antelope-chain --example replay -- FAILURE.json [CONTRACT.debug.wasm …]`
//!
//! What it fails with goes to stdout, in full. The exit status is 0 where that is what it had failed
//! with, and 1 where it is not; then stderr says what that was.

use antelope_chain::{Replay, wasm};
use std::process::ExitCode;

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("expected the file of a failure")?;
    let engine = wasm::Engine::shared()?;
    for named in arguments {
        wasm::add_names(&std::fs::read(named)?)?;
    }
    let replay = Replay::load(file, engine)?;
    let told = match replay.run() {
        Ok(trace) => {
            println!("transaction {} was executed", trace.id);
            None
        }
        Err(failure) => {
            println!("{failure:?}");
            Some(failure.to_string())
        }
    };
    if told.as_deref() == Some(replay.summary()) {
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("it had failed with: {}", replay.summary());
    Ok(ExitCode::FAILURE)
}
