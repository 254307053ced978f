//! What the tests run on: the embedded chain, or a real node.

use crate::embedded::Embedded;
use crate::twin::Twin;
use antelope_node::{Node, NodeOptions, Operator};
use std::ops::Deref;
use std::sync::OnceLock;

/// The chain's limit of a transaction's CPU, in milliseconds.
const MAX_CPU_MS: u32 = 400;

/// A chain to test on, by the variable `VECHE_NODE`.
#[derive(Debug)]
pub enum Ground {
    /// `embedded`, or not set: the chain of this process.
    Embedded(Embedded),
    /// `nodeos`: a real node.
    Nodeos(Node),
    /// `both`: a real node with the embedded chain beside it, which must do the same.
    Both(Twin),
}

impl Ground {
    /// A chain of its own with `eosio.bios`.
    ///
    /// # Panics
    /// When there is no node to run, though one is asked for; the message says how to get one.
    pub fn start() -> Self {
        match Wanted::by_environment() {
            Wanted::Embedded => Self::Embedded(Embedded::start()),
            Wanted::Nodeos => Self::Nodeos(booted_node()),
            Wanted::Both => Self::Both(Twin::beside(booted_node(), MAX_CPU_MS)),
        }
    }

    /// Whether tests run on the embedded chain alone.
    ///
    /// # Panics
    /// When `VECHE_NODE` names nothing to run on.
    pub fn is_embedded() -> bool {
        Wanted::by_environment() == Wanted::Embedded
    }
}

/// What `VECHE_NODE` says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Embedded,
    Nodeos,
    Both,
}

impl Wanted {
    fn by_environment() -> Self {
        match std::env::var("VECHE_NODE").as_deref() {
            Err(_) | Ok("" | "embedded") => Self::Embedded,
            Ok("nodeos") => Self::Nodeos,
            Ok("both") => Self::Both,
            Ok(other) => panic!("VECHE_NODE is {other:?}, expected embedded, nodeos or both"),
        }
    }
}

impl Deref for Ground {
    type Target = Operator;

    fn deref(&self) -> &Operator {
        match self {
            Self::Embedded(chain) => chain,
            Self::Nodeos(node) => node,
            Self::Both(twin) => twin.operator(),
        }
    }
}

/// The chain of a whole test process, started by the first test that asks.
///
/// Tests run on it side by side: each makes accounts of its own, see
/// [`random_name`](crate::random_name).
///
/// # Panics
/// As [`Ground::start`]; and in a test that `scripts/test` takes for one that starts its own chains.
pub fn node() -> &'static Ground {
    refuse_own_chains();
    ground()
}

fn ground() -> &'static Ground {
    static GROUND: OnceLock<Ground> = OnceLock::new();
    GROUND.get_or_init(Ground::start)
}

/// A real node, for cases that are about nodes, started by the first test that asks.
///
/// # Panics
/// When there is no node to run; the message says how to get one.
pub fn nodeos() -> &'static Node {
    static NODE: OnceLock<Node> = OnceLock::new();
    if Wanted::by_environment() == Wanted::Nodeos
        && let Ground::Nodeos(node) = ground()
    {
        return node;
    }
    NODE.get_or_init(booted_node)
}

/// `scripts/test` leaves these tests out where the others run on another ground.
fn refuse_own_chains() {
    let subjects = std::env::var("VECHE_OWN_CHAINS").unwrap_or_default();
    let thread = std::thread::current();
    let test = thread.name().unwrap_or_default();
    if let Some(subject) = subjects
        .split_whitespace()
        .find(|it| test.starts_with(&format!("{it}::")))
    {
        panic!("{test} uses node(): take {subject} from OWN_CHAINS in scripts/test");
    }
}

fn booted_node() -> Node {
    let options = NodeOptions {
        // Many tests at once on few processors.
        max_transaction_cpu_ms: MAX_CPU_MS,
        ..NodeOptions::default()
    };
    let node = Node::start(options).unwrap_or_else(|e| panic!("{e}"));
    node.boot().unwrap_or_else(|e| panic!("{e}"));
    node
}
