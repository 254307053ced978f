//! The chain library of nodeos as another process, which does what it is told.

use crate::parameters::parameters;
use antelope_chain::Genesis;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

pub struct Oracle {
    process: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Oracle {
    /// `None` where there is none on this machine.
    pub fn start(genesis: &Genesis) -> Option<Self> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/life/oracle.py");
        let mut command = match antelope_node::chain_tester(&script) {
            Ok(command) => command,
            Err(missing) => {
                eprintln!("SKIPPED: a life beside the chain library of nodeos: {missing}");
                return None;
            }
        };
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut oracle = Self {
            input: process.stdin.take(),
            output: BufReader::new(process.stdout.take().unwrap()),
            process,
        };
        oracle.tell(&beginning(genesis));
        Some(oracle)
    }

    /// Whether it can tell the sender of a deferred transaction that this has failed.
    pub fn tells_senders(&mut self) -> bool {
        crate::shared::onerror::works(self.process.id())
    }

    fn tell(&mut self, line: &Value) {
        let input = self.input.as_mut().unwrap();
        writeln!(input, "{line}").unwrap();
    }

    /// The answer to a request.
    pub fn ask(&mut self, request: &Value) -> Value {
        self.tell(request);
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|_| panic!("the oracle ended at {request}"))
    }
}

impl Drop for Oracle {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.process.wait();
    }
}

/// The genesis in the form that nodes read.
fn beginning(genesis: &Genesis) -> Value {
    json!({
        "initial_timestamp": genesis.initial_timestamp,
        "initial_key": genesis.initial_key,
        "initial_configuration": parameters(genesis.initial_configuration),
    })
}
