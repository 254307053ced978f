//! A local node with the system contracts.

use coop_node::{Boot, Node, NodeOptions};
use std::net::SocketAddr;
use std::path::Path;

/// Starts a node on a free port as `veche node --boot system` does, with its chain in this folder.
pub(super) fn local_node(folder: &Path) -> Node {
    let options = NodeOptions {
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        data: Some(folder.to_owned()),
        boot: Some(Boot::System),
        ..NodeOptions::default()
    };
    Node::start(&options, &mut std::io::sink()).unwrap_or_else(|e| panic!("{e}"))
}
