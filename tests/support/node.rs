//! One real node for a whole test process.

use antelope_node::{Node, NodeOptions};
use std::sync::OnceLock;

/// The node, started and booted by the first test that asks; it ends with the process.
///
/// Tests run on it side by side: each makes accounts of its own, see
/// [`random_name`](crate::random_name).
///
/// # Panics
/// When there is no node to run; the message says how to get one.
pub fn node() -> &'static Node {
    static NODE: OnceLock<Node> = OnceLock::new();
    NODE.get_or_init(|| {
        let options = NodeOptions {
            // Many tests at once on few processors.
            max_transaction_cpu_ms: 400,
            ..NodeOptions::default()
        };
        let node = Node::start(options).unwrap_or_else(|e| panic!("{e}"));
        node.boot().unwrap_or_else(|e| panic!("{e}"));
        node
    })
}
