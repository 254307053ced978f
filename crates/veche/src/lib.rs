//! The command line of Veche, as a library beside a thin program.
//!
//! [`run`] takes arguments and two streams: the first gets the result and nothing else, the second
//! everything that is said on the way. `--json` changes the form of the result, not its stream.
//!
//! | feature | what it adds | what it compiles |
//! |---|---|---|
//! | none | the command line | no engine, no build tool, no node runner |
//! | `demo` | `veche demo`, the story of a cooperative | `coop-demo` with all of them |
//! | `registry` | `veche person`, `veche backup` and `veche restore`, the personal data of people | `coop-private`, with SQLite |
//! | `node` | `veche node`, a node that wallets talk to, and `veche history verify` | `coop-node` with all of them, an HTTP server, `coop-history` |
//! | `registry` | `veche index` and `veche serve`, the registry of a cooperative | `coop-index` with SQLite, and an HTTP server |

mod cli;
mod coop;
#[cfg(feature = "demo")]
mod demo;
mod keeper;
#[cfg(any(feature = "node", feature = "registry"))]
mod logs;
#[cfg(feature = "node")]
mod node;
#[cfg(any(feature = "node", feature = "registry"))]
mod signals;
#[cfg(any(feature = "demo", feature = "node"))]
mod table;

pub use cli::run;
pub use coop_language::Lang;
