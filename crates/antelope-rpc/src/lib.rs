//! The HTTP API of an Antelope node over a chain in this process.
//!
//! [`Server`] answers the calls of [`antelope_chain::api::Api`] at the address, with the headers and
//! status codes of nodeos (`plugins/http_plugin`). It owns its threads: start it, use
//! [`Server::url`], and drop it or call [`Server::shut_down`]. [`StateHistory`] is a second server,
//! for indexers.
//!
//! ```
//! use antelope_chain::api::{Api, Production};
//! use antelope_chain::{Chain, Genesis, NoContracts};
//! use antelope_rpc::{Options, Server};
//! use std::io::{Read, Write};
//! use std::net::TcpStream;
//! use std::sync::Arc;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let chain = Chain::start(Genesis::default(), Arc::new(NoContracts))?;
//! let api = Api::new(chain, Production::PerTransaction);
//! let server = Server::start(api, "127.0.0.1:0".parse()?, Options::default())?;
//!
//! let mut client = TcpStream::connect(server.address())?;
//! client.write_all(b"GET /v1/chain/get_info HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
//! let mut answer = String::new();
//! client.read_to_string(&mut answer)?;
//! assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
//! assert!(answer.contains("head_block_num"), "{answer}");
//! # Ok(()) }
//! ```
//!
//! # What a client can cost
//!
//! | a client that | is stopped by |
//! |---|---|
//! | sends half a head, or keeps a connection open without a request | [`Options::head_timeout`] |
//! | sends a body slowly, or not at all | [`Options::body_timeout`] |
//! | sends a large body | [`Options::max_body`] |
//! | sends bodies of many megabytes over many connections | [`Options::max_bytes`] |
//! | does not read its answer | [`Options::write_timeout`] |
//! | opens many connections | [`Options::max_connections`]; more wait in the listener's queue |
//! | sends many requests at once | [`Options::max_calls`] run at a time, [`Options::max_waiting`] wait, the rest is answered with 503 |
//!
//! Execution of a transaction is bounded by the chain itself.
#![deny(unsafe_code)]

mod apis;
mod body;
mod budget;
mod connection;
mod deadline;
mod dev;
mod error;
mod host;
mod listener;
mod metrics;
mod options;
mod pace;
mod production;
mod response;
mod running;
mod server;
mod service;
mod state_history;
mod upstream;

pub use error::ServeError;
pub use options::{Cors, Options};
pub use production::{Producing, ProductionMode};
pub use server::Server;
pub use state_history::{
    STATE_HISTORY_ENDPOINT, StateHistory, StateHistoryCounts, StateHistoryOptions,
};
pub use upstream::{ForkOptions, ForkSource};
