//! State history as indexers see it: what they get, what they cannot do, and the same from a node.

mod beside_node;
mod bounds;
mod deaf;
mod indexer;
mod reader;
mod sessions;
mod speed;
