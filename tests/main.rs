//! One binary, a folder per subject.
//!
//! What needs a chain runs on the embedded one, with `VECHE_NODE=nodeos` on a real node, with
//! `VECHE_NODE=both` on the two beside each other. What is about nodes runs on one in any case.

mod api;
mod attacks;
mod boundaries;
mod browser;
mod build;
mod cli;
mod client;
mod costs;
mod demo;
mod deploy;
mod foreign;
mod hello;
mod index;
mod invariants;
mod keeper;
mod model;
mod msig;
mod network;
mod publishing;
mod scenarios;
mod sdk;
mod sizes;
mod timetravel;
mod token;
mod types;
mod upgrade;
