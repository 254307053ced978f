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
//! A node needs `nodeos` on the machine. Tests that have to run everywhere ask for it first:
//!
//! ```
//! match antelope_node::find_program("nodeos") {
//!     Ok(program) => assert!(program.is_file()),
//!     // The error says where it was looked for, and how to install it.
//!     Err(error) => eprintln!("skipped: {error}"),
//! }
//! ```
//!
//! The node listens on free loopback ports and keeps its state in a temporary folder. It is stopped
//! by SIGTERM when [`Node`] is dropped, and also when the program that started it is killed: a
//! small shell process watches over it.
//!
//! | part | what it is |
//! |---|---|
//! | [`Node`] | a running `nodeos` with one producer |
//! | [`Node::boot`] | activates all protocol features and deploys `eosio.bios` |
//! | [`Node::boot_system`] | the same with `eosio.token` and `eosio.system` |
//! | [`Operator`] | the holder of the key of `eosio`: creates accounts, deploys contracts, on any chain |
//! | [`chain_tester`] | the chain library of a node in a Python process |
//!
//! The programs are found in `$NODEOS` and the like, in the project's cache, and on `$PATH`, in
//! this order.

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
pub use system::TREASURIES;
