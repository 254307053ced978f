//! A network of delegates' nodes on this machine, to see what delegated proof of stake does when
//! nodes die, when the network falls apart, and when the vote changes.
//!
//! ```no_run
//! use coop_network::DelegateNetwork;
//!
//! # fn main() -> Result<(), coop_network::NetworkError> {
//! let mut network = DelegateNetwork::open("/tmp/network".as_ref(), |fact| eprintln!("{fact}"))?;
//! network.up()?;
//! network.kill("c", rustix::process::Signal::KILL)?;
//! println!("{}", network.report(3)?.irreversible);
//! network.down()?;
//! # Ok(()) }
//! ```
//!
//! There are five delegates' nodes, `a` to `e`, and a node `api` that produces nothing and answers
//! the public. Each is a `nodeos` process that outlives the command which started it. The chain has
//! `eosio.system` with its voting, and `eosio` belongs to the elected delegates: once the network is
//! up, nothing is done by a privileged key.
//!
//! | module | what it has |
//! |---|---|
//! | `network` | [`DelegateNetwork`]: up, down, kill, start, vote |
//! | `boot` | from an empty chain to one whose delegates are elected |
//! | `join` | a further delegate, from bare folder to blocks |
//! | `links` | who is connected with whom; partitions |
//! | `faults` | what is broken, and how it is mended |
//! | `clock` | another time for one node |
//! | `transfers` | what is sent meanwhile, and what becomes of it |
//! | `agree` | whether the nodes agree on blocks and state |
//! | `rounds` | which rounds a delegate missed |
//! | `report` | what is said about nodes |
//! | `state`, `keys`, `process`, `config` | the folder: state, keys, processes, `config.ini` |

mod agree;
mod boot;
mod clock;
mod config;
mod error;
mod faults;
mod join;
mod keys;
mod links;
mod network;
mod process;
mod report;
mod rounds;
mod state;
mod transfers;
mod voting;

pub use error::NetworkError;
pub use join::Origin;
pub use network::DelegateNetwork;
pub use report::{DelegateCheck, NetworkReport, NodeChain, NodeReport, check};
pub use rounds::RoundCount;
pub use state::{NetworkState, NodeRecord};
pub use transfers::FaultReport;
