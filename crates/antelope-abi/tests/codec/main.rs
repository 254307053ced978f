//! The codec beside a real node: every kind is swept at random, and the examples that came from
//! public reports are tests by name.
//!
//! The node packs arguments given as JSON and shows packed ones as JSON, both in the trace of
//! `compute_transaction`; what it says against an ABI is in the refusal of one.

#![allow(clippy::unwrap_used)]

mod definitions;
mod examples;
mod hostile;
mod oracle;
mod values;
