//! `veche node`: starts a node, says where it is, and ends it when told.
//!
//! | stream | what is on it |
//! |---|---|
//! | stdout | what a person needs to use the node; with `--json` one object for each event |
//! | stderr | the log, as text or JSON, and errors |

mod args;
mod greeting;

use crate::logs;
use crate::signals::Signals;
use antelope_envelope::{Exit, Message};
use args::problem_of_use;
use coop_node::{Node, NodeError};
use greeting::{Event, Told};
use std::io::Write;

pub(crate) use args::NodeArgs;

/// Runs the command until it is told to end.
pub(crate) fn run(arguments: &NodeArgs, out: &mut dyn Write, err: &mut dyn Write) -> Exit {
    let told = Told::new(arguments.json);
    let fail = |exit: Exit, message: Message, out: &mut dyn Write, err: &mut dyn Write| {
        let _ = writeln!(err, "error: {message}");
        told.tell(&Event::Failed(&message), out);
        exit
    };
    let options = match arguments.options() {
        Ok(options) => options,
        Err(problem) => return fail(Exit::WrongUse, problem_of_use(problem), out, err),
    };
    logs::begin(arguments.log);
    // Before anything is made: a signal ends it in order from the first moment on.
    let signals = match Signals::catch() {
        Ok(signals) => signals,
        Err(error) => {
            let message = Message::new("signals", format!("cannot wait for signals: {error}"));
            return fail(Exit::Failure, message, out, err);
        }
    };
    let node = match Node::start(&options, err) {
        Ok(node) => node,
        Err(error) => return fail(Exit::Failure, message(&error), out, err),
    };
    told.tell(&Event::Started(&node, &options), out);
    tracing::info!(url = node.url(), chain_id = %node.chain_id(), "the node has started");
    let signal = signals.wait();
    told.tell(&Event::Stopping(signal), out);
    tracing::info!(signal, "the node ends; a second signal ends it at once");
    match node.stop() {
        Ok(()) => {
            tracing::info!("the node has ended");
            told.tell(&Event::Stopped, out);
            Exit::Success
        }
        Err(error) => fail(Exit::Failure, message(&error), out, err),
    }
}

fn message(error: &NodeError) -> Message {
    let code = match error {
        NodeError::Serve(_) => "listen",
        NodeError::Store(_) | NodeError::Folder { .. } => "folder",
        NodeError::Boot(_) | NodeError::System(_) => "boot",
        NodeError::Chain(_) => "chain",
        NodeError::Fork(_) | NodeError::NotAFork => "fork",
        _ => "node",
    };
    Message::new(code, error.to_string())
}
