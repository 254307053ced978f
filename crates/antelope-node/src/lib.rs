//! Runs a real Antelope node for tests and demonstrations.
//!
//! ```no_run
//! use antelope_node::{Node, NodeOptions};
//! use antelope_rpc_client::signing;
//! use antelope_types::name;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let node = Node::start(NodeOptions::default())?;
//! node.boot()?;
//! let alice = signing::generate_k1()?;
//! node.create_account(name!("alice"), &signing::public_key(&alice)?)?;
//! node.deploy(name!("token"), "token.wasm".as_ref(), "token.abi".as_ref())?;
//! println!("{}", node.client().get_info()?.head_block_num);
//! # Ok(()) }
//! ```
//!
//! The node listens on free loopback ports, keeps its state in a temporary folder, and is ended
//! by SIGTERM when [`Node`] is dropped or the program that started it ends in whatever way. It is
//! the `nodeos` of `$NODEOS`, of the project's cache or of `$PATH`.

mod boot;
mod deploy;
mod error;
mod node;
mod operator;
mod process;
mod programs;
mod python;
mod system;

pub use error::NodeError;
pub use node::{Node, NodeOptions};
pub use operator::Operator;
pub use programs::{cache_folder, find_program, package_contract};
pub use python::chain_tester;
