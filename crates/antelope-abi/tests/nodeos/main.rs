//! The codec beside a real node: every kind is swept at random, and the examples that came from
//! public reports are tests by name.
//!
//! The node packs arguments given as JSON and shows packed ones as JSON, both in the trace of
//! `compute_transaction`; what it says of an ABI is in the answer of `get_table_rows`.

mod arguments;
mod definitions;
mod examples;
mod oracle;
mod random;
mod sample;
mod values;
