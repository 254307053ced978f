//! What the tests run on: the embedded chain, or a real node.

use crate::embedded::Embedded;
use antelope_node::{Node, NodeOptions, Operator};
use std::ops::Deref;
use std::sync::OnceLock;

/// A chain to test on, by the variable `VECHE_NODE`.
#[derive(Debug)]
pub enum Ground {
    /// `embedded`, or not set: the chain of this process.
    Embedded(Embedded),
    /// `nodeos`: a real node.
    Nodeos(Node),
}

impl Ground {
    /// A chain of its own with `eosio.bios`.
    ///
    /// # Panics
    /// When there is no node to run, though one is asked for; the message says how to get one.
    pub fn start() -> Self {
        if Self::is_embedded() {
            Self::Embedded(Embedded::start())
        } else {
            Self::Nodeos(booted_node())
        }
    }

    /// Whether tests run on the embedded chain.
    ///
    /// # Panics
    /// When `VECHE_NODE` names nothing to run on.
    pub fn is_embedded() -> bool {
        match std::env::var("VECHE_NODE").as_deref() {
            Err(_) | Ok("" | "embedded") => true,
            Ok("nodeos") => false,
            Ok(other) => panic!("VECHE_NODE is {other:?}, expected embedded or nodeos"),
        }
    }
}

impl Deref for Ground {
    type Target = Operator;

    fn deref(&self) -> &Operator {
        match self {
            Self::Embedded(chain) => chain,
            Self::Nodeos(node) => node,
        }
    }
}

/// The chain of a whole test process, started by the first test that asks.
///
/// Tests run on it side by side: each makes accounts of its own, see
/// [`random_name`](crate::random_name).
///
/// # Panics
/// As [`Ground::start`].
pub fn node() -> &'static Ground {
    static GROUND: OnceLock<Ground> = OnceLock::new();
    GROUND.get_or_init(Ground::start)
}

/// A real node, for cases that are about nodes, started by the first test that asks.
///
/// # Panics
/// When there is no node to run; the message says how to get one.
pub fn nodeos() -> &'static Node {
    static NODE: OnceLock<Node> = OnceLock::new();
    if let Ground::Nodeos(node) = node() {
        return node;
    }
    NODE.get_or_init(booted_node)
}

fn booted_node() -> Node {
    let options = NodeOptions {
        // Many tests at once on few processors.
        max_transaction_cpu_ms: 400,
        ..NodeOptions::default()
    };
    let node = Node::start(options).unwrap_or_else(|e| panic!("{e}"));
    node.boot().unwrap_or_else(|e| panic!("{e}"));
    node
}
