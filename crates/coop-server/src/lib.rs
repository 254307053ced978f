//! The GraphQL API of a cooperative: its agenda, its people and its registry, for those who may see them.
//!
//! ```text
//! POST /v1/graphql --> bounds --> caller (token, roles) --> guards --> operations --> index.db, private.db, the node
//! WebSocket        --> the same, with subscriptions
//! ```
//!
//! | to | use |
//! |---|---|
//! | open a server | [`ApiParts`], [`Api::open`] |
//! | answer requests | [`serve`], or [`router`] beside other services |
//! | know who may do what | [`RULES`], [`Role`] |
//! | know which actions members send | [`TakenAction`] |
//! | know the schema | [`sdl`], the file `schema.graphql` of this crate |
//!
//! # Rules
//! - **Roles come from the chain**, by the index, at each request: who has left the council sees no agenda.
//! - **One table** says who may do what, [`RULES`]; guards read it before anything else is read.
//! - **Whoever sees personal data is written down**, and sees nothing where that cannot be written.
//! - **The server holds no key of a member.** Members send signed transactions; the office's own actions are signed
//!   for the cooperative.
//! - **`server.db` has no personal data**: addresses are marks, tokens are hashes.
#![deny(unsafe_code)]

mod actions;
mod api;
mod bounds;
mod caller;
mod error;
mod fields;
mod http;
mod late;
mod messages;
mod metrics;
mod package;
mod pages;
mod people;
mod policy;
mod random;
mod rates;
mod role;
mod schema;
mod settings;
mod signing;
mod store;
mod stored;
mod transaction;
mod types;
mod written;

pub use actions::TakenAction;
pub use api::{Api, ApiParts, OpenError};
pub use http::{PATH, router, serve};
pub use metrics::ApiMetrics;
pub use policy::{Operation, OperationKind, RULES, Rule};
pub use role::{Role, Roles};
pub use schema::sdl;
pub use settings::ApiSettings;
pub use store::StoreError;
